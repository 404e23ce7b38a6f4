//! Attestations on the command line, where no real one is at hand: the fixtures' made-up authority, a system without a network,
//! and another program that reads what is signed here.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::run::{bomtrail, finish, put, shown};

/// What is given with every fixture.
const GIVEN: [&str; 6] = [
    "--attestations",
    "attestations.json",
    "--trusted-root",
    "trusted-root.json",
    "--npm-keys",
    "npm-keys.json",
];

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../fixtures")
        .join(name)
        .canonicalize()
        .unwrap()
}

/// What a run in a fixture gave, with what lies beside the lockfile.
fn with_attestations(name: &str, arguments: &[&str]) -> String {
    let all: Vec<&str> = arguments.iter().chain(&GIVEN).copied().collect();
    shown(&fixture(name), &all)
}

#[test]
fn a_check_sees_what_is_proved() {
    let check = ["check", "--date", "2026-11-21", "-D", "provenance/required"];
    let attested = "approvals/policy-provenance-attested";
    let told = with_attestations(attested, &check);
    assert!(told.starts_with("exit 1"), "{told}");
    assert!(told.contains("  plain@3.0.0"), "{told}");
    assert!(!told.contains("  attested@1.0.0"), "{told}");
    // Without attestations, nothing is known of any.
    let told = shown(&fixture(attested), &check);
    assert!(told.contains("  attested@1.0.0"), "{told}");
    let quiet = [&check[..3], &["-A", "provenance/required"]].concat();
    let told = with_attestations(attested, &quiet);
    assert!(told.starts_with("exit 0"), "{told}");
    let told = with_attestations("approvals/policy-provenance-disproved", &check[..3]);
    assert!(told.starts_with("exit 1"), "{told}");
    assert!(told.contains("provenance/failed"), "{told}");
    let told = shown(
        &fixture(attested),
        &[&check[..], &["--attestations", "gone"]].concat(),
    );
    assert!(told.starts_with("exit 2"), "{told}");
}

/// The program in a namespace that has no network but a loopback which is down; nothing where there are no namespaces.
#[expect(clippy::print_stderr, reason = "a skipped test says so")]
fn without_network(folder: &Path) -> Option<Command> {
    let tried = Command::new("unshare").args(["-rn", "true"]).output();
    if !tried.is_ok_and(|it| it.status.success()) {
        eprintln!("skipped: `unshare -rn` does not work here");
        return None;
    }
    let mut command = Command::new("unshare");
    command
        .args(["-rn", env!("CARGO_BIN_EXE_bomtrail")])
        .current_dir(folder);
    Some(command)
}

#[test]
fn nothing_is_missed_without_a_network() {
    let folder = fixture("provenance/attested");
    for arguments in [
        &["verify", "--require", "E4", "-f", "json"][..],
        &["sbom", "--timestamp", "2026-11-21T00:00:00Z"],
        &[
            "sbom",
            "--timestamp",
            "2026-11-21T00:00:00Z",
            "-f",
            "spdx-json",
        ],
    ] {
        let Some(mut alone) = without_network(&folder) else {
            return;
        };
        let alone = finish(&folder, alone.args(arguments).args(GIVEN));
        let connected = finish(&folder, bomtrail(&folder).args(arguments).args(GIVEN));
        assert!(alone.starts_with("exit 0"), "{alone}");
        assert_eq!(alone, connected);
    }
}

/// Verifies the envelope with each key by securesystemslib, and prints whether it holds.
const SECURESYSTEMSLIB: &str = r#"
import json, sys
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from securesystemslib.dsse import Envelope
from securesystemslib.exceptions import VerificationError
from securesystemslib.signer import SSlibKey
with open(sys.argv[1]) as file:
    envelope = Envelope.from_dict(json.load(file))
for path in sys.argv[2:]:
    with open(path, "rb") as file:
        key = SSlibKey.from_crypto(load_pem_public_key(file.read()))
    # The id is a hint that no signature covers, and each program makes its own.
    key.keyid = next(iter(envelope.signatures))
    try:
        envelope.verify([key], 1)
        print(json.loads(envelope.payload)["predicateType"])
    except VerificationError:
        print("refused")
"#;

/// A Python that has securesystemslib (`BOMTRAIL_PYTHON`, else `python3`); nothing where none is.
#[expect(clippy::print_stderr, reason = "a skipped test says so")]
fn python() -> Option<Command> {
    let named = std::env::var_os("BOMTRAIL_PYTHON").unwrap_or_else(|| "python3".into());
    let imports = "import securesystemslib.dsse, cryptography";
    let tried = Command::new(&named).args(["-c", imports]).output();
    if tried.is_ok_and(|it| it.status.success()) {
        return Some(Command::new(named));
    }
    eprintln!(
        "skipped: no Python with securesystemslib and cryptography (BOMTRAIL_PYTHON names one)"
    );
    None
}

#[test]
fn another_program_verifies_what_is_signed_here() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    put(path, "app.tgz", "the artifact");
    put(
        path,
        "app.cdx.json",
        r#"{"bomFormat":"CycloneDX","specVersion":"1.6"}"#,
    );
    for kind in ["ecdsa-p256", "ed25519"] {
        assert!(shown(path, &["keygen", kind, "--kind", kind]).starts_with("exit 0"));
    }
    for (kind, other) in [("ecdsa-p256", "ed25519"), ("ed25519", "ecdsa-p256")] {
        let Some(mut python) = python() else { return };
        let key = format!("{kind}.key");
        let attest = [
            "attest",
            "app.cdx.json",
            "--subject",
            "app.tgz",
            "-f",
            "dsse",
        ];
        let signed = shown(
            path,
            &[&attest[..], &["--key", &key, "-o", "app.json"]].concat(),
        );
        assert!(signed.starts_with("exit 0"), "{signed}");
        let keys = [format!("{kind}.pub"), format!("{other}.pub")];
        let script = python.args(["-c", SECURESYSTEMSLIB, "app.json"]).args(keys);
        let told = finish(path, script.current_dir(path));
        let wanted = "exit 0\n--- stdout\nhttps://cyclonedx.org/bom\nrefused\n--- stderr\n";
        assert_eq!(told, wanted);
    }
}
