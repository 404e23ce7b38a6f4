//! The members of the outermost object of a JSON text, found without parsing the values. Recognises documents whose
//! characteristic key comes late; the text may be cut off.

/// A member: its key without quotes, as written, and the text of its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Member<'t> {
    pub(super) key: &'t [u8],
    pub(super) value: &'t [u8],
}

/// The members of the outermost object, in order; none for a text that is not an object.
pub(super) fn members(text: &[u8]) -> impl Iterator<Item = Member<'_>> {
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
    let mut rest = text.trim_ascii_start().strip_prefix(b"{");
    std::iter::from_fn(move || {
        let (member, after) = member(rest?)?;
        rest = after;
        Some(member)
    })
}

/// True when `text` has `part` in it.
pub(super) fn contains(text: &[u8], part: &[u8]) -> bool {
    text.windows(part.len()).any(|it| it == part)
}

/// The first member, and the text after the comma that follows it.
fn member(text: &[u8]) -> Option<(Member<'_>, Option<&[u8]>)> {
    let text = text.trim_ascii_start().strip_prefix(b"\"")?;
    let (key, rest) = text.split_at_checked(string_end(text))?;
    let rest = rest.get(1..)?.trim_ascii_start().strip_prefix(b":")?;
    let (value, rest) = rest.split_at_checked(value_end(rest))?;
    Some((Member { key, value }, rest.strip_prefix(b",")))
}

/// Where a string ends whose opening quote is before `text`: at its closing quote, or at the end of the text.
fn string_end(text: &[u8]) -> usize {
    let mut escaped = false;
    let end = text.iter().position(|byte| {
        let ends = *byte == b'"' && !escaped;
        escaped = *byte == b'\\' && !escaped;
        ends
    });
    end.unwrap_or(text.len())
}

/// Where a value ends: at the comma or brace that follows it, or at the end of the text.
fn value_end(text: &[u8]) -> usize {
    let (mut depth, mut quoted, mut escaped) = (0_usize, false, false);
    let end = text.iter().position(|byte| {
        if quoted {
            quoted = *byte != b'"' || escaped;
            escaped = *byte == b'\\' && !escaped;
            return false;
        }
        match byte {
            b'"' => quoted = true,
            b'{' | b'[' => depth += 1,
            b',' | b'}' | b']' if depth == 0 => return true,
            b'}' | b']' => depth -= 1,
            _ => {}
        }
        false
    });
    end.unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(text: &str) -> Vec<String> {
        let keys = members(text.as_bytes()).map(|it| String::from_utf8_lossy(it.key).into_owned());
        keys.collect()
    }

    #[test]
    fn members_of_the_outermost_object_only() {
        let text = r#" {"a" : {"x":[1,"}"]}, "b":"\",\"c\":", "d":null }"#;
        assert_eq!(keys(text), ["a", "b", "d"]);
        let value = members(text.as_bytes()).nth(1).map(|it| it.value);
        assert_eq!(value, Some(&br#""\",\"c\":""#[..]));
    }

    #[test]
    fn other_and_incomplete_texts_end_early() {
        assert_eq!(keys("[{\"a\":1}]"), [""; 0]);
        assert_eq!(keys("{}"), [""; 0]);
        assert_eq!(keys("{\"a\":1,\"b"), ["a"]);
        assert_eq!(keys("{\"a\":{\"b\":[[["), ["a"]);
        assert_eq!(keys("{\"a\" 1}"), [""; 0]);
    }
}
