//! What the quick reader takes, it reads as the parser of XML does.

use bomtrail_testkit::{cases, shared};
use proptest::prelude::*;

use super::{Document, Parser, plain};

fn by_parser(text: &str) -> Option<Document<'_>> {
    Parser::new(text).read().ok()
}

/// Whether the quick reader takes a text; what it reads must be what the parser reads.
fn is_plain(text: &str) -> bool {
    let Some((root, namespace)) = plain::read(text) else {
        return false;
    };
    let parsed = by_parser(text).unwrap();
    assert_eq!(root, parsed.root, "{text}");
    assert!(namespace.ends_with(&parsed.version), "{text}");
    assert!(parsed.foreign.is_empty(), "{text}");
    true
}

fn document(inner: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?>\n<bom xmlns=\"http://cyclonedx.org/schema/bom/1.6\" version=\"1\">{inner}</bom>\n"
    )
}

#[test]
fn usual_documents_need_no_parser() {
    for inner in [
        "",
        "\n  <components>\n    <component type=\"library\" bom-ref=\"a&amp;b\"><name>a &lt; b &amp;</name></component>\r\n</components>",
        "<a/><b x=\"\" y=\"é\" /> text <c></c>&quot;",
        "<a>&apos;&gt;</a> <a\n x=\"1\"\ty=\"2\">é]]></a>",
    ] {
        assert!(is_plain(&document(inner)), "{inner}");
    }
}

#[test]
fn all_other_documents_are_left_to_the_parser() {
    for inner in [
        "<a",
        "<a>",
        "</a>",
        "<a></b>",
        "<a></a >",
        "<!-- c -->",
        "<![CDATA[x]]>",
        "<?p?>",
        "<x:a/>",
        "<a xmlns=\"http://example.com\"/>",
        "<a xmlns:x=\"http://example.com\"/>",
        "<a b='1'/>",
        "<a b=1/>",
        "<a b/>",
        "<a b = \"1\"/>",
        "<a b=\"1\"c=\"2\"/>",
        "<a b=\"1\" b=\"2\"/>",
        "<a b=\"1\n2\"/>",
        "<a b=\"<\"/>",
        "<a b=\"&x;\"/>",
        "<a>&#65;</a>",
        "<a>&</a>",
        "<é/>",
    ] {
        assert!(!is_plain(&document(inner)), "{inner}");
    }
    let attributes: Vec<String> = (0..17).map(|it| format!(" a{it}=\"\"")).collect();
    let deep = ["<a>".repeat(100), "</a>".repeat(100)].concat();
    let twice = [document("").trim_end(), "<bom/>"].concat();
    let texts = [
        document(&deep),
        document(&["<a", &attributes.concat(), "/>"].concat()),
        twice,
        document("").replace("<bom", "x<bom"),
        document("") + "x",
    ];
    for text in texts {
        assert!(!is_plain(&text), "{text}");
    }
    for text in [
        "",
        "<bom/>",
        "<bom xmlns=\"x\"/>",
        "<a xmlns=\"http://cyclonedx.org/schema/bom/1.6\"/>",
        "<!DOCTYPE bom><bom/>",
    ] {
        assert!(!is_plain(text), "{text}");
    }
}

#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "a test reads the corpus in place"
)]
fn official_examples_are_read_alike() {
    let Some(folder) = shared("corpus/cyclonedx-examples") else {
        return;
    };
    let mut count = 0;
    for version in folder.read_dir().unwrap() {
        for file in version.unwrap().path().read_dir().into_iter().flatten() {
            let path = file.unwrap().path();
            if path.extension().is_some_and(|it| it == "xml") {
                count += usize::from(is_plain(&std::fs::read_to_string(&path).unwrap()));
            }
        }
    }
    assert!(count > 20, "{count} examples are usual documents");
}

/// Parts of documents, in any order.
fn part() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "<a>",
        "</a>",
        "<b",
        "</b>",
        "<c/>",
        ">",
        "/>",
        " x=\"",
        " y='",
        "\"",
        "'",
        "=",
        " ",
        "\n",
        "\r\n",
        "\t",
        "t",
        "é",
        "&amp;",
        "&lt;",
        "&#65;",
        "&",
        "]]>",
        "\u{1}",
        "<",
        "1",
        "-",
        ":",
        " xmlns=\"",
        " xmlns:x=\"u\"",
        "<x:a>",
        "<!--",
        "-->",
        "<?p?>",
        "<![CDATA[",
        "<1>",
        "</1>",
        "<.>",
    ])
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(cases(300, 20_000)) })]

    #[test]
    fn any_text_is_read_alike(
        head in prop::sample::select(vec![
            "", "<?xml version=\"1.0\"?>", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n", "<?xml version='1.1' encoding='latin1'?>",
            "<?xml x?>", "<?xml ?>", "\u{feff}", " ",
        ]),
        inner in prop::collection::vec(part(), 0..8),
        outer in prop::collection::vec(part(), 0..2),
    ) {
        let (inner, outer) = (inner.concat(), outer.concat());
        is_plain(&format!("{head}<bom xmlns=\"http://cyclonedx.org/schema/bom/1.6\">{inner}</bom>{outer}"));
        is_plain(&format!("{head}<bom xmlns=\"http://cyclonedx.org/schema/bom/1.6\"{outer}><a>{inner}</a></bom>"));
    }
}
