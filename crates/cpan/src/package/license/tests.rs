//! Every identifier is one of SPDX; the doubtful ones are kept.

use bomtrail_graph::{Fact, License};

use super::{IDS, REPAIRS, declared};

fn texts(ids: &[&str], expression: Option<&str>) -> Vec<String> {
    let found = declared(ids, expression);
    let list = found.licenses.known().cloned().unwrap_or_default();
    list.iter().map(|it| it.text().to_owned()).collect()
}

#[test]
fn every_translation_is_an_expression() {
    for (id, expression, _) in IDS {
        assert_eq!(texts(&[id], None), [expression]);
        assert!(
            License::declared(expression).unwrap().is_expression(),
            "{expression}"
        );
    }
    for (_, fresh) in REPAIRS {
        assert!(License::declared(fresh).unwrap().is_expression(), "{fresh}");
    }
}

#[test]
fn several_are_neither_and_nor_or() {
    assert_eq!(
        texts(&["perl_5", "mit"], None),
        ["Artistic-1.0-Perl OR GPL-1.0-or-later", "MIT"]
    );
}

#[test]
fn what_names_no_licence_is_unknown_and_kept() {
    for id in ["gpl", "open_source", "restricted", "unrestricted"] {
        let found = declared(&[id], None);
        assert_eq!(found.licenses, Fact::Unknown, "{id}");
        assert_eq!(found.kept, [id.into()]);
    }
    assert_eq!(declared(&["unknown"], None), declared(&[], None));
    assert_eq!(texts(&["mit", "open_source"], None), ["MIT", "open_source"]);
}

#[test]
fn the_ids_of_old_specifications_are_read() {
    assert_eq!(
        texts(&["Perl"], None),
        ["Artistic-1.0-Perl OR GPL-1.0-or-later"]
    );
    assert_eq!(texts(&["artistic2"], None), ["Artistic-2.0"]);
    assert_eq!(declared(&["gpl_3"], None).kept, ["gpl_3".into()]);
}

#[test]
fn an_expression_is_preferred_and_repaired() {
    assert_eq!(texts(&["perl_5"], Some("MIT")), ["MIT"]);
    assert_eq!(texts(&["lgpl_2_1"], Some("LGPL-2.1")), ["LGPL-2.1-only"]);
    assert_eq!(
        texts(&[], Some("(GPL-2.0+ OR BSD) AND MIT")),
        ["(GPL-2.0-or-later OR BSD-3-Clause) AND MIT"]
    );
    assert_eq!(declared(&[], Some("BSD")).kept, ["BSD".into()]);
    assert_eq!(texts(&["mit"], Some("no such thing")), ["MIT"]);
}
