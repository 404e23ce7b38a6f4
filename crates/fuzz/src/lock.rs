//! A lockfile's way through the program: read, select, link, verify, write in every format, ask why.

use bomtrail::formats::{READERS, VIEWS, WRITERS};
use bomtrail::graph::{Format, Fragment, Input, link};
use bomtrail::views::{Tree, TreeOptions, why};
use bomtrail::{Bom, Diagnostics, Graph, Platform, Reader, Selection, TOOL};

use crate::bundle::Bundle;

const NOW: &str = "2026-01-01T00:00:00Z";
/// Asking why is one walk of the graph for each node; that many suffice.
const QUESTIONS: usize = 8;

/// A document that was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// Its format.
    pub format: Format,
    /// What was written.
    pub text: String,
}

/// Checks everything that must hold for a lockfile of these bytes (see [`Bundle`] for the files next to it).
pub fn lock(data: &[u8]) {
    documents(data);
}

/// Checks everything that must hold for a `pnpm-lock.yaml` of these bytes.
pub fn pnpm_lock(data: &[u8]) {
    documents_of("pnpm-lock.yaml", data);
}

/// Checks everything that must hold for a `yarn.lock` of these bytes.
pub fn yarn_lock(data: &[u8]) {
    documents_of("yarn.lock", data);
}

/// Checks everything that must hold for a `bun.lock` of these bytes.
pub fn bun_lock(data: &[u8]) {
    documents_of("bun.lock", data);
}

/// Does what [`lock`] does and returns what was written for the whole project.
pub fn documents(data: &[u8]) -> Vec<Document> {
    documents_of("package-lock.json", data)
}

/// Does what [`documents`] does for a lockfile of this name.
pub fn documents_of(name: &'static str, data: &[u8]) -> Vec<Document> {
    let read = |data| read(name, data);
    let fragment = read(data);
    let documents = written(&graph(vec![fragment.clone()]));
    assert!(
        documents == written(&graph(vec![read(data)])),
        "the same bytes gave other documents"
    );
    for selection in selections(&fragment) {
        let mut part = vec![fragment.clone()];
        selection.apply_all(&mut part);
        if !part.is_empty() {
            written(&graph(part));
        }
    }
    documents
}

fn read(name: &'static str, data: &[u8]) -> Fragment {
    let bundle = Bundle::named(name, data);
    let reader = READERS.iter().find(|it| it.claims(bundle.path())).unwrap();
    let input = Input {
        path: bundle.path(),
        bytes: bundle.lock(),
        files: &bundle,
    };
    fragment(*reader, &input)
}

/// What `reader` makes of an input, which keeps every promise of a reader.
pub(crate) fn fragment(reader: &dyn Reader, input: &Input<'_>) -> Fragment {
    let mut diagnostics = Diagnostics::new();
    reader.audit(input, &mut Diagnostics::new());
    let fragment = reader.read(input, &mut diagnostics);
    let told = !diagnostics.is_empty();
    assert!(
        told || !fragment.components.is_empty(),
        "nothing was read, and nothing said why"
    );
    for line in diagnostics.iter().map(ToString::to_string) {
        assert!(!line.contains('\n'), "a diagnostic is one line: {line:?}");
    }
    let known = |id: bomtrail::graph::LocalId| fragment.component(id).is_some();
    assert!(
        fragment.roots.iter().all(|id| known(*id)),
        "a root is not a component"
    );
    for link in &fragment.links {
        assert!(known(link.from), "a link leaves no component");
        assert!(
            !matches!(link.to, bomtrail::graph::Target::Here(to) if !known(to)),
            "a link reaches no component"
        );
    }
    fragment
}

/// The graph of fragments, which keeps every promise of a graph.
pub(crate) fn graph(fragments: Vec<Fragment>) -> Graph {
    let places: usize = fragments.iter().map(|it| it.components.len()).sum();
    let graph = link(fragments, &mut Diagnostics::new());
    assert_eq!(graph.verify(), Ok(()));
    let kept: usize = graph.nodes().map(|node| node.instances().len()).sum();
    assert_eq!(kept, places, "a component was lost");
    graph
}

/// The graph in every format.
pub(crate) fn written(graph: &Graph) -> Vec<Document> {
    let tree = Tree::new(graph, TreeOptions::default());
    for line in tree.lines() {
        assert!(
            !line.label.contains('\n'),
            "a line of the tree is one line: {:?}",
            line.label
        );
    }
    for node in graph.nodes().take(QUESTIONS) {
        let found = graph.why(node.id(), 3);
        assert_eq!(found.shown.len() as u64, found.total.min(3));
        why(graph, node.name(), 3).ok();
    }
    let bom = Bom::new(graph, TOOL).timestamp(Some(NOW));
    let mut documents = Vec::new();
    for writer in WRITERS.iter().chain(VIEWS) {
        let mut bytes = Vec::new();
        let format = writer.format();
        if let Err(error) = writer.write(&bom, &mut bytes, &mut Diagnostics::new()) {
            panic!("{format:?} could not be written: {error}");
        }
        let text = String::from_utf8(bytes).unwrap();
        if format.name.ends_with("json") {
            serde_json::from_str::<serde_json::Value>(&text).unwrap();
        }
        documents.push(Document { format, text });
    }
    documents
}

/// One of each kind, with the first workspace member there is.
fn selections(fragment: &Fragment) -> Vec<Selection> {
    let all = Selection::default();
    let member = fragment
        .components
        .iter()
        .find(|it| it.role == bomtrail::Role::Member);
    let members: Vec<String> = member.map(|it| it.place.to_string()).into_iter().collect();
    vec![
        Selection {
            omit_dev: true,
            ..all.clone()
        },
        Selection {
            omit_optional: true,
            omit_peer: true,
            ..all.clone()
        },
        Selection {
            platform: Platform::parse("linux-x64-glibc"),
            members,
            ..all
        },
    ]
}
