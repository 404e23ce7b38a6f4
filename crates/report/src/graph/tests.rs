//! A graph with one of everything, for the tests of all views.

use bomtrail_graph::{
    Bom, Component, Diagnostics, Fact, Flags, Fragment, Graph, Hash, HashAlgorithm, License, Link,
    LinkDetail, LocalId, Need, Override, Phase, Problem, Purl, Role, Target, Tool, Writer, link,
};

use super::*;

pub(crate) const TOOL: Tool<'static> = Tool {
    name: "bomtrail",
    version: "1.0.0",
};

pub(crate) fn component(name: &str, version: &str) -> Component {
    Component::new(name).with(|it| {
        it.version = Some(version.into());
        it.purl = Some(Purl::npm(name, Some(version)).unwrap());
        it.place = format!("node_modules/{name}").into();
    })
}

/// A link by a name; the tests change what else it says.
pub(crate) fn link_to(from: LocalId, to: Option<LocalId>, name: &str, range: &str) -> Link {
    Link::new(from, to.map_or(Target::Absent, Target::Here)).with(|it| {
        it.name = Some(name.into());
        it.range = Some(range.into());
        it.phase = Phase::Runtime;
        it.need = Need::Required;
        it.problem = None;
        it.detail = None;
    })
}

pub(crate) fn everything() -> Graph {
    let mut fragment = Fragment::default().with(|it| {
        it.path = "package-lock.json".into();
        it.properties = vec![("lockfileVersion".into(), "3".into())];
    });
    let mut add = |it: Component| fragment.add(it).unwrap();
    let root = add(component("app", "1.0.0").with(|it| {
        it.role = Role::Root;
        it.place = "".into();
    }));
    let a = add(rich(component("@x/a", "1.0.0")));
    let b = add(component("b", "2.0.0"));
    let c = add(component("c", "3.0.0"));
    let mut lost = component("lost", "4.0.0");
    lost.flags.set(Flags::EXTRANEOUS, true);
    let lost = add(lost);
    let below = add(component("below", "5.0.0").with(|it| {
        it.licenses = Fact::Withheld;
    }));
    fragment.roots.push(root);
    let aliased = LinkDetail::default().with(|it| {
        it.alias = Some("bee".into());
    });
    let overridden = LinkDetail::default().with(|it| {
        it.overridden = Some(Override {
            rule: "c: 3.0.0".into(),
            effective: "3.0.0".into(),
        });
        it.added_by = Some("a@1".into());
        it.condition = Some("sometimes".into());
    });
    fragment.links = vec![
        link_to(root, Some(a), "@x/a", "^1.0.0"),
        link_to(root, Some(b), "bee", "npm:b@2").with(|it| {
            it.detail = aliased.boxed();
        }),
        link_to(root, Some(c), "c", "*").with(|it| {
            it.phase = Phase::Develop;
        }),
        link_to(root, None, "gone", "^9").with(|it| {
            it.problem = Some(Problem::Missing);
        }),
        link_to(root, None, "maybe", "").with(|it| {
            it.need = Need::Optional;
        }),
        link_to(a, Some(c), "c", "^2.0.0").with(|it| {
            it.detail = overridden.boxed();
        }),
        link_to(b, Some(c), "c", "<3").with(|it| {
            it.problem = Some(Problem::Invalid);
            it.need = Need::Peer;
        }),
        link_to(c, Some(a), "@x/a", "*"),
        link_to(lost, Some(below), "below", "1 \"|\" 2"),
        link_to(below, Some(lost), "lost", ""),
    ];
    let mut diagnostics = Diagnostics::new();
    let graph = link(vec![fragment], &mut diagnostics);
    assert!(diagnostics.is_empty());
    graph
}

fn rich(mut component: Component) -> Component {
    let details = component.details_mut();
    details.description = Some("<b>\"quoted\"</b>".into());
    details.engines = vec![("node".into(), ">=18".into())];
    details.os = vec!["!win32".into()];
    details.properties = vec![("p".into(), "v".into())];
    component.hashes = [Hash::new(HashAlgorithm::Sha1, &[7; 20]).unwrap()].into();
    component.licenses = Fact::Known([License::declared("MIT OR ISC").unwrap()].into());
    component
}

pub(crate) fn written(writer: &dyn Writer, graph: &Graph) -> String {
    let mut out = Vec::new();
    let bom = Bom::new(graph, TOOL);
    writer
        .write(&bom, &mut out, &mut Diagnostics::new())
        .unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn dot_and_mermaid_draw_every_edge_and_escape_labels() {
    let graph = everything();
    insta::assert_snapshot!(written(&Dot, &graph), @r#"
    digraph dependencies {
      rankdir=LR;
      node [shape=box];
      n0 [label="@x/a@1.0.0"];
      n1 [label="app@1.0.0", style=bold];
      n2 [label="b@2.0.0"];
      n3 [label="below@5.0.0"];
      n4 [label="c@3.0.0"];
      n5 [label="lost@4.0.0"];
      n0 -> n4 [label="^2.0.0"];
      "?gone" [label="gone", style=dotted];
      n1 -> "?gone" [label="^9", style=dotted];
      n1 -> n0 [label="^1.0.0"];
      n1 -> n2 [label="npm:b@2"];
      n1 -> n4 [label="*", style=dashed];
      n2 -> n4 [label="<3"];
      n3 -> n5 [label=""];
      n4 -> n0 [label="*"];
      n5 -> n3 [label="1 \"|\" 2"];
    }
    "#);
    insta::assert_snapshot!(written(&Mermaid, &graph), @r##"
    flowchart LR
      n0["@x/a@1.0.0"]
      n1["app@1.0.0"]
      n2["b@2.0.0"]
      n3["below@5.0.0"]
      n4["c@3.0.0"]
      n5["lost@4.0.0"]
      n0 -->|"^2.0.0"| n4
      n1 -->|"^1.0.0"| n0
      n1 -->|"npm:b@2"| n2
      n1 -.->|"*"| n4
      n2 -->|"#60;3"| n4
      n3 --> n5
      n4 -->|"*"| n0
      n5 -->|"1 #34;#124;#34; 2"| n3
    "##);
}
