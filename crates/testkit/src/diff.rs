//! Two texts side by side, for a person who has to see why a test fails. Knows only lines.

const CONTEXT: usize = 2;

/// The lines that differ between the first and the last difference, with a little of what is around them.
pub(crate) fn diff(expected: &str, found: &str) -> String {
    let expected: Vec<&str> = expected.lines().collect();
    let found: Vec<&str> = found.lines().collect();
    let head = expected
        .iter()
        .zip(&found)
        .take_while(|(a, b)| a == b)
        .count();
    let room = expected.len().min(found.len()) - head;
    let pairs = expected.iter().rev().zip(found.iter().rev());
    let tail = pairs.take(room).take_while(|(a, b)| a == b).count();
    let middle = |lines: &[&str], mark: &str| -> String {
        let shown = lines.iter().take(lines.len() - tail).skip(head);
        shown.map(|line| mark.to_owned() + line + "\n").collect()
    };
    let around = |lines: Vec<&&str>| -> String {
        lines
            .into_iter()
            .map(|line| "  ".to_owned() + line + "\n")
            .collect()
    };
    let before = expected
        .iter()
        .take(head)
        .skip(head.saturating_sub(CONTEXT));
    let after = expected.iter().skip(expected.len() - tail).take(CONTEXT);
    [
        format!("line {}:\n", head + 1),
        around(before.collect()),
        middle(&expected, "- "),
        middle(&found, "+ "),
        around(after.collect()),
    ]
    .concat()
}
