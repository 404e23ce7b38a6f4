//! CPAN: evidence on distributions from CHECKSUMS files, and from archives next to them. CPAN has no attestations; a digest
//! that matches is a fact, and a signature that was not verified is not.

use std::collections::HashMap;

use bomtrail_graph::{
    Attestation, Axis, Evidence, EvidenceState, Graph, HashAlgorithm, NodeMap, NodeRef, Provenance,
    hex,
};
use sha2::{Digest as _, Sha256};

use super::fold::{change, raise};
use crate::bundle::trust::Trust;
use crate::cpan::archive::{ARCHIVES, Archive, Listed};
use crate::cpan::checksums::{Checksums, ListedFile};
use crate::cpan::cleartext::Cleartext;
use crate::registry::sidecar::Sidecar;

/// The type of an author's signature over the files of an archive.
const MODULE_SIGNATURE: &str = "https://metacpan.org/pod/Module::Signature";

/// Adds the evidence of CHECKSUMS files and of signatures in archives.
pub(super) fn annotate(
    graph: &Graph,
    sidecars: &[Sidecar<'_>],
    trust: &Trust,
    table: &mut NodeMap<Provenance>,
) {
    let files = Files::of(sidecars, trust);
    if files.lists.is_empty() && files.archives.is_empty() {
        return;
    }
    for node in graph.nodes() {
        if table.get(node.id()).is_none() {
            continue;
        }
        let Some((directory, names)) = location(node) else {
            continue;
        };
        let here = files.lists.get(&*directory).map_or(&[][..], Vec::as_slice);
        for list in here {
            let Some(file) = names.iter().find_map(|it| list.checksums.file(it)) else {
                continue;
            };
            let pinned = pinned(node, file, files.archive(&file.name));
            let signed = list.signed.clone().map(|it| bound(it, &pinned));
            change(table, node.id(), |provenance| {
                raise(provenance, Axis::Pinned, &pinned);
                if let Some(signed) = &signed {
                    raise(provenance, Axis::RegistrySigned, signed);
                }
            });
        }
        for archive in names.iter().flat_map(|it| files.archives_of(it)) {
            if let Some(signature) = &archive.signature {
                let found = attestation(signature, trust, is_its(node, archive, here));
                change(table, node.id(), |it| it.attestations.push(found));
            }
        }
    }
}

/// A CHECKSUMS file, with what is known of its signature.
struct List<'a> {
    checksums: &'a Checksums,
    signed: Option<Evidence>,
}

/// The CHECKSUMS files by their directory, and the archives by their name.
#[derive(Default)]
struct Files<'a> {
    lists: HashMap<&'a str, Vec<List<'a>>>,
    archives: HashMap<&'a str, Vec<&'a Archive>>,
}

impl<'a> Files<'a> {
    fn of(sidecars: &'a [Sidecar<'_>], trust: &Trust) -> Self {
        let mut files = Self::default();
        for checksums in sidecars.iter().flat_map(|it| &it.checksums) {
            let Some(directory) = checksums.directory.as_deref() else {
                continue;
            };
            let signed = checksums.cleartext.as_ref();
            let signed = signed.map(|it| signature(it, trust, "the CHECKSUMS file"));
            let list = List { checksums, signed };
            files.lists.entry(directory).or_default().push(list);
        }
        for archive in sidecars.iter().flat_map(|it| &it.archives) {
            files
                .archives
                .entry(&archive.name)
                .or_default()
                .push(archive);
        }
        files
    }

    fn archives_of(&self, name: &str) -> &[&'a Archive] {
        self.archives.get(name).map_or(&[], Vec::as_slice)
    }

    /// The first archive of a name.
    fn archive(&self, name: &str) -> Option<&'a Archive> {
        self.archives_of(name).first().copied()
    }
}

/// True when an archive is known to be the node's: by a digest of its own, or by a list that has it.
fn is_its(node: NodeRef<'_>, archive: &Archive, lists: &[List<'_>]) -> bool {
    let Some(digest) = &archive.sha256 else {
        return false;
    };
    let listed = |it: &List<'_>| {
        let file = it.checksums.file(&archive.name);
        file.and_then(|it| it.sha256.as_ref()) == Some(digest)
    };
    node.component().hashes.contains(digest) || lists.iter().any(listed)
}

/// Evidence from the `SIGNATURE` in an archive: its author signed its files.
fn attestation(signature: &Result<Listed, String>, trust: &Trust, is_known: bool) -> Attestation {
    let (evidence, payload) = match signature {
        Err(why) => {
            let why = format!("the SIGNATURE in the archive is not taken: {why}");
            (Evidence::new(EvidenceState::Failed, &why), String::new())
        }
        Ok(listed) => {
            let payload = hex(&Sha256::digest(listed.text.text()));
            (of_files(listed, trust, is_known), payload)
        }
    };
    Attestation {
        predicate_type: MODULE_SIGNATURE.into(),
        evidence,
        payload_sha256: payload.into(),
        ..Attestation::default()
    }
}

fn of_files(listed: &Listed, trust: &Trust, is_known: bool) -> Evidence {
    if let Some(path) = &listed.differs {
        let why = format!("`{path}` is not as the SIGNATURE in the archive lists it");
        return Evidence::new(EvidenceState::Failed, &why);
    }
    let signed = signature(&listed.text, trust, "the SIGNATURE in the archive");
    let but = match (signed.state, listed) {
        (EvidenceState::Verified, _) if !is_known => {
            "; nothing says that this archive is the one in use"
        }
        (EvidenceState::Verified, it) if it.unlisted > 0 => {
            "; not all files of the archive are listed"
        }
        (EvidenceState::Verified, it) if it.is_weak => {
            "; the files are listed by SHA-1, a weak algorithm"
        }
        _ => return signed,
    };
    let state = if listed.unlisted == 0 && is_known {
        EvidenceState::Verified
    } else {
        EvidenceState::Unverifiable
    };
    Evidence::new(state, &[&*signed.reason, but].concat())
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
fn pinned(node: NodeRef<'_>, file: &ListedFile, archive: Option<&Archive>) -> Evidence {
    let Some(listed) = &file.sha256 else {
        let why = "the CHECKSUMS file lists it without a SHA-256";
        return Evidence::new(EvidenceState::Unverifiable, why);
    };
    if let Some(archive) = archive {
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

/// Evidence from the signature of a file.
fn signature(text: &Cleartext, trust: &Trust, what: &str) -> Evidence {
    #[cfg(feature = "openpgp")]
    if let Some((keys, _)) = &trust.cpan_keys {
        return keys.judge(text);
    }
    #[cfg(not(feature = "openpgp"))]
    let _ = trust;
    unverified(&text.algorithms, what)
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
            "but the project has no bytes to compare with the listed digest",
        ),
        _ => signed,
    }
}

fn unverified(algorithms: &str, what: &str) -> Evidence {
    let weak = algorithms.split(',').any(|it| matches!(it, "SHA1" | "MD5"));
    let weak = if weak { ", a weak algorithm" } else { "" };
    let why =
        format!("{what} has an OpenPGP signature by {algorithms}{weak}; it is not verified here");
    Evidence::new(EvidenceState::Unverifiable, &why)
}
