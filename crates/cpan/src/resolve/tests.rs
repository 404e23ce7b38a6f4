//! How modules are resolved outside the inputs.

use bomtrail_graph::{
    Component, Diagnostics, Fragment, Link, LocalId, Need, Phase, Problem, Target,
};
use bomtrail_testkit::diagnostics_text;

use super::Perl;
use super::{PerlEnvironment, core_and_index};
use crate::package::module::NAMED;

fn link(name: &str, range: &str, need: Need) -> Link {
    Link::new(LocalId(0), NAMED).with(|it| {
        it.name = Some(name.into());
        it.range = Some(range.into());
        it.phase = Phase::Runtime;
        it.need = need;
        it.problem = None;
        it.detail = None;
    })
}

/// The fragments after resolution, and the diagnostics.
fn supplied(links: Vec<Link>, perl: Option<&str>) -> (Vec<Fragment>, String) {
    let mut fragment = Fragment::default().with(|it| {
        it.path = "cpanfile".into();
        it.links = links;
    });
    let root = fragment.add(Component::new("app"));
    fragment.roots.extend(root);
    let mut fragments = vec![fragment];
    let mut diagnostics = Diagnostics::new();
    let environment = PerlEnvironment {
        perl: perl.map(|it| Perl::parse(it).unwrap()),
        ..PerlEnvironment::default()
    };
    core_and_index(&mut fragments, &environment, &mut diagnostics);
    (fragments, diagnostics_text(&diagnostics))
}

#[test]
fn nothing_is_added_where_nothing_is_found() {
    let (fragments, said) = supplied(Vec::new(), None);
    assert_eq!((fragments.len(), said.as_str()), (1, ""));
    let (fragments, said) = supplied(vec![link("Moo", "0", Need::Required)], None);
    assert_eq!(fragments.len(), 1);
    assert!(
        said.starts_with(
            "warning[cpan/unresolved] cpanfile: unresolved: 1 requirement of the project ("
        ),
        "{said}"
    );
}

#[test]
fn the_core_provides_a_module_up_to_its_version() {
    let asked = vec![
        link("JSON::PP", "2.0", Need::Required),
        link("JSON::PP", "4.11", Need::Required),
        link("JSON::PP", "4.11", Need::Recommended),
    ];
    let (fragments, said) = supplied(asked, Some("5.32.0"));
    let ends: Vec<_> = fragments[0]
        .links
        .iter()
        .map(|it| (it.to, it.problem))
        .collect();
    let expected = [
        (NAMED, None),
        (Target::Absent, Some(Problem::Missing)),
        (Target::Absent, None),
    ];
    assert_eq!(ends, expected);
    assert_eq!(&*fragments[1].components[0].provides[0].name, "JSON::PP");
    assert!(said.starts_with("warning[cpan/core-too-old]"), "{said}");
}

#[test]
fn what_is_only_recommended_is_not_reported() {
    let asked = vec![
        link("CGI", "0", Need::Recommended),
        link("JSON::PP", "99", Need::Suggested),
        link("Carp", "0.1", Need::Conflicts),
    ];
    let (fragments, said) = supplied(asked, Some("5.36.0"));
    assert_eq!(said, "");
    assert_eq!(fragments[0].links[2].to, NAMED);
    assert!(fragments[0].links.iter().all(|it| it.problem.is_none()));
}

#[test]
fn an_assumed_perl_is_one_that_the_project_accepts_and_states_no_version() {
    for (range, assumed) in [
        ("5.042", "5.44.0"),
        ("< 5.030", "5.28.3"),
        ("== 5.36.0", "5.36.0"),
    ] {
        let links = vec![
            link("perl", range, Need::Required),
            link("Carp", "0", Need::Required),
        ];
        let (fragments, said) = supplied(links, None);
        assert_eq!(fragments[0].links[0].problem, None);
        assert!(said.starts_with("note[cpan/perl-assumed]"), "{said}");
        let perl = &fragments[1].components[0];
        assert_eq!(perl.purl.as_ref().unwrap().as_str(), "pkg:cpan/perl");
        assert_eq!(perl.version, None);
        let properties = &perl.details.as_ref().unwrap().properties;
        let found: Vec<_> = properties
            .iter()
            .map(|(name, value)| (&**name, &**value))
            .collect();
        let expected = [
            ("bomtrail:cpan:perl-assumed", assumed),
            ("bomtrail:cpan:core-module", "Carp"),
        ];
        assert_eq!(found, expected);
    }
    let (fragments, said) = supplied(vec![link("perl", "5.098", Need::Required)], None);
    assert_eq!(fragments[0].links[0].problem, None);
    assert!(said.starts_with("note[cpan/perl-not-known]"), "{said}");
}

#[test]
fn a_stated_perl_may_be_too_old() {
    let asked = vec![link("perl", "5.098", Need::Required)];
    let (fragments, said) = supplied(asked, Some("5.36.0"));
    assert_eq!(fragments[0].links[0].problem, Some(Problem::Invalid));
    assert!(
        said.starts_with("warning[cpan/perl-out-of-range]"),
        "{said}"
    );
}

#[test]
fn a_perl_newer_than_the_table_is_judged_by_the_newest_of_it() {
    let (fragments, said) = supplied(vec![link("Carp", "0", Need::Required)], Some("5.98.1"));
    let perl = &fragments[1].components[0];
    assert_eq!(perl.purl.as_ref().unwrap().as_str(), "pkg:cpan/perl@5.98.1");
    assert!(said.starts_with("note[cpan/perl-not-known]"), "{said}");
}
