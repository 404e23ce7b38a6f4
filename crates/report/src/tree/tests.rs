use std::fmt::Write;

use bomtrail_graph::{Diagnostics, Fragment, LocalId, link};
use bomtrail_testkit::cases;

use super::*;
use crate::graph::tests::{component, everything, link_to};
use crate::wire::tests::{TOOL, valid};

fn shown(graph: &Graph, options: TreeOptions) -> String {
    let tree = Tree::new(graph, options);
    let mut text = String::new();
    for it in tree.lines() {
        text += &it.prefix;
        text += &it.label;
        for mark in &it.marks {
            write!(text, " [{mark}]").unwrap();
        }
        text += "\n";
    }
    text
}

#[test]
fn repeats_are_folded_and_everything_is_marked() {
    let options = TreeOptions::default().all(true);
    insta::assert_snapshot!(shown(&everything(), options), @r#"
    app@1.0.0
    ├─┬ @x/a@1.0.0
    │ └── c@3.0.0 [deduped] [overridden: "3.0.0"] [added by: a@1] [if: sometimes]
    ├─┬ b@2.0.0 [alias: bee]
    │ └── c@3.0.0 [deduped] [peer] [invalid: "<3"]
    ├─┬ c@3.0.0 [dev]
    │ └── @x/a@1.0.0 [deduped]
    ├── gone@^9 [UNMET DEPENDENCY]
    └── maybe [UNMET OPTIONAL DEPENDENCY]
    below@5.0.0 [requirer unknown]
    └─┬ lost@4.0.0 [extraneous]
      └── below@5.0.0 [deduped]
    "#);
}

#[test]
fn absent_optional_dependencies_show_only_when_asked_for() {
    let graph = everything();
    assert!(!shown(&graph, TreeOptions::default()).contains("maybe"));
    assert!(shown(&graph, TreeOptions::default()).contains("gone"));
}

#[test]
fn depth_ends_the_tree() {
    let graph = everything();
    let deep = |depth| shown(&graph, TreeOptions::default().depth(Some(depth)));
    let roots = |text: &str| text.lines().filter(|it| !it.contains('─')).count();
    assert_eq!(deep(0).lines().count(), roots(&deep(0)));
    assert!(deep(1).contains("@x/a") && !deep(1).contains("overridden"));
}

#[test]
fn a_very_deep_graph_takes_no_stack_and_no_endless_lines() {
    let mut fragment = Fragment::default();
    let count = cases(10_000, 100_000);
    for number in 0..count {
        fragment.add(component("n", &number.to_string())).unwrap();
    }
    fragment.roots.push(LocalId(0));
    fragment.links = (1..count)
        .map(|number| link_to(LocalId(number - 1), Some(LocalId(number)), "n", ""))
        .collect();
    let graph = link(vec![fragment], &mut Diagnostics::new());
    let tree = Tree::new(&graph, TreeOptions::default());
    let last = tree.lines().last().unwrap();
    assert_eq!(last.depth, count as usize - 1);
    assert_eq!(last.label, format!("n@{}", count - 1));
    assert!(last.prefix.len() < 500 && last.prefix.ends_with(&format!("({}) └── ", count - 1)));
}

#[test]
fn json_has_the_lines_of_the_text() {
    let graph = everything();
    let tree = Tree::new(&graph, TreeOptions::default().all(true));
    let mut text = Vec::new();
    tree.write_json(TOOL, &mut text).unwrap();
    let document = valid(&text);
    let lines = document["lines"].as_array().unwrap();
    assert_eq!(lines.len(), tree.lines().count());
    assert_eq!(lines[0]["ref"], "pkg:npm/app@1.0.0");
    assert_eq!(lines[2]["marks"][1]["mark"], "overridden");
    assert_eq!(lines[2]["marks"][1]["value"], "3.0.0");
}
