//! Changes to a list's text. Whatever is not changed stays as it is: order, indentation, line ends. The time grows with the size
//! of the list and the number of changes.
//!
//! A version that is denied is never listed in `packages`, so that a list means the same to programs that read nothing else.

mod record;
mod request;
mod section;
mod tree;

use std::collections::BTreeMap;

use bomtrail_document::Page;

use crate::diags;
use crate::document::Document;
use crate::entry::Denial;
use crate::key::{Key, NameError, Stated, Wanted};
use crate::load::{LARGEST, parse};
use crate::version;
use section::{Section, add_versions, by_version};
use tree::{Layout, Node, Object};

pub use request::{Addition, EditError, Refusal};

/// A list without entries.
pub const EMPTY: &str = "{\n  \"version\": 1,\n  \"packages\": {}\n}\n";

/// A list while it is changed.
struct Edit<'t> {
    path: &'t str,
    /// The text before and after the outermost object.
    around: (&'t str, &'t str),
    root: Object<'t>,
    /// What the list denied when it was read.
    denied: Vec<Denial>,
}

impl<'t> Edit<'t> {
    fn open(path: &'t str, text: &'t str) -> Result<Self, EditError> {
        let mut page = Page::new(path, text, diags::CODES);
        let value = page.json();
        let document = value.as_ref().and_then(|it| Document::read(&mut page, it));
        let plain = page.text();
        let document = page.finish(document.unwrap_or_default());
        let document = document.map_err(EditError::Invalid)?;
        let (mut root, mut around) = (Object::default(), ("", ""));
        if let Some(value) = &value
            && let Node::Object(object) = Node::read(plain, value)
        {
            root = object;
            let start = text.len() - plain.len() + value.start;
            around = (
                text.get(..start).unwrap_or_default(),
                plain.get(value.end..).unwrap_or_default(),
            );
        }
        Ok(Self {
            path,
            around,
            root,
            denied: document.denied,
        })
    }

    /// The changed text, which must itself be a valid list.
    fn close(self) -> Result<String, EditError> {
        let (before, after) = self.around;
        let mut text = before.to_owned();
        Layout::of(&self.root).write(&self.root, 0, &mut text);
        text.push_str(after);
        drop(self.root);
        check_size(self.path, text.len())?;
        parse(self.path, &text).map_err(EditError::Invalid)?;
        Ok(text)
    }

    /// Changes a section, which is made where it is missing.
    fn section(&mut self, name: &str, change: impl FnOnce(&mut Section<'_, 't>)) {
        if let Some(object) = self.root.object(name) {
            let mut section = Section::of(object);
            change(&mut section);
            section.finish();
        }
    }

    fn existing(&mut self, name: &str) -> Option<&mut Object<'t>> {
        match self.root.get_mut(name) {
            Some(Node::Object(object)) => Some(object),
            _ => None,
        }
    }

    /// Removes a section without entries.
    fn drop_empty(&mut self, name: &str) {
        if self.existing(name).is_some_and(|it| it.members.is_empty()) {
            self.root.remove(name);
        }
    }

    /// Removes versions and their reviews. Returns which of `wanted` the list approved, by position.
    fn remove(&mut self, wanted: &[(Key, Option<&[String]>)]) -> Vec<bool> {
        let mut had = vec![false; wanted.len()];
        let mut by_key: BTreeMap<&Key, Vec<usize>> = BTreeMap::new();
        for (at, (key, _)) in wanted.iter().enumerate() {
            by_key.entry(key).or_default().push(at);
        }
        let hits = |key: &Key, version: &str| {
            let found = by_key.get(key).into_iter().flatten().copied();
            let version = version.to_owned();
            found.filter(move |at| {
                let versions = wanted.get(*at).and_then(|(_, versions)| *versions);
                versions.is_none_or(|all| all.contains(&version))
            })
        };
        if let Some(packages) = self.existing("packages") {
            packages.retain(|member| {
                let stated = Stated::parse(member.key()).ok();
                let (Some(stated), Node::List(versions)) = (stated, &mut member.value) else {
                    return true;
                };
                if !by_key.contains_key(&stated.key) {
                    return true;
                }
                versions.retain(|version| {
                    let mut kept = true;
                    for at in hits(&stated.key, version) {
                        had.get_mut(at).into_iter().for_each(|it| *it = true);
                        kept = false;
                    }
                    kept
                });
                !versions.items.is_empty()
            });
        }
        if let Some(reviews) = self.existing("reviews") {
            reviews.retain(|member| {
                let stated = Stated::parse(member.key()).ok();
                let gone = stated.is_some_and(|it| {
                    let version = it.version.as_deref();
                    version.is_some_and(|version| hits(&it.key, version).next().is_some())
                });
                !gone
            });
        }
        self.drop_empty("reviews");
        had
    }
}

