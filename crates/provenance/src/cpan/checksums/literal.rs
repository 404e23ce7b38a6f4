//! The one statement of a CHECKSUMS file, as literals: `$cksum = { 'name' => { 'key' => 'value', … }, … };`. Anything else
//! is refused.

use std::collections::BTreeMap;

/// The values of one file by their keys, as written.
pub(super) type Facts = BTreeMap<String, String>;

/// Reads the text from its start; `rest` is the part that is not read yet.
pub(super) struct Reader<'t> {
    rest: &'t str,
}

impl<'t> Reader<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { rest: text }
    }

    /// The whole text: the names of the files, with the facts of each.
    pub(super) fn file(mut self) -> Result<Vec<(String, Facts)>, String> {
        self.wants("$cksum")?;
        self.wants("=")?;
        self.wants("{")?;
        let mut files = Vec::new();
        while !self.takes("}") {
            let name = self.quoted()?;
            self.wants("=>")?;
            files.push((name, self.facts()?));
            if !self.takes(",") {
                self.wants("}")?;
                break;
            }
        }
        self.wants(";")?;
        self.skip();
        if self.rest.is_empty() || self.rest.trim() == "__END__" {
            return Ok(files);
        }
        Err(self.odd("the end of the file"))
    }

    fn facts(&mut self) -> Result<Facts, String> {
        self.wants("{")?;
        let mut facts = Facts::new();
        while !self.takes("}") {
            let key = self.quoted()?;
            self.wants("=>")?;
            let value = self.value()?;
            if facts.contains_key(&key) {
                return Err(format!("`{key}` is stated twice for one file"));
            }
            facts.insert(key, value);
            if !self.takes(",") {
                self.wants("}")?;
                break;
            }
        }
        Ok(facts)
    }

    fn value(&mut self) -> Result<String, String> {
        self.skip();
        let digits = self.rest.len()
            - self
                .rest
                .trim_start_matches(|it: char| it.is_ascii_digit())
                .len();
        match self.rest.split_at_checked(digits) {
            Some((number, rest)) if digits > 0 => {
                self.rest = rest;
                Ok(number.to_owned())
            }
            _ => self.quoted(),
        }
    }

    /// A string in single quotes, in which a backslash escapes only `\` and `'`.
    fn quoted(&mut self) -> Result<String, String> {
        self.skip();
        let body = self
            .rest
            .strip_prefix('\'')
            .ok_or_else(|| self.odd("a string"))?;
        let mut text = String::new();
        let mut letters = body.char_indices();
        while let Some((at, letter)) = letters.next() {
            match letter {
                '\'' => {
                    self.rest = body.split_at_checked(at + 1).map_or("", |(_, rest)| rest);
                    return Ok(text);
                }
                '\\' => match letters.next() {
                    Some((_, it @ ('\\' | '\''))) => text.push(it),
                    Some((_, it)) => text.extend(['\\', it]),
                    None => break,
                },
                it => text.push(it),
            }
        }
        Err("a string has no end".to_owned())
    }

    fn takes(&mut self, token: &str) -> bool {
        self.skip();
        let rest = self.rest.strip_prefix(token);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn wants(&mut self, token: &str) -> Result<(), String> {
        if self.takes(token) {
            Ok(())
        } else {
            Err(self.odd(&format!("`{token}`")))
        }
    }

    /// Passes white space and comments.
    fn skip(&mut self) {
        self.rest = self.rest.trim_start();
        while self.rest.starts_with('#') {
            self.rest = self.rest.split_once('\n').map_or("", |(_, rest)| rest);
            self.rest = self.rest.trim_start();
        }
    }

    fn odd(&self, wanted: &str) -> String {
        let found: String = self.rest.chars().take(20).collect();
        format!("there is `{}` instead of {wanted}", found.escape_debug())
    }
}
