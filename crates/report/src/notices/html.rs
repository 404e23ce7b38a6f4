//! Notices as one HTML file without scripts.

use std::io::{self, Write};

use super::{Group, Notices, Package, UNKNOWN};
use crate::escape::{html, paragraphs};

const HEAD: &str = r#"<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<style>
body { max-width: 58rem; margin: 2.5rem auto; padding: 0 1.5rem; font: 16px/1.55 system-ui, sans-serif; color: CanvasText; background: Canvas; }
h1 { font-size: 1.9rem; line-height: 1.2; overflow-wrap: anywhere; } h2 { margin: 2.5rem 0 .6rem; padding-top: .8rem; border-top: 1px solid GrayText; overflow-wrap: anywhere; }
ul { padding-left: 1.2rem; } li { overflow-wrap: anywhere; } small { color: GrayText; }
summary { cursor: pointer; margin: .5rem 0; overflow-wrap: anywhere; } pre { white-space: pre-wrap; overflow-wrap: anywhere; font-size: .85rem; padding-left: 1rem; border-left: 3px solid GrayText; }
@media print { body { margin: 0; font-size: 10pt; } h2 { break-after: avoid; } }
</style>
"#;

pub(super) fn write(
    notices: &Notices<'_>,
    groups: &[Group<'_>],
    out: &mut dyn Write,
) -> io::Result<()> {
    let title = html(notices.title);
    write!(
        out,
        "{HEAD}<title>Third-party notices for {title}</title>\n</head>\n<body>\n"
    )?;
    writeln!(
        out,
        "<h1>Third-party notices for {title}</h1>\n<nav aria-label=\"Licences\"><ul>"
    )?;
    for (number, group) in groups.iter().enumerate() {
        writeln!(
            out,
            "<li><a href=\"#l{number}\">{}</a> <small>({})</small></li>",
            html(group.title()),
            group.packages.len()
        )?;
    }
    writeln!(out, "</ul></nav>\n<main>")?;
    for (number, it) in groups.iter().enumerate() {
        group(number, it, out)?;
    }
    writeln!(
        out,
        "</main>\n<p><small>Made by {} {} from the metadata of the packages.</small></p>\n</body>\n</html>",
        html(notices.tool.name),
        html(notices.tool.version)
    )
}

fn group(number: usize, group: &Group<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "<section><h2 id=\"l{number}\">{}</h2>",
        html(group.title())
    )?;
    if group.license.is_none() {
        writeln!(out, "<p>{UNKNOWN}</p>")?;
    }
    writeln!(out, "<ul>")?;
    for package in &group.packages {
        writeln!(out, "<li>{}</li>", entry(package))?;
    }
    writeln!(out, "</ul>")?;
    for (packages, it) in &group.texts {
        writeln!(
            out,
            "<details open><summary>{}: {}</summary><pre>{}</pre></details>",
            html(&packages.join(", ")),
            html(&it.file),
            pre(&it.text)
        )?;
    }
    writeln!(out, "</section>")
}

fn entry(package: &Package<'_>) -> String {
    let mut entry = html(&package.label);
    if !package.by.is_empty() {
        entry.push_str(", by ");
        entry.push_str(&html(&package.by));
    }
    if let Some(page) = package.page {
        // An address from the input is shown as text and not as a link.
        entry.push_str(", <small>");
        entry.push_str(&html(page));
        entry.push_str("</small>");
    }
    entry
}

/// A text of several lines.
fn pre(text: &str) -> String {
    let lines = paragraphs(text);
    let lines = lines.split('\n').map(|line| {
        let cells = line.split('\t').map(html);
        cells.collect::<Vec<_>>().join("\t")
    });
    lines.collect::<Vec<_>>().join("\n")
}
