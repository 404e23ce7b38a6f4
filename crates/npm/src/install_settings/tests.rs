use bomtrail_testkit::MemoryFiles;

use bomtrail_graph::{Input, Reader};

use super::*;
use crate::{BunLock, PnpmLock, YarnLock};

/// A package manager: the reader, the lockfile and its text.
#[derive(Clone, Copy)]
struct Manager(&'static dyn Reader, &'static str, &'static str);

const PNPM: Manager = Manager(&PnpmLock, "pnpm-lock.yaml", "lockfileVersion: '9.0'\n");
const YARN_1: Manager = Manager(&YarnLock, "yarn.lock", "# yarn lockfile v1\n");
const YARN: Manager = Manager(&YarnLock, "yarn.lock", "__metadata:\n  version: 8\n");
const BUN: Manager = Manager(
    &BunLock,
    "bun.lock",
    r#"{"lockfileVersion": 1, "workspaces": {}}"#,
);

/// What the strict view of a lockfile reports about settings.
fn found(manager: Manager, file: &'static str, text: &'static str) -> Vec<String> {
    let Manager(reader, path, lockfile) = manager;
    let mut diagnostics = Diagnostics::new();
    let input = Input {
        path,
        bytes: lockfile.as_bytes(),
        files: &MemoryFiles::new([(file, text), ("s/index", ""), ("c/index", "")]),
    };
    reader.audit(&input, &mut diagnostics);
    let about = ["npm/unsafe-setting", "npm/scripts-allowed"];
    let all = diagnostics.iter().filter(|it| about.contains(&it.code.id));
    all.map(|it| it.message.clone()).collect()
}

/// Files under which each package manager was seen to install other files than those that are locked.
const TRICKS: [(Manager, &str, &str); 34] = [
    (PNPM, ".npmrc", "store-dir=./s"),
    (PNPM, ".npmrc", "lockfile = false"),
    (PNPM, ".npmrc", "lockfile-dir=sub"),
    (PNPM, "pnpm-workspace.yaml", "storeDir: ./s"),
    (PNPM, "pnpm-workspace.yaml", "verifyStoreIntegrity: false"),
    (
        PNPM,
        "pnpm-workspace.yaml",
        "\"\\u0076erifyStoreIntegrity\": no",
    ),
    (PNPM, "pnpm-workspace.yaml", "gitBranchLockfile: true"),
    (PNPM, "pnpm-workspace.yaml", "lockfile: false"),
    (
        PNPM,
        "pnpm-workspace.yaml",
        "sharedWorkspaceLockfile: false",
    ),
    (YARN_1, ".yarnrc", "cache-folder \"./c\""),
    (YARN_1, ".yarnrc", "cache-folder: ./c"),
    (YARN_1, ".yarnrc", "--install.cache-folder ./c"),
    (YARN_1, ".yarnrc", "--cache-folder ./c"),
    (YARN_1, ".yarnrc", "preferred-cache-folder \"./c\""),
    (YARN_1, ".yarnrc", "--*.update-checksums true"),
    (YARN_1, ".npmrc", "cache-folder=./c"),
    (YARN, ".yarnrc.yml", "checksumBehavior: ignore"),
    (YARN, ".yarnrc.yml", "checksumBehavior: \"${X:-ignore}\""),
    (YARN, ".yarnrc.yml", "{\"checksumBehavior\": update}"),
    (BUN, "bunfig.toml", "[install]\ncache = \"./c\""),
    (BUN, "bunfig.toml", "[install.cache]\ndir = \"./c\""),
    (
        BUN,
        "bunfig.toml",
        "install = { cache = { dir = \"./c\" } }",
    ),
    (BUN, ".npmrc", "cache=./c"),
    (BUN, ".env", "BUN_INSTALL_CACHE_DIR=./c"),
    (
        BUN,
        ".env.local",
        "A=1\nexport BUN_INSTALL_CACHE_DIR = './c'",
    ),
    (BUN, ".env.production", "  BUN_INSTALL: ./c"),
    (BUN, ".env", "BUN_CONFIG_REGISTRY=https://npm.example.com"),
    (YARN_1, ".yarnrc", "--install.cwd sub"),
    (
        PNPM,
        "pnpm-workspace.yaml",
        "dangerouslyAllowAllBuilds: true",
    ),
    (PNPM, ".npmrc", "dangerously-allow-all-builds=true"),
    (PNPM, "pnpm-workspace.yaml", "neverBuiltDependencies: []"),
    (
        PNPM,
        "pnpm-workspace.yaml",
        "onlyBuiltDependenciesFile: b.json",
    ),
    (
        PNPM,
        "package.json",
        r#"{"pnpm": {"neverBuiltDependencies": []}}"#,
    ),
    (YARN, ".yarnrc.yml", "enableScripts: true"),
];

#[test]
fn every_trick_is_reported() {
    for (manager, file, text) in TRICKS {
        assert_eq!(found(manager, file, text).len(), 1, "{file}: {text}");
    }
}

#[test]
fn a_folder_that_does_not_exist_holds_nothing() {
    for (text, count) in [
        ("store-dir=./s", 1),
        ("store-dir=s", 1),
        ("store-dir=sub/../s", 1),
        ("store-dir=../project/s", 1),
        ("store-dir=/srv/store", 1),
        ("store-dir=~/store", 1),
        ("store-dir=${STORE}", 1),
        ("store-dir=.pnpm-store", 0),
        ("store-dir=./build/store", 0),
    ] {
        assert_eq!(found(PNPM, ".npmrc", text).len(), count, "{text}");
    }
}

#[test]
fn usual_settings_are_not_reported() {
    for (manager, file, text) in [
        (
            PNPM,
            ".npmrc",
            "lockfile=true\nnode-linker=hoisted\ncache=./c",
        ),
        (
            PNPM,
            "pnpm-workspace.yaml",
            "packages: [a]\nlockfile: true\nsharedWorkspaceLockfile: true",
        ),
        (
            YARN_1,
            ".yarnrc",
            "# cache-folder ./c\nregistry \"https://npm.example.com\"\n--install.pure-lockfile true",
        ),
        (
            YARN,
            ".yarnrc.yml",
            "checksumBehavior: throw\nenableGlobalCache: false\nyarnPath: a.cjs",
        ),
        (
            BUN,
            "bunfig.toml",
            "[install]\ncache = true\nexact = true\n[install.cache]\ndisable = true",
        ),
        (
            BUN,
            ".env",
            "# BUN_INSTALL=x\nMY_BUN_INSTALL=x\nDATABASE_URL=x",
        ),
    ] {
        assert_eq!(found(manager, file, text), [""; 0], "{file}: {text}");
    }
}
