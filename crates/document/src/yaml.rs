//! YAML 1.2 (core schema) as a tree with places, one for each document of a stream.
//!
//! Anchors, aliases and merge keys are followed, within a budget: a file cannot grow to more values than it has bytes.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use saphyr_parser::{Event, Marker, Parser, ScalarStyle, Span, Tag};

use crate::SIZE_LIMIT;
use crate::page::Page;
use crate::tree::{Entries, Entry, Kind, Value};

/// How deep collections may be nested.
const DEEPEST: usize = 128;

/// How many values aliases may add to those that the text has bytes for.
const SMALL_FILE: usize = 10_000;

/// The number of entries up to which a search is faster than a table.
const FEW: usize = 16;

/// The plain scalar that merges another map into this one.
const MERGE: &str = "<<";

impl<'t> Page<'t> {
    /// Reads the text as a stream of YAML documents, nested at most 128 deep. `None`, and a problem, where it is not YAML or
    /// larger than [`SIZE_LIMIT`]. A duplicate key is a problem, and its first value is kept.
    pub fn yaml(&mut self) -> Option<Vec<Value<'t>>> {
        if self.text().len() > SIZE_LIMIT {
            let message = format!("it is larger than {} MiB", SIZE_LIMIT >> 20);
            self.syntax(0, "YAML", &message);
            return None;
        }
        let offsets = Offsets::of(self.text());
        let mut builder = Builder {
            page: self,
            offsets,
            documents: Vec::new(),
            open: Vec::new(),
            anchors: HashMap::new(),
            copied: 0,
        };
        let mut parser = Parser::new_from_str(builder.page.text());
        loop {
            match parser.next_event() {
                None => break,
                Some(Ok((event, span))) => {
                    if !builder.take(event, span) {
                        return None;
                    }
                }
                Some(Err(error)) => {
                    let at = builder.offsets.byte(error.marker());
                    builder.page.syntax(at, "YAML", error.info());
                    return None;
                }
            }
        }
        Some(builder.documents)
    }
}

/// A collection whose end has not been read.
struct Open<'t> {
    start: usize,
    anchor: usize,
    kind: OpenKind<'t>,
}

