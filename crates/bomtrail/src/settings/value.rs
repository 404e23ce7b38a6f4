//! Typed access to a TOML table that remembers where things stand. What is of the wrong type is told and left out.

use std::ops::Range;

use bomtrail_graph::{Diagnostic, Diagnostics, Place, Text};
use toml_edit::{Item, TableLike, Value};

use super::diags;

/// The text that is read and what was found wrong with it.
pub(super) struct Source<'t> {
    pub(super) text: &'t str,
    pub(super) path: &'t str,
    pub(super) diagnostics: Diagnostics,
}

impl Source<'_> {
    /// The place of a byte range.
    pub(super) fn place(&self, span: Option<Range<usize>>) -> Place {
        let before = span.and_then(|it| self.text.get(..it.start));
        let Some(before) = before else {
            return Place::file(self.path);
        };
        let line = before.matches('\n').count() + 1;
        let column = before
            .rsplit('\n')
            .next()
            .map_or(0, |it| it.chars().count())
            + 1;
        Place::line(self.path, line, Some(column))
    }

    pub(super) fn tell(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }
}

/// A table, in a source.
pub(super) struct Table<'a, 't> {
    pub(super) source: &'a mut Source<'t>,
    pub(super) entries: &'a dyn TableLike,
    pub(super) span: Option<Range<usize>>,
}

impl<'a, 't> Table<'a, 't> {
    /// The table that an item is; anything else is told.
    pub(super) fn of(source: &'a mut Source<'t>, item: &'a Item, name: &str) -> Option<Self> {
        let Some(table) = item.as_table_like() else {
            let place = source.place(item.span());
            source.tell(diags::wrong_value(place, name, "a table"));
            return None;
        };
        Some(Self {
            source,
            entries: table,
            span: item.span(),
        })
    }

    /// Tells every key that is none of `known`.
    pub(super) fn only(&mut self, known: &[&str]) {
        for (key, item) in self.entries.iter() {
            if !known.contains(&key) {
                let span = self.entries.key(key).and_then(toml_edit::Key::span);
                let place = self.source.place(span.or_else(|| item.span()));
                self.source.tell(diags::unknown_key(place, key, known));
            }
        }
    }

    pub(super) fn item(&self, key: &str) -> Option<&'a Item> {
        self.entries.get(key).filter(|it| !it.is_none())
    }

    /// Tells that the value of `key` is not what it has to be.
    pub(super) fn wrong(&mut self, key: &str, wanted: &str) {
        let span = self.entries.get(key).and_then(Item::span);
        let place = self.source.place(span);
        self.source.tell(diags::wrong_value(place, key, wanted));
    }

    /// A text that is not empty.
    pub(super) fn text(&mut self, key: &str) -> Option<Text> {
        let item = self.item(key)?;
        let text = item.as_str().map(str::trim).filter(|it| !it.is_empty());
        if text.is_none() {
            self.wrong(key, "a text that is not empty");
        }
        text.map(Into::into)
    }

    /// A text that has to be there.
    pub(super) fn required(&mut self, key: &str, about: &str) -> Option<Text> {
        if self.item(key).is_none() {
            let place = self.source.place(self.span.clone());
            self.source.tell(diags::missing_key(place, key, about));
            return None;
        }
        self.text(key)
    }

    pub(super) fn boolean(&mut self, key: &str) -> Option<bool> {
        let item = self.item(key)?;
        let value = item.as_bool();
        if value.is_none() {
            self.wrong(key, "`true` or `false`");
        }
        value
    }

    /// A list of texts.
    pub(super) fn texts(&mut self, key: &str) -> Vec<Text> {
        let Some(item) = self.item(key) else {
            return Vec::new();
        };
        let texts = item.as_array().and_then(|array| {
            let texts = array.iter().map(|it| it.as_str().map(Into::into));
            texts.collect::<Option<Vec<Text>>>()
        });
        if texts.is_none() {
            self.wrong(key, "a list of texts");
        }
        texts.unwrap_or_default()
    }

    /// A text that `parse` understands; `wanted` says what that is.
    pub(super) fn parsed<T>(
        &mut self,
        key: &str,
        wanted: &str,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        let text = self.text(key)?;
        let parsed = parse(&text);
        if parsed.is_none() {
            self.wrong(key, wanted);
        }
        parsed
    }

    /// A text or a TOML date, as text.
    pub(super) fn date(&mut self, key: &str) -> Option<Text> {
        let item = self.item(key)?;
        if let Some(Value::Datetime(date)) = item.as_value() {
            let date = date.value();
            if date.time.is_none() && date.offset.is_none() {
                return Some(date.to_string().into());
            }
        }
        let text = item.as_str().filter(|it| is_date(it));
        if text.is_none() {
            self.wrong(key, "a date, as in `2031-12-31`");
        }
        text.map(Into::into)
    }
}

/// True for a day of the Gregorian calendar, as in `2031-12-31` (RFC 3339, `full-date`).
fn is_date(text: &str) -> bool {
    let digits = text.bytes().enumerate().all(|(at, byte)| {
        if matches!(at, 4 | 7) {
            byte == b'-'
        } else {
            byte.is_ascii_digit()
        }
    });
    let mut parts = text.split('-').filter_map(|it| it.parse::<u32>().ok());
    let (Some(year), Some(month), Some(day)) = (parts.next(), parts.next(), parts.next()) else {
        return false;
    };
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let last = match month {
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        1..=12 => 31,
        _ => 0,
    };
    digits && text.len() == 10 && (1..=last).contains(&day)
}

/// True for an absolute web address without spaces and control characters.
pub(super) fn is_url(text: &str) -> bool {
    let rest = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|it| !it.is_empty() && !it.starts_with('/'))
        && !text
            .contains(|c: char| c.is_whitespace() || c.is_control() || "<>\"{}|\\^`".contains(c))
}

/// True for what looks like one e-mail address.
pub(super) fn is_email(text: &str) -> bool {
    let plain = !text.contains(|c: char| c.is_whitespace() || c.is_control() || "<>,;".contains(c));
    let parts = text.split_once('@');
    plain
        && parts
            .is_some_and(|(user, host)| !user.is_empty() && !host.is_empty() && !host.contains('@'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_days_that_exist() {
        for (text, good) in [
            ("2028-02-29", true),
            ("2027-02-29", false),
            ("2027-13-01", false),
            ("2027-1-01", false),
            ("2027-04-31", false),
            ("tomorrow", false),
        ] {
            assert_eq!(is_date(text), good, "{text}");
        }
    }

    #[test]
    fn addresses_are_whole() {
        assert!(is_url("https://example.com/a?b=c"));
        assert!(!is_url("example.com") && !is_url("https://") && !is_url("https://a b"));
        assert!(!is_url("javascript:alert(1)"));
        assert!(is_email("a@example.com") && !is_email("a@b@c") && !is_email("A <a@b>"));
    }
}
