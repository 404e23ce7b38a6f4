//! What a component points at: its sources, pages and patches, and whether it is external.

use bomtrail_document::{Object, Session};
use bomtrail_graph::{Component, Kind, Patch, Text};

use crate::edge::unescape;
use crate::names::ATTESTED_SOURCE;
use crate::names::{EXTERNAL, VERSION_RANGE};
use crate::read::draft::Draft;

/// References that have a field in the graph.
pub(super) fn take(object: &Object<'_>, component: &mut Component, session: &mut Session<'_>) {
    for reference in object.objects("externalReferences", session) {
        let Some(url) = reference.text("url", session) else {
            continue;
        };
        let kind = reference.text("type", session).unwrap_or_default();
        let comment = reference.text("comment", session);
        let details =
            |component: &mut Component,
             slot: fn(&mut bomtrail_graph::Details) -> &mut Option<Text>| {
                let slot = slot(component.details_mut());
                let free = slot.is_none();
                slot.get_or_insert_with(|| url.into());
                free
            };
        let kept = match kind {
            "distribution" if component.source.is_none() => {
                component.source = Some(url.into());
                true
            }
            "issue-tracker" => details(component, |it| &mut it.bugs),
            // A reference from an attestation is not a statement of the package: it would always agree with the attestation.
            "vcs" if comment == Some(ATTESTED_SOURCE) => false,
            "vcs" => details(component, |it| &mut it.repository),
            "website" => details(component, |it| &mut it.homepage),
            "other" if comment == Some("funding") => {
                component.details_mut().funding.push(url.into());
                true
            }
            _ => false,
        };
        if !kept {
            session.unkept(&format!("external references of type `{kind}`"));
        }
    }
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
        let diff = patch.object("diff", session);
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
