//! The line of each lockfile entry, for reports that point at it.

use std::collections::BTreeMap;

use bomtrail_document::find_byte;

/// The lines of the entries, from 1, by place. Empty for text that is not JSON.
pub(crate) fn entry_lines(bytes: &[u8]) -> BTreeMap<String, usize> {
    let mut scan = Scan::default();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let start = at;
        at += 1;
        match byte {
            b'"' => {
                at = end_of_string(bytes, at);
                let text = bytes.get(start..at).unwrap_or_default();
                scan.text = Some(text);
                if find_byte(text, 0, b' ', []).is_some() {
                    let breaks = text.iter().map(|it| usize::from(*it == b'\n'));
                    scan.line += breaks.sum::<usize>();
                }
            }
            b' ' => at = after_spaces(bytes, at),
            b':' => scan.key(),
            b'{' | b'[' => scan.open(),
            b'}' | b']' => scan.close(),
            b'\n' => scan.line += 1,
            _ => {}
        }
    }
    scan.found()
}

/// The position after the quote that ends the string which begins before `from`, or after the text.
fn end_of_string(bytes: &[u8], from: usize) -> usize {
    let mut at = from;
    while let Some(next) = find_byte(bytes, at, 0, [b'"', b'\\']) {
        if bytes.get(next) == Some(&b'"') {
            return next + 1;
        }
        at = next + 2;
    }
    bytes.len()
}

/// The position after the spaces from `from` on.
fn after_spaces(bytes: &[u8], from: usize) -> usize {
    let rest = bytes.get(from..).unwrap_or_default();
    from + rest.iter().take_while(|it| **it == b' ').count()
}

/// The kind of an object.
#[derive(Clone)]
enum Inside {
    /// The whole file.
    File,
    /// `packages`: every key is a place.
    Packages,
    /// `dependencies` of version 1, in the package at this place: every key is a name.
    Dependencies(String),
    /// An entry of version 1.
    Entry(String),
    /// Anything else.
    Other,
}

#[derive(Default)]
struct Scan<'t> {
    /// The number of lines before the current one.
    line: usize,
    /// The last string, with its quotes.
    text: Option<&'t [u8]>,
    /// The kind of the next object.
    next: Option<Inside>,
    open: Vec<Inside>,
    /// The entries of `packages`, in order.
    packages: Vec<(String, usize)>,
    /// Those of version 1.
    dependencies: BTreeMap<String, usize>,
}

impl Scan<'_> {
    fn key(&mut self) {
        let Some(key) = self.text.take() else { return };
        let inside = match self.open.last() {
            Some(Inside::File) if key == br#""packages""# => Inside::Packages,
            Some(Inside::File) if key == br#""dependencies""# => {
                Inside::Dependencies(String::new())
            }
            Some(Inside::Entry(place)) if key == br#""dependencies""# => {
                Inside::Dependencies(format!("{place}/"))
            }
            Some(Inside::Packages) => {
                self.packages
                    .extend(name(key).map(|it| (it, self.line + 1)));
                Inside::Other
            }
            Some(Inside::Dependencies(above)) => {
                let place = name(key).map(|it| format!("{above}node_modules/{it}"));
                let place = place.unwrap_or_default();
                let line = self.line + 1;
                self.dependencies.entry(place.clone()).or_insert(line);
                Inside::Entry(place)
            }
            _ => Inside::Other,
        };
        self.next = Some(inside);
    }

    fn open(&mut self) {
        let first = if self.open.is_empty() {
            Inside::File
        } else {
            Inside::Other
        };
        self.open.push(self.next.take().unwrap_or(first));
        self.text = None;
    }

    /// The lines of all entries. Version 2 has both kinds; `packages` counts.
    fn found(self) -> BTreeMap<String, usize> {
        let mut found = self.dependencies;
        if found.is_empty() {
            return self.packages.into_iter().collect();
        }
        found.extend(self.packages);
        found
    }

    fn close(&mut self) {
        self.open.pop();
        self.next = None;
    }
}

fn name(key: &[u8]) -> Option<String> {
    serde_json::from_slice(key).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_of_every_version_are_found() {
        let text = "{\n \"name\": \"x:{\",\n \"packages\": {\n  \"\": {\"dependencies\": {\"a\": \"1\"}},\n  \"node_modules/a\": {\n   \"version\": \"1\" },\n  \"node_modules/\\u0062\": {}\n },\n \"dependencies\": {\"a\": {}}\n}";
        let lines = entry_lines(text.as_bytes());
        let expected = [("", 4), ("node_modules/a", 5), ("node_modules/b", 7)];
        assert_eq!(
            lines,
            expected
                .map(|(place, line)| (place.to_owned(), line))
                .into()
        );
        let old = "{\"dependencies\": {\n\"a\": {\"requires\": {\"b\": \"1\"}, \"dependencies\": {\n\"b\": {}}}}}";
        let lines = entry_lines(old.as_bytes());
        let expected = [("node_modules/a", 2), ("node_modules/a/node_modules/b", 3)];
        assert_eq!(
            lines,
            expected
                .map(|(place, line)| (place.to_owned(), line))
                .into()
        );
    }

    #[test]
    fn text_that_is_not_json_has_no_lines() {
        for text in ["", "\"", "{\"", "}}}]]", "{\"packages\":{\"a", "\\"] {
            assert!(entry_lines(text.as_bytes()).is_empty(), "{text}");
        }
    }
}
