//! External references and patches. Only valid IRI references are printed, because one invalid URL makes the whole document
//! invalid.

use std::borrow::Cow;

use bomtrail_graph::{Component, Patch};

use crate::iri::{from_path, is_iri_reference};
use crate::names::TYPE_END;
use crate::spec::SpecVersion;
use crate::spec::table::REFERENCE;
use crate::write::loss::{Loss, Losses};
use crate::write::wire::{self, ExternalReference, Hashes};

/// Which references are written.
#[derive(Clone, Copy)]
pub(crate) struct Extent {
    /// Those to where money goes.
    pub(crate) funding: bool,
    /// The digests of the archive, which the component has, too.
    pub(crate) hashes: bool,
}

/// The references of a component, sorted by type and URL.
pub(crate) fn of_component<'g>(
    component: &'g Component,
    hashes: &Hashes<'g>,
    extent: Extent,
    (version, losses): (SpecVersion, &Losses),
) -> Vec<ExternalReference<'g>> {
    let mut references = Vec::new();
    let mut add = |kind: &'g str, url: &'g str, comment: Option<&'g str>, hashes| {
        if url.is_empty() {
            return;
        }
        let (kind, comment) = typed(kind, comment, version);
        if is_iri_reference(url) {
            references.push(ExternalReference {
                kind,
                url: url.into(),
                comment,
                hashes,
                properties: Vec::new(),
            });
        } else {
            losses.add(Loss::Url);
        }
    };
    // These come first, because they say more than the fields do about the same address.
    for it in component.details.iter().flat_map(|it| &it.references) {
        let hashes = Hashes::sorted(&it.hashes);
        add(&it.kind, &it.url, it.comment.as_deref(), hashes);
    }
    if let Some(url) = &component.source {
        let hashes = if extent.hashes {
            hashes.clone()
        } else {
            Hashes::default()
        };
        add("distribution", url, None, hashes);
    }
    if let Some(details) = &component.details {
        let links = [
            ("issue-tracker", &details.bugs),
            ("vcs", &details.repository),
            ("website", &details.homepage),
        ];
        for (kind, url) in links {
            if let Some(url) = url {
                add(kind, url, None, Hashes::default());
            }
        }
        for url in details.funding.iter().filter(|_| extent.funding) {
            add("other", url, Some("funding"), Hashes::default());
        }
    }
    sort(&mut references);
    references
}

/// Types that every version has, which nearly all references are of.
const ALWAYS: [&str; 4] = ["distribution", "website", "vcs", "issue-tracker"];

/// A type of the version, and the comment; a type that the version does not have is the beginning of the comment.
fn typed<'g>(
    kind: &'g str,
    comment: Option<&'g str>,
    version: SpecVersion,
) -> (&'g str, Option<Cow<'g, str>>) {
    if ALWAYS.contains(&kind) || REFERENCE.has_word("type", kind, version) {
        return (kind, comment.map(Cow::Borrowed));
    }
    let words = match comment {
        Some(comment) => Cow::Owned([kind, TYPE_END, comment].concat()),
        None => Cow::Borrowed(kind),
    };
    ("other", Some(words))
}

/// Sorts references by type and URL, without duplicates.
pub(crate) fn sort(references: &mut Vec<ExternalReference<'_>>) {
    references.sort_by(|a, b| (a.kind, &a.url).cmp(&(b.kind, &b.url)));
    references.dedup_by(|a, b| (a.kind, &a.url) == (b.kind, &b.url));
}

/// The patches of a component. Their digests are properties, because `patch` has no field for them.
pub(crate) fn pedigree<'g>(patches: &[Patch]) -> Option<wire::Pedigree<'g>> {
    let mut patches: Vec<wire::Patch> = patches
        .iter()
        .map(|patch| wire::Patch {
            kind: "unofficial",
            diff: wire::Diff {
                url: from_path(&patch.path),
            },
        })
        .collect();
    patches.sort_unstable_by(|a, b| a.diff.url.cmp(&b.diff.url));
    let commits = Vec::new();
    (!patches.is_empty()).then_some(wire::Pedigree { commits, patches })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_version_has_the_usual_types() {
        for word in ALWAYS {
            assert!(REFERENCE.has_word("type", word, SpecVersion::OLDEST));
        }
        for word in ["application", "library"] {
            let component = &crate::spec::table::COMPONENT;
            assert!(component.has_word("type", word, SpecVersion::OLDEST));
        }
    }
}
