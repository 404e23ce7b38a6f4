//! Which entries of a lockfile contradict what asks for them.

use std::path::Path;

use bomtrail_graph::{Diagnostics, Flags, Input, Reader};
use bomtrail_npm::PnpmLock;

use crate::folder::Folder;

/// The places of the contradicted entries of a fixture of pnpm; `None` when there is no such fixture.
fn contradicted(fixture: &str) -> Option<Vec<String>> {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/npm");
    let folder = Folder(fixtures.join(fixture));
    let bytes = std::fs::read(folder.0.join("pnpm-lock.yaml")).ok()?;
    let input = Input {
        path: "pnpm-lock.yaml",
        bytes: &bytes,
        files: &folder,
    };
    let fragment = PnpmLock.read(&input, &mut Diagnostics::new());
    let components = fragment.components.iter();
    let found = components.filter(|it| it.flags.has(Flags::CONTRADICTED));
    Some(found.map(|it| it.place.to_string()).collect())
}

#[test]
fn a_copy_of_a_workspace_serves_its_own_name_and_version() {
    let found = contradicted("pnpm-injected-by-range").unwrap();
    assert_eq!(found, ["@w/b@file:b", "@w/c@file:c"]);
    assert!(contradicted("pnpm-injected-version-5").unwrap().is_empty());
}

#[test]
fn a_peer_alone_does_not_ask_for_a_folder() {
    let found = contradicted("pnpm-peers-in-folders").unwrap();
    assert_eq!(found, ["planted@file:planted"]);
}
