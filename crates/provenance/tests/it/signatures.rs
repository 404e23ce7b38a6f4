//! The `SIGNATURE` in an archive of CPAN: its files are compared with it, and only signed content counts.

use std::io::Write as _;
use std::path::Path;

use bomtrail_graph::{
    Attestation, Component, Diagnostics, EvidenceState, Hash, HashAlgorithm, Origin, Purl, Role,
};
use bomtrail_provenance::{Sidecar, Trust, annotate};
use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest as _, Sha256};

use crate::project::graph;

const MODULE: (&str, &str) = ("A-1.0/lib/A.pm", "package A; 1;\n");
const MANIFEST: (&str, &str) = ("A-1.0/MANIFEST", "lib/A.pm\nMANIFEST\nSIGNATURE\n");

fn signature() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/openpgp/SIGNATURE");
    std::fs::read_to_string(path).unwrap()
}

/// One entry of a tar archive, with its padding.
fn entry(name: &str, kind: u8, content: &[u8]) -> Vec<u8> {
    let mut header = [0_u8; 512];
    header[..name.len()].copy_from_slice(name.as_bytes());
    header[124..135].copy_from_slice(format!("{:011o}", content.len()).as_bytes());
    header[156] = kind;
    header[257..265].copy_from_slice(b"ustar\x0000");
    // The checksum is over the header with spaces in place of the checksum.
    header[148..156].fill(b' ');
    let sum: u32 = header.iter().map(|it| u32::from(*it)).sum();
    header[148..155].copy_from_slice(format!("{sum:06o}\0").as_bytes());
    let mut all = [&header, content].concat();
    all.resize(all.len().next_multiple_of(512), 0);
    all
}

fn packed(tar: &[u8]) -> Vec<u8> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
    gzip.write_all(tar).unwrap();
    gzip.finish().unwrap()
}

/// An archive of these files.
fn archive(files: &[(&str, &str)]) -> Vec<u8> {
    let entries = files
        .iter()
        .map(|(name, text)| entry(name, b'0', text.as_bytes()));
    packed(&[entries.collect::<Vec<_>>().concat(), vec![0; 1024]].concat())
}

fn good() -> Vec<u8> {
    archive(&[MODULE, MANIFEST, ("A-1.0/SIGNATURE", &signature())])
}

/// The verdict on an archive's signature; `is_locked` where the project pins these very bytes.
fn verdict(archive: &[u8], trust: &Trust, is_locked: bool) -> Option<Attestation> {
    let purl = Purl::parse("pkg:cpan/A@1.0?author=ABC").unwrap();
    let mut component = Component::new("A").with(|it| {
        it.version = Some("1.0".into());
        it.place = "here".into();
        it.role = Role::Dependency;
        it.origin = Origin::Registry;
    });
    component.purl = Some(purl);
    if is_locked {
        let hash = Hash::new(HashAlgorithm::Sha256, &Sha256::digest(archive));
        component.hashes = hash.into_iter().collect();
    }
    let graph = graph(vec![component]);
    let mut diagnostics = Diagnostics::new();
    let sidecar = Sidecar::read("side/A-1.0.tar.gz", archive, &mut diagnostics);
    let (table, more) = annotate(&graph, &[sidecar], trust, 1);
    assert!(diagnostics.is_empty() && more.is_empty());
    let provenance = table.iter().next().unwrap().1.clone();
    provenance.attestations.into_iter().next()
}

fn state(archive: &[u8]) -> (EvidenceState, String) {
    let it = verdict(archive, &Trust::new(None, None).unwrap(), true).unwrap();
    (it.evidence.state, it.evidence.reason.to_string())
}

#[test]
fn a_signature_that_is_not_verified_is_no_proof_but_its_list_is_compared() {
    let (found, reason) = state(&good());
    assert_eq!(found, EvidenceState::Unverifiable);
    assert!(reason.contains("not verified here"), "{reason}");
    let trust = Trust::new(None, None).unwrap();
    assert_eq!(verdict(&archive(&[MODULE, MANIFEST]), &trust, true), None);
    assert_eq!(verdict(b"no archive", &trust, true), None);
    assert_eq!(verdict(&good()[..60], &trust, true), None);
}

