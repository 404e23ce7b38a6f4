//! Who is named under which licence, which texts are there, and that nothing of them is markup.

use bomtrail_graph::{Component, Diagnostics, Fact, Fragment, Person, Role, Statement, Tool, link};

use super::*;

const HOSTILE: &str = "</pre><script>alert('x')</script>";

fn graph() -> Graph {
    let mut fragment = Fragment::default().with(|it| {
        it.path = "package-lock.json".into();
    });
    let mut root = Component::new("app");
    root.role = Role::Root;
    root.licenses = Fact::Known([License::Id("GPL-3.0-only".into())].into());
    let root = fragment.add(root).unwrap();
    fragment.roots.push(root);
    for (name, license) in [
        ("zed", Some("MIT")),
        ("alpha", Some("MIT")),
        ("beta", Some("Apache-2.0")),
        ("silent", None),
        (HOSTILE, Some(HOSTILE)),
    ] {
        let mut it = Component::new(name);
        it.version = Some("1.0.0".into());
        it.place = ["node_modules/", name].concat().into();
        if let Some(license) = license {
            it.licenses = Fact::Known([License::Named(license.into())].into());
        }
        it.details_mut().authors = vec![Person {
            name: ["maker of ", name].concat().into(),
            ..Person::default()
        }];
        fragment.add(it).unwrap();
    }
    link(vec![fragment], &mut Diagnostics::new())
}

fn render(format: NoticesFormat, concluded: bool) -> String {
    let graph = graph();
    let mut texts = NodeMap::new(&graph);
    let mut statements = NodeMap::new(&graph);
    for node in graph.nodes() {
        let text = match node.name() {
            "zed" | "alpha" => "Permission is hereby granted\r\n\u{1b}[2J",
            HOSTILE => HOSTILE,
            _ => continue,
        };
        let file = LicenseText {
            file: "LICENSE".to_owned(),
            text: text.to_owned(),
        };
        texts.insert(node.id(), vec![file]);
    }
    for node in graph.nodes().filter(|it| it.name() == "silent") {
        let license = Some(License::Id("ISC".into())).filter(|_| concluded);
        let statement = Statement {
            license,
            ..Statement::default()
        };
        statements.insert(node.id(), statement);
    }
    let notices = Notices {
        graph: &graph,
        tables: Tables::new().product(None, Some(&statements)),
        texts: &texts,
        title: "app 1.0.0",
        tool: Tool {
            name: "bomtrail",
            version: "1.0.0",
        },
    };
    let mut out = Vec::new();
    notices.write(format, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn packages_are_under_their_licence_and_the_unknown_come_last() {
    let text = render(NoticesFormat::Text, false);
    let order: Vec<usize> = ["\nApache-2.0 (1)", "\nMIT (2)", "\nUnknown (1)"]
        .iter()
        .map(|it| text.find(it).unwrap())
        .collect();
    assert!(order.is_sorted(), "{text}");
    assert!(text.contains("* alpha 1.0.0, by maker of alpha\n* zed 1.0.0, by maker of zed\n"));
    assert!(text.contains("No licence is stated for these packages,"));
    assert!(
        !text.contains("GPL"),
        "the product's own licence is no notice"
    );
}

#[test]
fn a_concluded_licence_is_no_longer_unknown() {
    let text = render(NoticesFormat::Text, true);
    assert!(text.contains("\nISC (1)\n") && !text.contains("Unknown"));
}

#[test]
fn the_same_text_is_there_once_and_moves_no_cursor() {
    let text = render(NoticesFormat::Text, false);
    assert_eq!(text.matches("Permission is hereby granted").count(), 1);
    assert!(text.contains("alpha 1.0.0, zed 1.0.0: LICENSE"));
    assert!(!text.contains('\u{1b}') && !text.contains('\r'));
}

#[test]
fn names_licences_and_texts_are_no_markup() {
    let html = render(NoticesFormat::Html, false);
    assert!(!html.contains("<script") && html.contains("&lt;script&gt;alert(&#39;x&#39;)"));
    assert_eq!(html.matches("</pre>").count(), 2);
    assert!(html.contains(">Apache-2.0</h2>"));
}
