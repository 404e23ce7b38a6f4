//! The list against what an older `Module::CoreList` says of 63 releases, and the ways a module may be absent.

use std::collections::BTreeMap;

use super::{CoreList, CoreListError, Presence, Release};

fn presence(release: Release, module: &str) -> Presence<'static> {
    CoreList::embedded().presence(release, module)
}

fn at_most(minor: u32, patch: u32) -> Option<Release> {
    CoreList::embedded().at_most(minor, patch)
}

fn at(minor: u32, patch: u32) -> Release {
    let release = CoreList::embedded().at_most(minor, patch).unwrap();
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
            let found = presence(at(minor, patch), module);
            assert!(!matches!(found, Presence::Included(_)), "{perl}");
            withdrawn += 1;
            continue;
        }
        *by_release.entry((minor, patch)).or_default() += 1;
        let version = Some(version.as_str()).filter(|it| !matches!(*it, "" | "undef"));
        let Presence::Included(found) = presence(at(minor, patch), module) else {
            panic!("{perl} {module}");
        };
        assert_eq!(found, version, "{perl} {module}");
    }
    assert!(by_release.is_empty() || withdrawn == 31, "{withdrawn}");
    for ((minor, patch), count) in by_release {
        let release = at(minor, patch);
        let has = |name: &str| matches!(presence(release, name), Presence::Included(_));
        let found = CoreList::embedded()
            .modules
            .iter()
            .filter(|(name, _)| has(name))
            .count();
        assert_eq!(found, count, "5.{minor}.{patch}");
    }
}

#[test]
fn the_list_names_its_source_and_is_sorted() {
    assert!(
        CoreList::embedded()
            .source()
            .starts_with("Module::CoreList 5.")
    );
    assert!(CoreList::embedded().modules.is_sorted());
    assert!(CoreList::embedded().modules.len() > 800);
    assert!(CoreList::embedded().releases.is_sorted());
}

#[test]
fn a_module_is_added_removed_or_absent() {
    assert_eq!(presence(at(20, 0), "CGI"), Presence::Included(Some("3.65")));
    assert_eq!(presence(at(36, 0), "CGI"), Presence::Removed(at(22, 0)));
    assert_eq!(presence(at(8, 0), "JSON::PP"), Presence::Later(at(14, 0)));
    assert_eq!(presence(at(36, 0), "Moo"), Presence::Never);
    assert_eq!(presence(at(36, 0), ""), Presence::Never);
    assert_eq!(presence(at(36, 0), "source"), Presence::Never);
}

#[test]
fn an_unknown_release_has_the_modules_of_the_one_before() {
    assert_eq!(
        at_most(36, 99).map(Release::dotted),
        Some("5.36.3".to_owned())
    );
    assert_eq!(
        at_most(35, 3).map(Release::dotted),
        Some("5.34.3".to_owned())
    );
    assert_eq!(
        at_most(u32::MAX, 0).map(Release::dotted),
        Some("5.44.0".to_owned())
    );
    assert_eq!(at_most(0, 0).map(Release::dotted), Some("5.6.0".to_owned()));
}

#[test]
fn rows_of_a_newer_core_list_are_read() {
    let rows = "perl\tmodule\tversion\n5.044000\tCarp\t1.54\n5.046000\tCarp\t1.55\n5.046000\tNew\tundef\n5.047001\tNew\t2\n";
    let list = CoreList::read("core.tsv", rows.as_bytes()).unwrap();
    assert_eq!(list.source(), "core.tsv");
    let newest = list.at_most(46, 0).unwrap();
    assert_eq!(
        list.presence(newest, "Carp"),
        Presence::Included(Some("1.55"))
    );
    assert_eq!(list.presence(newest, "New"), Presence::Included(None));
    let older = list.at_most(44, 9).unwrap();
    assert_eq!(
        list.presence(older, "Carp"),
        Presence::Included(Some("1.54"))
    );
    assert_eq!(list.presence(older, "New"), Presence::Later(newest));
    assert_eq!(CoreList::read("x", b""), Err(CoreListError::Empty));
    assert_eq!(
        CoreList::read("x", b"5.044000\tCarp\t1\nCarp\t1\n"),
        Err(CoreListError::Row { line: 2 })
    );
}

#[test]
fn a_compact_list_has_a_module_only_where_it_changes() {
    let rows = [
        "5.006000\tCGI\t2.5",
        "5.006000\tCarp\t",
        "5.008000\tCGI\t2.5",
        "5.008000\tCarp\t1.01",
        "5.010000\tCarp\t1.01",
        "5.010000\tNew\t0.1",
        "5.012000\tCGI\t3.0",
        "5.012000\tCarp\t1.01",
        "5.012000\tNew\t0.1",
    ];
    let lines = [
        "source Module::CoreList 5.20220520",
        "releases 5.006000 5.008000 5.010000 5.012000",
        "CGI 0:2.5 2- 3:3.0",
        "Carp 0: 1:1.01",
        "New 2:0.1",
        "",
    ];
    let compact = CoreList::compact("Module::CoreList 5.20220520", rows.join("\n").as_bytes());
    assert_eq!(compact.unwrap(), lines.join("\n"));
}
