//! Attestations on the command line, where no real one is at hand: the fixtures' made-up authority, and a system without a
//! network.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::run::{bomtrail, finish, get, put, put_signable, shown};

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

/// What a run in a fixture gave, with the files next to the lockfile.
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

/// The program in a namespace that has no network but a loopback which is down; `None` where namespaces are not available.
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

/// The same command in a namespace without a network and outside of it; false where namespaces are not available.
fn is_the_same_without_a_network(folder: &Path, arguments: &[&str], wanted: &str) -> bool {
    let Some(mut alone) = without_network(folder) else {
        return false;
    };
    let alone = finish(folder, alone.args(arguments));
    let connected = finish(folder, bomtrail(folder).args(arguments));
    assert!(alone.starts_with(wanted), "{arguments:?}: {alone}");
    assert_eq!(alone, connected);
    true
}

/// The SHA-512 that the fixture's lockfile pins for its first package.
const PINNED: &str = "sha512:df5c8237c39ef664c288f4b4595eca000aeb9fdc6447ddbe570b7432b352707ab2db496f7170cb13bd6add66e7f3483949\
    5f681a34d34d81e555483e07f25177";

#[test]
fn nothing_is_missed_without_a_network() {
    let folder = fixture("provenance/attested");
    let time = ["--timestamp", "2026-11-21T00:00:00Z"];
    for arguments in [
        &["verify", "--require", "E4", "-f", "json"][..],
        &["verify", "--signer-changes", ".", "-f", "text"],
        &[&["sbom"][..], &time].concat(),
        &[&["sbom", "--declarations"][..], &time].concat(),
        &[&["sbom", "-f", "spdx-json"][..], &time].concat(),
        &[&["sbom", "-f", "spdx-json@3.0.1"][..], &time].concat(),
        &[&["report", "--profile", "cra", "-f", "json"][..], &time].concat(),
    ] {
        let all = [arguments, &GIVEN].concat();
        if !is_the_same_without_a_network(&folder, &all, "exit 0") {
            return;
        }
    }
    let bundle = ["verify-bundle", "attestations.json", "--digest", PINNED];
    let trust = &GIVEN[2..];
    for entry in ["0", "1"] {
        let all = [&bundle[..], &["--entry", entry], trust].concat();
        assert!(is_the_same_without_a_network(&folder, &all, "exit 0"));
    }
    let all = [&bundle[..], &["--entry", "3"], trust].concat();
    assert!(is_the_same_without_a_network(&folder, &all, "exit 1"));
    let check = ["check", "--date", "2026-11-21", "-f", "json"];
    for (name, allowed, wanted) in [
        ("attested", "provenance/required", "exit 0"),
        ("attested", "provenance/failed", "exit 1"),
        ("disproved", "provenance/required", "exit 1"),
    ] {
        let all = [&check[..], &["-A", allowed], &GIVEN].concat();
        let folder = fixture(&format!("approvals/policy-provenance-{name}"));
        assert!(is_the_same_without_a_network(&folder, &all, wanted));
    }
}

#[test]
fn what_is_signed_without_a_network_is_verified_without_one() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    put_signable(path);
    let alone = |arguments: &[&str]| {
        let mut command = without_network(path)?;
        Some(finish(path, command.args(arguments)))
    };
    let attest = ["attest", "app.cdx.json", "--subject", "app.tgz"];
    let verify = ["verify-bundle", "app.json", "--artifact", "app.tgz"];
    for arguments in [
        &["keygen", "ours"][..],
        &[&attest[..], &["--key", "ours.key", "-o", "app.json"]].concat(),
        &[&verify[..], &["--key", "ours.pub"]].concat(),
    ] {
        let Some(told) = alone(arguments) else { return };
        assert!(told.starts_with("exit 0"), "{told}");
    }
}

/// What changed since an older state, where the fixture's package is now built on a runner of somebody's own.
fn changed_since(arguments: &[&str]) -> String {
    let all = [&["verify"][..], &GIVEN, &["--signer-changes"], arguments].concat();
    shown(&fixture("provenance/self-hosted-runner"), &all)
}

const CHANGES: [&str; 2] = [
    "CHANGED attested 1.0.0 -> 1.0.0: runner was github-hosted, is self-hosted",
    "CHANGED attested 1.0.0 -> 1.0.0: slsa-build-level was 2, is 1",
];

fn assert_changed(told: &str) {
    assert!(told.starts_with("exit 1"), "{told}");
    let lines: Vec<&str> = told
        .lines()
        .filter(|it| it.starts_with("CHANGED"))
        .collect();
    assert_eq!(lines, CHANGES, "{told}");
}

#[test]
fn a_changed_signer_is_told_whatever_the_older_state_is() {
    let folder = tempfile::tempdir().unwrap();
    let before = fixture("provenance/attested");
    let attestations = before.join("attestations.json");
    let attestations = attestations.to_str().unwrap();
    let old = ["--old-attestations", attestations];
    // A folder, and a lockfile.
    for name in ["", "package-lock.json"] {
        let path = before.join(name);
        let told = changed_since(&[&[path.to_str().unwrap()], &old[..]].concat());
        assert_changed(&told);
    }
    // What an SBOM said when it was made, even where what is given now would prove the same of it.
    for format in ["cyclonedx-json", "spdx-json", "spdx-json@3.0.1"] {
        let path = folder.path().join(format!("{format}.json"));
        let path = path.to_str().unwrap();
        let made = [&["sbom", "-f", format, "-o", path][..], &GIVEN].concat();
        let made = shown(&before, &made);
        assert!(made.starts_with("exit 0"), "{made}");
        assert_changed(&changed_since(&[path]));
    }
    // Nothing changed.
    let lock = ["verify", "--signer-changes", "package-lock.json"];
    let same = with_attestations("provenance/self-hosted-runner", &lock);
    assert!(same.starts_with("exit 0"), "{same}");
}

#[test]
fn an_older_state_may_be_one_that_git_has() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    for name in ["package-lock.json", "trusted-root.json", "npm-keys.json"] {
        put(path, name, &get(&fixture("provenance/attested"), name));
    }
    let was = get(&fixture("provenance/attested"), "attestations.json");
    put(path, "was.json", &was);
    let now = get(
        &fixture("provenance/self-hosted-runner"),
        "attestations.json",
    );
    put(path, "attestations.json", &now);
    let names = ["-c", "user.name=a", "-c", "user.email=a@example.com"];
    let commit = [&names[..], &["commit", "-q", "-m", "first"]].concat();
    for arguments in [&["init", "-q"][..], &["add", "package-lock.json"], &commit] {
        let mut git = Command::new("git");
        assert!(
            git.args(arguments)
                .current_dir(path)
                .status()
                .unwrap()
                .success()
        );
    }
    let since = |state: &str| {
        let old = ["--signer-changes", state, "--old-attestations", "was.json"];
        let all = [&["verify"][..], &GIVEN, &old].concat();
        let mut command = bomtrail(path);
        command.env("PATH", std::env::var_os("PATH").unwrap());
        finish(path, command.args(all))
    };
    let told = since("git:HEAD:package-lock.json");
    for line in CHANGES {
        assert!(told.contains(line), "{told}");
    }
    assert!(since("git:HEAD:gone.json").starts_with("exit 2"));
    assert!(since("git:gone:package-lock.json").starts_with("exit 2"));
}
