//! One HTML file with everything in it: style, program, and the report as data. The program puts data into the page as text
//! only, and the page's own policy forbids it to load anything or to run anything else.

use std::io::{self, Write};

use bomtrail_document::{Layout, print};

use super::{Compliance, view};

const HEAD: &str = include_str!("html/head.html");
const STYLE: &str = include_str!("html/style.css");
const BODY: &str = include_str!("html/body.html");
const PROGRAM: &str = include_str!("html/program.js");

pub(super) fn write(report: &Compliance<'_>, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(HEAD.as_bytes())?;
    let parts = ["<style>\n", STYLE, "</style>\n</head>\n", BODY];
    out.write_all(parts.concat().as_bytes())?;
    out.write_all(b"<script type=\"application/json\" id=\"data\">")?;
    print(&view::view(report), Layout::Compact, &mut Inert(&mut *out))?;
    let parts = [
        "</script>\n<script>\n",
        PROGRAM,
        "</script>\n</body>\n</html>\n",
    ];
    out.write_all(parts.concat().as_bytes())
}

/// Writes JSON so that nothing in it can end or begin an element: `<`, `>` and `&` occur in strings only, where an escape
/// means the same.
struct Inert<'w>(&'w mut dyn Write);

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
    use std::io::Write;

    use super::Inert;

    #[test]
    fn no_element_begins_or_ends_in_data() {
        let mut out = Vec::new();
        Inert(&mut out).write_all(b"a</script><!--&").unwrap();
        assert_eq!(out, b"a\\u003c/script\\u003e\\u003c!--\\u0026");
    }
}
