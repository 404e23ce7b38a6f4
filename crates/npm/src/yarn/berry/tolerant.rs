//! A lockfile of Yarn 2 or later in any YAML: what Yarn itself does not write, but reads.

use bomtrail_document::{Entry, FileCodes, Kind, Page};
use bomtrail_graph::Diagnostics;

use crate::diags;
use crate::package::value::Str;
use crate::yarn::items::{Item, Scalar};

/// The deepest level that means anything.
const DEEPEST: u8 = 3;

/// The items of a lockfile.
///
/// # Errors
/// Where the text is not YAML, or has a key twice.
pub(super) fn parse(path: &str, text: &str) -> Result<Vec<Item<'static>>, Diagnostics> {
    let mut page = Page::new(path, text, FileCodes::all(diags::unreadable_code()));
    let documents = page.yaml().unwrap_or_default();
    if let [_, second, ..] = &*documents {
        page.wrong(second.start, "Yarn reads no second document", None);
    }
    let mut items = Vec::new();
    let mut open: Vec<(u8, &Entry<'_>)> = Vec::new();
    let entries = documents.first().and_then(|it| it.as_entries());
    open.extend(
        entries
            .into_iter()
            .flat_map(|it| it.0.iter().rev())
            .map(|it| (0, it)),
    );
    while let Some((depth, entry)) = open.pop() {
        let value = &entry.value;
        let inner = value.as_entries().filter(|_| depth < DEEPEST);
        let value = match &value.kind {
            Kind::Text(text) => Scalar::Text(Str::Owned(text.to_string())),
            Kind::Entries(_) | Kind::List(_) => Scalar::Block,
            // In a lockfile every value is a text.
            Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::Date(_) => {
                let written = page.text().get(value.start..value.end).unwrap_or_default();
                Scalar::Text(Str::Owned(written.to_owned()))
            }
        };
        items.push(Item {
            line: u32::try_from(page.line(entry.at)).unwrap_or(u32::MAX),
            depth,
            shared: false,
            key: Str::Owned(entry.key.to_string()),
            value,
        });
        open.extend(
            inner
                .into_iter()
                .flat_map(|it| it.0.iter().rev())
                .map(|it| (depth + 1, it)),
        );
    }
    page.finish(items)
}