/// Whether a list can be read again.
fn check_size(path: &str, size: usize) -> Result<(), EditError> {
    if size <= LARGEST {
        return Ok(());
    }
    Err(EditError::TooLarge {
        list: path.to_owned(),
        size,
        limit: LARGEST,
    })
}

/// Approves versions, and records their reviews. A version that is listed already keeps its place.
///
/// # Errors
/// [`EditError`] when the list is not valid, or denies one of them.
pub fn approve(path: &str, text: &str, additions: &[Addition]) -> Result<String, EditError> {
    let mut edit = Edit::open(path, text)?;
    let denials = std::mem::take(&mut edit.denied);
    let mut denied: BTreeMap<&Key, Vec<&Denial>> = BTreeMap::new();
    for denial in &denials {
        denied.entry(&denial.key).or_default().push(denial);
    }
    let mut all = Vec::with_capacity(additions.len());
    for it in additions {
        let stated = stated(&it.name)?;
        let (package_type, is_git) = (stated.key.package_type(), stated.key.is_git());
        if let Some(why) = version::inexact(package_type, is_git, &it.version) {
            let version = it.version.clone();
            return Err(named(&it.name)(NameError::Inexact { version, why }));
        }
        let mut denials = denied.get(&stated.key).into_iter().flatten();
        if denials.any(|denial| denial.covers(&it.version)) {
            let (name, version) = (it.name.clone(), it.version.clone());
            return Err(EditError::Denied { name, version });
        }
        all.push((stated, it));
    }
    edit.section("packages", |section| {
        // Versions of one package are added at once.
        let mut grouped: BTreeMap<(&Key, &str), (&Stated, Vec<&str>)> = BTreeMap::new();
        for (stated, it) in &all {
            let group = grouped.entry((&stated.key, &it.name));
            let (_, versions) = group.or_insert((stated, Vec::new()));
            versions.push(&it.version);
        }
        for ((_, name), (stated, versions)) in grouped {
            if let Some(list) = section.versions(stated, name) {
                add_versions(list, &stated.key, &versions);
            }
        }
    });
    record_reviews(&mut edit, additions)?;
    edit.close()
}

fn record_reviews(edit: &mut Edit<'_>, additions: &[Addition]) -> Result<(), EditError> {
    let mut recorded = Vec::new();
    for it in additions.iter().filter(|it| record::is_any(it)) {
        recorded.push((Stated::parse(&it.purl).map_err(named(&it.purl))?, it));
    }
    if recorded.is_empty() {
        return Ok(());
    }
    edit.section("reviews", |section| {
        for (stated, it) in recorded {
            if let Some(review) = section.object(&stated, &it.purl) {
                record::set(review, it);
            }
        }
    });
    Ok(())
}

/// Records whether versions (Package URLs) may run their install scripts. It approves nothing, and what is recorded already stays.
///
/// # Errors
/// [`EditError`] when the list is not valid, or one of them is not a Package URL.
pub fn allow_scripts(
    path: &str,
    text: &str,
    answers: &[(String, bool)],
) -> Result<String, EditError> {
    let mut edit = Edit::open(path, text)?;
    let mut stated = Vec::with_capacity(answers.len());
    for (purl, allowed) in answers {
        stated.push((Stated::parse(purl).map_err(named(purl))?, purl, *allowed));
    }
    if !stated.is_empty() {
        edit.section("reviews", |section| {
            for (stated, purl, allowed) in stated {
                if let Some(review) = section.object(&stated, purl) {
                    record::set_scripts(review, allowed);
                }
            }
        });
    }
    edit.close()
}

/// Removes versions and what is recorded about them; without a version, all of a package.
///
/// # Errors
/// [`EditError`] when the list is not valid, or does not have them.
pub fn unapprove(
    path: &str,
    text: &str,
    wanted: &[(String, Option<String>)],
) -> Result<String, EditError> {
    let mut edit = Edit::open(path, text)?;
    let mut keys = Vec::with_capacity(wanted.len());
    for (name, version) in wanted {
        let versions = version.as_ref().map(std::slice::from_ref);
        keys.push((stated(name)?.key, versions));
    }
    let had = edit.remove(&keys);
    if let Some((_, (name, version))) = had.iter().zip(wanted).find(|(had, _)| !**had) {
        let version = version.as_ref().map(|it| format!("@{it}"));
        return Err(EditError::NotListed {
            name: format!("{name}{}", version.unwrap_or_default()),
            list: path.to_owned(),
        });
    }
    edit.close()
}

