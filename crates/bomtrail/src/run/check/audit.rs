//! What the inputs of a project have that their package manager never writes.

use std::collections::BTreeMap;

use bomtrail_graph::{Diagnostics, Files, Graph, Input};

use crate::source::inputs;

/// The bytes of the inputs of a graph, by path.
pub(super) type Inputs = BTreeMap<String, Vec<u8>>;

/// Loads the inputs of a graph; those that are not files are left out.
pub(super) fn inputs_of(files: &dyn Files, graph: &Graph) -> Inputs {
    let paths = graph.inputs().iter().map(|it| &*it.path);
    let loaded = paths.filter_map(|it| Some((it.to_owned(), files.read(it)?)));
    loaded.collect()
}

/// The diagnostics of reading, and those of a strict look at every input.
pub(super) fn with_audit(
    files: &dyn Files,
    graph: &Graph,
    loaded: &Inputs,
    read: &Diagnostics,
) -> Diagnostics {
    let mut all = read.clone();
    for input in graph.inputs() {
        let Some(bytes) = loaded.get(&*input.path) else {
            continue;
        };
        if let Some(reader) = inputs::reader_of_content(&input.path, bytes) {
            let input = Input {
                path: &input.path,
                bytes,
                files,
            };
            reader.audit(&input, &mut all);
        }
    }
    all
}
