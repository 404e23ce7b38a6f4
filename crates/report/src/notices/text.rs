//! Notices as plain text, as products ship them in a file.

use std::borrow::Cow;
use std::io::{self, Write};

use super::{Group, Notices, UNKNOWN};

const RULE: &str =
    "================================================================================";
const LINE: &str =
    "--------------------------------------------------------------------------------";

/// Text on one line, without control characters.
fn line(text: &str) -> Cow<'_, str> {
    if text.contains(char::is_control) {
        let plain = text.chars().map(|c| if c.is_control() { ' ' } else { c });
        Cow::Owned(plain.collect())
    } else {
        Cow::Borrowed(text)
    }
}

/// Text of several lines, without what moves a terminal's cursor.
pub(super) fn block(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let plain = text
        .chars()
        .filter(|it| !it.is_control() || matches!(it, '\n' | '\t'));
    let text: String = plain.collect();
    text.trim_matches('\n').to_owned()
}

pub(super) fn write(
    notices: &Notices<'_>,
    groups: &[Group<'_>],
    out: &mut dyn Write,
) -> io::Result<()> {
    writeln!(out, "Third-party notices for {}\n", line(notices.title))?;
    for it in groups {
        writeln!(out, "{:>6}  {}", it.packages.len(), line(it.title()))?;
    }
    for group in groups {
        let count = group.packages.len();
        writeln!(out, "\n{RULE}\n{} ({count})\n{RULE}\n", line(group.title()))?;
        if group.license.is_none() {
            writeln!(out, "{UNKNOWN}\n")?;
        }
        for package in &group.packages {
            write!(out, "* {}", line(&package.label))?;
            if !package.by.is_empty() {
                write!(out, ", by {}", line(&package.by))?;
            }
            if let Some(page) = package.page {
                write!(out, ", {}", line(page))?;
            }
            writeln!(out)?;
        }
        for (packages, text) in &group.texts {
            let names: Vec<_> = packages.iter().map(|it| line(it)).collect();
            let names = names.join(", ");
            writeln!(out, "\n{LINE}\n{names}: {}\n{LINE}\n", line(&text.file))?;
            writeln!(out, "{}", block(&text.text))?;
        }
    }
    writeln!(
        out,
        "\nMade by {} {} from what the packages say of themselves.",
        notices.tool.name, notices.tool.version
    )
}
