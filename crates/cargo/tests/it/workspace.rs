//! This workspace, read from its lockfile and its manifests, is what `cargo metadata` says that it is.

use std::path::Path;

use crate::compare;

#[test]
fn our_own_workspace_is_what_cargo_says() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let Some(metadata) = compare::metadata(&root) else {
        eprintln!("skipped: `cargo metadata --offline` does not work here");
        return;
    };
    compare::assert_equal(&root, &metadata);
}
