use super::*;

fn shown(text: &str) -> Result<Vec<String>, Unreadable> {
    let one = |it: &Item<'_>| {
        let more = if it.shared { "+" } else { "" };
        let value = it.value.clone().into_text();
        format!(
            "{}:{} {}{more}={}",
            it.line,
            it.depth,
            it.key,
            value.as_deref().unwrap_or("{}")
        )
    };
    Ok(parse(text)?.items.iter().map(one).collect())
}

#[test]
fn what_yarn_writes_is_read_with_its_lines() {
    let text = "# yarn lockfile v1\n\n\n\"@s/a@^1\", a@^2:\n  version \"1.0.0\"\n  dependencies:\n    b \"^1\"\n\nb@^1:\n  version \"1.1.0\"\n";
    let expected = [
        "3:0 @s/a@^1+={}",
        "3:0 a@^2={}",
        "4:1 version=1.0.0",
        "5:1 dependencies={}",
        "6:2 b=^1",
        "8:0 b@^1={}",
        "9:1 version=1.1.0",
    ];
    let lines = |it: &[&str]| -> Vec<String> {
        it.iter()
            .map(|it| it.split_once(':').unwrap().1.to_owned())
            .collect()
    };
    let found = shown(text).unwrap();
    let found: Vec<&str> = found.iter().map(String::as_str).collect();
    assert_eq!(lines(&found), lines(&expected));
    let numbers: Vec<u32> = parse(text)
        .unwrap()
        .items
        .iter()
        .map(|it| it.line)
        .collect();
    assert_eq!(numbers, [4, 4, 5, 6, 7, 9, 10]);
}

#[test]
fn odd_forms_are_read_as_yarn_reads_them() {
    for (text, expected) in [
        ("a 1\n", &["1:0 a=1"][..]),
        ("a: 007\n", &["1:0 a=7"]),
        ("a true b false\n", &["1:0 a=true", "1:0 b=false"]),
        ("a \"x\\u0041\"\n", &["1:0 a=xA"]),
        ("a, b \"1\"", &["1:0 a+=1", "1:0 b=1"]),
        ("a:\r\n  b \"1\"\r\n", &["1:0 a={}", "2:1 b=1"]),
        ("a:\nb \"1\"\n", &["1:0 a={}", "2:0 b=1"]),
        ("", &[]),
    ] {
        assert_eq!(shown(text).unwrap(), expected, "{text}");
    }
}

#[test]
fn an_indentation_outside_of_a_block_ends_the_file_for_yarn() {
    let text = "a:\n  b \"1\"\n\n\n  c \"2\"\nd:\n  e \"3\"\n";
    let parsed = parse(text).unwrap();
    assert_eq!(parsed.items.len(), 2);
    assert_eq!(parsed.ignored, Some(5));
    assert_eq!(parse("a:\n  b \"1\"\n\n  c \"2\"\n").unwrap().ignored, None);
}

#[test]
fn what_yarn_refuses_is_refused_with_its_place() {
    for (text, line) in [
        ("a\n", 1),
        ("a:\n   b \"1\"\n", 2),
        ("\"a\n", 1),
        ("a, \n", 1),
        ("a:\n  \"\\q\" \"1\"\n", 2),
        ("<<<<<<< x\n", 1),
        ("\ta \"1\"\n", 1),
        ("1 a\n", 1),
        ("\"\" \"1\"\n", 1),
    ] {
        let error = shown(text).unwrap_err();
        assert_eq!(error.line, line, "{text}: {error:?}");
    }
    let mut deep = String::new();
    for depth in 0..200 {
        deep.push_str(&"  ".repeat(depth));
        deep.push_str("a:\n");
    }
    assert_eq!(
        shown(&deep).unwrap_err().why,
        "the blocks are nested too deep"
    );
}

proptest::proptest! {
    /// A space at the end of a line means nothing, but the line is then read token by token.
    #[test]
    fn usual_lines_are_read_as_their_tokens(pieces in proptest::collection::vec(0..PIECES.len(), 0..24)) {
        let text: String = pieces.into_iter().map(|it| PIECES[it]).collect();
        let spaced: Vec<String> = text.split('\n').map(spaced).collect();
        let read = |text: &str| {
            let ignored = parse(text).map(|it| it.ignored);
            shown(text).map(|it| (it, ignored)).map_err(|it| (it.line, it.why))
        };
        proptest::prop_assert_eq!(read(&text), read(&spaced.join("\n")), "{}", text);
    }
}

const PIECES: [&str; 22] = [
    "a", "b-c", "/x", "é", "\"x\"", "\"y z\"", "\"\"", "\"\\n\"", "true", "falsely", "1", " ", " ",
    "  ", "\n  ", "\n    ", "\n", "\r\n", ":", ",", "#c", "\"",
];

fn spaced(line: &str) -> String {
    if line.trim().is_empty() {
        return line.to_owned();
    }
    match line.strip_suffix('\r') {
        Some(line) => [line, " \r"].concat(),
        None => [line, " "].concat(),
    }
}
