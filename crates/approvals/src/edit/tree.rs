//! A list's text as objects and arrays with their white space, so that a change leaves everything else as it is.

use std::borrow::Cow;

use bomtrail_document::{Kind, Value, find_byte};

/// White space. `None` is what the rest of the file has at such a place.
type Space<'t> = Option<Cow<'t, str>>;

/// A value of a list.
#[derive(Debug)]
pub(super) enum Node<'t> {
    /// A value that is not looked into, as it is written.
    Raw(Cow<'t, str>),
    Text(Quoted<'t>),
    Object(Object<'t>),
    List(List<'t>),
}

/// A string as it is written, and what it says.
#[derive(Debug)]
pub(super) struct Quoted<'t> {
    raw: Cow<'t, str>,
    /// Where it has escapes; else what is between the quotes.
    text: Option<Cow<'t, str>>,
}

impl<'t> Quoted<'t> {
    /// A text as a JSON string.
    fn of(text: &str) -> Self {
        if find_byte(text.as_bytes(), 0, b' ', [b'"', b'\\']).is_none() {
            let mut raw = String::with_capacity(text.len() + 2);
            raw.push('"');
            raw.push_str(text);
            raw.push('"');
            let raw = raw.into();
            return Self { raw, text: None };
        }
        Self {
            raw: serde_json::Value::from(text).to_string().into(),
            text: Some(text.to_owned().into()),
        }
    }

    /// A string that was read.
    fn read(raw: &'t str, text: &Cow<'t, str>) -> Self {
        Self {
            raw: raw.into(),
            text: (raw.len() != text.len() + 2).then(|| text.clone()),
        }
    }

    pub(super) fn as_str(&self) -> &str {
        let between = || self.raw.get(1..self.raw.len().saturating_sub(1));
        self.text.as_deref().or_else(between).unwrap_or_default()
    }
}

/// An object with its white space.
#[derive(Debug, Default)]
pub(super) struct Object<'t> {
    pub(super) members: Vec<Member<'t>>,
    /// Before the closing brace.
    tail: Space<'t>,
}

/// A member of an object with its white space.
#[derive(Debug)]
pub(super) struct Member<'t> {
    key: Quoted<'t>,
    pub(super) value: Node<'t>,
    before: Space<'t>,
    /// Between key and value, with the colon.
    colon: Cow<'t, str>,
    /// Before the comma.
    after: Cow<'t, str>,
}

/// An array with its white space.
#[derive(Debug, Default)]
pub(super) struct List<'t> {
    pub(super) items: Vec<Item<'t>>,
    /// Before the closing bracket.
    tail: Space<'t>,
}

/// An element of an array with its white space.
#[derive(Debug)]
pub(super) struct Item<'t> {
    pub(super) value: Node<'t>,
    before: Space<'t>,
    /// Before the comma.
    after: Cow<'t, str>,
}

impl<'t> Node<'t> {
    pub(super) fn text(text: &str) -> Self {
        Self::Text(Quoted::of(text))
    }

    pub(super) fn texts<T: AsRef<str>>(texts: &[T]) -> Self {
        let mut list = List::default();
        for text in texts {
            list.push(Self::text(text.as_ref()));
        }
        Self::List(list)
    }

    pub(super) fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text.as_str()),
            _ => None,
        }
    }

    /// The node of a value of `text`.
    pub(super) fn read(text: &'t str, value: &Value<'t>) -> Self {
        let raw = slice(text, value.start, value.end);
        match &value.kind {
            Kind::Text(decoded) => Self::Text(Quoted::read(raw, decoded)),
            Kind::Entries(entries) => {
                let mut object = Object::default();
                let mut from = value.start + 1;
                for entry in &entries.0 {
                    // The end of a key is where the white space before its colon begins.
                    let gap = slice(text, entry.at, entry.value.start);
                    let colon = key_length(gap);
                    let (before, after) = around_comma(slice(text, from, entry.at));
                    object.end_last(after);
                    object.members.push(Member {
                        key: Quoted::read(slice(text, entry.at, entry.at + colon), &entry.key),
                        value: Self::read(text, &entry.value),
                        before: Some(before.into()),
                        colon: slice(text, entry.at + colon, entry.value.start).into(),
                        after: Cow::default(),
                    });
                    from = entry.value.end;
                }
                object.tail = Some(slice(text, from, value.end.saturating_sub(1)).into());
                Self::Object(object)
            }
            Kind::List(values) => {
                let mut list = List::default();
                let mut from = value.start + 1;
                for value in values {
                    let (before, after) = around_comma(slice(text, from, value.start));
                    if let Some(last) = list.items.last_mut() {
                        last.after = after.into();
                    }
                    list.items.push(Item {
                        value: Self::read(text, value),
                        before: Some(before.into()),
                        after: Cow::default(),
                    });
                    from = value.end;
                }
                list.tail = Some(slice(text, from, value.end.saturating_sub(1)).into());
                Self::List(list)
            }
            _ => Self::Raw(raw.into()),
        }
    }
}

