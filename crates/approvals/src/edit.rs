//! Changes to a list's text. What is not touched stays as it is: order, indentation, line ends.
//!
//! The rule that keeps a list readable for anyone who knows only `packages`: a version that is refused is never listed there.

mod layout;
mod record;

use jsonc_parser::cst::{CstNode, CstObject, CstObjectProp, CstRootNode};

use bomtrail_graph::{Diagnostics, Hash};

use crate::document::{Basis, Use};
use crate::json::STRICT;
use crate::key::{Key, Stated};
use crate::load::parse;
use crate::version;
use bomtrail_graph::Date;

/// A list that says nothing yet.
pub const EMPTY: &str = "{\n  \"version\": 1,\n  \"packages\": {}\n}\n";

/// A version to approve.
#[derive(Clone, Debug)]
pub struct Addition {
    /// How the list calls the package, unless it has a name for it already.
    pub name: String,
    /// The exact version; for git the commit.
    pub version: String,
    /// The Package URL with version, under which the review stands.
    pub purl: String,
    /// Digests to pin.
    pub integrity: Vec<Hash>,
    /// How the approval was reached.
    pub basis: Basis,
    /// When.
    pub on: Date,
    /// Who says so.
    pub by: Option<String>,
    /// The last day it holds.
    pub expires: Option<Date>,
    /// What was noted.
    pub note: Option<String>,
    /// The version it was compared with.
    pub from: Option<String>,
    /// What it was reviewed against.
    pub criteria: Vec<String>,
    /// What it may be used for; empty for anything.
    pub scope: Vec<Use>,
}

/// A refusal to add.
#[derive(Clone, Debug)]
pub struct Refusal {
    /// A bare npm name or a Package URL, without version.
    pub name: String,
    /// The versions; empty for all.
    pub versions: Vec<String>,
    /// Why, in a word.
    pub reason: String,
    /// When.
    pub on: Date,
    /// Who says so.
    pub by: Option<String>,
    /// What was noted.
    pub note: Option<String>,
}

/// Why a list cannot be changed.
#[derive(Debug)]
#[non_exhaustive]
pub enum EditError {
    /// It is not valid as it stands.
    Invalid(Diagnostics),
    /// It cannot be asked for.
    Refused(String),
}

fn refused(message: String) -> EditError {
    EditError::Refused(message)
}

/// An opened list.
struct Edit {
    root: CstRootNode,
    object: CstObject,
}

impl Edit {
    fn open(path: &str, text: &str) -> Result<Self, EditError> {
        parse(path, text).map_err(EditError::Invalid)?;
        let gone = || refused("the list is no JSON object".to_owned());
        let root = CstRootNode::parse(text.strip_prefix('\u{feff}').unwrap_or(text), &STRICT)
            .map_err(|error| refused(error.to_string()))?;
        let object = root.object_value().ok_or_else(gone)?;
        Ok(Self { root, object })
    }

    /// The changed text, which must itself be a valid list.
    fn close(self, path: &str, before: &str) -> Result<String, EditError> {
        let mut text = self.root.to_string();
        if before.starts_with('\u{feff}') {
            text.insert(0, '\u{feff}');
        }
        parse(path, &text).map_err(EditError::Invalid)?;
        Ok(text)
    }

    /// An object of the list, made where it is missing; `packages` stands before `denied` and `reviews`.
    fn section(&self, name: &str) -> CstObject {
        self.object.object_value_or_set(name)
    }
}

