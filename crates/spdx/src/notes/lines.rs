//! Facts that have no field of their own, as `key=value` lines of a comment. Keys are lower-case words; values are free
//! text on one line, in which backslashes and line breaks are escaped (`\\`, `\n`, `\r`).

use std::fmt::Write as _;

/// A text under construction.
#[derive(Debug, Default)]
pub(crate) struct Lines(String);

impl Lines {
    /// Adds a line.
    pub(crate) fn add(&mut self, key: &str, value: &str) {
        self.add_parts(key, &[value]);
    }

    /// Adds a line when there is a value.
    pub(crate) fn add_known(&mut self, key: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.add(key, value);
        }
    }

    /// Adds a line whose value has several parts, with a space between them.
    pub(crate) fn add_parts(&mut self, key: &str, parts: &[&str]) {
        self.start();
        self.0.push_str(key);
        let mut separator = '=';
        for part in parts {
            self.0.push(separator);
            self.push_escaped(part);
            separator = ' ';
        }
    }

    /// Adds a line for a property that an ecosystem names.
    pub(crate) fn add_property(&mut self, name: &str, value: &str) {
        self.start();
        self.0.push_str("property:");
        self.push_escaped(name);
        self.0.push('=');
        self.push_escaped(value);
    }

    /// Ends a group of lines with an empty one, if a further group follows.
    pub(crate) fn end_group(&mut self) {
        if !self.0.is_empty() && !self.0.ends_with('\n') {
            self.0.push('\n');
        }
    }

    /// True when nothing was added since the last group ended.
    pub(crate) fn is_group_empty(&self) -> bool {
        self.0.is_empty() || self.0.ends_with('\n')
    }

    /// The text without a final line break; `None` when nothing was added.
    pub(crate) fn finish(mut self) -> Option<String> {
        while self.0.ends_with('\n') {
            self.0.pop();
        }
        (!self.0.is_empty()).then_some(self.0)
    }

    fn start(&mut self) {
        if !self.0.is_empty() {
            self.0.push('\n');
        }
    }

    fn push_escaped(&mut self, value: &str) {
        let mut rest = value;
        while let Some(at) = rest.find(['\\', '\n', '\r']) {
            let (plain, special) = rest.split_at_checked(at).unwrap_or((rest, ""));
            let mut special = special.chars();
            let escaped = match special.next() {
                Some('\n') => "\\n",
                Some('\r') => "\\r",
                _ => "\\\\",
            };
            // Writing to a string does not fail.
            let _ = write!(self.0, "{plain}{escaped}");
            rest = special.as_str();
        }
        self.0.push_str(rest);
    }
}

/// The groups of lines of a text, each as pairs of key and value; other lines are left out.
pub(crate) fn parse(text: &str) -> Vec<Vec<(&str, String)>> {
    let mut groups = vec![Vec::new()];
    for line in text.split('\n') {
        if line.is_empty() {
            groups.push(Vec::new());
        } else if let (Some((key, value)), Some(group)) = (line.split_once('='), groups.last_mut())
        {
            group.push((key, unescape(value)));
        }
    }
    groups.retain(|it| !it.is_empty());
    groups
}

/// The value of an escaped text.
pub(crate) fn unescape(value: &str) -> String {
    if !value.contains('\\') {
        return value.to_owned();
    }
    let mut text = String::with_capacity(value.len());
    let mut rest = value.chars();
    while let Some(c) = rest.next() {
        text.push(match c {
            '\\' => match rest.next() {
                Some('n') => '\n',
                Some('r') => '\r',
                Some(other) => other,
                None => '\\',
            },
            other => other,
        });
    }
    text
}

#[cfg(test)]
mod tests;
