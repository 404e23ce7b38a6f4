//! What a component points at: its sources, pages and patches, and whether it is external.

use bomtrail_document::{Object, Session};
use bomtrail_graph::{Component, Kind, Patch, Reference};

use super::hashes;
use crate::edge::unescape;
use crate::names::{ATTESTED_SOURCE, EXTERNAL, TYPE_END, VERSION_RANGE};
use crate::read::draft::Draft;
use crate::spec::SpecVersion;
use crate::spec::table::REFERENCE;

/// References: a few types have a field in the graph, the others are kept as they are.
pub(super) fn take(object: &Object<'_>, component: &mut Component, session: &mut Session<'_>) {
    for item in object.objects("externalReferences", session) {
        let known = ["type", "url", "comment", "hashes"];
        item.rest("external references", &known, session);
        let Some(url) = item.text("url", session) else {
            continue;
        };
        let kind = item.text("type", session).unwrap_or_default();
        let comment = item.text("comment", session);
        // A reference from an attestation is not a statement of the package: it would always agree with the attestation.
        if kind == "vcs" && comment == Some(ATTESTED_SOURCE) {
            session.unkept("external references of type `vcs` from attestations");
            continue;
        }
        let (kind, comment) = typed(kind, comment);
        let mut reference = Reference {
            kind: kind.into(),
            url: url.into(),
            comment: comment.map(Into::into),
            hashes: hashes(&item, session),
        };
        if !field(component, &mut reference) {
            component.details_mut().references.push(reference);
        }
    }
}

/// The type of a reference, and its comment: our own writer puts a type that the version does not have before the comment.
fn typed<'v>(kind: &'v str, comment: Option<&'v str>) -> (&'v str, Option<&'v str>) {
    let Some(words) = comment.filter(|_| kind == "other") else {
        return (kind, comment);
    };
    let (first, rest) = words
        .split_once(TYPE_END)
        .map_or((words, None), |(first, rest)| (first, Some(rest)));
    if first != kind && REFERENCE.has_word("type", first, SpecVersion::NEWEST) {
        return (first, rest);
    }
    (kind, comment)
}

/// Stores a reference in its field; false when there is none, or when the field does not hold all of it.
fn field(component: &mut Component, reference: &mut Reference) -> bool {
    let url = &reference.url;
    let slot = match &*reference.kind {
        "distribution" => {
            if component.source.as_ref().is_none_or(|it| it == url) && component.hashes.is_empty() {
                component.hashes = std::mem::take(&mut reference.hashes).into();
            }
            if *component.hashes == *reference.hashes {
                reference.hashes.clear();
            }
            &mut component.source
        }
        "issue-tracker" => &mut component.details_mut().bugs,
        "vcs" => &mut component.details_mut().repository,
        "website" => &mut component.details_mut().homepage,
        "other" if reference.comment.as_deref() == Some("funding") => {
            component.details_mut().funding.push(url.clone());
            return true;
        }
        _ => return false,
    };
    let is_it = slot.get_or_insert_with(|| url.clone()) == url;
    is_it && reference.comment.is_none() && reference.hashes.is_empty()
}

/// External components and their ranges (1.7).
pub(super) fn external(object: &Object<'_>, component: &mut Component, session: &mut Session<'_>) {
    let is_external = object.flag("isExternal", session);
    let range = object.text("versionRange", session);
    let kind = component.kind;
    let mut add = |name: &str, value: &str| {
        let properties = &mut component.details_mut().properties;
        properties.push((name.into(), value.into()));
    };
    // A platform is always external.
    if is_external && kind != Kind::Platform {
        add(EXTERNAL, "true");
    }
    if let Some(range) = range {
        add(VERSION_RANGE, range);
    }
}

/// Patches by path; their digests are properties of ours.
pub(super) fn patches(object: &Object<'_>, draft: &mut Draft<'_>, session: &mut Session<'_>) {
    let Some(pedigree) = object.object("pedigree", session) else {
        return;
    };
    pedigree.rest("pedigrees", &["patches"], session);
    for patch in pedigree.objects("patches", session) {
        patch.rest("patches", &["type", "diff"], session);
        if !patch.is("type", "unofficial") {
            session.unkept("types of patches");
        }
        let diff = patch.object("diff", session);
        if let Some(diff) = &diff {
            diff.rest("patches", &["url"], session);
        }
        let url = diff.and_then(|it| it.text("url", session));
        let Some(path) = url.filter(|it| !it.contains("://")).map(unescape) else {
            session.unkept("patches without a path");
            continue;
        };
        let path = path.strip_prefix("./").unwrap_or(&path);
        let path = path
            .strip_prefix("/.//")
            .map_or(path.into(), |it| ["//", it].concat().into());
        draft.component.details_mut().patches.push(Patch {
            path,
            hashes: Vec::new(),
        });
    }
    for (path, hash) in std::mem::take(&mut draft.patch_hashes) {
        let details = draft.component.details_mut();
        let patch = details.patches.iter_mut().find(|it| it.path == path);
        if let Some(patch) = patch {
            patch.hashes.push(hash);
        }
    }
}
