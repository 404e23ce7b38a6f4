//! CPAN: what CHECKSUMS files, and archives beside them, say of distributions. Nothing of CPAN is attested; a digest that
//! fits is a fact, and a signature that was not verified is not taken for one.

use bomtrail_graph::{
    Axis, Evidence, EvidenceState, Graph, HashAlgorithm, NodeMap, NodeRef, Provenance,
};

use super::fold::{change, raise};
use crate::checksums::{Checksums, ListedFile};
use crate::sidecar::{ARCHIVES, Archive, Sidecar};
use crate::trust::Trust;

/// Adds what CHECKSUMS files say.
pub(super) fn annotate(
    graph: &Graph,
    sidecars: &[Sidecar<'_>],
    trust: &Trust,
    table: &mut NodeMap<Provenance>,
) {
    let lists: Vec<&Checksums> = sidecars.iter().flat_map(|it| &it.checksums).collect();
    if lists.is_empty() {
        return;
    }
    let archives: Vec<&Archive> = sidecars.iter().flat_map(|it| &it.archives).collect();
    for node in graph.nodes() {
        if table.get(node.id()).is_none() {
            continue;
        }
        let Some((directory, names)) = location(node) else {
            continue;
        };
        for list in lists
            .iter()
            .filter(|it| it.directory.as_deref() == Some(&*directory))
        {
            let Some(file) = names.iter().find_map(|it| list.file(it)) else {
                continue;
            };
            let pinned = pinned(node, file, &archives);
            let signed = signed(list, trust).map(|it| bound(it, &pinned));
            change(table, node.id(), |provenance| {
                raise(provenance, Axis::Pinned, &pinned);
                if let Some(signed) = &signed {
                    raise(provenance, Axis::RegistrySigned, signed);
                }
            });
        }
    }
}

/// The directory of a distribution below `authors/id`, and the names its archive may have.
fn location(node: NodeRef<'_>) -> Option<(String, Vec<String>)> {
    let purl = node.purl().filter(|it| it.package_type() == "cpan")?;
    let mut qualifiers = purl.qualifiers();
    if let Some((_, path)) = qualifiers.find(|(key, _)| *key == "distpath") {
        let path = path.strip_prefix("authors/id/")?;
        let (directory, name) = path.rsplit_once('/')?;
        return Some((directory.to_owned(), vec![name.to_owned()]));
    }
    let author = purl.cpan_author()?;
    let first: String = author.chars().take(1).collect();
    let second: String = author.chars().take(2).collect();
    let stem = format!("{}-{}", purl.name(), purl.version()?);
    let names = ARCHIVES.iter().map(|ending| format!("{stem}{ending}"));
    Some((format!("{first}/{second}/{author}"), names.collect()))
}

/// Whether the bytes that are known are those that are listed.
fn pinned(node: NodeRef<'_>, file: &ListedFile, archives: &[&Archive]) -> Evidence {
    let Some(listed) = &file.sha256 else {
        let why = "the CHECKSUMS file lists it without a SHA-256";
        return Evidence::new(EvidenceState::Unverifiable, why);
    };
    let mut here = archives.iter().filter(|it| it.name == file.name);
    if let Some(archive) = here.next() {
        let same_size = file.size.is_none_or(|size| size == archive.size);
        return if archive.sha256.as_ref() == Some(listed) && same_size {
            let why = "the archive's SHA-256 and size are those of the CHECKSUMS file";
            Evidence::new(EvidenceState::Verified, why)
        } else {
            let why = "the archive is not the one that the CHECKSUMS file lists";
            Evidence::new(EvidenceState::Failed, why)
        };
    }
    let hashes = node.component().hashes.iter();
    let mut own = hashes.filter(|it| it.algorithm() == HashAlgorithm::Sha256);
    match own.next() {
        Some(own) if own == listed => {
            let why = "the SHA-256 is that of the CHECKSUMS file";
            Evidence::new(EvidenceState::Verified, why)
        }
        Some(_) => {
            let why = "the SHA-256 is not that of the CHECKSUMS file";
            Evidence::new(EvidenceState::Failed, why)
        }
        None => {
            let why = format!(
                "the CHECKSUMS file lists sha256:{}; the archive is not here to compare",
                listed.hex()
            );
            Evidence::new(EvidenceState::Claimed, &why)
        }
    }
}

/// What is known of the file's signature; nothing for a file without one.
fn signed(list: &Checksums, trust: &Trust) -> Option<Evidence> {
    #[cfg(feature = "openpgp")]
    if let (Some(text), Some((keys, _))) = (&list.cleartext, &trust.cpan_keys) {
        return Some(keys.judge(text));
    }
    #[cfg(not(feature = "openpgp"))]
    let _ = trust;
    list.signed_with.as_deref().map(unverified)
}

/// A signature says something of an archive only where the archive's bytes are those that are listed.
fn bound(signed: Evidence, pinned: &Evidence) -> Evidence {
    let of = |state, why: &str| Evidence::new(state, &format!("{}; {why}", signed.reason));
    match (signed.state, pinned.state) {
        (EvidenceState::Verified, EvidenceState::Failed) => of(
            EvidenceState::Failed,
            "and the archive is not the one that is listed",
        ),
        (EvidenceState::Verified, EvidenceState::Verified) => signed,
        (EvidenceState::Verified, _) => of(
            EvidenceState::Unverifiable,
            "but there are no bytes to compare with what is listed",
        ),
        _ => signed,
    }
}

fn unverified(algorithms: &str) -> Evidence {
    let weak = algorithms.split(',').any(|it| matches!(it, "SHA1" | "MD5"));
    let weak = if weak { ", a weak algorithm" } else { "" };
    let why = format!(
        "the CHECKSUMS file has an OpenPGP signature by {algorithms}{weak}; it is not verified here"
    );
    Evidence::new(EvidenceState::Unverifiable, &why)
}
