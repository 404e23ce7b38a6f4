//! Notices as plain text, as products ship them in a file.

use std::io::{self, Write};

use super::{Group, Notices, UNKNOWN};
use crate::escape::{one_line, paragraphs};

const RULE: &str =
    "================================================================================";
const LINE: &str =
    "--------------------------------------------------------------------------------";

pub(super) fn write(
    notices: &Notices<'_>,
    groups: &[Group<'_>],
    out: &mut dyn Write,
) -> io::Result<()> {
    writeln!(out, "Third-party notices for {}\n", one_line(notices.title))?;
    for it in groups {
        writeln!(out, "{:>6}  {}", it.packages.len(), one_line(it.title()))?;
    }
    for group in groups {
        let count = group.packages.len();
        writeln!(
            out,
            "\n{RULE}\n{} ({count})\n{RULE}\n",
            one_line(group.title())
        )?;
        if group.license.is_none() {
            writeln!(out, "{UNKNOWN}\n")?;
        }
        for package in &group.packages {
            write!(out, "* {}", one_line(&package.label))?;
            if !package.by.is_empty() {
                write!(out, ", by {}", one_line(&package.by))?;
            }
            if let Some(page) = package.page {
                write!(out, ", {}", one_line(page))?;
            }
            writeln!(out)?;
        }
        for (packages, text) in &group.texts {
            let names: Vec<_> = packages.iter().map(|it| one_line(it)).collect();
            let names = names.join(", ");
            writeln!(out, "\n{LINE}\n{names}: {}\n{LINE}\n", one_line(&text.file))?;
            writeln!(out, "{}", paragraphs(&text.text))?;
        }
    }
    writeln!(
        out,
        "\nMade by {} {} from the metadata of the packages.",
        notices.tool.name, notices.tool.version
    )
}