/// Lists versions, with what is on record about each. A version that stands already keeps its place.
///
/// # Errors
/// [`EditError`] when the list is not valid, or refuses one of them.
pub fn approve(path: &str, text: &str, additions: &[Addition]) -> Result<String, EditError> {
    let edit = Edit::open(path, text)?;
    let document = parse(path, text).map_err(EditError::Invalid)?;
    let packages = edit.section("packages");
    let mut names = layout::Names::of(&packages);
    for it in additions {
        let stated = stated(&it.name)?;
        if let Some(why) =
            version::inexact(stated.key.package_type(), stated.key.is_git(), &it.version)
        {
            return Err(refused(format!("`{}` cannot be listed: {why}", it.version)));
        }
        let mut denied = document.denied.iter().filter(|it| it.key == stated.key);
        if denied.any(|denial| denial.names(&it.version)) {
            let message = format!(
                "`{}@{}` is denied; `bomtrail undeny` it first",
                it.name, it.version
            );
            return Err(refused(message));
        }
        let versions = names.versions(&packages, &stated, &it.name);
        layout::add_version(&versions, &it.version);
    }
    if additions.iter().any(record::is_any) {
        let reviews = edit.section("reviews");
        let mut names = layout::Names::of(&reviews);
        for it in additions.iter().filter(|it| record::is_any(it)) {
            let key = Stated::parse(&it.purl).map_err(refused)?;
            let review = names.object(&reviews, &key, &it.purl);
            record::set(&review, it);
        }
    }
    edit.close(path, text)
}

/// Puts on record whether versions (Package URLs) may run their install scripts. Approves nothing, and an answer that is there
/// stays.
///
/// # Errors
/// [`EditError`] when the list is not valid, or one of them is no Package URL.
pub fn allow_scripts(
    path: &str,
    text: &str,
    answers: &[(String, bool)],
) -> Result<String, EditError> {
    let edit = Edit::open(path, text)?;
    if answers.is_empty() {
        return edit.close(path, text);
    }
    let reviews = edit.section("reviews");
    let mut names = layout::Names::of(&reviews);
    for (purl, allowed) in answers {
        let key = Stated::parse(purl).map_err(refused)?;
        record::set_scripts(&names.object(&reviews, &key, purl), *allowed);
    }
    edit.close(path, text)
}

/// Takes versions out of the list, and what is on record about them; without a version, all of a package.
///
/// # Errors
/// [`EditError`] when the list is not valid, or does not have them.
pub fn unapprove(
    path: &str,
    text: &str,
    wanted: &[(String, Option<String>)],
) -> Result<String, EditError> {
    let edit = Edit::open(path, text)?;
    for (name, version) in wanted {
        let key = stated(name)?.key;
        let hit = |it: &str| version.as_ref().is_none_or(|version| it == version);
        if !remove(&edit, &key, &hit) {
            let version = version
                .as_ref()
                .map(|it| format!("@{it}"))
                .unwrap_or_default();
            return Err(refused(format!("`{name}{version}` is not in `{path}`")));
        }
    }
    edit.close(path, text)
}

/// Refuses packages; what the list approved of them goes.
///
/// # Errors
/// [`EditError`] when the list is not valid.
pub fn deny(path: &str, text: &str, refusals: &[Refusal]) -> Result<String, EditError> {
    let edit = Edit::open(path, text)?;
    let denied = edit.section("denied");
    let mut names = layout::Names::of(&denied);
    for it in refusals {
        let stated = stated(&it.name)?;
        let existing = names.find(&stated);
        let all_already = existing.is_some_and(|name| {
            let object = denied.object_value(&name);
            object.is_some_and(|it| it.get("versions").is_none() && it.get("ranges").is_none())
        });
        let entry = names.object(&denied, &stated, &it.name);
        record::set_text(&entry, "reason", Some(&it.reason));
        record::set_text(&entry, "note", it.note.as_deref());
        record::set_text(&entry, "by", it.by.as_deref());
        record::set_text(&entry, "on", Some(&it.on.to_string()));
        if it.versions.is_empty() {
            for narrower in ["versions", "ranges"] {
                if let Some(property) = entry.get(narrower) {
                    property.remove();
                }
            }
        } else if !all_already {
            let versions = entry.array_value_or_set("versions");
            it.versions
                .iter()
                .for_each(|version| layout::add_version(&versions, version));
        }
        let hit =
            |version: &str| it.versions.is_empty() || it.versions.iter().any(|it| it == version);
        remove(&edit, &stated.key, &hit);
    }
    edit.close(path, text)
}

