//! What the project and its workspaces depend on, as edges.

use std::borrow::Cow;
use std::collections::BTreeSet;

use bomtrail_document::{Entry as Pair, Lookup, Value};
use bomtrail_graph::{LocalId, Need, Override, Phase};
use bomtrail_version::npm as semver;

use super::manifests::{self, Ranges, SECTIONS};
use super::read::Reading;
use super::rules::Rules;
use super::specifier;
use crate::locked::edge::Edge;
use crate::locked::package::Package;
use crate::package::entry::Entry;
use crate::package::url::redact;
use crate::resolve::spec::Spec;

/// One dependency of an importer.
struct Declared<'v> {
    alias: &'v str,
    specifier: Option<&'v str>,
    reference: Option<&'v str>,
    phase: Phase,
    need: Need,
}

/// Adds the edges of an importer.
pub(crate) fn connect<'v>(
    reading: &mut Reading<'v>,
    importer: &str,
    from: LocalId,
    value: &'v Value<'v>,
) {
    let manifest = reading.manifests.get(importer).map(Ranges::of);
    for declared in all(value) {
        if let Some(specifier) = declared.specifier {
            reading.specifiers.insert((from, declared.alias), specifier);
        }
        let to = reading.target(importer, declared.alias, declared.reference);
        let range = declared.specifier;
        let range = range.map(|it| reading.rules.without_catalog(it, declared.alias));
        let overridden = manifest
            .as_ref()
            .and_then(|it| overridden(it, &declared, &reading.rules));
        let is_workspace = range.is_some_and(|it| it.starts_with("workspace:"));
        let target = to.and_then(|it| reading.locked.package(it));
        // A package of a registry in the place of a workspace.
        let is_replaced = is_workspace && target.is_some_and(|it| !it.role.is_first_party());
        if let (true, Some(to)) = (is_replaced, to) {
            reading.doubt(to);
        }
        let is_unnamed = to.is_some_and(|it| reading.unnamed.contains(&it));
        let target = to.and_then(|it| reading.locked.package(it));
        let words = range.and_then(|it| specifier::in_npm_words(it, declared.alias));
        let words = words.filter(|it| !is_copy_in_range(target, declared.alias, it));
        reading.locked.connect(
            &Edge::new(from, to, Cow::Borrowed(declared.alias)).with(|it| {
                it.range = range.map(Cow::Borrowed);
                // Nothing can be said about the name of a folder without a manifest.
                it.spec = words.filter(|_| !is_unnamed);
                (it.phase, it.need) = (declared.phase, declared.need);
                if let Some((stated, rule)) = overridden {
                    it.range = Some(Cow::Owned(stated));
                    it.overridden = Some(rule);
                }
            }),
        );
    }
}

/// True for a copy of a workspace that a range asks for. pnpm takes a workspace for a package of its name where its version is
/// in the range (`linkWorkspacePackages`).
fn is_copy_in_range(target: Option<&Package<'_>>, alias: &str, words: &str) -> bool {
    let (name, range) = match Spec::parse(words) {
        Spec::Range(range) => (alias, range),
        Spec::Alias { name, range } => (name, range),
        Spec::Tag(_)
        | Spec::Git(_)
        | Spec::Remote(_)
        | Spec::File(_)
        | Spec::Directory(_)
        | Spec::Invalid => return false,
    };
    target.filter(|it| it.copy_of.is_some()).is_some_and(|it| {
        let version = it.entry.version.as_deref();
        it.name == name && version.is_some_and(|it| semver::satisfies(it, range))
    })
}

/// The names whose specifiers differ between a manifest and the lockfile's copy of it, sorted.
pub(crate) fn out_of_step<'v>(
    manifest: &'v Entry<'v>,
    value: &'v Value<'v>,
    rules: &Rules<'v>,
) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let ranges = Ranges::of(manifest);
    let all: Vec<Declared<'v>> = all(value).collect();
    for declared in &all {
        let stated = ranges.of_name(declared.alias);
        let differs = stated.is_some() && stated != declared.specifier;
        let has_rule = rules.of_name(declared.alias).is_some();
        if differs && !has_rule && declared.specifier.is_some() {
            names.insert(declared.alias.to_owned());
        }
    }
    let locked: BTreeSet<&str> = all.iter().map(|it| it.alias).collect();
    let extras = manifest.extras.as_deref();
    let own = [
        Some(&manifest.dependencies),
        extras.map(|it| &it.optional_dependencies),
        extras.map(|it| &it.dev_dependencies),
    ];
    for (name, range) in own.into_iter().flatten().flatten() {
        // Links may be left out (`excludeLinksFromLockfile`), and an override can remove a dependency.
        let is_link = range.starts_with("link:") || range.starts_with("workspace:");
        let is_removed = rules.of_name(name).is_some() || rules.is_ignored(name);
        let is_link = is_link || rules.is_unlinked(name);
        if !locked.contains(&**name) && !is_link && !is_removed {
            names.insert(name.to_string());
        }
    }
    names
}

fn all<'v>(value: &'v Value<'v>) -> impl Iterator<Item = Declared<'v>> {
    let specifiers = Lookup::of(value.get("specifiers"));
    let kinds = [
        (Phase::Runtime, Need::Required),
        (Phase::Runtime, Need::Optional),
        (Phase::Develop, Need::Required),
    ];
    let sections = SECTIONS.into_iter().zip(kinds);
    let pairs = sections.flat_map(|(section, kind)| {
        let pairs = value.get(section).map_or(&[][..], Value::pairs);
        pairs.iter().map(move |it| (it, kind))
    });
    pairs.map(move |(Pair { key, value, .. }, (phase, need))| {
        let inline = value.get("specifier");
        Declared {
            alias: key,
            specifier: inline
                .or_else(|| specifiers.get(key))
                .and_then(Value::as_scalar),
            reference: manifests::reference(value),
            phase,
            need,
        }
    })
}

/// What the manifest declares, and the override that replaced it: the lockfile has the replaced specifier.
fn overridden(
    manifest: &Ranges<'_>,
    declared: &Declared<'_>,
    rules: &Rules<'_>,
) -> Option<(String, Override)> {
    let specifier = declared.specifier?;
    let stated = manifest.of_name(declared.alias)?;
    if stated == specifier {
        return None;
    }
    let rule = rules.of_name(declared.alias)?;
    let value = redact(rule.value.as_scalar().unwrap_or_default());
    let rule = Override {
        rule: [&rule.key, ": ", &value].concat().into(),
        effective: redact(specifier).into(),
    };
    Some((stated.to_owned(), rule))
}