impl Member<'_> {
    pub(super) fn key(&self) -> &str {
        self.key.as_str()
    }
}

impl<'t> Object<'t> {
    fn end_last(&mut self, after: &'t str) {
        if let Some(last) = self.members.last_mut() {
            last.after = after.into();
        }
    }

    pub(super) fn get_mut(&mut self, key: &str) -> Option<&mut Node<'t>> {
        let mut members = self.members.iter_mut();
        members.find(|it| it.key() == key).map(|it| &mut it.value)
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.members.iter().any(|it| it.key() == key)
    }

    /// Whether a member is this text.
    pub(super) fn is_text(&self, key: &str, text: &str) -> bool {
        let mut members = self.members.iter();
        members.any(|it| it.key() == key && it.value.as_text() == Some(text))
    }

    /// Sets a member; a new one is the last.
    pub(super) fn set(&mut self, key: &str, value: Node<'t>) {
        match self.get_mut(key) {
            Some(known) => *known = value,
            None => self.push(key, value),
        }
    }

    /// Removes a member.
    pub(super) fn remove(&mut self, key: &str) {
        self.retain(|it| it.key() != key);
    }

    /// Keeps some members.
    pub(super) fn retain(&mut self, keep: impl FnMut(&mut Member<'t>) -> bool) {
        self.members.retain_mut(keep);
        if self.members.is_empty() {
            self.tail = None;
        }
    }

    /// The object of a key; a new one is the last member.
    pub(super) fn object(&mut self, key: &str) -> Option<&mut Object<'t>> {
        if !self.has(key) {
            self.push(key, Node::Object(Object::default()));
        }
        match self.get_mut(key) {
            Some(Node::Object(object)) => Some(object),
            _ => None,
        }
    }

    /// Adds a member at the end, with the white space of the last one.
    pub(super) fn push(&mut self, key: &str, value: Node<'t>) {
        if self.members.is_empty() {
            self.tail = None;
        }
        let last = self.members.last();
        let before = last.and_then(|it| next_space(&it.before, self.members.len()));
        let colon = last.map_or(": ".into(), |it| it.colon.clone());
        self.members.push(Member {
            key: Quoted::of(key),
            value,
            before,
            colon,
            after: Cow::default(),
        });
    }

    /// Sorts the members by key; the first place keeps its white space.
    pub(super) fn sort(&mut self) {
        let space = |it: &[Member<'t>], at: usize| it.get(at).map(|it| it.before.clone());
        let (first, second) = (space(&self.members, 0), space(&self.members, 1));
        let was_first = self.members.first().map(|it| it.key().to_owned());
        self.members.sort_by(|a, b| a.key().cmp(b.key()));
        let is_first = self.members.first().map(Member::key);
        if was_first.as_deref() == is_first {
            return;
        }
        if let (Some(first), Some(second), Some(was_first)) = (first, second, was_first) {
            for (at, member) in self.members.iter_mut().enumerate() {
                if at == 0 {
                    member.before.clone_from(&first);
                } else if member.key() == was_first {
                    member.before.clone_from(&second);
                }
            }
        }
    }
}

impl<'t> List<'t> {
    /// Adds an element at the end, with the white space of the last one.
    pub(super) fn push(&mut self, value: Node<'t>) {
        if self.items.is_empty() {
            self.tail = None;
        }
        let last = self.items.last();
        let before = last.and_then(|it| next_space(&it.before, self.items.len()));
        self.items.push(Item {
            value,
            before,
            after: Cow::default(),
        });
    }