/// Denies packages, and removes what the list approves of them.
///
/// # Errors
/// [`EditError`] when the list is not valid.
pub fn deny(path: &str, text: &str, refusals: &[Refusal]) -> Result<String, EditError> {
    let mut edit = Edit::open(path, text)?;
    let mut all = Vec::with_capacity(refusals.len());
    for it in refusals {
        all.push((stated(&it.name)?, it));
    }
    edit.section("denied", |section| {
        for (stated, it) in &all {
            let is_new = section.find(stated).is_none();
            if let Some(entry) = section.object(stated, &it.name) {
                refuse(entry, &stated.key, it, is_new);
            }
        }
    });
    let removed: Vec<_> = all
        .iter()
        .map(|(stated, it)| {
            let versions = (!it.versions.is_empty()).then_some(it.versions.as_slice());
            (stated.key.clone(), versions)
        })
        .collect();
    edit.remove(&removed);
    edit.close()
}

/// Writes a denial into its entry. An entry that denies all versions never becomes narrower.
fn refuse(entry: &mut Object<'_>, key: &Key, it: &Refusal, is_new: bool) {
    const NARROWER: [&str; 2] = ["versions", "ranges"];
    let denies_all = !is_new && !NARROWER.iter().any(|it| entry.has(it));
    record::set_text(entry, "reason", Some(&it.reason));
    record::set_text(entry, "note", it.note.as_deref());
    record::set_text(entry, "by", it.by.as_deref());
    record::set_text(entry, "on", Some(&it.on.to_string()));
    if it.versions.is_empty() {
        for narrower in NARROWER {
            entry.remove(narrower);
        }
    } else if !denies_all {
        if !entry.has("versions") {
            entry.set("versions", Node::texts::<&str>(&[]));
        }
        if let Some(Node::List(versions)) = entry.get_mut("versions") {
            add_versions(versions, key, &it.versions);
        }
    }
}

/// Removes denials. It approves nothing.
///
/// # Errors
/// [`EditError`] when the list is not valid, or does not deny them.
pub fn undeny(path: &str, text: &str, wanted: &[Wanted]) -> Result<String, EditError> {
    let mut edit = Edit::open(path, text)?;
    for it in wanted {
        let stated = Stated {
            key: it.key.clone(),
            version: it.version.clone(),
            author: it.author.clone(),
        };
        let found = edit.existing("denied").is_some_and(|denied| {
            let count = denied.members.len();
            denied.retain(|it| Stated::parse(it.key()).ok().as_ref() != Some(&stated));
            denied.members.len() < count || undeny_version(denied, &stated)
        });
        if !found {
            let version = it.version.as_ref().map(|it| format!("@{it}"));
            return Err(EditError::NotDenied {
                name: format!("{}{}", it.name, version.unwrap_or_default()),
                list: path.to_owned(),
            });
        }
        edit.drop_empty("denied");
    }
    edit.close()
}

/// Removes one version from a denial of several.
fn undeny_version(denied: &mut Object<'_>, stated: &Stated) -> bool {
    let Some(version) = &stated.version else {
        return false;
    };
    let mut found = false;
    denied.retain(|member| {
        let same = Stated::parse(member.key())
            .is_ok_and(|it| it.key == stated.key && it.author == stated.author);
        let Node::Object(entry) = &mut member.value else {
            return true;
        };
        let has_ranges = entry.has("ranges");
        let Some(Node::List(versions)) = entry.get_mut("versions").filter(|_| same && !found)
        else {
            return true;
        };
        let count = versions.items.len();
        versions.retain(|it| it != version);
        found = versions.items.len() < count;
        let empty = found && versions.items.is_empty();
        if empty && has_ranges {
            entry.remove("versions");
        }
        !empty || has_ranges
    });
    found
}

/// Sorts packages, denials and reviews by name and versions by their order; the rest stays as it is.
///
/// # Errors
/// [`EditError`] when the list is not valid.
pub fn sort(path: &str, text: &str) -> Result<String, EditError> {
    let mut edit = Edit::open(path, text)?;
    for section in ["packages", "denied", "reviews"] {
        if let Some(section) = edit.existing(section) {
            section.sort();
        }
    }
    if let Some(packages) = edit.existing("packages") {
        for member in &mut packages.members {
            let stated = Stated::parse(member.key()).ok();
            if let (Some(stated), Node::List(versions)) = (stated, &mut member.value) {
                versions.sort_by(by_version(&stated.key));
            }
        }
    }
    edit.close()
}

fn named(name: &str) -> impl Fn(NameError) -> EditError {
    |why| EditError::Name {
        name: name.to_owned(),
        why,
    }
}

fn stated(name: &str) -> Result<Stated, EditError> {
    let stated = Stated::parse(name).map_err(named(name))?;
    if stated.version.is_some() {
        return Err(EditError::HasVersion(name.to_owned()));
    }
    Ok(stated)
}

#[cfg(test)]
mod tests;
