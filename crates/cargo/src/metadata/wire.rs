//! The fields of `cargo metadata` that are read.

use serde::Deserialize;

/// The whole output.
#[derive(Debug, Deserialize)]
pub(super) struct Metadata {
    pub(super) packages: Vec<Package>,
    #[serde(default)]
    pub(super) workspace_members: Vec<String>,
    /// `None` with `--no-deps`.
    pub(super) resolve: Option<Resolve>,
    #[serde(default)]
    pub(super) workspace_root: String,
}

/// A package. Its id is opaque: its form differs between versions of Cargo.
#[derive(Debug, Deserialize)]
pub(super) struct Package {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) version: String,
    pub(super) source: Option<String>,
    pub(super) license: Option<String>,
    pub(super) description: Option<String>,
    #[serde(default)]
    pub(super) authors: Vec<String>,
    pub(super) homepage: Option<String>,
    pub(super) repository: Option<String>,
    pub(super) rust_version: Option<String>,
    /// The registries that may take it; `None` for any.
    pub(super) publish: Option<Vec<String>>,
    #[serde(default)]
    pub(super) manifest_path: String,
    #[serde(default)]
    pub(super) dependencies: Vec<Declared>,
}

/// A dependency as a manifest declares it.
#[derive(Debug, Deserialize)]
pub(super) struct Declared {
    pub(super) name: String,
    pub(super) req: String,
    /// `None` for running.
    pub(super) kind: Option<String>,
    pub(super) rename: Option<String>,
    #[serde(default)]
    pub(super) optional: bool,
    pub(super) target: Option<String>,
}

/// The resolution.
#[derive(Debug, Deserialize)]
pub(super) struct Resolve {
    pub(super) nodes: Vec<Node>,
}

/// A package of the resolution.
#[derive(Debug, Deserialize)]
pub(super) struct Node {
    pub(super) id: String,
    #[serde(default)]
    pub(super) deps: Vec<Dependency>,
    #[serde(default)]
    pub(super) features: Vec<String>,
}

/// A resolved dependency.
#[derive(Debug, Deserialize)]
pub(super) struct Dependency {
    /// The name that the code uses, with underscores.
    pub(super) name: String,
    pub(super) pkg: String,
    /// What it is for; empty for Cargo before 1.41.
    #[serde(default)]
    pub(super) dep_kinds: Vec<DependencyKind>,
}

/// One purpose of a dependency.
#[derive(Debug, Deserialize)]
pub(super) struct DependencyKind {
    /// `None` for running.
    pub(super) kind: Option<String>,
    pub(super) target: Option<String>,
}