#[test]
fn a_file_that_is_not_as_it_is_listed_fails() {
    let text = signature();
    let signed = ("A-1.0/SIGNATURE", &*text);
    let changed = ("A-1.0/lib/A.pm", "package A; evil(); 1;\n");
    for files in [
        &[changed, MANIFEST, signed][..],
        &[MANIFEST, signed],
        // The one that is unpacked last counts.
        &[MODULE, MANIFEST, signed, changed],
        // Next to the folder, and not in it.
        &[("B-1.0/lib/A.pm", MODULE.1), MANIFEST, signed],
    ] {
        let (found, reason) = state(&archive(files));
        assert_eq!(found, EvidenceState::Failed, "{reason}");
        assert!(reason.contains("`lib/A.pm`"), "{reason}");
    }
    // A link in its place has no content of its own.
    let link = [
        entry(MODULE.0, b'2', b""),
        entry(MANIFEST.0, b'0', MANIFEST.1.as_bytes()),
        entry(signed.0, b'0', text.as_bytes()),
    ];
    assert_eq!(state(&packed(&link.concat())).0, EvidenceState::Failed);
}

#[test]
fn what_is_no_list_fails() {
    let good = signature();
    for text in [
        good.replace("SHA256 ", "SHA256\t"),
        good.replace("SHA256 ", "MD5 "),
        good.replace("SHA256 ", "system "),
        good.replace("-----BEGIN PGP SIGNED MESSAGE-----", ""),
        good.replace("-----BEGIN PGP SIGNATURE-----", ""),
        format!("{good}\nSHA256 00 lib/B.pm\n"),
        format!("{good}{good}"),
        "nothing".to_owned(),
    ] {
        let (found, reason) = state(&archive(&[MODULE, MANIFEST, ("A-1.0/SIGNATURE", &text)]));
        assert_eq!(found, EvidenceState::Failed, "{text}");
        assert!(reason.contains("is not taken"), "{reason}");
    }
}

#[test]
fn long_names_are_put_together() {
    let text = signature();
    let pax = "23 path=A-1.0/lib/A.pm\n";
    for (kind, name) in [(b'L', MODULE.0), (b'x', pax)] {
        let entries = [
            entry("long", kind, name.as_bytes()),
            entry("cut", b'0', MODULE.1.as_bytes()),
            entry(MANIFEST.0, 0, MANIFEST.1.as_bytes()),
            entry("A-1.0", b'5', b""),
            entry("./A-1.0/SIGNATURE", b'0', text.as_bytes()),
        ];
        let (found, reason) = state(&packed(&entries.concat()));
        assert_eq!(found, EvidenceState::Unverifiable, "{reason}");
    }
}

#[cfg(feature = "openpgp")]
#[test]
fn an_author_who_signed_all_files_of_the_archive_in_use_is_verified() {
    let key = |name: &str| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/openpgp");
        std::fs::read(folder.join(name)).unwrap()
    };
    let trust = |name: &str| {
        Trust::new(None, None)
            .unwrap()
            .cpan_keys(&key(name))
            .unwrap()
    };
    let evidence = |archive: &[u8], name: &str, is_locked: bool| {
        verdict(archive, &trust(name), is_locked).unwrap().evidence
    };
    let it = evidence(&good(), "signer.pub", true);
    assert_eq!(it.state, EvidenceState::Verified, "{}", it.reason);
    let it = evidence(&good(), "other.pub", true);
    assert_eq!(it.state, EvidenceState::Unverifiable, "{}", it.reason);
    let it = evidence(&good(), "signer.pub", false);
    assert_eq!(it.state, EvidenceState::Unverifiable, "{}", it.reason);
    assert!(it.reason.contains("the one in use"), "{}", it.reason);
    let text = signature();
    let signed = ("A-1.0/SIGNATURE", &*text);
    for more in [("A-1.0/lib/B.pm", "evil"), ("evil", ""), MODULE] {
        let it = evidence(
            &archive(&[MODULE, MANIFEST, signed, more]),
            "signer.pub",
            true,
        );
        assert_eq!(it.state, EvidenceState::Unverifiable, "{}", it.reason);
        assert!(it.reason.contains("not all files"), "{}", it.reason);
    }
    // The list is of files that are there, and is not the one that was signed.
    let changed = ("A-1.0/lib/A.pm", "evil");
    let digest = |text: &str| {
        Hash::new(HashAlgorithm::Sha256, &Sha256::digest(text))
            .unwrap()
            .hex()
    };
    let text = text.replace(&digest(MODULE.1), &digest(changed.1));
    let forged = [changed, MANIFEST, ("A-1.0/SIGNATURE", &*text)];
    let it = evidence(&archive(&forged), "signer.pub", true);
    assert_eq!(it.state, EvidenceState::Failed, "{}", it.reason);
}
