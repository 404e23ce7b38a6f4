//! The tree of a stream of YAML events.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use saphyr_parser::{Event, Parser, ScalarStyle, Span, Tag};

use super::offsets::Offsets;
use super::scalar::{key_text, plain};
use crate::page::Page;
use crate::tree::{Entries, Entry, Kind, Value};

/// How deep collections may be nested.
pub(super) const DEEPEST: usize = 128;

/// How many values aliases may add to those that the text has bytes for.
const SMALL_FILE: usize = 10_000;

/// The number of entries up to which a search is faster than a table.
const FEW: usize = 16;

/// The plain scalar that merges another map into this one.
pub(super) const MERGE: &str = "<<";

/// The documents of the text of a page; `None`, and a problem, where it is not YAML.
pub(super) fn documents<'t>(page: &mut Page<'t>) -> Option<Vec<Value<'t>>> {
    let mut parser = Parser::new_from_str(page.text());
    let mut builder = Builder {
        offsets: Offsets::of(page.text()),
        page,
        documents: Vec::new(),
        open: Vec::new(),
        anchors: HashMap::new(),
        copied: 0,
    };
    while let Some(next) = parser.next_event() {
        match next {
            Ok((event, span)) => {
                if !builder.take(event, span) {
                    return None;
                }
            }
            Err(error) => {
                let at = builder.offsets.byte(error.marker());
                builder.page.syntax(at, "YAML", error.info());
                return None;
            }
        }
    }
    Some(builder.documents)
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
                    let text = key_text(value);
                    if text.is_none() {
                        self.page.wrong(at, "a key must be a scalar", None);
                    }
                    *key = Some((text.unwrap_or_default(), at, is_plain));
                }
                Some((text, _, true)) if text == MERGE => {
                    self.page.has_aliases = true;
                    merged.push(value);
                }
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
pub(super) fn repeated(entries: &[Entry<'_>]) -> Vec<usize> {
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
