//! The layout of a lockfile as Yarn writes it: each item alone on its line with its indentation and quotes, in order, and nothing
//! else but empty lines between entries and comments at the top. A file in another layout was not written by Yarn, which may read
//! something else in it than a person does.

use super::items::{Item, Scalar};

/// What Yarn does not write, with its line from 1; 0 for the whole file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Deviation {
    pub(crate) line: usize,
    pub(crate) message: String,
}

impl Deviation {
    pub(crate) fn new(line: usize, message: impl Into<String>) -> Self {
        Self {
            line,
            message: message.into(),
        }
    }
}

/// How one format of Yarn writes a text and the items in a block.
#[derive(Clone, Copy)]
pub(crate) struct Style {
    /// Puts a text in quotes where Yarn does.
    pub(crate) quote: fn(&str, &mut String),
    /// What is between a key and its value.
    pub(crate) separator: &'static str,
    /// The fields that Yarn puts before all others, in order.
    pub(crate) first: &'static [&'static str],
}

/// The most deviations that are reported for one file.
pub(crate) const MOST: usize = 20;

/// The lines that Yarn would write in another way.
pub(crate) fn deviations(text: &str, items: &[Item<'_>], style: Style) -> Vec<Deviation> {
    let mut found = Vec::new();
    lines(text, items, style, &mut found);
    order(items, style, &mut found);
    found.truncate(MOST);
    found
}

fn lines(text: &str, items: &[Item<'_>], style: Style, found: &mut Vec<Deviation>) {
    let mut rest = items.iter().peekable();
    let mut expected = String::new();
    let mut at_top = true;
    let mut empty = true;
    let mut continued = false;
    for (line, number) in text.split('\n').zip(1_u32..) {
        if found.len() >= MOST {
            return;
        }
        let plain = line.strip_suffix('\r').unwrap_or(line);
        let here = rest.peek().filter(|it| it.line == number);
        let Some(first) = here else {
            let is_comment = plain.starts_with('#') && at_top;
            let is_split_key = std::mem::take(&mut continued);
            if !plain.is_empty() && !is_comment && !is_split_key {
                found.push(Deviation::new(
                    number as usize,
                    "Yarn does not write this line",
                ));
            }
            empty = plain.is_empty();
            continue;
        };
        if first.depth > 0 && empty {
            let message = "Yarn does not write an empty line inside of an entry";
            found.push(Deviation::new(number as usize, message));
        }
        at_top = false;
        empty = false;
        written(&mut rest, number, style, &mut expected);
        if let Some(after) = plain.trim_start_matches(' ').strip_prefix("? ") {
            // A long key has its value on the line after it.
            continued = true;
            let bare = expected.trim_start_matches(' ');
            if bare.starts_with(after) && after.len() > 1024 {
                continue;
            }
        }
        if plain != expected {
            let shown: String = expected.trim_start().chars().take(80).collect();
            let message = format!("Yarn writes this line as `{shown}`");
            found.push(Deviation::new(number as usize, message));
        }
    }
}

/// The line of the items that begin on a line, as Yarn writes it.
fn written<'i>(
    rest: &mut std::iter::Peekable<impl Iterator<Item = &'i Item<'i>>>,
    line: u32,
    style: Style,
    out: &mut String,
) {
    out.clear();
    let mut is_first = true;
    while let Some(item) = rest.next_if(|it| it.line == line) {
        if is_first {
            out.extend(std::iter::repeat_n("  ", usize::from(item.depth)));
        } else {
            out.push_str(", ");
        }
        is_first = false;
        (style.quote)(&item.key, out);
        if item.shared {
            continue;
        }
        match &item.value {
            Scalar::Block => out.push(':'),
            Scalar::Text(text) => {
                out.push_str(style.separator);
                (style.quote)(text, out);
            }
            Scalar::Number(text) => {
                out.push_str(style.separator);
                out.push_str(text);
            }
            Scalar::Bool(it) => {
                out.push_str(style.separator);
                out.push_str(if *it { "true" } else { "false" });
            }
        }
    }
}

/// Reports keys that are repeated or not in Yarn's order, within each block. Keys that share a value are in order too, and the first
/// of them counts for the block.
fn order(items: &[Item<'_>], style: Style, found: &mut Vec<Deviation>) {
    let rank = |key: &str| {
        let place = style.first.iter().position(|it| *it == key);
        place.unwrap_or(style.first.len())
    };
    let mut before: Vec<Option<&str>> = Vec::new();
    let mut shared: Option<&str> = None;
    for item in items {
        if found.len() >= MOST {
            return;
        }
        before.truncate(usize::from(item.depth) + 1);
        before.resize(usize::from(item.depth) + 1, None);
        let key = &*item.key;
        let earlier = match (shared, before.last_mut()) {
            (Some(earlier), _) => Some(earlier),
            (None, Some(slot)) => slot.replace(key),
            (None, None) => None,
        };
        shared = item.shared.then_some(key);
        let Some(earlier) = earlier else { continue };
        let line = item.line as usize;
        if earlier == key {
            found.push(Deviation::new(line, format!("the key `{key}` is repeated")));
        } else if (rank(earlier), earlier) > (rank(key), key) {
            let message = format!("Yarn writes `{key}` before `{earlier}`");
            found.push(Deviation::new(line, message));
        }
    }
}

/// Adds a text as `JSON.stringify` of JavaScript writes it.
pub(crate) fn json(text: &str, out: &mut String) {
    out.push('"');
    for it in text.chars() {
        match it {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            it if it < ' ' => {
                let code = format!("\\u{:04x}", u32::from(it));
                out.push_str(&code);
            }
            it => out.push(it),
        }
    }
    out.push('"');
}
