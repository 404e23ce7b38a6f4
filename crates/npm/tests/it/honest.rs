//! The strict views of lockfiles against real ones: what a package manager wrote is not reported.

use std::fs;

use bomtrail_graph::{Diagnostics, Input, Reader};
use bomtrail_npm::{BunLock, PnpmLock, YarnLock};
use bomtrail_testkit::{sample, shared};

use crate::folder::Folder;

/// The id for settings with which every package may run scripts.
const ALLOWED: &str = "npm/scripts-allowed";

/// Lockfiles that are not as their package manager writes them.
const CHANGED: [&str; 0] = [];

/// Projects whose manifests differ from their lockfiles.
const STALE: [&str; 3] = ["dependabot-core-1b85", "dependabot-core-cbc4", "hono-54b3"];

#[test]
fn real_lockfiles_are_as_their_managers_write_them() {
    let corpora: [(&str, &str, &dyn Reader); 4] = [
        ("corpus/pnpm", "pnpm-lock.yaml", &PnpmLock),
        ("corpus/yarn-classic", "yarn.lock", &YarnLock),
        ("corpus/yarn-berry", "yarn.lock", &YarnLock),
        ("corpus/bun", "bun.lock", &BunLock),
    ];
    for (corpus, name, reader) in corpora {
        let Some(corpus) = shared(corpus) else {
            return;
        };
        let folders = fs::read_dir(corpus).unwrap().map(|it| it.unwrap().path());
        let mut folders: Vec<_> = folders.filter(|it| it.is_dir()).collect();
        folders.sort();
        for folder in sample(folders, 3) {
            let bytes = fs::read(folder.join("project").join(name)).unwrap();
            let input = Input {
                path: name,
                bytes: &bytes,
                files: &Folder(folder.join("project")),
            };
            let mut diagnostics = Diagnostics::new();
            reader.audit(&input, &mut diagnostics);
            // What a project allows is a matter of its settings, not of its lockfile.
            let all = diagnostics.iter().filter(|it| it.code.id != ALLOWED);
            let differences: Vec<String> = all.map(ToString::to_string).collect();
            let mut read = Diagnostics::new();
            reader.read(&input, &mut read);
            let stale: Vec<String> = read
                .iter()
                .filter(|it| it.code.id == "npm/out-of-step")
                .map(ToString::to_string)
                .collect();
            let slug = folder.file_name().unwrap().to_str().unwrap();
            let expected = CHANGED.contains(&slug);
            assert_eq!(!differences.is_empty(), expected, "{slug}: {differences:?}");
            assert_eq!(
                !stale.is_empty(),
                STALE.contains(&slug),
                "{slug}: {stale:?}"
            );
        }
    }
}
