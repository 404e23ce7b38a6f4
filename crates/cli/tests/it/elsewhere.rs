//! Other programs verify what is signed here: securesystemslib, sigstore-js and OpenSSL, each where it is installed.

use std::path::Path;
use std::process::Command;

use crate::run::{bomtrail, finish, get, put, put_signable, shown};

/// Both kinds of key, each with the other.
const KINDS: [(&str, &str); 2] = [("ecdsa-p256", "ed25519"), ("ed25519", "ecdsa-p256")];

/// A folder with an artifact, its SBOM and a key of each kind.
fn prepared() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    put_signable(path);
    for (kind, _) in KINDS {
        assert!(shown(path, &["keygen", kind, "--kind", kind]).starts_with("exit 0"));
    }
    folder
}

/// Signs as `app.json`.
fn sign(folder: &Path, kind: &str, form: &str) {
    let mut command = bomtrail(folder);
    command.args(["attest", "app.cdx.json", "--subject", "app.tgz"]);
    command.args(["-f", form, "-o", "app.json", "--key"]);
    let signed = finish(folder, command.arg(format!("{kind}.key")));
    assert!(signed.starts_with("exit 0"), "{signed}");
}

#[expect(clippy::print_stderr, reason = "a skipped test says so")]
fn skipped(why: &str) {
    eprintln!("skipped: {why}");
}

/// Verifies the envelope with each key by securesystemslib, and prints whether it holds.
const SECURESYSTEMSLIB: &str = r#"
import json, sys
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from securesystemslib.dsse import Envelope
from securesystemslib.exceptions import VerificationError
from securesystemslib.signer import SSlibKey
with open(sys.argv[1]) as file:
    document = json.load(file)
envelope = Envelope.from_dict(document.get("dsseEnvelope", document))
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

/// A Python that has securesystemslib (`BOMTRAIL_PYTHON`, else `python3`); `None` if it is missing.
fn python() -> Option<Command> {
    let named = std::env::var_os("BOMTRAIL_PYTHON").unwrap_or_else(|| "python3".into());
    let imports = "import securesystemslib.dsse, cryptography";
    let tried = Command::new(&named).args(["-c", imports]).output();
    if tried.is_ok_and(|it| it.status.success()) {
        return Some(Command::new(named));
    }
    skipped("no Python with securesystemslib and cryptography (BOMTRAIL_PYTHON names one)");
    None
}

#[test]
fn securesystemslib_verifies_envelopes_and_bundles() {
    let folder = prepared();
    let path = folder.path();
    for (kind, other) in KINDS {
        for form in ["dsse", "bundle"] {
            let Some(mut python) = python() else { return };
            sign(path, kind, form);
            let keys = [format!("{kind}.pub"), format!("{other}.pub")];
            let script = python.args(["-c", SECURESYSTEMSLIB, "app.json"]).args(keys);
            let told = finish(path, script.current_dir(path));
            let wanted = "exit 0\n--- stdout\nhttps://cyclonedx.org/bom\nrefused\n--- stderr\n";
            assert_eq!(told, wanted);
        }
    }
}

/// Verifies the bundle with each key by sigstore-js, and prints whether it holds.
const SIGSTORE_JS: &str = r"
const fs = require('node:fs'), crypto = require('node:crypto');
const [modules, bundle, ...keys] = process.argv.slice(1);
const load = (name) => require(require.resolve(name, {paths: [modules]}));
const {Verifier, toSignedEntity} = load('@sigstore/verify');
const {bundleFromJSON} = load('@sigstore/bundle');
const none = {tlogThreshold: 0, ctlogThreshold: 0, tsaThreshold: 0, timestampThreshold: 0};
for (const path of keys) {
  const publicKey = crypto.createPublicKey(fs.readFileSync(path));
  const trusted = {certificateAuthorities: [], timestampAuthorities: [], tlogs: [], ctlogs: [],
    publicKey: () => ({publicKey, validFor: () => true})};
  const entity = toSignedEntity(bundleFromJSON(JSON.parse(fs.readFileSync(bundle))));
  try {
    new Verifier(trusted, none).verify(entity);
    console.log('verified');
  } catch (error) {
    console.log(error.code);
  }
}
";

