//! A `Cargo.toml`: the package, what it asks for, and the workspace.

mod declared;
pub(crate) mod workspace;

use bomtrail_document::Value;
use bomtrail_graph::Diagnostics;

pub(crate) use self::declared::Declared;
use crate::package::facts::Facts;
use crate::toml::{self, File};

/// A manifest.
#[derive(Debug, Default)]
pub(crate) struct Manifest {
    /// The name of its package; `None` for a workspace without a root package.
    pub(crate) name: Option<String>,
    /// The version of the package, where it states one.
    pub(crate) version: Option<String>,
    pub(crate) facts: Facts,
    pub(crate) dependencies: Vec<Declared>,
    /// Folders that patches lead to.
    pub(crate) patches: Vec<String>,
    pub(crate) workspace: Option<Tables>,
}

/// What a manifest states for the members of its workspace.
#[derive(Debug, Default)]
pub(crate) struct Tables {
    pub(crate) members: Vec<String>,
    pub(crate) exclude: Vec<String>,
    /// The version and the facts that members may inherit.
    version: Option<String>,
    facts: Facts,
    /// The dependencies that members may inherit.
    pub(crate) dependencies: Vec<Declared>,
}

impl Manifest {
    /// Reads the manifest at `path`. `root` is what the workspace states, for the manifest of a member.
    pub(crate) fn read(
        path: &str,
        bytes: &[u8],
        root: Option<&Tables>,
        diagnostics: &mut Diagnostics,
    ) -> Option<Self> {
        let file = File::read(path, bytes, diagnostics)?;
        let value = &file.value;
        let own = tables(value);
        let root = root.or(own.as_ref());
        let inherited = root.map(|it| &*it.dependencies).unwrap_or_default();
        let package = toml::get(value, "package").or_else(|| toml::get(value, "project"));
        let mut manifest = Self {
            dependencies: declared::all(value, inherited),
            patches: patches(value),
            ..Self::default()
        };
        if let Some(package) = package {
            manifest.name = toml::text(package, "name").map(str::to_owned);
            manifest.version = inherit(package, "version", root.and_then(|it| it.version.clone()));
            manifest.facts = facts(package, root.map(|it| &it.facts));
            manifest.facts.has_version = manifest.version.is_some();
        }
        manifest.workspace = own;
        Some(manifest)
    }
}

/// The folders that the patches of a manifest lead to.
fn patches(manifest: &Value<'_>) -> Vec<String> {
    let paths = toml::entries(manifest, "patch").flat_map(|(_, registry)| {
        let patches = registry.as_entries().map(|it| &*it.0).unwrap_or_default();
        patches
            .iter()
            .filter_map(|it| toml::text(&it.value, "path"))
    });
    paths.map(str::to_owned).collect()
}

fn tables(value: &Value<'_>) -> Option<Tables> {
    let workspace = toml::get(value, "workspace")?;
    let owned = |key| {
        let texts = toml::texts(workspace, key);
        texts.into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    let package = toml::get(workspace, "package");
    Some(Tables {
        members: owned("members"),
        exclude: owned("exclude"),
        version: package
            .and_then(|it| toml::text(it, "version"))
            .map(str::to_owned),
        facts: package.map(|it| facts(it, None)).unwrap_or_default(),
        dependencies: declared::table(workspace, "dependencies", &[]),
    })
}

/// A text, or what the workspace states where the package inherits it.
fn inherit(package: &Value<'_>, key: &str, root: Option<String>) -> Option<String> {
    let own = toml::text(package, key).map(str::to_owned);
    own.or_else(|| root.filter(|_| is_inherited(package, key)))
}

/// True for `KEY.workspace = true`.
fn is_inherited(table: &Value<'_>, key: &str) -> bool {
    toml::get(table, key).is_some_and(declared::is_of_workspace)
}

fn facts(package: &Value<'_>, root: Option<&Facts>) -> Facts {
    let text = |key, of: fn(&Facts) -> &Option<String>| {
        inherit(package, key, root.and_then(|it| of(it).clone()))
    };
    let authors = toml::texts(package, "authors");
    let inherited = root.filter(|_| is_inherited(package, "authors"));
    let is_private = match (toml::get(package, "publish"), root) {
        (Some(it), Some(root)) if declared::is_of_workspace(it) => root.is_private,
        (Some(it), _) => declared::is_false(it) || it.as_list().is_some_and(<[_]>::is_empty),
        (None, _) => false,
    };
    Facts {
        license: text("license", |it| &it.license),
        description: text("description", |it| &it.description),
        authors: inherited.map_or_else(
            || authors.into_iter().map(str::to_owned).collect(),
            |it| it.authors.clone(),
        ),
        homepage: text("homepage", |it| &it.homepage),
        repository: text("repository", |it| &it.repository),
        rust_version: text("rust-version", |it| &it.rust_version),
        is_private,
        has_version: toml::get(package, "version").is_some(),
        features: Vec::new(),
    }
}
