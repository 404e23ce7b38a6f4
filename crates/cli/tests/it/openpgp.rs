//! Keys of CPAN on the command line, where the program is built with them.

use std::path::Path;

use crate::run::{get, put, shown};

#[test]
fn a_list_that_is_signed_with_a_given_key_is_verified() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../provenance/tests/openpgp");
    put(path, "side/CHECKSUMS", &get(&data, "CHECKSUMS.sha1"));
    put(path, "side/A-1.0.tar.gz", "the archive");
    for name in ["signer.pub", "other.pub"] {
        put(path, name, &get(&data, name));
    }
    let snapshot = "# carton snapshot format: version 1.0\nDISTRIBUTIONS\n  A-1.0\n    \
                    pathname: A/AB/ABC/A-1.0.tar.gz\n    provides:\n      A 1.0\n";
    put(path, "cpanfile.snapshot", snapshot);
    let with = |arguments: &[&str], key: &str| {
        let given = ["--attestations", "side", "--cpan-keys", key];
        shown(path, &[arguments, &given].concat())
    };
    let told = with(&["verify", "--require", "E2"], "signer.pub");
    assert!(told.starts_with("exit 0"), "{told}");
    assert!(told.contains("with a weak digest algorithm"), "{told}");
    assert!(told.contains("cpan keys: sha256:"), "{told}");
    let told = with(&["verify", "--require", "E2"], "other.pub");
    assert!(told.starts_with("exit 1"), "{told}");
    assert!(told.contains("none of those given"), "{told}");
    let told = with(&["verify"], "cpanfile.snapshot");
    assert!(told.starts_with("exit 2"), "{told}");
    let told = with(&["verify", "-f", "json"], "signer.pub");
    assert!(told.contains("\"cpanKeys\""), "{told}");
    let told = with(&["sbom"], "signer.pub");
    assert!(told.contains("cpan-keys sha256:"), "{told}");
    let list = get(path, "side/CHECKSUMS").replace("2015", "2016");
    put(path, "side/CHECKSUMS", &list);
    let told = with(&["verify"], "signer.pub");
    assert!(told.starts_with("exit 1"), "{told}");
    assert!(told.contains("is not one of the key"), "{told}");
}
