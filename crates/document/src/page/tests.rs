//! Problems have a place and the nearest valid word; many of them are counted.

use bomtrail_graph::{Code, Level};

use crate::{FileCodes, Page, Table, nearest};

static CODE: Code = Code::new("test/invalid", Level::Error, "a test");
static CODES: FileCodes = FileCodes::all(&CODE);

/// Every problem of a text that `read` finds, as `place: message (help)`.
fn problems(page: Page<'_>) -> Vec<String> {
    let Err(all) = page.finish(()) else {
        return Vec::new();
    };
    let one = |it: &bomtrail_graph::Diagnostic| {
        let help = it.help.as_deref().map(|it| format!(" ({it})"));
        format!("{}: {}{}", it.place, it.message, help.unwrap_or_default())
    };
    all.iter().map(one).collect()
}

/// The problems that are there once every kind of value was asked for.
fn read(mut page: Page<'_>, toml: bool) -> Vec<String> {
    let value = if toml { page.toml() } else { page.json() };
    if let Some(value) = value
        && let Some(mut table) = Table::document(&mut page, &value)
    {
        table.only(&["name", "on", "level", "count", "inner"]);
        table.required("name", "what it is called");
        table.date("on");
        table.number("count");
        table.one_of("level", &[(1, "deny"), (2, "warn"), (3, "allow")]);
        table.tables("inner", |mut it| it.only(&["flag"]));
    }
    problems(page)
}

#[test]
fn json_and_toml_have_the_same_problems_at_their_places() {
    let json = r#"{"nmae": "x",
  "on": "2026-02-30", "level": "dney", "count": -1, "inner": [{"flga": 1}, 2]}"#;
    let toml = "nmae = \"x\"\non = 2026-02-28T01:00:00\nlevel = \"dney\"\ncount = -1\n[[inner]]\nflga = 1\n";
    let json = read(Page::new("f", json, CODES), false);
    assert_eq!(
        json,
        [
            "f:1:2: unknown key `nmae` (did you mean `name`?)",
            "f:1:1: `name` is missing: what it is called",
            "f:2:9: `on` must be a date, as in `2026-11-21`",
            "f:2:49: `count` must be a whole number, 0 or more",
            "f:2:32: `level` must be `deny`, `warn` or `allow` (did you mean `deny`?)",
            "f:2:64: unknown key `flga` (did you mean `flag`?)",
            "f:2:76: `inner` must be an object",
        ]
    );
    let toml = read(Page::new("f", toml, CODES), true);
    assert_eq!(
        toml,
        [
            "f:1:1: unknown key `nmae` (did you mean `name`?)",
            "f:1:1: `name` is missing: what it is called",
            "f:2:6: `on` must be a date, as in `2026-11-21`",
            "f:4:9: `count` must be a whole number, 0 or more",
            "f:3:9: `level` must be `deny`, `warn` or `allow` (did you mean `deny`?)",
            "f:6:1: unknown key `flga` (did you mean `flag`?)",
        ]
    );
}

#[test]
fn what_is_not_of_the_format_is_one_problem() {
    for (text, toml, message) in [
        ("", false, "f:1:1: not valid JSON: the file is empty"),
        ("{\n  1}", false, "f:2:3: not valid JSON: "),
        ("{} // x", false, "f:1:4: not valid JSON: "),
        ("[1]", false, "f:1:1: the file must be an object"),
        ("[policy", true, "f:1:8: not valid TOML: "),
        ("a = 1\na = 2", true, "f:2:1: not valid TOML: duplicate key"),
    ] {
        let found = read(Page::new("f", text, CODES), toml);
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        assert!(found[0].starts_with(message), "{text}: {found:?}");
    }
    let mut page = Page::new("f", "{\"a\": [1,], // why\n}", CODES);
    assert!(page.json_with_comments().is_some());
}

#[test]
fn a_key_that_is_there_twice_is_a_problem_wherever_it_is() {
    let text = "\u{feff}{\"x-own\": {\"a\": 1, \"\\u0061\": 2}}";
    assert_eq!(
        read(Page::new("f", text, CODES), false)[0],
        "f:1:20: duplicate key `a` (other programs take the last one: keep one of them)"
    );
}

#[test]
fn deep_documents_are_refused() {
    for (text, toml) in [
        ("[".repeat(100_000), false),
        (format!("a = {}", "[".repeat(100_000)), true),
        (format!("{}a = 1", "a.".repeat(100_000)), true),
        (format!("[{}a]\nb = 1", "a.".repeat(1000)), true),
    ] {
        let found = read(Page::new("f", &text, CODES), toml);
        assert_eq!(found.len(), 1, "{found:?}");
    }
}

#[test]
fn the_first_problems_have_places_and_the_rest_is_counted() {
    use std::fmt::Write as _;
    let mut text = String::new();
    for key in 0..50 {
        writeln!(text, "k{key} = 1").unwrap();
    }
    let found = read(Page::new("f", &text, CODES), true);
    assert_eq!(found.len(), super::MOST_PROBLEMS + 1);
    // One of the 51 is that `name` is missing.
    assert_eq!(found.last().unwrap(), "f: 31 more problems in this file");
}

#[test]
fn the_nearest_word_needs_few_changes() {
    let known = ["license/allow-only", "license/deny", "approvals/unreviewed"];
    for (word, meant) in [
        ("approvals/unreviewd", Some("approvals/unreviewed")),
        ("license/dney", Some("license/deny")),
        ("License/Deny", Some("license/deny")),
        ("something", None),
        ("", None),
    ] {
        assert_eq!(nearest(word, known), meant, "{word}");
    }
}

/// With a comment behind it, a text is read by the parser that takes comments.
#[test]
fn plain_json_is_read_as_json_with_comments_is() {
    for text in [
        "{}",
        " [1, -2.50e+3, true, false, null, \"a\"] ",
        "{\n  \"a\": {\"b\\n\\u00e9\": [\"\\\"\", {}]},\r\n\t\"é\" : []}\n",
        "{\"a\": 1, \"a\": 2}",
        "{\"a\": 1, \"b\": 2, \"c\": 3, \"d\": 4, \"e\": 5, \"f\": 6, \"g\": 7, \"h\": 8, \"i\": 9, \"a\": 10}",
        "[1,, 2]",
        "{\"a\" 1}",
        "[01]",
        "\"open",
    ] {
        let commented = [text, "\n// a comment"].concat();
        let mut pages = [text, &commented].map(|it| Page::new("f", it, CODES));
        let values = pages.each_mut().map(Page::json_with_comments);
        let [plain, other] = pages.map(problems);
        assert_eq!(values[0], values[1], "{text}");
        assert_eq!(plain, other, "{text}");
    }
}
