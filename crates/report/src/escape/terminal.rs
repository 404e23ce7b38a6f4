//! Text for terminals and CI logs: nothing moves the cursor, changes the direction of text or is a command of a CI.

use std::borrow::Cow;

/// The text on one line that terminals and CI logs show as it is: control characters and characters that change the
/// direction of text or break lines are written as `\u{…}`, and so is what would make the line a workflow command (a leading
/// `::`, and `##[`).
///
/// ```
/// assert_eq!(bomtrail_report::printable("a\u{1b}[2J"), "a\\u{1b}[2J");
/// assert_eq!(bomtrail_report::printable("::error::x"), "\\u{3a}:error::x");
/// ```
#[must_use]
pub fn printable(text: &str) -> Cow<'_, str> {
    let text = if text.contains(is_unsafe) {
        let mut safe = String::with_capacity(text.len() + 8);
        for character in text.chars() {
            if is_unsafe(character) {
                safe.extend(character.escape_unicode());
            } else {
                safe.push(character);
            }
        }
        Cow::Owned(safe)
    } else {
        Cow::Borrowed(text)
    };
    without_commands(text)
}

/// Text of several lines as [`printable`] ones; control characters other than tabs are left out.
pub(crate) fn paragraphs(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut safe = String::with_capacity(text.len());
    for line in text.trim_matches('\n').split('\n') {
        if !safe.is_empty() {
            safe.push('\n');
        }
        let line: String = line
            .chars()
            .filter(|it| !it.is_control() || *it == '\t')
            .collect();
        let escaped: Vec<Cow<'_, str>> = line.split('\t').map(printable).collect();
        safe.push_str(&without_commands(escaped.join("\t").into()));
    }
    safe
}

/// Text on one line in which control characters are spaces, for prose.
pub(crate) fn one_line(text: &str) -> Cow<'_, str> {
    if !text.contains(char::is_control) {
        return printable(text);
    }
    let plain = text.chars().map(|c| if c.is_control() { ' ' } else { c });
    let plain: String = plain.collect();
    Cow::Owned(printable(&plain).into_owned())
}

/// A line that no CI takes for a command: GitHub reads lines that begin with `::` after white space, and `##[` anywhere.
fn without_commands(line: Cow<'_, str>) -> Cow<'_, str> {
    let start = line.len() - line.trim_start().len();
    let begins = line.get(start..).is_some_and(|it| it.starts_with("::"));
    if !begins && !line.contains("##[") {
        return line;
    }
    let mut line = line.replace("##[", "#\\u{23}[");
    if begins {
        line.replace_range(start..=start, "\\u{3a}");
    }
    Cow::Owned(line)
}

fn is_unsafe(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escape_sequences_are_shown_and_not_obeyed() {
        assert_eq!(printable("a\u{1b}[31mb\nc"), "a\\u{1b}[31mb\\u{a}c");
        assert_eq!(printable("é – ü"), "é – ü");
        assert_eq!(printable("a\u{202e}b\u{61c}"), "a\\u{202e}b\\u{61c}");
    }

    #[test]
    fn no_line_is_a_command_of_a_ci() {
        for text in [
            "::error::x",
            "  ::error::x",
            "\u{a0}::x",
            "##[error]x",
            "a ##[x",
            "::",
        ] {
            for line in [printable(text), one_line(text), paragraphs(text).into()] {
                assert!(!line.trim_start().starts_with("::"), "{line}");
                assert!(!line.contains("##["), "{line}");
            }
        }
        assert_eq!(printable("Foo::Bar"), "Foo::Bar");
    }

    #[test]
    fn paragraphs_keep_lines_and_tabs_only() {
        assert_eq!(
            paragraphs("\na\tb\r\n\u{c}c\u{1b}[2J\n \t ::error::d\n\n"),
            "a\tb\nc[2J\n \t \\u{3a}:error::d"
        );
        assert_eq!(paragraphs("a\u{202e}"), "a\\u{202e}");
    }
}
