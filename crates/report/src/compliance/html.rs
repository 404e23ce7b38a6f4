//! One self-contained HTML file. Everything is in the page itself and readable without scripts; a script adds search, sorting,
//! pages and an explorer of the dependencies. It inserts data as text only, and the page's own policy forbids it to load
//! anything or to run anything else.

mod advisories;
mod components;
mod element;
mod page;
mod tables;

use std::io::{self, Write};

use bomtrail_document::{Layout, print};

use super::{Compliance, view};
use crate::escape::{Inert, html};

const HEAD: &str = include_str!("html/head.html");
const STYLE: &str = include_str!("html/style.css");
const PROGRAM: &str = include_str!("html/program.js");

pub(super) fn write(report: &Compliance<'_>, out: &mut dyn Write) -> io::Result<()> {
    let view = view::view(report);
    let title = [view.product.name, ": ", view.profile.title].concat();
    write!(
        out,
        "{HEAD}<title>{}</title>\n<style>\n{STYLE}</style>\n</head>\n",
        html(&title)
    )?;
    page::write(&view, out)?;
    out.write_all(b"<script type=\"application/json\" id=\"data\">")?;
    print(&view, Layout::Compact, &mut Inert(&mut *out))?;
    let parts = [
        "</script>\n<script>\n",
        PROGRAM,
        "</script>\n</body>\n</html>\n",
    ];
    out.write_all(parts.concat().as_bytes())
}
