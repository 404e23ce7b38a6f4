//! One HTML file with everything in it: style, program, and the report as data. The program puts data into the page as text
//! only, and the page's own policy forbids it to load anything or to run anything else.

use std::io::{self, Write};

use bomtrail_document::{Layout, print};

use super::{Compliance, view};
use crate::escape::Inert;

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
