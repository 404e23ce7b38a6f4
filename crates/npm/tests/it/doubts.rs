//! Which entries of a lockfile contradict what asks for them.

use std::path::Path;

use bomtrail_graph::{Diagnostics, Flags, Input, Reader};
use bomtrail_npm::{BunLock, PnpmLock};

use crate::folder::Folder;

/// The places of the contradicted entries of a fixture; `None` when there is no such fixture.
fn contradicted(fixture: &str, lockfile: &str, reader: &dyn Reader) -> Option<Vec<String>> {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures");
    let folder = Folder(fixtures.join(fixture));
    let bytes = std::fs::read(folder.0.join(lockfile)).ok()?;
    let input = Input {
        path: lockfile,
        bytes: &bytes,
        files: &folder,
    };
    let fragment = reader.read(&input, &mut Diagnostics::new());
    let components = fragment.components.iter();
    let found = components.filter(|it| it.flags.has(Flags::CONTRADICTED));
    Some(found.map(|it| it.place.to_string()).collect())
}

fn of_pnpm(fixture: &str) -> Option<Vec<String>> {
    contradicted(&["npm/", fixture].concat(), "pnpm-lock.yaml", &PnpmLock)
}

#[test]
fn a_copy_of_a_workspace_serves_its_own_name_and_version() {
    let found = of_pnpm("pnpm-injected-by-range").unwrap();
    assert_eq!(found, ["@w/b@file:b", "@w/c@file:c"]);
    assert!(of_pnpm("pnpm-injected-version-5").unwrap().is_empty());
}

#[test]
fn a_peer_alone_does_not_ask_for_a_folder() {
    let found = of_pnpm("pnpm-peers-in-folders").unwrap();
    assert_eq!(found, ["planted@file:planted"]);
}

#[test]
fn an_override_of_the_lockfile_alone_does_not_ask_for_a_folder() {
    let found = contradicted("bun/overrides-by-folders", "bun.lock", &BunLock).unwrap();
    assert_eq!(found, ["planted"]);
}
