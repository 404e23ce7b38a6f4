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
pub(crate) static PNPM: PackageManager = PackageManager {
    name: "pnpm",
    lockfile: "pnpm-lock.yaml",
    update: "pnpm install --lockfile-only",
    replace: "`overrides` in pnpm-workspace.yaml",
    dedupe: "pnpm dedupe",
};
