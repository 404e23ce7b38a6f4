//! A document in an older or newer version: what the version has no place for is left out or weakened, and counted. It recurses
//! as deep as the document, whose depth its parser limits.

mod legacy;

use std::borrow::Cow;

use bomtrail_document::{Json, Members};

use crate::shape::Losses;
use crate::spec::model::{Case, Choice, Field, Kind, Type, Words};
use crate::spec::table::DOCUMENT;
use crate::spec::{SpecVersion, schema_address};

/// Makes a document one of `version`.
pub(super) fn change_version(document: &mut Members<'_>, version: SpecVersion) -> Losses {
    let mut downgrade = Downgrade {
        version,
        losses: Losses::new(),
    };
    document.insert("specVersion", version.name());
    if document.contains_key("$schema") {
        document.insert("$schema", schema_address(version));
    }
    if DOCUMENT
        .field("version")
        .is_some_and(|it| it.is_required(version))
    {
        document.insert_absent("version", || Json::from(1_u64));
    }
    downgrade.object(document, &DOCUMENT);
    downgrade.losses
}

struct Downgrade {
    version: SpecVersion,
    losses: Losses,
}

impl Downgrade {
    fn lose(&mut self, what: String) {
        *self.losses.entry(what).or_default() += 1;
    }

    /// A field is left out: one loss for each of its items.
    fn lose_all(&mut self, name: &str, value: Option<&Json<'_>>) {
        let count = value
            .and_then(Json::as_array)
            .map_or(1, |it| it.len().max(1));
        *self
            .losses
            .entry(format!("`{name}` is left out"))
            .or_default() += count;
    }

    /// Brings a value into the version; false when the version has no place for it.
    fn fits(&mut self, value: &mut Json<'_>, kind: Kind, name: &str) -> bool {
        match (kind, &mut *value) {
            (Kind::Word(words), Json::String(text)) => self.word(text, words, name),
            (Kind::Object(of), Json::Object(map)) => self.object(map, of),
            (Kind::List(item), Json::Array(items)) => {
                items.retain_mut(|it| self.fits(it, *item, name));
                true
            }
            (Kind::OneOf(choice), _) => self.one_of(value, choice, name),
            _ => true,
        }
    }

    fn word(&mut self, text: &mut Cow<'_, str>, words: &Words, name: &str) -> bool {
        let is_newer = |(since, list): &(SpecVersion, &'static str)| {
            *since > self.version && list.split(", ").any(|it| it == text)
        };
        if !words.lists.iter().any(is_newer) {
            return true;
        }
        let near = match &**text {
            "platform" => Some("application"),
            _ => words.fallback,
        };
        let Some(near) = near else { return false };
        self.lose(format!("`{name}` is written as `{near}`"));
        *text = near.into();
        true
    }

    /// Brings an object into the version; false when a field that it must have does not fit.
    fn object(&mut self, map: &mut Members<'_>, of: &'static Type) -> bool {
        self.legacy(map, of);
        for field in of.fields {
            if !map.contains_key(field.name) {
                continue;
            }
            if !field.exists_in(self.version) {
                let removed = map.remove(field.name);
                self.lose_all(field.name, removed.as_ref());
                continue;
            }
            let fits = map
                .get_mut(field.name)
                .is_none_or(|it| self.field(it, field));
            if fits {
                continue;
            }
            if field.is_required(self.version) {
                return false;
            }
            let removed = map.remove(field.name);
            self.lose_all(field.name, removed.as_ref());
        }
        true
    }

    fn field(&mut self, value: &mut Json<'_>, field: &'static Field) -> bool {
        let (true, Json::Array(items)) = (field.many, &mut *value) else {
            return self.fits(value, field.kind, field.name);
        };
        if let Kind::OneOf(choice) = field.kind {
            self.separate(items, choice);
        }
        let before = items.len();
        items.retain_mut(|it| self.fits(it, field.kind, field.name));
        for _ in items.len()..before {
            self.lose(format!("an item of `{}` is left out", field.name));
        }
        true
    }

    fn one_of(&mut self, value: &mut Json<'_>, choice: &'static Choice, name: &str) -> bool {
        if let Some(older) = self.older_case(value, choice) {
            *value = older;
        }
        let has =
            |it: &&'static Case, value: &Json<'_>| it.since <= self.version && it.holds(value);
        let case = choice.cases.iter().find(|it| has(it, value));
        let Some(case) = case else {
            return !choice.cases.iter().any(|it| it.holds(value));
        };
        match case.under {
            Some(under) => {
                let inner = value.get_mut(under);
                inner.is_none_or(|it| self.fits(it, case.kind, name))
            }
            None => self.fits(value, case.kind, name),
        }
    }
}
