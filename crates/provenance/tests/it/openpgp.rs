//! Signatures of CPAN, verified with keys that are given: those that `GnuPG` made, and real ones where the corpus is.

use std::path::Path;

use bomtrail_graph::{
    Axis, Component, Diagnostics, EvidenceLevel, EvidenceState, Origin, Provenance, Purl, Role,
};
use bomtrail_provenance::{Keyring, Sidecar, Trust, TrustError, annotate};

use crate::corpus::corpus;
use crate::project::graph;

const ARCHIVE: &[u8] = b"the archive";

fn data(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/openpgp");
    std::fs::read(folder.join(name)).unwrap()
}

fn text(name: &str) -> String {
    String::from_utf8(data(name)).unwrap()
}

fn distribution(purl: &str) -> Component {
    let purl = Purl::parse(purl).unwrap();
    let mut component = Component::new(&purl.name()).with(|it| {
        it.version = purl.version().map(|it| (*it).into());
        it.place = "here".into();
        it.role = Role::Dependency;
        it.origin = Origin::Registry;
    });
    component.purl = Some(purl);
    component
}

/// The evidence from a list, with these keys and with this archive next to it.
fn proved(list: &str, keys: &[u8], archive: Option<&[u8]>) -> (Provenance, Vec<&'static str>) {
    let graph = graph(vec![distribution("pkg:cpan/A@1.0?author=ABC")]);
    let trust = Trust::new(None, None).unwrap().cpan_keys(keys).unwrap();
    let mut told = Diagnostics::new();
    let mut sidecars = vec![Sidecar::read("d/CHECKSUMS", list.as_bytes(), &mut told)];
    sidecars.extend(archive.map(|it| Sidecar::read("d/A-1.0.tar.gz", it, &mut told)));
    let (table, more) = annotate(&graph, &sidecars, &trust, 1);
    told.append(more);
    let provenance = table.iter().next().unwrap().1.clone();
    (provenance, told.iter().map(|it| it.code.id).collect())
}

/// State and reason of the signature, with the archive that is listed.
fn signed(list: &str, keys: &[u8]) -> (EvidenceState, String) {
    let (it, _) = proved(list, keys, Some(ARCHIVE));
    let evidence = it.evidence(Axis::RegistrySigned);
    (evidence.state, evidence.reason.to_string())
}

#[test]
fn a_good_signature_of_a_given_key_is_verified() {
    for keys in ["signer.pub", "signer.gpg"] {
        for list in ["primary", "subkey"] {
            let list = text(&format!("CHECKSUMS.{list}"));
            let (it, told) = proved(&list, &data(keys), Some(ARCHIVE));
            let evidence = it.evidence(Axis::RegistrySigned);
            assert_eq!(evidence.state, EvidenceState::Verified, "{evidence:?}");
            assert!(!evidence.reason.contains("weak"), "{evidence:?}");
            assert_eq!((it.level(), told), (EvidenceLevel::E2, vec![]));
        }
    }
    let ring = [data("other.pub"), data("signer.pub")].concat();
    let (state, reason) = signed(&text("CHECKSUMS.primary"), &ring);
    assert_eq!(state, EvidenceState::Verified);
    assert_eq!(reason, "signed with the OpenPGP key AECE10084B9BC36A");
    let (state, reason) = signed(&text("CHECKSUMS.sha1"), &ring);
    assert_eq!(state, EvidenceState::Verified);
    assert!(reason.contains("weak digest"), "{reason}");
    // Each of two signers is judged.
    let two = text("CHECKSUMS.twokeys");
    assert_eq!(signed(&two, &ring).0, EvidenceState::Verified);
    assert_eq!(signed(&two, &data("other.pub")).0, EvidenceState::Verified);
}

#[test]
fn a_key_that_is_not_given_is_no_failure() {
    for (list, keys) in [
        ("CHECKSUMS.other", "signer.pub"),
        ("CHECKSUMS.primary", "other.pub"),
        ("CHECKSUMS.subkey", "other.pub"),
    ] {
        let (state, reason) = signed(&text(list), &data(keys));
        assert_eq!(state, EvidenceState::Unverifiable, "{reason}");
        assert!(reason.contains("which was not given"), "{reason}");
    }
}

#[test]
fn a_key_that_did_not_hold_when_it_signed_fails() {
    for (name, why) in [("ended", "not valid any more"), ("revoked", "was revoked")] {
        let list = text(&format!("CHECKSUMS.{name}"));
        let (state, reason) = signed(&list, &data(&format!("{name}.pub")));
        assert_eq!(state, EvidenceState::Failed, "{reason}");
        assert!(reason.contains(why), "{reason}");
    }
}

