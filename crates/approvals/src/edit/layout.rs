//! Where new things go in a list's text: in their sorted place where the list is sorted, else at the end.

use std::collections::BTreeMap;

use bomtrail_version::compare;
use jsonc_parser::cst::{CstArray, CstInputValue, CstObject};

use crate::key::Stated;

/// The names of an object in the order they stand, and which package each is.
pub(super) struct Names {
    order: Vec<String>,
    known: BTreeMap<String, String>,
    sorted: bool,
}

/// Under what two spellings of one package are one.
fn spelling(stated: &Stated) -> String {
    let Stated {
        key,
        version,
        author,
    } = stated;
    format!("{key}\n{version:?}\n{author:?}")
}

impl Names {
    pub(super) fn of(object: &CstObject) -> Self {
        let properties = object.properties().into_iter();
        let order: Vec<String> = properties
            .map(|it| it.decoded_name().unwrap_or_default())
            .collect();
        let known = order
            .iter()
            .filter_map(|name| Some((spelling(&Stated::parse(name).ok()?), name.clone())));
        Self {
            known: known.collect(),
            sorted: order.is_sorted(),
            order,
        }
    }

    /// What the object calls a package.
    pub(super) fn find(&self, stated: &Stated) -> Option<String> {
        self.known.get(&spelling(stated)).cloned()
    }

    /// The versions of a package, made where there are none.
    pub(super) fn versions(&mut self, object: &CstObject, stated: &Stated, name: &str) -> CstArray {
        let name = self.place(object, stated, name, CstInputValue::Array(Vec::new()));
        object.array_value_or_set(&name)
    }

    /// The object of a package, made where there is none.
    pub(super) fn object(&mut self, object: &CstObject, stated: &Stated, name: &str) -> CstObject {
        let name = self.place(object, stated, name, CstInputValue::Object(Vec::new()));
        object.object_value_or_set(&name)
    }

    fn place(
        &mut self,
        object: &CstObject,
        stated: &Stated,
        name: &str,
        value: CstInputValue,
    ) -> String {
        if let Some(known) = self.find(stated) {
            return known;
        }
        let at = if self.sorted {
            self.order.partition_point(|it| it.as_str() < name)
        } else {
            self.order.len()
        };
        object.insert(at, name, value);
        self.order.insert(at, name.to_owned());
        self.known.insert(spelling(stated), name.to_owned());
        name.to_owned()
    }
}

/// Adds a version to a list of them, unless it is there.
pub(super) fn add_version(versions: &CstArray, version: &str) {
    let elements = versions.elements().into_iter();
    let texts: Vec<String> = elements
        .map(|it| {
            let text = it.as_string_lit().and_then(|it| it.decoded_value().ok());
            text.unwrap_or_default()
        })
        .collect();
    if texts.iter().any(|it| it == version) {
        return;
    }
    let sorted = texts.is_sorted_by(|a, b| compare(None, a, b).is_le());
    let at = if sorted {
        texts.partition_point(|it| compare(None, it, version).is_lt())
    } else {
        texts.len()
    };
    versions.append(CstInputValue::String(version.to_owned()));
    // What stands between the strings stays where it is, and the strings move on.
    let literals = versions.elements().into_iter();
    let literals: Vec<_> = literals.filter_map(|it| it.as_string_lit()).collect();
    let mut raw: Vec<String> = literals
        .iter()
        .map(jsonc_parser::cst::CstStringLit::raw_value)
        .collect();
    if let Some(added) = raw.pop().filter(|_| at <= texts.len()) {
        raw.insert(at.min(raw.len()), added);
        for (literal, value) in literals.iter().zip(raw) {
            literal.set_raw_value(value);
        }
    }
}

/// Sorts a list of versions; the strings change places, what stands between them does not.
pub(super) fn sort_versions(versions: &CstArray) {
    let literals = versions.elements().into_iter();
    let literals: Vec<_> = literals.filter_map(|it| it.as_string_lit()).collect();
    let mut texts: Vec<(String, String)> = literals
        .iter()
        .map(|it| (it.decoded_value().unwrap_or_default(), it.raw_value()))
        .collect();
    texts.sort_by(|(a, _), (b, _)| compare(None, a, b));
    for (literal, (_, raw)) in literals.iter().zip(texts) {
        literal.set_raw_value(raw);
    }
}
