//! The provenance of a component: properties for every verdict, references and the commit for what is verified. A claim without
//! a signature never becomes a reference.

use std::borrow::Cow;

use bomtrail_graph::{Attestation, BuildIdentity, EvidenceState, Provenance};

use crate::iri::is_iri_reference;
use crate::names::ATTESTED_SOURCE;
use crate::spec::SpecVersion;
use crate::spec::table::REFERENCE;
use crate::write::references;
use crate::write::wire::{Commit, Component, ExternalReference, Hashes, Pedigree, Property};

/// Adds the provenance of a component.
pub(crate) fn add<'g>(
    component: &mut Component<'g>,
    provenance: &'g Provenance,
    version: SpecVersion,
) {
    properties(&mut component.properties, provenance);
    let Some(build) = provenance.build.as_deref() else {
        return;
    };
    add_references(
        &mut component.external_references,
        provenance,
        (build, version),
    );
    let Some(commit) = build.commit.as_deref().filter(|it| !it.is_empty()) else {
        return;
    };
    let pedigree = component.pedigree.get_or_insert_with(|| Pedigree {
        commits: Vec::new(),
        patches: Vec::new(),
    });
    pedigree.commits.push(Commit {
        uid: commit,
        url: commit_url(build, commit),
    });
}

/// Adds the basis of the verdicts.
pub(crate) fn with_basis<'g>(
    mut properties: Vec<Property<'g>>,
    basis: &'g [String],
) -> Vec<Property<'g>> {
    properties.extend(basis.iter().map(|it| Property {
        name: Cow::Borrowed("bomtrail:provenance:basis"),
        value: Cow::Borrowed(it),
    }));
    properties.sort_unstable();
    properties
}

fn properties<'g>(properties: &mut Vec<Property<'g>>, provenance: &'g Provenance) {
    let statements = provenance.statements().into_iter();
    properties.extend(statements.map(|(name, value)| Property {
        name: Cow::Owned(["bomtrail:provenance:", name].concat()),
        value,
    }));
    properties.sort_unstable();
    properties.dedup();
}

fn add_references<'g>(
    list: &mut Vec<ExternalReference<'g>>,
    provenance: &'g Provenance,
    (build, version): (&'g BuildIdentity, SpecVersion),
) {
    let mut add = |kind, url: Cow<'g, str>, comment| {
        if !url.is_empty() && is_iri_reference(&url) {
            list.push(ExternalReference {
                kind,
                url,
                comment: Some(Cow::Borrowed(comment)),
                hashes: Hashes::default(),
                properties: Vec::new(),
            });
        }
    };
    let text = |it: &'g Option<Box<str>>| Cow::Borrowed(it.as_deref().unwrap_or_default());
    add("vcs", text(&build.repository), ATTESTED_SOURCE);
    add(
        "build-system",
        text(&build.run),
        "run of the attested build",
    );
    if REFERENCE.has_word("type", "attestation", version) {
        let verified = provenance.attestations.iter();
        let verified = verified.filter(|it| it.evidence.state == EvidenceState::Verified);
        for it in verified {
            let Some(index) = it.log_index else { continue };
            list.push(ExternalReference {
                kind: "attestation",
                url: Cow::Owned(format!("https://search.sigstore.dev/?logIndex={index}")),
                comment: Some("entry in the transparency log".into()),
                hashes: Hashes::default(),
                properties: if REFERENCE.has("properties", version) {
                    of_entry(it, index)
                } else {
                    Vec::new()
                },
            });
        }
    }
    references::sort(list);
}

/// The facts of a log entry.
fn of_entry(attestation: &Attestation, index: u64) -> Vec<Property<'_>> {
    let time = attestation.signed_at.as_deref().map(Cow::Borrowed);
    let facts = [
        ("log-index", Some(Cow::Owned(index.to_string()))),
        (
            "payload-sha256",
            Some(Cow::Borrowed(&*attestation.payload_sha256)),
        ),
        (
            "predicate-type",
            Some(Cow::Borrowed(&*attestation.predicate_type)),
        ),
        ("signed-at", time),
    ];
    let property = |(name, value): (&str, Option<_>)| {
        Some(Property {
            name: Cow::Owned(["bomtrail:provenance:", name].concat()),
            value: value.filter(|it: &Cow<'_, str>| !it.is_empty())?,
        })
    };
    facts.into_iter().filter_map(property).collect()
}

/// The page of a commit, on platforms whose addresses are known.
fn commit_url(build: &BuildIdentity, commit: &str) -> Option<String> {
    let repository = build.repository.as_deref()?;
    let path = if repository.starts_with("https://github.com/") {
        "commit"
    } else if repository.starts_with("https://gitlab.com/") {
        "-/commit"
    } else {
        return None;
    };
    let url = format!("{repository}/{path}/{commit}");
    is_iri_reference(&url).then_some(url)
}
