use std::fmt::Write as _;

use bomtrail_graph::{Code, Level};

use crate::page::{FileCodes, Page};
use crate::tree::{Entries, Kind, Value};

static CODE: Code = Code::new("test/yaml", Level::Error, "a test");

/// The documents in a short form, or the first problem.
fn read(text: &str) -> Result<String, String> {
    let mut page = Page::new("a.yaml", text, FileCodes::all(&CODE));
    let documents = page.yaml();
    let shown = documents.map(|it| it.iter().map(show).collect::<Vec<_>>().join(" --- "));
    page.finish(shown.unwrap_or_default()).map_err(|problems| {
        let first = problems.iter().next().unwrap();
        format!("{}: {}", first.place, first.message)
    })
}

fn show(value: &Value<'_>) -> String {
    match &value.kind {
        Kind::Null => "null".to_owned(),
        Kind::Bool(it) => it.to_string(),
        Kind::Number(it) => format!("#{it}"),
        Kind::Text(it) => format!("'{it}'"),
        Kind::Date(it) => it.clone(),
        Kind::List(it) => format!("[{}]", it.iter().map(show).collect::<Vec<_>>().join(" ")),
        Kind::Entries(Entries(it)) => {
            let each = it
                .iter()
                .map(|it| format!("{}:{}", it.key, show(&it.value)));
            format!("{{{}}}", each.collect::<Vec<_>>().join(" "))
        }
    }
}

#[test]
fn what_pnpm_writes_is_read() {
    let text = "lockfileVersion: '9.0'\n\npackages:\n\n  '@s/a@1.0.0':\n    resolution: {integrity: sha512-a+/==, tarball: 'x'}\n    deprecated: |-\n      one\n      two\n    cpu: [x64, arm]\n    hasBin: true\n? long\n: 5.4\n";
    assert_eq!(
        read(text).unwrap(),
        "{lockfileVersion:'9.0' packages:{@s/a@1.0.0:{resolution:{integrity:'sha512-a+/==' tarball:'x'} deprecated:'one\ntwo' cpu:['x64' 'arm'] hasBin:true}} long:#5.4}"
    );
}

#[test]
fn every_document_of_a_stream_is_read() {
    assert_eq!(read("---\na: 1\n---\nb: 2\n").unwrap(), "{a:#1} --- {b:#2}");
    assert_eq!(read("").unwrap(), "");
}

#[test]
fn plain_scalars_have_the_types_of_the_core_schema() {
    let text = "[~, yes, True, -1, +2, 1.5e3, 0x1F, 0o17, .5, 1., .inf, 1.0.0, 1e, ., '1', \"true\", !!str 1, 2020-01-01, 0x]";
    assert_eq!(
        read(text).unwrap(),
        "[null 'yes' true #-1 #+2 #1.5e3 #0x1F #0o17 #.5 #1. #.inf '1.0.0' '1e' '.' '1' 'true' '1' '2020-01-01' '0x']"
    );
}

#[test]
fn aliases_and_merge_keys_are_followed() {
    let text = "base: &b {x: 1, y: 2}\none: *b\ntwo:\n  <<: *b\n  y: 3\nthree: {'<<': 4}\n";
    assert_eq!(
        read(text).unwrap(),
        "{base:{x:#1 y:#2} one:{x:#1 y:#2} two:{y:#3 x:#1} three:{<<:#4}}"
    );
}

#[test]
fn problems_have_places() {
    assert_eq!(
        read("a: 1\nb: {c: 1, d: 2, c: 3}\n").unwrap_err(),
        "a.yaml:2:17: duplicate key `c`"
    );
    assert_eq!(
        read("ä: ö\nü: {x: 1, x: 2}\n").unwrap_err(),
        "a.yaml:2:11: duplicate key `x`"
    );
    assert!(read("a: [1\nb: 2").unwrap_err().contains("not valid YAML"));
    assert!(read("a: !x 1").unwrap_err().contains("unknown tag `!x`"));
    assert!(read("[a]: 1").unwrap_err().contains("must be a scalar"));
}

#[test]
fn bombs_are_refused() {
    let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..12 {
        let before = format!("*a{}", level - 1);
        let aliases = [before.as_str(); 10].join(", ");
        writeln!(bomb, "a{level}: &a{level} [{aliases}]").unwrap();
    }
    assert!(read(&bomb).unwrap_err().contains("aliases make it"));
    assert!(read("a: &a [*a]").unwrap_err().contains("contains itself"));
    let deep = "[".repeat(100_000);
    assert!(read(&deep).unwrap_err().contains("not valid YAML"));
    let deep: String = (0..1000).map(|at| " ".repeat(at) + "a:\n").collect();
    assert!(read(&deep).unwrap_err().contains("nested too deep"));
}
