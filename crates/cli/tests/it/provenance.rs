//! Verification on the command line: exit codes, and keys that stay where they are.

use std::path::{Path, PathBuf};

use bomtrail_testkit::sample;

use crate::run::{bomtrail, finish, get, put, put_signable, shown};

fn corpus() -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus/provenance");
    if path.is_dir() {
        return Some(path);
    }
    assert!(!path.exists());
    None
}

#[test]
fn every_verdict_of_the_corpus_is_an_exit_code() {
    let Some(folder) = corpus() else { return };
    let table = get(&folder, "VERDICTS.tsv");
    let mut wrong = Vec::new();
    for line in sample(table.lines().skip(1).collect(), 4) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [file, index, artifact, root, .., combined, _split] = cells.as_slice() else {
            panic!("{line}");
        };
        let mut command = bomtrail(&folder);
        command.arg("verify-bundle").arg(file).arg("-q");
        let given = if artifact.contains(':') {
            "--digest"
        } else {
            "--artifact"
        };
        command.args([given, artifact]);
        if *index != "-" {
            command.args(["--entry", index]);
        }
        if *root != "prod" {
            command.args(["--trusted-root", root]);
        }
        let key = Path::new(file).with_file_name("key.pub");
        if folder.join(&key).exists() {
            command.arg("--key").arg(&key);
        }
        let code = command.output().unwrap().status.code();
        let wanted = i32::from(*combined != "ok");
        if code != Some(wanted) {
            wrong.push(format!("{file} {index}: {code:?}"));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn what_cannot_be_told_is_neither_yes_nor_no() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "a.json", "{}");
    let digest = format!("sha512:{}", "0".repeat(128));
    let run = |arguments: &[&str]| -> String {
        let all: Vec<&str> = ["verify-bundle"].iter().chain(arguments).copied().collect();
        shown(folder.path(), &all)
    };
    assert!(run(&["gone.json", "--digest", &digest]).starts_with("exit 2"));
    assert!(run(&["a.json", "--digest", "sha512:12"]).starts_with("exit 2"));
    assert!(run(&["a.json"]).starts_with("exit 2"));
    assert!(run(&["a.json", "--digest", &digest]).starts_with("exit 1"));
    put(
        folder.path(),
        "b.json",
        r#"{"mediaType":"application/vnd.dev.sigstore.bundle.v9+json"}"#,
    );
    assert!(run(&["b.json", "--digest", &digest]).starts_with("exit 2"));
}

#[test]
#[expect(
    clippy::too_many_lines,
    reason = "one story, told with both kinds of key"
)]
fn an_sbom_is_signed_and_verified_and_the_private_key_is_not_shown() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    put_signable(path);
    for kind in ["ecdsa-p256", "ed25519"] {
        let key = format!("{kind}.key");
        let made = shown(path, &["keygen", kind, "--kind", kind]);
        assert!(made.starts_with("exit 0"), "{made}");
        let secret = get(path, &key);
        let secret = secret.lines().nth(1).unwrap();
        let signed = shown(
            path,
            &[
                "attest",
                "app.cdx.json",
                "--subject",
                "app.tgz",
                "--key",
                &key,
                "-o",
                "app.json",
            ],
        );
        assert!(signed.starts_with("exit 0"), "{signed}");
        let public = format!("{kind}.pub");
        let verified = shown(
            path,
            &[
                "verify-bundle",
                "app.json",
                "--artifact",
                "app.tgz",
                "--key",
                &public,
            ],
        );
        assert!(verified.starts_with("exit 0"), "{verified}");
        let other = shown(
            path,
            &[
                "verify-bundle",
                "app.json",
                "--artifact",
                "app.cdx.json",
                "--key",
                &public,
            ],
        );
        assert!(other.starts_with("exit 1"), "{other}");
        for text in [
            &made,
            &signed,
            &verified,
            &other,
            &get(path, "app.json"),
            &get(path, &public),
        ] {
            assert!(!text.contains(secret), "the private key is shown");
        }
        // What is there already stays.
        assert!(shown(path, &["keygen", kind]).starts_with("exit 2"));
        assert!(get(path, &key).contains(secret));
    }
    let statement = shown(
        path,
        &[
            "attest",
            "app.cdx.json",
            "--subject",
            "app.tgz",
            "--emit-statement",
        ],
    );
    assert!(
        statement.contains("https://in-toto.io/Statement/v1"),
        "{statement}"
    );
}

#[test]
fn what_is_required_and_missing_fails() {
    let folder = tempfile::tempdir().unwrap();
    let lock = r#"{"name":"app","version":"1.0.0","lockfileVersion":3,"packages":{"":{"dependencies":{"a":"1"}},
        "node_modules/a":{"version":"1.0.0","resolved":"https://npmjs.org/a/-/a-1.0.0.tgz"}}}"#;
    put(folder.path(), "package-lock.json", lock);
    let run = |arguments: &[&str]| {
        finish(
            folder.path(),
            bomtrail(folder.path())
                .arg("verify")
                .args(arguments)
                .arg("-q"),
        )
    };
    assert!(run(&[]).starts_with("exit 0"));
    assert!(run(&["--require", "e1"]).starts_with("exit 1"));
    assert!(run(&["--require", "E9"]).starts_with("exit 2"));
    assert!(run(&["--attestations", "gone.json"]).starts_with("exit 2"));
    assert!(run(&["--attestations", "package-lock.json"]).starts_with("exit 2"));
}
