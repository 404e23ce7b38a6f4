//! The package managers whose lockfiles are read, as their users know them.

use bomtrail_graph::PackageManager;

/// npm.
pub(crate) static NPM: PackageManager = PackageManager {
    name: "npm",
    lockfile: "package-lock.json",
    update: "npm install --package-lock-only",
    replace: "`overrides` in package.json",
    dedupe: "npm dedupe",
};

/// pnpm.
#[cfg(feature = "managers")]
pub(crate) static PNPM: PackageManager = PackageManager {
    name: "pnpm",
    lockfile: "pnpm-lock.yaml",
    update: "pnpm install --lockfile-only",
    replace: "`overrides` in pnpm-workspace.yaml",
    dedupe: "pnpm dedupe",
};

/// Yarn, of every version.
#[cfg(feature = "managers")]
pub(crate) static YARN: PackageManager = PackageManager {
    name: "yarn",
    lockfile: "yarn.lock",
    update: "yarn install",
    replace: "`resolutions` in package.json",
    dedupe: "yarn dedupe",
};

/// Bun.
#[cfg(feature = "managers")]
pub(crate) static BUN: PackageManager = PackageManager {
    name: "bun",
    lockfile: "bun.lock",
    update: "bun install --lockfile-only",
    replace: "`overrides` in package.json",
    dedupe: "",
};
