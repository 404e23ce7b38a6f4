use super::*;
use crate::graph::tests::everything;

fn names(query: &str) -> Vec<String> {
    let graph = everything();
    let answer = why(&graph, query, 10).unwrap();
    let found = answer.found.iter();
    found.map(|it| it.node.reference().into_owned()).collect()
}

#[test]
fn a_package_is_found_by_every_name_it_has() {
    for query in ["b", "b@2.0.0", "bee", "pkg:npm/b", "pkg:npm/b@2.0.0"] {
        assert_eq!(names(query), ["pkg:npm/b@2.0.0"], "{query}");
    }
    for query in ["@x/a", "@x/a@1.0.0", "pkg:npm/%40x/a", "pkg:npm/@x/a@1.0.0"] {
        assert_eq!(names(query), ["pkg:npm/@x/a@1.0.0"], "{query}");
    }
}

#[test]
fn chains_are_the_shortest_and_the_other_requirers_are_named() {
    let graph = everything();
    let answer = why(&graph, "@x/a", 10).unwrap();
    let chains = &answer.found.first().unwrap().chains;
    assert_eq!(chains.total, 1);
    let other: Vec<_> = chains.other_requirers.iter().map(|it| it.name()).collect();
    assert_eq!(other, ["c"]);
}

#[test]
fn a_name_that_nothing_provides_is_answered_with_who_asks() {
    let graph = everything();
    let answer = why(&graph, "gone", 10).unwrap();
    assert!(answer.found.is_empty());
    let asking = answer.missing.first().unwrap();
    assert_eq!(asking.from().unwrap().name(), "app");
    assert_eq!(edge_marks(*asking), [Mark::Missing]);
}

#[test]
fn an_unknown_name_is_answered_with_what_is_like_it() {
    let graph = everything();
    let ask = |query| why(&graph, query, 1).unwrap_err().to_string();
    assert_eq!(
        ask("A"),
        "nothing in the graph is called `A`; there is `@x/a`"
    );
    assert_eq!(
        ask("B@7"),
        "nothing in the graph is called `B@7`; there is `b`"
    );
    assert_eq!(ask("zzz"), "nothing in the graph is called `zzz`");
    assert!(ask("pkg:").contains("is no Package URL"));
}
