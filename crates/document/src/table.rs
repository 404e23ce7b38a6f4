//! The entries of an object or a table, asked for by key, each of the type that is asked for. What is of another type is a
//! problem of the page and is left out.

use bomtrail_graph::Date;

use crate::page::Page;
use crate::tree::{Entries, Entry, Kind, Value};

/// An object or a table on a page.
#[derive(Debug)]
pub struct Table<'a, 't> {
    /// The page it is on.
    pub page: &'a mut Page<'t>,
    /// Its entries.
    pub entries: &'a Entries<'t>,
    /// The offset at which it begins.
    pub start: usize,
}

impl<'a, 't> Table<'a, 't> {
    /// The table that a value is; `name` is what messages call it.
    pub fn of(page: &'a mut Page<'t>, value: &'a Value<'t>, name: &str) -> Option<Self> {
        let Some(entries) = value.as_entries() else {
            page.expected(name, value, page.table_word());
            return None;
        };
        let start = value.start;
        Some(Self {
            page,
            entries,
            start,
        })
    }

    /// The table that a whole file is.
    pub fn document(page: &'a mut Page<'t>, value: &'a Value<'t>) -> Option<Self> {
        if value.as_entries().is_none() {
            let message = format!("the file must be {}", page.table_word());
            page.wrong(value.start, &message, None);
            return None;
        }
        Self::of(page, value, "")
    }

    /// Reports every key that is not among `known`.
    pub fn only(&mut self, known: &[&str]) {
        for entry in &self.entries.0 {
            if !known.contains(&&*entry.key) {
                self.page.unknown_key(&entry.key, entry.at, known);
            }
        }
    }

    /// As [`Table::only`], and takes `$schema` and keys that begin with `x-`, which are the author's own.
    pub fn only_or_own(&mut self, known: &[&str]) {
        for entry in &self.entries.0 {
            let own = entry.key == "$schema" || entry.key.starts_with("x-");
            if !own && !known.contains(&&*entry.key) {
                self.page.unknown_key(&entry.key, entry.at, known);
            }
        }
    }

    /// The entries, in the order of the text.
    pub fn iter(&self) -> impl Iterator<Item = &'a Entry<'t>> + use<'a, 't> {
        self.entries.0.iter()
    }

    /// The value of a key, of any type.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&'a Value<'t>> {
        self.entries.find(key).map(|it| &it.value)
    }

    /// The value of `key` is not what it must be.
    pub fn wrong(&mut self, key: &str, wanted: &str) {
        if let Some(value) = self.get(key) {
            self.page.expected(key, value, wanted);
        }
    }

    /// A text that is not empty.
    pub fn text(&mut self, key: &str) -> Option<&'a str> {
        let value = self.get(key)?;
        let text = value.as_text().map(str::trim).filter(|it| !it.is_empty());
        if text.is_none() {
            self.page.expected(key, value, "a string that is not empty");
        }
        text
    }

    /// A text that must be there.
    pub fn required(&mut self, key: &str, about: &str) -> Option<&'a str> {
        if self.get(key).is_none() {
            self.page.missing_key(key, self.start, about);
        }
        self.text(key)
    }

    /// A truth value.
    pub fn boolean(&mut self, key: &str) -> Option<bool> {
        let value = self.get(key)?;
        if let Kind::Bool(it) = value.kind {
            return Some(it);
        }
        self.page.expected(key, value, "`true` or `false`");
        None
    }

    /// A whole number.
    pub fn number(&mut self, key: &str) -> Option<u32> {
        let value = self.get(key)?;
        let number = value.as_count();
        if number.is_none() {
            self.page.expected(key, value, "a whole number, 0 or more");
        }
        number
    }

    /// The texts of a list, each with its offset.
    pub fn texts(&mut self, key: &str) -> Vec<(&'a str, usize)> {
        self.get(key)
            .map_or_else(Vec::new, |it| self.page.texts(key, it))
    }

    /// A text that `parse` understands; `wanted` says what that is.
    pub fn parsed<T>(
        &mut self,
        key: &str,
        wanted: &str,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        let text = self.text(key)?;
        let parsed = parse(text);
        if parsed.is_none() {
            self.wrong(key, wanted);
        }
        parsed
    }

    /// One of some words, and what it stands for.
    pub fn one_of<T: Copy>(&mut self, key: &str, words: &[(T, &str)]) -> Option<T> {
        let value = self.get(key)?;
        let text = value.as_text();
        let found = words.iter().find(|(_, word)| Some(*word) == text);
        if found.is_none() {
            let words: Vec<&str> = words.iter().map(|(_, word)| *word).collect();
            self.page.not_one_of(key, value, &words);
        }
        found.map(|(it, _)| *it)
    }

    /// A day, as a text or as a TOML date; a time of day is not taken.
    pub fn date(&mut self, key: &str) -> Option<Date> {
        const LENGTH: usize = "2026-11-21".len();
        let value = self.get(key)?;
        let text = match &value.kind {
            Kind::Text(text) => text,
            Kind::Date(text) => text.as_str(),
            _ => "",
        };
        let date = Date::parse(text).filter(|_| text.len() == LENGTH);
        if date.is_none() {
            self.page.expected(key, value, "a date, as in `2026-11-21`");
        }
        date
    }

    /// A table in this one.
    pub fn table(&mut self, key: &str) -> Option<Table<'_, 't>> {
        let value = self.get(key)?;
        Table::of(self.page, value, key)
    }

    /// Every table of a list of tables.
    pub fn tables(&mut self, key: &str, mut read: impl FnMut(Table<'_, 't>)) {
        let Some(value) = self.get(key) else { return };
        let Some(list) = value.as_list() else {
            self.page.expected(key, value, self.page.tables_word());
            return;
        };
        for it in list {
            if let Some(table) = Table::of(self.page, it, key) {
                read(table);
            }
        }
    }
}

impl<'t> Page<'t> {
    /// The texts of a value that must be a list of them, each with its offset; `name` is what messages call it.
    pub fn texts<'v>(&mut self, name: &str, value: &'v Value<'t>) -> Vec<(&'v str, usize)> {
        let Some(list) = value.as_list() else {
            self.expected(name, value, "a list of strings");
            return Vec::new();
        };
        let mut texts = Vec::with_capacity(list.len());
        for it in list {
            match it.as_text() {
                Some(text) => texts.push((text, it.start)),
                None => self.expected(name, it, "a list of strings"),
            }
        }
        texts
    }
}
