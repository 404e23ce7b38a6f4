use super::*;

fn shown(text: &str) -> Option<Vec<String>> {
    let items = parse(text)?;
    let one = |it: Item<'_>| {
        let value = it.value.clone().into_text();
        format!(
            "{}:{} {}={}",
            it.line,
            it.depth,
            it.key,
            value.as_deref().unwrap_or("{}")
        )
    };
    Some(items.into_iter().map(one).collect())
}

#[test]
fn what_yarn_writes_is_read_with_its_lines() {
    let text = "# comment\n\n__metadata:\n  version: 8\n\n\"@s/a@npm:^1, @s/a@npm:^2\":\n  version: 1.0.0\n  dependencies:\n    b: \"npm:^1 || ^2\"\n  dependenciesMeta:\n    b:\n      optional: true\n  linkType: hard\n";
    let expected = [
        "3:0 __metadata={}",
        "4:1 version=8",
        "6:0 @s/a@npm:^1, @s/a@npm:^2={}",
        "7:1 version=1.0.0",
        "8:1 dependencies={}",
        "9:2 b=npm:^1 || ^2",
        "10:1 dependenciesMeta={}",
        "11:2 b={}",
        "12:3 optional=true",
        "13:1 linkType=hard",
    ];
    assert_eq!(shown(text).unwrap(), expected);
    assert_eq!(shown(&text.replace('\n', "\r\n")).unwrap(), expected);
}

#[test]
fn the_last_line_may_end_in_any_way() {
    for end in ["", "\n", "\r", "\r\n", "\n   ", "\n# comment", "\n\r\n"] {
        let text = ["a:\n  b: 1", end].concat();
        assert_eq!(shown(&text).unwrap(), ["1:0 a={}", "2:1 b=1"], "{end:?}");
    }
}

#[test]
fn a_long_key_has_its_value_on_the_next_line() {
    let text = "? \"a@npm:1, a@npm:2\"\n:\n  version: 1\n";
    assert_eq!(
        shown(text).unwrap(),
        ["1:0 a@npm:1, a@npm:2={}", "3:1 version=1"]
    );
    let nested = "a:\n  ? \"b\"\n  : \"1\"\n";
    assert_eq!(shown(nested).unwrap(), ["1:0 a={}", "2:1 b=1"]);
}

#[test]
fn everything_else_is_left_to_a_yaml_parser() {
    for text in [
        "a: &x 1\n",
        "a: *x\n",
        "a: {b: 1}\n",
        "a: [1]\n",
        "a: 'x'\n",
        "a: |\n  x\n",
        "a: >-\n  x\n",
        "a:\n",
        "a:\nb: 1\n",
        "a: 1 # comment\n",
        "a: 1\n  b: 2\n",
        "a:\n    b: 2\n",
        "a:\n b: 2\n",
        "- a\n",
        "a\n",
        "a:b\n",
        "\ta: 1\n",
        "a: \"x\n",
        "a: \"x\" y\n",
        "--- \n",
        "? a\n",
        "!!str a: 1\n",
        "a: 1 \n",
        "a: \n",
        "a: x\ry\n",
        "a: \"x\\\n\"\n",
        "? a\n  : 1\n",
    ] {
        assert_eq!(shown(text), None, "{text}");
    }
}
