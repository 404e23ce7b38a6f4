//! The graph as people and programs see it.

use std::path::Path;

use crate::run::{basic, bomtrail, get, names, put, shown, stdout};

#[test]
fn tree() {
    insta::assert_snapshot!(stdout(&basic(), &["tree", "--all"]), @r#"
    shop@1.0.0
    ├─┬ basket@2.1.0
    │ ├── money@1.2.9 overridden: "1.2.9"
    │ └─┬ price@2.0.3
    │   └── money@1.2.9 deduped overridden: "1.2.9"
    ├─┬ checker@3.0.0 dev
    │ ├── UNMET OPTIONAL DEPENDENCY painter@* optional-peer
    │ └── price@2.0.3 deduped
    ├─┬ price@1.9.0 alias: old-price
    │ └── money@1.2.9 deduped
    └── speedup@1.0.4 optional
    "#);
    insta::assert_snapshot!(stdout(&basic(), &["tree", "--depth", "1"]), @r"
    shop@1.0.0
    ├── basket@2.1.0
    ├── checker@3.0.0 dev
    ├── price@1.9.0 alias: old-price
    └── speedup@1.0.4 optional
    ");
}

#[test]
fn why() {
    insta::assert_snapshot!(stdout(&basic(), &["why", "money"]), @r#"
    pkg:npm/money@1.2.9
      shop@1.0.0 > basket@2.1.0 (^2.0.0) > money@1.2.9 (^1.0.0, overridden: "1.2.9")
      shop@1.0.0 > price@1.9.0 (npm:price@^1.0.0, alias: old-price) > money@1.2.9 (^1.0.0)
      also required by price@2.0.3 (~1.2.0, overridden: "1.2.9")
    "#);
    insta::assert_snapshot!(stdout(&basic(), &["why", "pkg:npm/price@2.0.3", "--limit", "1"]), @r"
    pkg:npm/price@2.0.3
      shop@1.0.0 > basket@2.1.0 (^2.0.0) > price@2.0.3 (^2.0.0)
      … and 1 more shortest chain
    ");
    insta::assert_snapshot!(stdout(&basic(), &["why", "old-price"]), @r"
    pkg:npm/price@1.9.0
      shop@1.0.0 > price@1.9.0 (npm:price@^1.0.0, alias: old-price)
    ");
    insta::assert_snapshot!(stdout(&basic(), &["why", "painter"]), @"checker@3.0.0 > painter (*, UNMET OPTIONAL DEPENDENCY, optional-peer)");
    insta::assert_snapshot!(stdout(&basic(), &["why", "shop"]), @r"
    pkg:npm/shop@1.0.0
      is the project itself
    ");
}

#[test]
fn graph_drawings() {
    insta::assert_snapshot!(stdout(&basic(), &["graph", "-f", "dot"]), @r#"
    digraph dependencies {
      rankdir=LR;
      node [shape=box];
      n0 [label="basket@2.1.0"];
      n1 [label="checker@3.0.0"];
      n2 [label="money@1.2.9"];
      n3 [label="price@1.9.0"];
      n4 [label="price@2.0.3"];
      n5 [label="shop@1.0.0", style=bold];
      n6 [label="speedup@1.0.4"];
      n0 -> n2 [label="^1.0.0"];
      n0 -> n4 [label="^2.0.0"];
      n1 -> n4 [label="^2.0.0"];
      n3 -> n2 [label="^1.0.0"];
      n4 -> n2 [label="~1.2.0"];
      n5 -> n0 [label="^2.0.0"];
      n5 -> n1 [label="^3.0.0", style=dashed];
      n5 -> n3 [label="npm:price@^1.0.0"];
      n5 -> n6 [label="^1.0.0", style=dashed];
    }
    "#);
    insta::assert_snapshot!(stdout(&basic(), &["graph", "-f", "mermaid"]), @r#"
    flowchart LR
      n0["basket@2.1.0"]
      n1["checker@3.0.0"]
      n2["money@1.2.9"]
      n3["price@1.9.0"]
      n4["price@2.0.3"]
      n5["shop@1.0.0"]
      n6["speedup@1.0.4"]
      n0 -->|"^1.0.0"| n2
      n0 -->|"^2.0.0"| n4
      n1 -->|"^2.0.0"| n4
      n3 -->|"^1.0.0"| n2
      n4 -->|"~1.2.0"| n2
      n5 -->|"^2.0.0"| n0
      n5 -.->|"^3.0.0"| n1
      n5 -->|"npm:price@^1.0.0"| n3
      n5 -.->|"^1.0.0"| n6
    "#);
}

#[test]
fn graph_json() {
    let text = stdout(&basic(), &["graph", "--compact"]);
    let (head, _) = text.split_once(",\"nodes\"").unwrap();
    let head = head.replace(env!("CARGO_PKG_VERSION"), "0.0.0");
    insta::assert_snapshot!(head, @r#"{"schema":"bomtrail/graph/v1","tool":{"name":"bomtrail","version":"0.0.0"},"roots":["pkg:npm/shop@1.0.0"],"inputs":[{"path":"package-lock.json","lifecycle":"pre-build","properties":[{"name":"bomtrail:npm:lockfile-version","value":"3"}]}]"#);
    let (_, edges) = text.split_once("\"edges\":[").unwrap();
    let edges = edges.replace("},{", "},\n{");
    insta::assert_snapshot!(edges.trim_end(), @r#"
    {"from":"pkg:npm/basket@2.1.0","to":"pkg:npm/money@1.2.9","name":"money","range":"^1.0.0","phase":"runtime","need":"required","alias":null,"override":{"rule":"basket > money: 1.2.9","effective":"1.2.9"},"error":null},
    {"from":"pkg:npm/basket@2.1.0","to":"pkg:npm/price@2.0.3","name":"price","range":"^2.0.0","phase":"runtime","need":"required","alias":null,"override":null,"error":null},
    {"from":"pkg:npm/checker@3.0.0","to":null,"name":"painter","range":"*","phase":"runtime","need":"optional-peer","alias":null,"override":null,"error":null},
    {"from":"pkg:npm/checker@3.0.0","to":"pkg:npm/price@2.0.3","name":"price","range":"^2.0.0","phase":"runtime","need":"required","alias":null,"override":null,"error":null},
    {"from":"pkg:npm/price@1.9.0","to":"pkg:npm/money@1.2.9","name":"money","range":"^1.0.0","phase":"runtime","need":"required","alias":null,"override":null,"error":null},
    {"from":"pkg:npm/price@2.0.3","to":"pkg:npm/money@1.2.9","name":"money","range":"~1.2.0","phase":"runtime","need":"required","alias":null,"override":{"rule":"basket > money: 1.2.9","effective":"1.2.9"},"error":null},
    {"from":"pkg:npm/shop@1.0.0","to":"pkg:npm/basket@2.1.0","name":"basket","range":"^2.0.0","phase":"runtime","need":"required","alias":null,"override":null,"error":null},
    {"from":"pkg:npm/shop@1.0.0","to":"pkg:npm/checker@3.0.0","name":"checker","range":"^3.0.0","phase":"develop","need":"required","alias":null,"override":null,"error":null},
    {"from":"pkg:npm/shop@1.0.0","to":"pkg:npm/price@1.9.0","name":"old-price","range":"npm:price@^1.0.0","phase":"runtime","need":"required","alias":"old-price","override":null,"error":null},
    {"from":"pkg:npm/shop@1.0.0","to":"pkg:npm/speedup@1.0.4","name":"speedup","range":"^1.0.0","phase":"runtime","need":"optional","alias":null,"override":null,"error":null}]}
    "#);
}

#[test]
fn a_name_from_the_input_does_not_reach_the_terminal_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let lock = r#"{"lockfileVersion":3,"packages":{"":{"name":"a","dependencies":{"x":"\u001b[2J"}},
        "node_modules/x":{"version":"1.0.0-\u001b[31m"}}}"#;
    put(folder.path(), "package-lock.json", lock);
    for arguments in [
        &["tree"][..],
        &["why", "x"],
        &["sbom", "-o", "/dev/null", "-v"],
    ] {
        assert!(
            !shown(folder.path(), arguments).contains('\u{1b}'),
            "{arguments:?}"
        );
    }
}

#[test]
fn a_summary_counts_and_the_sbom_goes_to_a_file_only() {
    let folder = tempfile::tempdir().unwrap();
    let project = basic();
    let project = project.to_str().unwrap();
    insta::assert_snapshot!(shown(folder.path(), &["sbom", project, "--summary"]));
    assert!(names(folder.path()).is_empty());
    let both = shown(
        folder.path(),
        &["sbom", project, "--summary", "-o", "app.cdx.json"],
    );
    assert!(
        both.contains("licences") && both.contains("wrote `app.cdx.json`"),
        "{both}"
    );
    let twice = shown(folder.path(), &["sbom", project, "--summary", "-o", "-"]);
    assert!(twice.starts_with("exit 2"), "{twice}");
}

#[test]
fn the_lists_are_json_for_programs() {
    let folder = tempfile::tempdir().unwrap();
    crate::reports::project(folder.path());
    let schemas = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../schemas");
    for (arguments, name) in [
        (&["approvals", "ls"][..], "approvals-list-v1"),
        (&["approvals", "explain", "a"], "approvals-explain-v1"),
        (&["approvals", "diff"], "approvals-diff-v1"),
    ] {
        let all = [arguments, &["-f", "json", "--date", "2026-05-01"]].concat();
        let output = bomtrail(folder.path()).args(all).output().unwrap();
        let document: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        let schema = get(&schemas, &[name, ".schema.json"].concat());
        let schema: serde_json::Value = serde_json::from_str(&schema).unwrap();
        jsonschema::meta::validate(&schema).unwrap();
        jsonschema::validate(&schema, &document).unwrap();
        let list = if name == "approvals-list-v1" {
            "entries"
        } else {
            "packages"
        };
        assert!(!document[list].as_array().unwrap().is_empty(), "{document}");
    }
}
