//! The table against what an older `Module::CoreList` says of 63 releases, and the ways a module may be absent.

use std::collections::BTreeMap;

use super::{Presence, Release, TABLE, source};

fn at(minor: u32, patch: u32) -> Release {
    let release = Release::at_most(minor, patch).unwrap();
    assert_eq!((release.minor, release.patch), (minor, patch));
    release
}

/// A file of documentation that `Module::CoreList` 5.20220520 lists as a module of 31 releases. The list of the table, 5.20261022,
/// corrects that, and changes nothing else in these releases.
const WITHDRAWN: &str = "Pod::Functions::Functions";

#[test]
fn every_module_of_every_release_is_as_the_core_list_has_it() {
    let mut by_release: BTreeMap<(u32, u32), usize> = BTreeMap::new();
    let mut withdrawn = 0;
    for row in bomtrail_testkit::perl_table("corelist-stable.tsv") {
        let [perl, module, version] = &row[..] else {
            panic!("{row:?}")
        };
        let number = |it: &str| it.parse::<u32>().unwrap();
        let (minor, patch) = perl.strip_prefix("5.").unwrap().split_at(3);
        let (minor, patch) = (number(minor), number(patch));
        if module == WITHDRAWN {
            let found = at(minor, patch).presence(module);
            assert!(!matches!(found, Presence::Included(_)), "{perl}");
            withdrawn += 1;
            continue;
        }
        *by_release.entry((minor, patch)).or_default() += 1;
        let version = Some(version.as_str()).filter(|it| !matches!(*it, "" | "undef"));
        let Presence::Included(found) = at(minor, patch).presence(module) else {
            panic!("{perl} {module}");
        };
        assert_eq!(found, version, "{perl} {module}");
    }
    assert!(by_release.is_empty() || withdrawn == 31, "{withdrawn}");
    for ((minor, patch), count) in by_release {
        let release = at(minor, patch);
        let has = |name: &str| matches!(release.presence(name), Presence::Included(_));
        let found = TABLE.modules.iter().filter(|(name, _)| has(name)).count();
        assert_eq!(found, count, "5.{minor}.{patch}");
    }
}

#[test]
fn the_table_names_its_source_and_is_sorted() {
    assert!(source().starts_with("Module::CoreList 5."));
    assert!(TABLE.modules.is_sorted());
    assert!(TABLE.modules.len() > 800);
    assert!(TABLE.releases.is_sorted());
    assert_eq!(Release::newest(), TABLE.releases.last().copied());
}

#[test]
fn a_module_came_went_or_never_was() {
    assert_eq!(at(20, 0).presence("CGI"), Presence::Included(Some("3.65")));
    assert_eq!(at(36, 0).presence("CGI"), Presence::Removed(at(22, 0)));
    assert_eq!(at(8, 0).presence("JSON::PP"), Presence::Later(at(14, 0)));
    assert_eq!(at(36, 0).presence("Moo"), Presence::Never);
    assert_eq!(at(36, 0).presence(""), Presence::Never);
    assert_eq!(at(36, 0).presence("source"), Presence::Never);
}

#[test]
fn a_release_the_table_does_not_know_is_judged_by_the_one_before() {
    assert_eq!(
        Release::at_most(36, 99).map(Release::dotted),
        Some("5.36.3".to_owned())
    );
    assert_eq!(
        Release::at_most(35, 3).map(Release::dotted),
        Some("5.34.3".to_owned())
    );
    assert_eq!(Release::at_most(u32::MAX, 0), Release::newest());
    assert_eq!(
        Release::at_most(0, 0).map(Release::dotted),
        Some("5.6.0".to_owned())
    );
}
