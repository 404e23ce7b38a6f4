use std::fmt::Write as _;

use bomtrail_graph::{Code, Level};
use proptest::prelude::*;

use super::*;

static CODE: Code = Code::new("test/yaml", Level::Error, "a test");

/// What the parser reads; `None` for problems.
fn parsed(text: &str) -> Option<Vec<Value<'_>>> {
    let mut page = Page::new("a.yaml", text, FileCodes::all(&CODE));
    let documents = events::documents(&mut page);
    documents.filter(|_| page.is_fine())
}

fn read(text: &str) -> Option<Vec<Value<'_>>> {
    documents(text, FileCodes::all(&CODE))
}

/// The documents without places that are not exact in the parser: the ends of collections, the starts of lists, and block scalars.
fn with_exact_places<'t>(text: &str, mut documents: Vec<Value<'t>>) -> Vec<Value<'t>> {
    let mut open: Vec<&mut Value<'_>> = documents.iter_mut().collect();
    while let Some(value) = open.pop() {
        let (start, end) = (&mut value.start, &mut value.end);
        match &mut value.kind {
            Kind::List(values) => {
                (*start, *end) = (0, 0);
                open.extend(values);
            }
            Kind::Entries(Entries(entries)) => {
                *end = 0;
                open.extend(entries.iter_mut().map(|it| &mut it.value));
            }
            Kind::Text(scalar) => {
                let before = text.get(..*start).unwrap_or_default().trim_end();
                if scalar.is_empty() || before.ends_with(['|', '>', '-']) {
                    (*start, *end) = (0, 0);
                }
            }
            _ => {}
        }
    }
    documents
}

/// Fails if the text is read here, and the parser reads it in another way. True if it is read here.
fn agrees(text: &str) -> bool {
    let Some(found) = read(text) else {
        return false;
    };
    let wanted = parsed(text).unwrap_or_else(|| panic!("refused by the parser: {text}"));
    assert_eq!(
        with_exact_places(text, found),
        with_exact_places(text, wanted),
        "{text}"
    );
    true
}

#[test]
fn what_package_managers_write_is_read_here() {
    for text in [
        "lockfileVersion: '9.0'\n\npackages:\n\n  '@s/a@1.0.0':\n    resolution: {integrity: sha512-a+/==, tarball: 'x'}\n    cpu: [x64, arm]\n    hasBin: true\n  b@1.0.0: {}\n",
        "a: 1\nb:\n- x\n- 'y'\nc: d\n",
        "a:\n  b:\n    - x\n    - y\n  c: []\n",
        "---\na: 1\n\n---\nb: 2",
        "# comment\na: 'x: y' # one\n  # two\nb: |-\n  one\n  # two\n\n  three\nc: >-\n    folded\n    text\n",
        "a: \"x \\n y\"\nb: 'it''s'\nc: {d: {e: f}}\ng: [{h: 1}, 2]\n",
        "a:\n  - b: c\n    d: e\n  - f\n",
        "é: 1\n'ä': 2\nb: ü\n",
        "true: 1\n1.5: 3\nnull: 4\n",
    ] {
        let all_ascii = !text.starts_with('é');
        assert_eq!(agrees(text), all_ascii && !text.contains("'ä'"), "{text}");
    }
}

#[test]
fn other_layouts_are_left_to_the_parser() {
    for text in [
        "",
        "a",
        "- a\n",
        "a:\n",
        "a: &x 1\n",
        "a: *x\n",
        "<<: 1\n",
        "? a\n: b\n",
        "a: 1\na: 2\n",
        "a: {b: 1, b: 2}\n",
        "a: 1\n  b: 2\n",
        "  a: 1\nb: 2\n",
        "a: b: c\n",
        "---\n---\na: 1\n",
        "a: 1\n---\n",
        "%YAML 1.2\n---\na: 1\n",
        "a: !x 1\n",
        "a: 1\n\tb: 2\n",
    ] {
        let is_answered = agrees(text);
        assert!(!is_answered || text == "- a\n", "{text}");
    }
}

/// One line of a text: its indentation, and a form of content.
fn line() -> impl Strategy<Value = String> {
    let content = prop_oneof![
        Just("a:"),
        Just("b: 1"),
        Just("'@c/d@1.0.0(e@2)':"),
        Just("f: 'x: y'"),
        Just("- g"),
        Just("- h: i"),
        Just("-"),
        Just("j: {k: 'l', m: [n]}"),
        Just("o: [p, \"q\"]"),
        Just("r: |-"),
        Just("s: >"),
        Just("t u v"),
        Just("# w"),
        Just("x: ~ # y"),
        Just("\"z\": true"),
        Just(""),
        Just("---"),
        Just("A: b:c"),
        Just("B: c: d"),
        Just("C: {d: e, f: g }"),
        Just("D: [a: b]"),
        Just("E: {a:b}"),
        Just("F: 'open"),
        Just("close'"),
        Just("G: {open"),
        Just("}"),
        Just("H: é"),
        Just("I: x "),
        Just("? J"),
        Just(": K"),
        Just("L: -1"),
        Just("M: - 1"),
        Just("...: 1"),
        Just("N: {'o': p, q: r:s}"),
        Just("O: [.., =1, <2]"),
    ];
    (0_usize..4, content).prop_map(|(indent, content)| " ".repeat(indent) + content)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn an_answer_is_the_answer_of_the_parser(lines in proptest::collection::vec(line(), 1..8)) {
        let mut text = String::new();
        for line in lines {
            writeln!(text, "{line}").unwrap();
        }
        agrees(&text);
    }
}
