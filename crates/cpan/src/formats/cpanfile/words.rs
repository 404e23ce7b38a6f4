//! Quoted texts of Perl: where one ends, and what its escapes mean.

/// The text before the quote that closes what `open` opened, and the length with that quote.
pub(super) fn closing(text: &str, open: char) -> (&str, usize) {
    let close = match open {
        '(' => ')',
        '[' => ']',
        '{' => '}',
        '<' => '>',
        same => same,
    };
    let mut depth = 0_usize;
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        if escaped {
            escaped = false;
        } else if c == '\\' {
            escaped = true;
        } else if c == close {
            if depth == 0 {
                return (text.get(..at).unwrap_or_default(), at + c.len_utf8());
            }
            depth -= 1;
        } else if c == open {
            depth += 1;
        }
    }
    (text, text.len())
}

/// A text in single quotes: only the quote and the backslash are escaped.
pub(super) fn unquote(raw: &str, open: char) -> String {
    let mut text = String::with_capacity(raw.len());
    let mut chars = raw.chars().peekable();
    while let Some(c) = chars.next() {
        let next = chars.peek().copied();
        let escapes = next.is_some_and(|it| it == '\\' || it == open || is_close(it, open));
        if c == '\\' && escapes {
            text.extend(chars.next());
        } else {
            text.push(c);
        }
    }
    text
}

fn is_close(c: char, open: char) -> bool {
    matches!((open, c), ('(', ')') | ('[', ']') | ('{', '}') | ('<', '>'))
}

/// A text in double quotes without variables.
pub(super) fn unescape(raw: &str) -> String {
    let mut text = String::with_capacity(raw.len());
    let mut chars = raw.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            text.push(c);
            continue;
        }
        text.extend(chars.next().map(|c| match c {
            'n' => '\n',
            't' => '\t',
            'r' => '\r',
            '0' => '\0',
            other => other,
        }));
    }
    text
}