#[test]
fn other_words_and_a_borrowed_signature_fail() {
    let good = text("CHECKSUMS.primary");
    let other = text("CHECKSUMS.other");
    let from = |list: &str| {
        let (_, block) = list.split_once("-----BEGIN PGP SIGNATURE").unwrap();
        block.to_owned()
    };
    for list in [
        good.replace("'size' => 11", "'size' => 12"),
        good.replace("A/AB/ABC", "A/AB/ABC' , 'x' => '"),
        good.replace("__END__\n", "__END__\n\n"),
        good.replace("2015 GMT", "2016 GMT"),
        // A valid signature of the same key, over something else.
        good.replace(&from(&good), &from(&text("CHECKSUMS.subkey")))
            .replace("2015 GMT", "2016 GMT"),
    ] {
        assert_ne!(list, good);
        let (state, reason) = signed(&list, &data("signer.pub"));
        assert_eq!(state, EvidenceState::Failed, "{reason}: {list}");
    }
    let borrowed = good.replace(&from(&good), &from(&other));
    let (state, _) = signed(&borrowed, &data("signer.pub"));
    assert_eq!(state, EvidenceState::Unverifiable);
}

#[test]
fn white_space_at_ends_of_lines_and_their_kind_are_not_signed() {
    let good = text("CHECKSUMS.primary");
    for list in [
        good.replace('\n', "\r\n"),
        good.replace("};\n", "}; \t\n"),
        good.replace("\n$cksum", "\n- $cksum"),
    ] {
        assert_ne!(list, good);
        let (state, reason) = signed(&list, &data("signer.pub"));
        assert_eq!(state, EvidenceState::Verified, "{reason}");
    }
}

#[test]
fn text_before_a_region_that_is_signed_well_is_refused() {
    let good = text("CHECKSUMS.primary");
    let (_, body) = good.split_once("\n\n").unwrap();
    let (body, _) = body.split_once("-----BEGIN").unwrap();
    let forged = body.replace("c8d18c54", "00000000");
    for list in [
        format!("{forged}{good}"),
        format!("{good}{forged}"),
        format!("{good}{good}"),
        format!("print 1;\n{good}"),
    ] {
        let (it, told) = proved(&list, &data("signer.pub"), Some(ARCHIVE));
        assert_eq!(told, ["provenance/checksums"], "{list}");
        assert_eq!(
            it.evidence(Axis::RegistrySigned).state,
            EvidenceState::Absent
        );
        assert_eq!(it.level(), EvidenceLevel::E0);
    }
}

#[test]
fn a_good_signature_proves_nothing_of_other_bytes_or_none() {
    let list = text("CHECKSUMS.primary");
    for (archive, wanted) in [
        (Some(&b"other bytes"[..]), EvidenceState::Failed),
        (None, EvidenceState::Unverifiable),
    ] {
        let (it, _) = proved(&list, &data("signer.pub"), archive);
        assert_eq!(it.evidence(Axis::RegistrySigned).state, wanted);
        assert_eq!(it.level(), EvidenceLevel::E0);
    }
}

#[test]
fn damaged_signatures_and_keys_are_told() {
    let good = text("CHECKSUMS.primary");
    for (from, to) in [
        ("iHUEARYI", "AAAAAAAA"),
        ("iHUEARYI", "!!!!"),
        ("iHUEARYI", "iHUE"),
    ] {
        let list = good.replace(from, to);
        assert_ne!(list, good);
        let (state, reason) = signed(&list, &data("signer.pub"));
        assert_eq!(state, EvidenceState::Failed, "{reason}");
    }
    let key = data("signer.pub");
    for keys in [
        &b""[..],
        b"no key",
        &data("CHECKSUMS.primary"),
        &key[..key.len() / 3],
    ] {
        assert!(Keyring::read(keys).is_err());
        let refused = Trust::new(None, None).unwrap().cpan_keys(keys);
        assert!(matches!(refused, Err(TrustError::CpanKeys(_))));
    }
}

#[test]
fn real_lists_of_pause() {
    let Some(folder) = corpus() else { return };
    let read = |name: &str| std::fs::read(folder.join(name)).unwrap();
    let graph = graph(vec![distribution(
        "pkg:cpan/Acme-Study-Perl@0.0.2?author=ANDK",
    )]);
    let state = |list: &str, key: &str| {
        let trust = Trust::new(None, None).unwrap();
        let trust = trust.cpan_keys(&read(key)).unwrap();
        let mut told = Diagnostics::new();
        let list = read(list);
        let sidecar = Sidecar::read("CHECKSUMS", &list, &mut told);
        let (table, _) = annotate(&graph, &[sidecar], &trust, 1);
        let evidence = table.iter().next().unwrap().1.clone();
        let evidence = evidence.evidence(Axis::RegistrySigned);
        (evidence.state, evidence.reason.to_string())
    };
    let good = "cpan/CHECKSUMS.cpanpm-ANDK-test";
    let (found, reason) = state(good, "cpan/cpanpm-PAUSE2022.pub");
    // The signature is valid; the archive to compare is missing.
    assert_eq!(found, EvidenceState::Unverifiable);
    assert!(
        reason.starts_with("signed with the OpenPGP key"),
        "{reason}"
    );
    assert!(
        reason.contains("weak") && reason.contains("no bytes"),
        "{reason}"
    );
    let (found, reason) = state(good, "cpan/TIMLEGGE2024.pub");
    assert_eq!(found, EvidenceState::Unverifiable, "{reason}");
    assert!(reason.contains("which was not given"), "{reason}");
    let tampered = "synthetic/CHECKSUMS.body-tampered";
    let (found, reason) = state(tampered, "cpan/cpanpm-PAUSE2022.pub");
    assert_eq!(found, EvidenceState::Failed, "{reason}");
}
