use std::collections::BTreeSet;

use bomtrail_graph::{Component, Diagnostics, Fragment, Graph, link};

use super::{Identifiers, LONGEST, Plain};

fn graph(names: &[&str]) -> Graph {
    let mut fragment = Fragment::default();
    for name in names {
        let mut component = Component::new(name);
        component.place = format!("place of {name}").into();
        fragment.add(component);
    }
    link(vec![fragment], &mut Diagnostics::new())
}

#[test]
fn only_letters_digits_dots_and_hyphens_are_left() {
    assert_eq!(Plain("@scope/na_me-1.0+x").to_string(), "scope-na-me-1.0-x");
    assert_eq!(Plain("é").to_string(), "");
    let long = "ab_".repeat(LONGEST);
    assert_eq!(Plain(&long).to_string().len(), LONGEST);
}

#[test]
fn equal_hashes_get_a_salt() {
    let graph = graph(&["a", "b", "c", "d", "e", "f"]);
    let ids = Identifiers::with_bits(&graph, 4);
    let distinct: BTreeSet<String> = graph.nodes().map(|it| ids.of(it).to_string()).collect();
    assert_eq!(distinct.len(), 6);
}

#[test]
fn an_identifier_does_not_depend_on_the_others() {
    let alone = graph(&["b"]);
    let together = graph(&["a", "b", "c"]);
    let of = |graph: &Graph| {
        let node = graph.nodes().find(|it| it.name() == "b");
        node.map(|it| Identifiers::new(graph).of(it).to_string())
    };
    assert_eq!(of(&alone), of(&together));
    assert_eq!(of(&alone).as_deref(), Some("SPDXRef-b-37e16cd703f8"));
}