    /// Keeps some texts.
    pub(super) fn retain(&mut self, mut keep: impl FnMut(&str) -> bool) {
        self.items
            .retain(|it| it.value.as_text().is_none_or(&mut keep));
    }

    /// Sorts the elements; white space stays where it is.
    pub(super) fn sort_by(&mut self, order: impl Fn(&str, &str) -> std::cmp::Ordering) {
        let raw = || Node::Raw(Cow::default());
        let mut values: Vec<Node<'t>> = Vec::with_capacity(self.items.len());
        for item in &mut self.items {
            values.push(std::mem::replace(&mut item.value, raw()));
        }
        values.sort_by(|a, b| {
            order(
                a.as_text().unwrap_or_default(),
                b.as_text().unwrap_or_default(),
            )
        });
        for (item, value) in self.items.iter_mut().zip(values) {
            item.value = value;
        }
    }
}

/// How a file is laid out.
pub(super) struct Layout {
    /// A line break; empty where the file is one line.
    line: String,
    /// The indentation of one level.
    unit: String,
}

impl Layout {
    /// As the members of the outermost object are laid out.
    pub(super) fn of(root: &Object<'_>) -> Self {
        let first = root.members.first().and_then(|it| it.before.as_deref());
        let (line, unit) = match first.and_then(|it| it.rsplit_once('\n')) {
            Some((before, unit)) if before.ends_with('\r') => ("\r\n", unit),
            Some((_, unit)) => ("\n", unit),
            None => ("", ""),
        };
        Self {
            line: line.to_owned(),
            unit: unit.to_owned(),
        }
    }

    /// Writes an object that is `depth` levels deep.
    pub(super) fn write(&self, object: &Object<'_>, depth: usize, out: &mut String) {
        out.push('{');
        for (at, member) in object.members.iter().enumerate() {
            match &member.before {
                Some(before) => out.push_str(before),
                None if self.line.is_empty() => out.push_str(if at == 0 { "" } else { " " }),
                None => self.indent(depth + 1, out),
            }
            out.extend([&*member.key.raw, &*member.colon]);
            self.node(&member.value, depth + 1, out);
            if at + 1 < object.members.len() {
                out.extend([&*member.after, ","]);
            }
        }
        match &object.tail {
            Some(tail) => out.push_str(tail),
            None if object.members.is_empty() || self.line.is_empty() => {}
            None => self.indent(depth, out),
        }
        out.push('}');
    }

    fn node(&self, node: &Node<'_>, depth: usize, out: &mut String) {
        match node {
            Node::Raw(raw) | Node::Text(Quoted { raw, .. }) => out.push_str(raw),
            Node::Object(object) => self.write(object, depth, out),
            Node::List(list) => {
                out.push('[');
                for (at, item) in list.items.iter().enumerate() {
                    let default = if at == 0 { "" } else { " " };
                    out.push_str(item.before.as_deref().unwrap_or(default));
                    self.node(&item.value, depth + 1, out);
                    if at + 1 < list.items.len() {
                        out.extend([&*item.after, ","]);
                    }
                }
                out.push_str(list.tail.as_deref().unwrap_or_default());
                out.push(']');
            }
        }
    }

    fn indent(&self, depth: usize, out: &mut String) {
        out.push_str(&self.line);
        for _ in 0..depth {
            out.push_str(&self.unit);
        }
    }
}

fn slice(text: &str, start: usize, end: usize) -> &str {
    text.get(start..end).unwrap_or_default()
}

/// The white space before one more value, from that before the last of `count`.
fn next_space<'t>(last: &Space<'t>, count: usize) -> Space<'t> {
    // The first value of a line often has no space before it.
    let is_like_others = count > 1 || last.as_ref().is_none_or(|it| it.contains('\n'));
    if is_like_others {
        last.clone()
    } else {
        Some(" ".into())
    }
}

/// The white space after a comma and before it; without a comma, all of it is after.
fn around_comma(space: &str) -> (&str, &str) {
    match space.split_once(',') {
        Some((after, before)) => (before, after),
        None => (space, ""),
    }
}

/// The length of the string that a text begins with, with its quotes.
fn key_length(text: &str) -> usize {
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}
