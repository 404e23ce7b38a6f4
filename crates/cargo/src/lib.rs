//! Readers for Cargo: `Cargo.lock` in versions 1 to 4 and before with the `Cargo.toml` files of its workspace, and what
//! `cargo metadata --format-version 1` prints.
//!
//! A lockfile states which package needs which, and not for what: only the manifests of the workspace say which dependencies are
//! for building or for development. `cargo metadata` states that for every package, with features and targets. This crate does
//! not touch the disk (it reads files through [`bomtrail_graph::Files`]), does not know any output format, and never runs Cargo.

mod diags;
mod lock;
mod manifest;
mod metadata;
mod package;
mod paths;
mod toml;

use bomtrail_graph::PackageManager;

pub use lock::CargoLock;
pub use manifest::workspace::is_workspace;
pub use metadata::CargoMetadata;

/// The name of the lockfile.
pub const LOCKFILE: &str = "Cargo.lock";

/// The name of a manifest.
pub const MANIFEST: &str = "Cargo.toml";

/// Cargo, for advice.
static CARGO: PackageManager = PackageManager {
    name: "cargo",
    lockfile: LOCKFILE,
    update: "cargo update",
    replace: "`[patch]` in Cargo.toml",
    dedupe: "",
};
