//! Any bytes as a file of attestations, as a bundle, as a CHECKSUMS file, and as an archive.

use std::sync::LazyLock;

use bomtrail::Diagnostics;
use bomtrail_provenance::{Checksums, Request, Sidecar, Subject, Trust, check, envelope_bundle};

static TRUST: LazyLock<Trust> = LazyLock::new(|| Trust::new(None, None).unwrap());

/// Checks everything that must hold for a file of attestations of these bytes: nothing in it proves anything of bytes that
/// with no signature, every refusal has its reason, and the verdicts are the same every time.
pub fn attestations(data: &[u8]) {
    let mut diagnostics = Diagnostics::new();
    let sidecar = Sidecar::read("attestations.json", data, &mut diagnostics);
    for wrapped in sidecar.answers.iter().flat_map(|it| &it.bundles) {
        proves_nothing(wrapped.bundle, wrapped.predicate_type.as_deref());
    }
    if sidecar.is_empty() && sidecar.archives.is_empty() {
        let text = String::from_utf8_lossy(data);
        proves_nothing(&text, None);
        if let Ok(list) = Checksums::parse(&text) {
            let named = list.files.iter().all(|it| list.file(&it.name) == Some(it));
            assert!(named, "a listed file is not found");
        }
    }
    let mut unheard = Diagnostics::new();
    let archive = Sidecar::read("A-1.0.tar.gz", data, &mut unheard);
    assert!(archive.is_empty(), "an archive is taken for attestations");
    if let Some(bundle) = envelope_bundle(data) {
        proves_nothing(&bundle, None);
    }
}

fn proves_nothing(bundle: &str, wrapper: Option<&str>) {
    let mut request = Request::new(Subject::Bytes(b"bytes that with no signature"));
    request.wrapper = wrapper;
    let outcome = check(&TRUST, bundle, &request);
    assert!(outcome.signer.is_none(), "a forgery is verified");
    let evidence = &outcome.attestation.evidence;
    assert!(!evidence.reason.is_empty(), "a refusal has no reason");
    assert_eq!(
        outcome,
        check(&TRUST, bundle, &request),
        "the verdict is another"
    );
}
