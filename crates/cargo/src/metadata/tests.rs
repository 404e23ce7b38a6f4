use bomtrail_graph::Reader;

use super::CargoMetadata;

#[test]
fn metadata_is_known_by_its_keys_whatever_its_name() {
    let whole = br#"{"packages":[],"workspace_members":[],"resolve":null,"workspace_root":"/w"}"#;
    assert!(CargoMetadata.sniff(whole));
    assert!(!CargoMetadata.sniff(br#"{"packages":{"":{}},"lockfileVersion":3}"#));
    assert!(CargoMetadata.claims("ci/cargo-metadata.json"));
    assert!(!CargoMetadata.claims("metadata.json"));
}
