//! Tokens keep lines and literals, and drop comments.

use super::{Kind, arguments, begins, bracketed, tails, tokens};

#[test]
fn comments_are_gone_and_strings_are_not_code() {
    let tokens = tokens("// todo\nfn f() { g(\"todo ! ( )\") }").unwrap();
    assert!(!tails(&tokens).any(|tail| begins(tail, &["todo"])));
    let text = tokens
        .iter()
        .find(|token| token.kind == Kind::Text)
        .unwrap();
    assert_eq!((text.text.as_str(), text.line), ("todo ! ( )", 2));
}

#[test]
fn a_string_over_several_lines_says_one() {
    let tokens = tokens(
        "const A: &str = \"one \\\n      two \\\"three\\\"\"; const B: &str = r#\"raw \"x\"\"#;",
    )
    .unwrap();
    let said: Vec<&str> = tokens
        .iter()
        .filter(|it| it.kind == Kind::Text)
        .map(|it| it.text.as_str())
        .collect();
    assert_eq!(said, ["one two \"three\"", "raw \"x\""]);
}

#[test]
fn arguments_split_at_their_own_commas_only() {
    let tokens = tokens("f(a, g(b, c), [d, e]) + h(i)").unwrap();
    let inside = bracketed(&tokens[2..]);
    let sizes: Vec<usize> = arguments(inside).iter().map(|part| part.len()).collect();
    assert_eq!(sizes, [1, 6, 5]);
}