enum OpenKind<'t> {
    List(Vec<Value<'t>>),
    Map {
        entries: Vec<Entry<'t>>,
        /// The key whose value comes next: its text, where it is, and whether it is a plain scalar.
        key: Option<(Cow<'t, str>, usize, bool)>,
        /// What merge keys add.
        merged: Vec<Value<'t>>,
    },
}

struct Builder<'p, 't> {
    page: &'p mut Page<'t>,
    offsets: Offsets<'t>,
    documents: Vec<Value<'t>>,
    open: Vec<Open<'t>>,
    anchors: HashMap<usize, Value<'t>>,
    /// How many values were copied for anchors and aliases.
    copied: usize,
}

impl<'t> Builder<'_, 't> {
    /// Takes one event; false, and a problem, where reading cannot go on.
    fn take(&mut self, event: Event<'t>, span: Span) -> bool {
        match event {
            Event::Nothing
            | Event::StreamStart
            | Event::StreamEnd
            | Event::DocumentStart(_)
            | Event::DocumentEnd => true,
            Event::Scalar(text, style, anchor, tag) => {
                let (start, end) = (self.offsets.byte(&span.start), self.offsets.byte(&span.end));
                let is_plain = style == ScalarStyle::Plain && tag.is_none();
                let kind = match (tag, is_plain) {
                    (Some(tag), _) => self.tagged(&tag, text, start),
                    (None, true) => plain(text),
                    (None, false) => Kind::Text(text),
                };
                self.anchored(Value { start, end, kind }, anchor, is_plain)
            }
            Event::SequenceStart(anchor, tag) => {
                self.known_tag(tag.as_deref(), self.offsets.byte(&span.start));
                self.begin(&span, anchor, OpenKind::List(Vec::new()))
            }
            Event::MappingStart(anchor, tag) => {
                self.known_tag(tag.as_deref(), self.offsets.byte(&span.start));
                let (entries, key, merged) = (Vec::new(), None, Vec::new());
                let kind = OpenKind::Map {
                    entries,
                    key,
                    merged,
                };
                self.begin(&span, anchor, kind)
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(&span),
            Event::Alias(anchor) => self.alias(anchor, &span),
        }
    }

    fn begin(&mut self, span: &Span, anchor: usize, kind: OpenKind<'t>) -> bool {
        let start = self.offsets.byte(&span.start);
        if self.open.len() >= DEEPEST {
            self.page.syntax(start, "YAML", "it is nested too deep");
            return false;
        }
        self.open.push(Open {
            start,
            anchor,
            kind,
        });
        true
    }

    fn end(&mut self, span: &Span) -> bool {
        let Some(Open {
            start,
            anchor,
            kind,
        }) = self.open.pop()
        else {
            return true;
        };
        let end = self.offsets.byte(&span.end);
        let kind = match kind {
            OpenKind::List(values) => Kind::List(values),
            OpenKind::Map {
                entries, merged, ..
            } => {
                let entries = self.distinct(entries);
                Kind::Entries(Entries(with_merged(entries, merged)))
            }
        };
        self.anchored(Value { start, end, kind }, anchor, false)
    }

    /// Keeps a value for its aliases, and puts it where it belongs.
    fn anchored(&mut self, value: Value<'t>, anchor: usize, is_plain: bool) -> bool {
        if anchor != 0 {
            if !self.pay_for(&value) {
                return false;
            }
            self.anchors.insert(anchor, value.clone());
        }
        self.put(value, is_plain);
        true
    }

    fn alias(&mut self, anchor: usize, span: &Span) -> bool {
        let start = self.offsets.byte(&span.start);
        let Some(value) = self.anchors.remove(&anchor) else {
            // An alias inside of its own anchor.
            self.page.syntax(start, "YAML", "a value contains itself");
            return false;
        };
        let copy = value.clone();
        if !self.pay_for(&copy) {
            return false;
        }
        self.anchors.insert(anchor, value);
        let end = self.offsets.byte(&span.end);
        let kind = copy.kind;
        self.put(Value { start, end, kind }, false);
        true
    }

    /// Counts the values of a copy; false, and a problem, when the file has too many of them.
    fn pay_for(&mut self, value: &Value<'t>) -> bool {
        self.page.has_aliases = true;
        self.copied += count(value);
        let fits = self.copied <= self.page.text().len() + SMALL_FILE;
        if !fits {
            let message = "its aliases make it many times larger than it is";
            self.page.syntax(value.start, "YAML", message);
        }
        fits
    }

    fn put(&mut self, value: Value<'t>, is_plain: bool) {
        let Some(open) = self.open.last_mut() else {
            self.documents.push(value);
            return;
        };
        match &mut open.kind {
            OpenKind::List(values) => values.push(value),
            OpenKind::Map {
                entries,
                key,
                merged,
            } => match key.take() {
                None => {
                    let at = value.start;
                    let text = scalar(value);
                    if text.is_none() {
                        self.page.wrong(at, "a key must be a scalar", None);
                    }
                    *key = Some((text.unwrap_or_default(), at, is_plain));
                }
                Some((text, _, true)) if text == MERGE => merged.push(value),
                Some((key, at, _)) => entries.push(Entry { key, at, value }),
            },
        }
    }

    /// The entries without those whose key an earlier one has, which are reported.
    fn distinct(&mut self, entries: Vec<Entry<'t>>) -> Vec<Entry<'t>> {
        let mut repeated = repeated(&entries).into_iter().peekable();
        if repeated.peek().is_none() {
            return entries;
        }
        let mut distinct = Vec::with_capacity(entries.len());
        for (at, entry) in entries.into_iter().enumerate() {
            if repeated.next_if_eq(&at).is_none() {
                distinct.push(entry);
                continue;
            }
            let message = format!("duplicate key `{}`", entry.key);
            let help = "package managers refuse such a file: keep one of them";
            self.page.wrong(entry.at, &message, Some(help));
        }
        distinct
    }

    fn tagged(&mut self, tag: &Tag, text: Cow<'t, str>, at: usize) -> Kind<'t> {
        self.known_tag(Some(tag), at);
        match &*tag.suffix {
            "null" | "bool" | "int" | "float" if tag.is_yaml_core_schema() => plain(text),
            _ => Kind::Text(text),
        }
    }

    /// Reports a tag that the core schema does not have: programs read it in their own ways.
    fn known_tag(&mut self, tag: Option<&Tag>, at: usize) {
        const KNOWN: [&str; 7] = ["null", "bool", "int", "float", "str", "map", "seq"];
        let is_known = |it: &Tag| it.is_yaml_core_schema() && KNOWN.contains(&&*it.suffix);
        if let Some(tag) = tag.filter(|it| !is_known(it)) {
            let message = format!("unknown tag `{tag}`");
            self.page.wrong(at, &message, Some("remove the tag"));
        }
    }
}

/// The positions of entries whose key an earlier entry has, in order.
fn repeated(entries: &[Entry<'_>]) -> Vec<usize> {
    let numbered = entries.iter().enumerate();
    if entries.len() <= FEW {
        let is_repeated = |at: usize, key: &str| entries.iter().take(at).any(|it| it.key == key);
        let repeated = numbered.filter(|(at, it)| is_repeated(*at, &it.key));
        return repeated.map(|(at, _)| at).collect();
    }
    let mut seen = HashSet::with_capacity(entries.len());
    let repeated = numbered.filter(|(_, it)| !seen.insert(&*it.key));
    repeated.map(|(at, _)| at).collect()
}

/// The entries, and after them those of the merged maps whose keys are new.
fn with_merged<'t>(mut entries: Vec<Entry<'t>>, merged: Vec<Value<'t>>) -> Vec<Entry<'t>> {
    if merged.is_empty() {
        return entries;
    }
    let maps = merged.into_iter().flat_map(|it| match it.kind {
        Kind::List(values) => values,
        _ => vec![it],
    });
    let mut known: HashSet<String> = entries.iter().map(|it| it.key.to_string()).collect();
    for map in maps {
        if let Kind::Entries(Entries(more)) = map.kind {
            let new = more.into_iter();
            entries.extend(new.filter(|it| known.insert(it.key.to_string())));
        }
    }
    entries
}

/// How many values a value has, itself and its keys included.
fn count(value: &Value<'_>) -> usize {
    let mut open = vec![value];
    let mut count = 0;
    while let Some(value) = open.pop() {
        count += 1;
        match &value.kind {
            Kind::List(values) => open.extend(values),
            Kind::Entries(Entries(entries)) => {
                count += entries.len();
                open.extend(entries.iter().map(|it| &it.value));
            }
            Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::Text(_) | Kind::Date(_) => {}
        }
    }
    count
}

/// The text of a scalar as a key.
fn scalar(value: Value<'_>) -> Option<Cow<'_, str>> {
    match value.kind {
        Kind::Null => Some(Cow::Borrowed("null")),
        Kind::Bool(true) => Some(Cow::Borrowed("true")),
        Kind::Bool(false) => Some(Cow::Borrowed("false")),
        Kind::Number(text) | Kind::Text(text) => Some(text),
        Kind::Date(text) => Some(Cow::Owned(text)),
        Kind::List(_) | Kind::Entries(_) => None,
    }
}

/// What a plain scalar is in the core schema.
fn plain(text: Cow<'_, str>) -> Kind<'_> {
    match &*text {
        "" | "~" | "null" | "Null" | "NULL" => Kind::Null,
        "true" | "True" | "TRUE" => Kind::Bool(true),
        "false" | "False" | "FALSE" => Kind::Bool(false),
        it if is_number(it) => Kind::Number(text),
        _ => Kind::Text(text),
    }
}

/// True for an integer or a floating point number of the core schema.
fn is_number(text: &str) -> bool {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    // Nearly every scalar is a word, a version or a range.
    if !unsigned.starts_with(|it: char| it.is_ascii_digit() || it == '.') {
        return false;
    }
    let all = |text: &str, fits: fn(char) -> bool| !text.is_empty() && text.chars().all(fits);
    if let Some(digits) = text.strip_prefix("0x") {
        return all(digits, |it| it.is_ascii_hexdigit());
    }
    if let Some(digits) = text.strip_prefix("0o") {
        return all(digits, |it| matches!(it, '0'..='7'));
    }
    if matches!(unsigned, ".inf" | ".Inf" | ".INF") || matches!(text, ".nan" | ".NaN" | ".NAN") {
        return true;
    }
    let digits = |text: &str| text.chars().all(|it| it.is_ascii_digit());
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let power = exponent.map(|it| it.strip_prefix(['-', '+']).unwrap_or(it));
    (!whole.is_empty() || !fraction.is_empty())
        && digits(whole)
        && digits(fraction)
        && power.is_none_or(|it| !it.is_empty() && digits(it))
}

/// How many characters lie between two offsets that are kept.
const STEP: usize = 1024;

/// The byte offsets of a text's characters, which the parser counts.
struct Offsets<'t> {
    text: &'t str,
    /// The offset of every 1024th character; empty for ASCII.
    steps: Vec<usize>,
}

impl<'t> Offsets<'t> {
    fn of(text: &'t str) -> Self {
        let steps = if text.is_ascii() {
            Vec::new()
        } else {
            text.char_indices().step_by(STEP).map(|it| it.0).collect()
        };
        Self { text, steps }
    }

    fn byte(&self, marker: &Marker) -> usize {
        let (index, length) = (marker.index(), self.text.len());
        if self.steps.is_empty() {
            return index.min(length);
        }
        let Some(start) = self.steps.get(index / STEP) else {
            return length;
        };
        let rest = self.text.get(*start..).unwrap_or_default();
        let within = rest.char_indices().nth(index % STEP);
        within.map_or(length, |(at, _)| start + at)
    }
}

#[cfg(test)]
mod tests;