/// The folder of modules that has sigstore-js: `BOMTRAIL_NODE_MODULES`, else that of npm, which brings it; `None` if it is missing.
fn node_modules() -> Option<String> {
    let named = std::env::var("BOMTRAIL_NODE_MODULES").ok().or_else(|| {
        let root = Command::new("npm").args(["root", "-g"]).output().ok()?;
        let root = String::from_utf8(root.stdout).ok()?;
        Some(format!("{}/npm/node_modules", root.trim()))
    });
    let has = |it: &String| Path::new(it).join("@sigstore/verify/package.json").exists();
    let runs = Command::new("node").arg("--version").output();
    let found = named
        .filter(has)
        .filter(|_| runs.is_ok_and(|it| it.status.success()));
    if found.is_none() {
        skipped("no Node.js with @sigstore/verify (BOMTRAIL_NODE_MODULES names its folder)");
    }
    found
}

#[test]
fn sigstore_js_verifies_bundles() {
    let Some(modules) = node_modules() else {
        return;
    };
    let folder = prepared();
    let path = folder.path();
    for (kind, other) in KINDS {
        sign(path, kind, "bundle");
        let mut node = Command::new("node");
        node.args(["-e", SIGSTORE_JS, "--", &modules, "app.json"]);
        node.args([format!("{kind}.pub"), format!("{other}.pub")]);
        let told = finish(path, node.current_dir(path));
        let wanted = "exit 0\n--- stdout\nverified\nSIGNATURE_ERROR\n--- stderr\n";
        assert_eq!(told, wanted);
    }
}

/// What `openssl` says of a signature over a file: `EdDSA` takes no separate digest, so the two kinds are asked differently.
fn openssl(folder: &Path, kind: &str, key: &str) -> Option<bool> {
    let mut command = Command::new("openssl");
    let key = format!("{key}.pub");
    if kind == "ed25519" {
        command.args(["pkeyutl", "-verify", "-pubin", "-inkey", &key, "-rawin"]);
        command.args(["-in", "pae", "-sigfile", "sig"]);
    } else {
        command.args(["dgst", "-sha256", "-verify", &key, "-signature", "sig"]);
        command.arg("pae");
    }
    let output = command.current_dir(folder).output().ok()?;
    Some(output.status.success())
}

/// Writes what base64 stands for, by OpenSSL too.
fn decode(folder: &Path, text: &str, name: &str) -> Option<()> {
    put(folder, "text", text);
    let mut command = Command::new("openssl");
    command.args(["base64", "-d", "-A", "-in", "text", "-out", name]);
    let output = command.current_dir(folder).output().ok()?;
    output.status.success().then_some(())
}

#[test]
fn openssl_verifies_what_an_envelope_signs() {
    let folder = prepared();
    let path = folder.path();
    for (kind, other) in KINDS {
        sign(path, kind, "dsse");
        let envelope: serde_json::Value = serde_json::from_str(&get(path, "app.json")).unwrap();
        let text = |pointer: &str| envelope.pointer(pointer).unwrap().as_str().unwrap();
        if decode(path, text("/payload"), "payload").is_none() {
            return skipped("no OpenSSL");
        }
        decode(path, text("/signatures/0/sig"), "sig").unwrap();
        // The pre-authentication encoding, from its specification.
        let (kind_of, body) = (text("/payloadType"), get(path, "payload"));
        let (type_length, length) = (kind_of.len(), body.len());
        let signed = format!("DSSEv1 {type_length} {kind_of} {length} {body}");
        put(path, "pae", &signed);
        assert_eq!(openssl(path, kind, kind), Some(true), "{kind}");
        put(path, "pae", &signed.replace("1.6", "1.5"));
        assert_eq!(openssl(path, kind, kind), Some(false), "{kind}");
        put(path, "pae", &signed);
        assert_eq!(openssl(path, kind, other), Some(false), "{kind}");
    }
}
