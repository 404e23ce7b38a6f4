//! JSON with comments and trailing commas, as `bun.lock` has it, made plain JSON of the same length.

use std::borrow::Cow;

use bomtrail_document::find_byte;

/// The text with spaces in place of comments and of commas before a closing bracket, so that every place in it stays the same.
pub(crate) fn plain(text: &str) -> Cow<'_, str> {
    let mut blanks: Vec<(usize, usize)> = Vec::new();
    let bytes = text.as_bytes();
    // The comma that nothing but space and comments follows so far.
    let mut comma: Option<usize> = None;
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => {
                comma = None;
                at = end_of_text(bytes, at);
            }
            b',' => {
                comma = Some(at);
                at += 1;
            }
            b'}' | b']' => {
                blanks.extend(comma.take().map(|it| (it, it + 1)));
                at += 1;
            }
            b'/' => match end_of_comment(bytes, at) {
                Some(end) => {
                    blanks.push((at, end));
                    at = end;
                }
                None => at += 1,
            },
            b' ' | b'\t' | b'\r' | b'\n' => at += 1,
            _ => {
                comma = None;
                at += 1;
            }
        }
    }
    if blanks.is_empty() {
        return Cow::Borrowed(text);
    }
    blanks.sort_unstable();
    Cow::Owned(blanked(text, &blanks))
}

/// True when the text has a comment.
pub(crate) fn has_comments(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => at = end_of_text(bytes, at),
            b'/' => return true,
            _ => at += 1,
        }
    }
    false
}

/// The offset after a quoted text.
fn end_of_text(bytes: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while let Some(found) = find_byte(bytes, at, 0, [b'"', b'\\']) {
        if bytes.get(found) == Some(&b'"') {
            return found + 1;
        }
        at = found + 2;
    }
    bytes.len()
}

/// The offset after a comment that begins here.
fn end_of_comment(bytes: &[u8], start: usize) -> Option<usize> {
    let rest = bytes.get(start + 2..)?;
    match bytes.get(start + 1)? {
        b'/' => {
            let end = rest.iter().position(|it| *it == b'\n');
            Some(end.map_or(bytes.len(), |it| start + 2 + it))
        }
        b'*' => {
            let end = rest.windows(2).position(|it| it == b"*/")?;
            Some(start + 2 + end + 2)
        }
        _ => None,
    }
}

/// The text with spaces in these ranges; the ends of lines stay.
fn blanked(text: &str, blanks: &[(usize, usize)]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for (start, end) in blanks {
        out.push_str(text.get(from..*start).unwrap_or_default());
        let inner = text.as_bytes().get(*start..*end).unwrap_or_default();
        out.extend(inner.iter().map(|it| if *it == b'\n' { '\n' } else { ' ' }));
        from = *end;
    }
    out.push_str(text.get(from..).unwrap_or_default());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_trailing_commas_become_spaces() {
        for (text, expected) in [
            ("[1, 2]", "[1, 2]"),
            ("[1, 2,]", "[1, 2 ]"),
            ("{\"a\": 1, // x\n}", "{\"a\": 1      \n}"),
            ("[1 /* , ] \n */, ]", "[1        \n     ]"),
            ("[\"a,]\", \"\\\",]\",]", "[\"a,]\", \"\\\",]\" ]"),
            ("[1,/**/]", "[1     ]"),
            ("[\"//\"]", "[\"//\"]"),
            ("/", "/"),
            ("[1,,]", "[1, ]"),
            ("\"a", "\"a"),
        ] {
            assert_eq!(plain(text), expected, "{text}");
            assert_eq!(plain(text).len(), text.len(), "{text}");
        }
    }
}
