//! Digests, diagnostics, places, side tables.

use bomtrail_graph::{
    Code, Diagnostic, Diagnostics, Flags, Hash, HashAlgorithm, Level, Need, NodeMap, Phase, Place,
};
use bomtrail_testkit::cases;
use proptest::prelude::*;

use crate::make::{Made, node, package, project};

static ODD: Code = Code::new("test/odd", Level::Warning, "something is odd");
static BAD: Code = Code::new("test/bad", Level::Error, "something is bad");

const ALGORITHMS: [&str; 12] = [
    "MD5",
    "SHA-1",
    "SHA-256",
    "SHA-384",
    "SHA-512",
    "SHA3-256",
    "SHA3-384",
    "SHA3-512",
    "BLAKE2b-256",
    "BLAKE2b-384",
    "BLAKE2b-512",
    "BLAKE3",
];

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(cases(24, 256)) })]
    #[test]
    fn a_digest_survives_hexadecimal(bytes in proptest::collection::vec(any::<u8>(), 64), which in 0_usize..12) {
        let algorithm = HashAlgorithm::from_name(ALGORITHMS[which]).unwrap();
        let hash = Hash::new(algorithm, &bytes[..algorithm.digest_len()]).unwrap();
        let hex = hash.hex();
        prop_assert_eq!(hex.len(), 2 * hash.digest().len());
        prop_assert_eq!(Hash::from_hex(algorithm, &hex), Some(hash.clone()));
        prop_assert_eq!(Hash::from_hex(algorithm, &hex.to_uppercase()), Some(hash));
        prop_assert_eq!(Hash::from_hex(algorithm, &hex[1..]), None);
        prop_assert_eq!(Hash::from_hex(algorithm, &hex[2..]), None);
    }

    #[test]
    fn no_text_breaks_a_digest(text in ".{0,80}") {
        if let Some(hash) = Hash::from_hex(HashAlgorithm::Sha1, &text) {
            prop_assert_eq!(hash.hex(), text.to_lowercase());
        }
    }
}

#[test]
fn algorithms_are_known_by_every_spelling() {
    for name in ALGORITHMS {
        assert_eq!(HashAlgorithm::from_name(name).unwrap().name(), name);
    }
    for (spelling, name) in [
        ("sha512", "SHA-512"),
        ("SHA3_256", "SHA3-256"),
        ("sha1", "SHA-1"),
        ("blake2B-256", "BLAKE2b-256"),
    ] {
        assert_eq!(HashAlgorithm::from_name(spelling).unwrap().name(), name);
    }
    assert_eq!(HashAlgorithm::from_name("sha-0"), None);
    assert_eq!(HashAlgorithm::from_name(""), None);
    assert_eq!(Hash::new(HashAlgorithm::Md5, &[0; 15]), None);
}

#[test]
fn a_diagnostic_is_one_line_with_its_place_and_advice() {
    let plain = Diagnostic::new(
        &ODD,
        Place::entry("package-lock.json", "node_modules/a"),
        "`a` is odd".to_owned(),
    );
    assert_eq!(
        plain.to_string(),
        "warning[test/odd] package-lock.json (node_modules/a): `a` is odd"
    );
    let place = Place::line("cpanfile", 3, Some(7));
    let advised = Diagnostic::new(&BAD, place, "`b` is bad".to_owned()).help("mend it");
    assert_eq!(
        advised.to_string(),
        "error[test/bad] cpanfile:3:7: `b` is bad (help: mend it)"
    );
    assert_eq!(Place::line("cpanfile", 3, None).to_string(), "cpanfile:3");
    assert_eq!(Place::file("cpanfile").to_string(), "cpanfile");
    let mut all = Diagnostics::new();
    assert_eq!(all.worst(), None);
    all.push(plain);
    let mut more = Diagnostics::new();
    more.push(advised);
    all.append(more);
    assert_eq!((all.len(), all.worst()), (2, Some(Level::Error)));
}

#[test]
fn names_in_documents_lead_back_to_what_they_name() {
    for need in Need::ALL {
        assert_eq!(Need::from_name(need.name()), Some(need));
    }
    for phase in [
        Phase::Configure,
        Phase::Build,
        Phase::Test,
        Phase::Runtime,
        Phase::Develop,
    ] {
        assert_eq!(Phase::from_name(phase.name()), Some(phase));
    }
    assert_eq!((Need::from_name("x"), Phase::from_name("")), (None, None));
    let all = Flags::NAMES
        .into_iter()
        .fold(Flags::default(), |all, (flag, _)| all.either(flag));
    assert_eq!(all.names().count(), Flags::NAMES.len());
    assert!(
        Flags::NAMES
            .iter()
            .all(|(flag, name)| flag.names().eq([*name]))
    );
}

#[test]
fn a_side_table_belongs_to_one_graph() {
    let mut made = Made::new("lock");
    let root = made.root(project("app"));
    made.dependency(root, "pkg:npm/a@1");
    let graph = made.graph();
    let mut table = NodeMap::new(&graph);
    let (app, a) = (node(&graph, "app").id(), node(&graph, "pkg:npm/a@1").id());
    assert_eq!(table.insert(a, 1), None);
    assert_eq!(table.insert(a, 2), Some(1));
    assert_eq!((table.get(a), table.get(app)), (Some(&2), None));
    assert_eq!(table.iter().collect::<Vec<_>>(), [(a, &2)]);
    let mut smaller = Made::new("lock");
    smaller.add(package("pkg:npm/b@1", ""));
    let mut other = NodeMap::new(&smaller.graph());
    assert_eq!(other.insert(a, 3), None);
    assert_eq!(other.iter().count(), 0);
}
