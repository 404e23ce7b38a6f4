//! Text in HTML and XML, and JSON inside an element of HTML.

use std::io::{self, Write};

use super::printable;

/// Text of an element or an attribute of HTML.
pub(crate) fn html(raw: &str) -> String {
    markup(raw, "&#39;")
}

/// Text of an element or an attribute of XML 1.0. Characters that XML does not allow are replaced.
pub(crate) fn xml(raw: &str) -> String {
    markup(raw, "&apos;").replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}")
}

fn markup(raw: &str, apostrophe: &str) -> String {
    let raw = printable(raw);
    let mut safe = String::with_capacity(raw.len());
    for character in raw.chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str(apostrophe),
            other => safe.push(other),
        }
    }
    safe
}

/// Writes JSON in which no element of HTML begins or ends: `<`, `>` and `&` occur in strings only, where an escape means the
/// same.
pub(crate) struct Inert<'w>(pub(crate) &'w mut dyn Write);

impl Write for Inert<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let risky = |byte: &u8| matches!(byte, b'<' | b'>' | b'&');
        let plain = bytes.iter().position(risky);
        match plain {
            None => self.0.write_all(bytes)?,
            Some(0) => {
                let first = bytes.first().copied().unwrap_or_default();
                write!(self.0, "\\u{first:04x}")?;
                return Ok(1);
            }
            Some(end) => {
                self.0.write_all(bytes.get(..end).unwrap_or_default())?;
                return Ok(end);
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_element_begins_or_ends_in_data() {
        let mut out = Vec::new();
        Inert(&mut out).write_all(b"a</script><!--&").unwrap();
        assert_eq!(out, b"a\\u003c/script\\u003e\\u003c!--\\u0026");
    }

    #[test]
    fn text_is_no_markup() {
        assert_eq!(
            html("<a b='c'>&\u{1b}"),
            "&lt;a b=&#39;c&#39;&gt;&amp;\\u{1b}"
        );
        assert_eq!(xml("'\u{ffff}"), "&apos;\u{fffd}");
    }
}
