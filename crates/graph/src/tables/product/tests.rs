//! The table of facts is one of a kind, and facts fall back where they say they do.

use super::*;

#[test]
fn every_key_is_found_by_its_path_and_no_path_is_shared() {
    for row in ProductKey::TABLE {
        assert_eq!(ProductKey::from_path(&row.key.path()), Some(row));
    }
    let mut sections: Vec<&str> = ProductKey::sections().collect();
    let count = sections.len();
    sections.sort_unstable();
    sections.dedup();
    assert_eq!(
        sections.len(),
        count,
        "the rows of a section stand together"
    );
}

#[test]
fn who_is_not_named_is_who_stands_behind_them() {
    let mut facts = ProductFacts::default();
    facts.set(ProductKey::StewardName, Fact::Known("Steward".into()));
    assert_eq!(facts.author().name, Some("Steward"));
    assert!(facts.supplier().is_empty());
    facts.set(ProductKey::ManufacturerName, Fact::Known("Maker".into()));
    assert_eq!(facts.author().name, Some("Maker"));
    assert_eq!(facts.supplier().name, Some("Maker"));
    facts.set(ProductKey::AuthorEmail, Fact::Known("a@example.com".into()));
    assert_eq!(facts.author().name, None);
    assert_eq!(facts.author().email, Some("a@example.com"));
}

#[test]
fn a_fact_that_is_withheld_is_no_value() {
    let mut facts = ProductFacts::default();
    let before = facts_digest(&facts);
    facts.set(ProductKey::EndOfSupport, Fact::Withheld);
    assert_eq!(facts.text(ProductKey::EndOfSupport), None);
    assert_eq!(facts.milestones().count(), 0);
    assert_ne!(facts_digest(&facts), before);
    facts.set(ProductKey::EndOfSupport, Fact::Known("2031-12-31".into()));
    assert_eq!(
        facts.milestones().collect::<Vec<_>>(),
        [("endOfSupport", "2031-12-31")]
    );
}

#[test]
fn a_product_is_of_a_kind_that_has_a_name() {
    use crate::model::component::Kind;

    let mut facts = ProductFacts::default();
    assert_eq!(facts.kind(), None);
    facts.set(ProductKey::Type, Fact::Known("framework".into()));
    assert_eq!(facts.kind(), Some(Kind::Framework));
    facts.set(ProductKey::Type, Fact::Known("toaster".into()));
    assert_eq!(facts.kind(), None);
}
