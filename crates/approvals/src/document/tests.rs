use super::*;

fn problems(text: &str) -> Vec<String> {
    let problems = Document::parse("list.json", text).unwrap_err();
    problems.iter().map(ToString::to_string).collect()
}

#[test]
fn a_list_as_the_proposal_has_it_loads() {
    let text = r#"{"version": 1, "packages": {"lodash": ["4.17.21"], "@s/x": ["1.0.0", "1.0.1"]}, "extends": "../org.json"}"#;
    let document = Document::parse("list.json", text).unwrap();
    assert_eq!(document.packages.len(), 3);
    assert_eq!(document.extends[0].reference, "../org.json");
    assert_eq!(
        Document::parse("list.json", "\u{feff}{\"version\":1}").unwrap(),
        Document::default()
    );
}

/// A text, where in it something is wrong, and what.
const WRONG: &[(&str, &str, &str)] = &[
    ("{", ":1:", "not valid JSON"),
    ("[]", ":1:1", "the file must be an object"),
    ("{}", ":1:1", "`version` is missing"),
    ("{\"version\": 2}", ":1:13", "must be the number 1"),
    ("{\"version\": \"1\"}", ":1:13", "must be the number 1"),
    ("{\"version\": 1.0}", ":1:13", "must be the number 1"),
    (
        "{\"version\": 1,\n  \"deneid\": {}}",
        ":2:3",
        "unknown key `deneid` (help: did you mean `denied`?)",
    ),
    ("{\"version\": 1, // x\n}", ":1:", "not valid JSON"),
    ("{\"version\": 1, \"version\": 1}", ":1:16", "duplicate key"),
    (
        "{\"version\": 1, \"packages\": {\"a\": [\"1.0.0\"],\n \"a\": []}}",
        ":2:2",
        "duplicate key",
    ),
    (
        "{\"version\": 1, \"packages\": {\"a\": [\"^1.0.0\"]}}",
        ":1:35",
        "it is a range",
    ),
    (
        "{\"version\": 1, \"packages\": {\"a\": [\"latest\"]}}",
        ":1:35",
        "not an exact version",
    ),
    (
        "{\"version\": 1, \"packages\": {\"a\": [\"\"]}}",
        ":1:35",
        "it is empty",
    ),
    (
        "{\"version\": 1, \"packages\": {\"a\": \"1.0.0\"}}",
        ":1:34",
        "list of strings",
    ),
    (
        "{\"version\": 1, \"packages\": {\"a\": [1]}}",
        ":1:35",
        "must be a list of strings",
    ),
    (
        "{\"version\": 1, \"packages\": {\"a@1.0.0\": []}}",
        ":1:29",
        "has a version",
    ),
    (
        "{\"version\": 1, \"packages\": {\"pkg:npm/a@1.0.0\": []}}",
        ":1:29",
        "has a version",
    ),
    (
        "{\"version\": 1, \"packages\": {\"pkg:npm\": []}}",
        ":1:29",
        "is not a package",
    ),
    (
        "{\"version\": 1, \"reviews\": {\"a@1.0.0\": {}}}",
        ":1:28",
        "is not a Package URL with a version",
    ),
    (
        "{\"version\": 1, \"reviews\": {\"pkg:npm/a@1.0.0\": {\"integrity\": [\"sha1-xxxx\"]}}}",
        ":1:62",
        "not a digest that can pin",
    ),
    (
        "{\"version\": 1, \"reviews\": {\"pkg:npm/a@1.0.0\": {\"integrity\": []}}}",
        ":1:61",
        "at least one digest",
    ),
    (
        "{\"version\": 1, \"reviews\": {\"pkg:npm/a@1.0.0\": {\"expires\": \"2026-02-30\"}}}",
        ":1:59",
        "must be a date",
    ),
    (
        "{\"version\": 1, \"reviews\": {\"pkg:npm/a@1.0.0\": {\"scope\": [\"test\"]}}}",
        ":1:58",
        "is not `prod` or `dev`",
    ),
    (
        "{\"version\": 1, \"denied\": {\"a\": {\"versions\": [\"<1\"]}}}",
        ":1:46",
        "not an exact version",
    ),
    (
        "{\"version\": 1, \"denied\": {\"a\": {\"ranges\": [\"nonsense range\"]}}}",
        ":1:44",
        "not a version range of npm",
    ),
    (
        "{\"version\": 1, \"denied\": {\"a\": {\"versions\": []}}}",
        ":1:45",
        "at least one version",
    ),
    (
        "{\"version\": 1, \"denied\": {\"pkg:pypi/x\": {\"ranges\": [\"<1\"]}}}",
        ":1:52",
        "whose version grammar is known",
    ),
    (
        "{\"version\": 1, \"extends\": {\"path\": \"a\", \"url\": \"https://x/y\"}}",
        ":1:48",
        "not both",
    ),
    (
        "{\"version\": 1, \"extends\": [3]}",
        ":1:28",
        "must be a path, a URL",
    ),
];

#[test]
fn every_kind_of_problem_has_line_and_column() {
    let mut failed = Vec::new();
    for (text, place, message) in WRONG {
        let found = problems(text);
        let is_reported = |it: &String| it.contains(place) && it.contains(message);
        if !found.iter().any(is_reported) {
            failed.push(format!("{text} {found:?}"));
        }
    }
    assert!(failed.is_empty(), "{failed:#?}");
}

#[test]
fn all_problems_are_reported_at_once() {
    let text = "{\"version\": 2, \"x\": 1, \"packages\": {\"a\": [\"*\"]}}";
    assert_eq!(problems(text).len(), 3);
}

#[test]
fn depth_does_not_matter_to_the_reader() {
    let deep = "{\"version\":1,\"x-deep\":".to_owned() + &"[".repeat(200_000);
    assert!(Document::parse("list.json", &deep).is_err());
}

#[test]
fn keys_of_the_authors_own_are_allowed() {
    let text =
        r#"{"$schema": "x", "version": 1, "x-team": {"any": [1]}, "denied": {"a": {"x-id": 3}}}"#;
    assert!(Document::parse("list.json", text).is_ok());
}
