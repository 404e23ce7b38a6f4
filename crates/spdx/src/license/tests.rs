use bomtrail_graph::{Component, Fact, License};

use super::{Declared, declared};

fn declares(licenses: &[&str]) -> Component {
    let mut component = Component::new("a");
    let licenses = licenses.iter().map(|it| License::declared(it).unwrap());
    component.licenses = Fact::Known(licenses.collect());
    component
}

fn expression(license: &str) -> String {
    let component = declares(&[license]);
    declared(&component).expression.into_owned()
}

#[test]
fn expressions_are_written_as_version_2_3_has_them() {
    assert_eq!(expression("mit"), "MIT");
    assert_eq!(expression("(MIT  or Apache-2.0)"), "(MIT OR Apache-2.0)");
    assert_eq!(expression("MIT and(ISC)"), "MIT AND (ISC)");
    assert_eq!(
        expression("GPL-2.0 WITH Classpath-exception-2.0"),
        "GPL-2.0 WITH Classpath-exception-2.0"
    );
    assert_eq!(expression("LicenseRef-own OR MIT"), "LicenseRef-own OR MIT");
}

#[test]
fn identifiers_with_an_exception_become_what_took_their_place() {
    assert_eq!(
        expression("GPL-2.0-with-classpath-exception"),
        "GPL-2.0-only WITH Classpath-exception-2.0"
    );
    assert_eq!(
        expression("EPL-2.0 or (eCos-2.0)"),
        "EPL-2.0 OR (GPL-2.0-or-later WITH eCos-exception-2.0)"
    );
    for (old, new) in super::SUCCESSORS {
        let parsed = spdx::Expression::parse(new).unwrap();
        assert_eq!(parsed.requirements().count(), 1, "{old}");
    }
    let twice = "GPL-2.0-with-GCC-exception WITH Classpath-exception-2.0";
    assert!(expression(twice).starts_with("LicenseRef-"));
}

#[test]
fn words_become_a_reference_that_depends_on_them_alone() {
    assert_eq!(
        expression("Apache 2.0"),
        "LicenseRef-Apache-2.0-686ef3519934"
    );
    assert_ne!(expression("Apache 2.0"), expression("Apache_2.0"));
    assert!(expression("DocumentRef-a:LicenseRef-b").starts_with("LicenseRef-DocumentRef-a-"));
    assert!(expression("é").starts_with("LicenseRef-"));
}

#[test]
fn none_unknown_withheld_and_several_differ() {
    let mut component = declares(&[]);
    let plain = |expression: &'static str| Declared {
        expression: expression.into(),
        comment: None,
    };
    assert_eq!(declared(&component), plain("NONE"));
    component.licenses = Fact::Unknown;
    assert_eq!(declared(&component), plain("NOASSERTION"));
    component.licenses = Fact::Withheld;
    let withheld = "The declared licence is known and withheld.";
    assert_eq!(declared(&component).comment.as_deref(), Some(withheld));
    let several = declares(&["MIT", "Apache 2"]);
    let said = declared(&several);
    assert_eq!(said.expression, "NOASSERTION");
    assert!(said.comment.unwrap().ends_with("apply: MIT; Apache 2"));
}
