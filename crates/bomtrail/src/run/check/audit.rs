//! What the inputs of a project have that their package manager never writes.

use bomtrail_graph::{Diagnostics, Files, Graph, Input};

use crate::source::inputs;

/// The diagnostics of reading, and those of a strict look at every input.
pub(super) fn with_audit(files: &dyn Files, graph: &Graph, read: &Diagnostics) -> Diagnostics {
    let mut all = read.clone();
    for input in graph.inputs() {
        let Some(bytes) = files.read(&input.path) else {
            continue;
        };
        if let Some(reader) = inputs::reader_of_content(&input.path, &bytes) {
            let input = Input {
                path: &input.path,
                bytes: &bytes,
                files,
            };
            reader.audit(&input, &mut all);
        }
    }
    all
}
