use super::*;
use crate::graph::tests::everything;
use crate::wire::tests::{TOOL, valid};

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
    assert_eq!(ask("A"), "no package is named `A`; did you mean `@x/a`?");
    assert_eq!(ask("B@7"), "no package is named `B@7`; did you mean `b`?");
    assert_eq!(ask("zzz"), "no package is named `zzz`");
    assert!(ask("pkg:").contains("is not a valid Package URL"));
}

#[test]
fn json_has_the_chains_and_what_is_missing() {
    let graph = everything();
    for query in ["c", "gone", "app", "lost", "bee"] {
        let mut text = Vec::new();
        let answer = why(&graph, query, 10).unwrap();
        answer.write_json(TOOL, &mut text).unwrap();
        let document = valid(&text);
        assert_eq!(document["query"], query);
        let found = document["found"].as_array().unwrap();
        assert_eq!(found.len(), answer.found.len());
        if query == "gone" {
            assert_eq!(document["missing"][0]["from"]["label"], "app@1.0.0");
        }
        if query == "c" {
            assert_eq!(found[0]["chains"][0]["steps"][0]["range"], "*");
        }
    }
}