/// Takes refusals back. Approves nothing.
///
/// # Errors
/// [`EditError`] when the list is not valid, or does not refuse them.
pub fn undeny(path: &str, text: &str, wanted: &[String]) -> Result<String, EditError> {
    let edit = Edit::open(path, text)?;
    for name in wanted {
        let stated = Stated::parse(name).map_err(refused)?;
        let denied = edit.section("denied");
        let same = |it: &CstObjectProp| stated_of(it).is_some_and(|it| it == stated);
        let found = denied.properties().into_iter().find(same);
        match found {
            Some(property) => property.remove(),
            None if undeny_version(&denied, &stated) => {}
            None => return Err(refused(format!("`{name}` is not refused by `{path}`"))),
        }
        if denied.properties().is_empty()
            && let Some(section) = edit.object.get("denied")
        {
            section.remove();
        }
    }
    edit.close(path, text)
}

/// Takes one version out of a refusal of several.
fn undeny_version(denied: &CstObject, stated: &Stated) -> bool {
    let Some(version) = &stated.version else {
        return false;
    };
    for property in denied.properties() {
        let same = stated_of(&property)
            .is_some_and(|it| it.key == stated.key && it.author == stated.author);
        let object = property.object_value().filter(|_| same);
        let Some(versions) = object.as_ref().and_then(|it| it.array_value("versions")) else {
            continue;
        };
        let elements = versions.elements();
        let is_it = |it: &CstNode| {
            let text = it.as_string_lit().and_then(|it| it.decoded_value().ok());
            text.as_ref() == Some(version)
        };
        let Some(element) = elements.iter().find(|it| is_it(it)) else {
            continue;
        };
        let last = elements.len() == 1 && object.is_some_and(|it| it.get("ranges").is_none());
        if last {
            property.remove();
        } else if elements.len() == 1 {
            versions.remove();
        } else {
            element.clone().remove();
        }
        return true;
    }
    false
}

/// Sorts the packages, refusals and reviews by name and versions by number; the rest stays as it is.
///
/// # Errors
/// [`EditError`] when the list is not valid.
pub fn sort(path: &str, text: &str) -> Result<String, EditError> {
    let edit = Edit::open(path, text)?;
    for section in ["packages", "denied", "reviews"] {
        if let Some(section) = edit.object.object_value(section) {
            section
                .sort_properties()
                .by_key(|it| it.decoded_name().unwrap_or_default());
        }
    }
    for property in properties(&edit, "packages") {
        if let Some(versions) = property.array_value() {
            layout::sort_versions(&versions);
        }
    }
    edit.close(path, text)
}

fn stated(name: &str) -> Result<Stated, EditError> {
    let stated = Stated::parse(name).map_err(|why| refused(format!("`{name}`: {why}")))?;
    if stated.version.is_some() {
        return Err(refused(format!("`{name}` carries a version")));
    }
    Ok(stated)
}

/// Takes the versions that `hit` names out of `packages` and `reviews`; tells whether `packages` had any.
fn remove(edit: &Edit, key: &Key, hit: &dyn Fn(&str) -> bool) -> bool {
    let mut had = false;
    for property in properties(edit, "packages") {
        if stated_of(&property).is_none_or(|it| it.key != *key) {
            continue;
        }
        let Some(versions) = property.array_value() else {
            continue;
        };
        for element in versions.elements() {
            let text = element
                .as_string_lit()
                .and_then(|it| it.decoded_value().ok());
            if text.is_some_and(|it| hit(&it)) {
                element.remove();
                had = true;
            }
        }
        if versions.elements().is_empty() {
            property.remove();
        }
    }
    for property in properties(edit, "reviews") {
        let gone = stated_of(&property)
            .is_some_and(|it| it.key == *key && it.version.is_none_or(|version| hit(&version)));
        if gone {
            property.remove();
        }
    }
    if let Some(reviews) = edit.object.get("reviews")
        && reviews
            .object_value()
            .is_some_and(|it| it.properties().is_empty())
    {
        reviews.remove();
    }
    had
}

fn properties(edit: &Edit, section: &str) -> Vec<CstObjectProp> {
    let section = edit.object.object_value(section);
    section.map(|it| it.properties()).unwrap_or_default()
}

fn stated_of(property: &CstObjectProp) -> Option<Stated> {
    Stated::parse(&property.decoded_name()?).ok()
}

#[cfg(test)]
mod tests;
