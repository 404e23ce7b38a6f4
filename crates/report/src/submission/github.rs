//! A snapshot for GitHub's dependency graph (REST API, "Create a snapshot of dependencies for a repository"). GitHub then shows
//! the packages of lockfiles that it does not read itself, and alerts for those of ecosystems that it knows.

use std::collections::BTreeMap;
use std::io;

use bomtrail_document::{Layout, print};
use bomtrail_graph::{
    Bom, Build, Code, Diagnostic, Diagnostics, Format, Level, NodeId, NodeRef, Place, Purl, Scope,
    WriteError, Writer,
};
use serde::Serialize;

/// A snapshot of one commit, with a manifest for each input.
#[derive(Clone, Copy, Debug, Default)]
pub struct GitHubSnapshot;

const FORMAT: &str = "github-snapshot";

/// A package that the snapshot cannot name.
static NOT_SUBMITTED: Code = Code::new(
    "report/not-submitted",
    Level::Warning,
    "packages without a Package URL are not part of a snapshot for GitHub",
);

impl Writer for GitHubSnapshot {
    fn format(&self) -> Format {
        Format {
            name: FORMAT,
            version: "0",
        }
    }

    fn write(
        &self,
        bom: &Bom<'_>,
        out: &mut dyn io::Write,
        diagnostics: &mut Diagnostics,
    ) -> Result<(), WriteError> {
        let required = |what| WriteError::Requires {
            format: FORMAT,
            what,
        };
        let build = bom.document.build.ok_or_else(|| {
            required("a commit and its branch, which `GITHUB_SHA` and `GITHUB_REF` give")
        })?;
        let scanned = bom.document.timestamp;
        let scanned = scanned.ok_or_else(|| required("a time, which `--timestamp` gives"))?;
        let snapshot = Snapshot::of(bom, build, scanned);
        let without = dependencies(bom).filter(|it| it.purl().is_none()).count();
        if without > 0 {
            let message = format!(
                "{} left out: without a Package URL",
                crate::count(without, "package")
            );
            diagnostics.push(Diagnostic::new(&NOT_SUBMITTED, Place::default(), message));
        }
        Ok(print(&snapshot, Layout::of(bom), out)?)
    }
}

#[derive(Serialize)]
struct Snapshot<'g> {
    version: u8,
    job: Job<'g>,
    sha: &'g str,
    r#ref: &'g str,
    detector: Detector<'g>,
    scanned: &'g str,
    manifests: BTreeMap<String, Manifest<'g>>,
}

/// The run that submits. A later snapshot with the same correlator and detector replaces this one.
#[derive(Serialize)]
struct Job<'g> {
    id: &'g str,
    correlator: &'g str,
}

#[derive(Serialize)]
struct Detector<'g> {
    name: &'g str,
    version: &'g str,
    url: &'static str,
}

#[derive(Serialize)]
struct Manifest<'g> {
    name: String,
    file: File,
    resolved: BTreeMap<&'g str, Resolved<'g>>,
}

#[derive(Serialize)]
struct File {
    source_location: String,
}

#[derive(Serialize)]
struct Resolved<'g> {
    package_url: &'g str,
    relationship: &'static str,
    scope: &'static str,
    dependencies: Vec<&'g str>,
}

impl<'g> Snapshot<'g> {
    fn of(bom: &Bom<'g>, build: Build<'g>, scanned: &'g str) -> Self {
        let mut manifests = manifests(bom);
        let direct = direct(bom);
        for node in dependencies(bom) {
            let Some(purl) = node.purl().map(Purl::as_str) else {
                continue;
            };
            for input in node.instances().iter().map(|it| it.input) {
                let manifest = usize::try_from(input).ok();
                let Some((_, manifest)) = manifest.and_then(|it| manifests.get_mut(it)) else {
                    continue;
                };
                let resolved = manifest.resolved.entry(purl);
                resolved.or_insert_with(|| Resolved::of(node, purl, &direct));
            }
        }
        Self {
            version: 0,
            job: Job {
                id: build.run,
                correlator: build.job,
            },
            sha: build.commit,
            r#ref: build.reference,
            detector: Detector {
                name: bom.tool.name,
                version: bom.tool.version,
                url: "https://crates.io/crates/bomtrail-cli",
            },
            scanned,
            manifests: manifests.into_iter().collect(),
        }
    }
}

impl<'g> Resolved<'g> {
    fn of(node: NodeRef<'g>, purl: &'g str, direct: &[NodeId]) -> Self {
        let is_direct = direct.binary_search(&node.id()).is_ok();
        let below = node.dependencies().filter_map(NodeRef::purl);
        Self {
            package_url: purl,
            relationship: if is_direct { "direct" } else { "indirect" },
            scope: match node.scope() {
                Scope::Excluded => "development",
                Scope::Required | Scope::Optional | Scope::Unknown => "runtime",
            },
            dependencies: below.map(Purl::as_str).collect(),
        }
    }
}

/// A manifest for each input, in the order of the inputs.
fn manifests<'g>(bom: &Bom<'g>) -> Vec<(String, Manifest<'g>)> {
    let inputs = bom.graph.inputs().iter();
    let manifests = inputs.map(|input| {
        let path = bom.input_path(input);
        let manifest = Manifest {
            name: path.clone(),
            file: File {
                source_location: path.clone(),
            },
            resolved: BTreeMap::new(),
        };
        (path, manifest)
    });
    manifests.collect()
}

/// The packages of others.
fn dependencies<'g>(bom: &Bom<'g>) -> impl Iterator<Item = NodeRef<'g>> {
    let nodes = bom.graph.nodes();
    nodes.filter(|it| !it.component().role.is_first_party())
}

/// What the project itself asks for, sorted.
fn direct(bom: &Bom<'_>) -> Vec<NodeId> {
    let own = bom.graph.nodes();
    let own = own.filter(|it| it.component().role.is_first_party());
    let below = own.flat_map(NodeRef::dependencies);
    let mut direct: Vec<NodeId> = below.map(NodeRef::id).collect();
    direct.sort_unstable();
    direct.dedup();
    direct
}

#[cfg(test)]
mod tests;
