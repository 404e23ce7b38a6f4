use bomtrail_graph::Files;

use super::{Revision, split};

#[test]
fn a_revision_has_its_folder_s_name() {
    let parts = split("git:v1.0:x/shop/cpanfile");
    let parts = parts.unwrap_or_default();
    assert_eq!(parts, ("v1.0", "x/shop/cpanfile"));
    assert_eq!(Revision::of(parts).folder_name(), Some("shop"));
    assert_eq!(split("git::a"), None);
    assert_eq!(split("app.cdx.json"), None);
}
