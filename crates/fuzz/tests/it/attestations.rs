//! Files of attestations: those of the corpus, changed.

use bomtrail_fuzz::attestations;
use bomtrail_testkit::shared;

use crate::bytes;
use crate::random::Random;
use crate::tried::{iterations, must_hold};

const CHECKSUMS: &str = "0&&<<''; # this PGP-signed message is also valid perl\n-----BEGIN PGP SIGNED MESSAGE-----\n\
    Hash: SHA1\n\n$cksum = {\n 'A-1.tar.gz' => { 'cpan_path' => 'A/AB/ABC', 'size' => 1 },\n};\n__END__\n\
    -----BEGIN PGP SIGNATURE-----\n\niEYE\n-----END PGP SIGNATURE-----\n";
const ENVELOPE: &str = r#"{"payload":"e30=","payloadType":"application/vnd.in-toto+json","signatures":[{"sig":"AAAA"}]}"#;
const AUDIT: &str = r#"{"invalid":[],"missing":[],"verified":[{"name":"a","version":"1.0.0","attestationBundles":[
    {"predicateType":"https://slsa.dev/provenance/v1","bundle":{"mediaType":"application/vnd.dev.sigstore.bundle.v0.3+json",
    "verificationMaterial":{"publicKey":{"hint":"k"}},"dsseEnvelope":{"payload":"e30=","payloadType":
    "application/vnd.in-toto+json","signatures":[{"sig":"AAAA","keyid":"k"}]}}}]}]}"#;

/// Small ones of our own, and real ones where the corpus is.
fn seeds() -> Vec<Vec<u8>> {
    let mut seeds: Vec<Vec<u8>> = [CHECKSUMS, ENVELOPE, AUDIT]
        .map(|it| it.as_bytes().to_vec())
        .into();
    for path in [
        "corpus/provenance/npm/cli/valid-sigstore-attestations.json",
        "corpus/provenance/npm/slsa-verifier/gundam-visor-cli-v1-tag.tgz.json",
        "corpus/provenance/conformance/rekor2-dsse-happy-path/bundle.sigstore.json",
    ] {
        seeds.extend(shared(path).map(|path| std::fs::read(path).unwrap()));
    }
    seeds
}

#[test]
fn every_seed_holds() {
    for seed in seeds() {
        must_hold("attestations", &seed, || attestations(&seed));
    }
}

#[test]
fn changed_bytes_hold() {
    let seeds = seeds();
    let mut random = Random::new(6);
    for _ in 0..iterations() {
        let (seed, other) = (random.pick(&seeds).clone(), random.pick(&seeds).clone());
        let changed = bytes::changed(&mut random, &seed, &other);
        must_hold("attestations", &changed, || attestations(&changed));
    }
}
