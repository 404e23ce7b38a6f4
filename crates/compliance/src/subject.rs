//! What is assessed.

use bomtrail_graph::{Format, Graph, NodeMap, ProductFacts, Statement, Tool};

/// What is assessed: a graph, and what is known about it and the document.
#[derive(Clone, Copy)]
pub struct Subject<'g> {
    /// The graph.
    pub graph: &'g Graph,
    /// The project's statements about its product.
    pub product: Option<&'g ProductFacts>,
    /// The project's statements about components.
    pub statements: Option<&'g NodeMap<Statement>>,
    /// The time of the document to be written; ignored when a document was read.
    pub timestamp: Option<&'g str>,
    /// The program that will write it.
    pub tool: Option<Tool<'g>>,
    /// The format it will have.
    pub format: Option<Format>,
}

impl<'g> Subject<'g> {
    /// A graph without further facts.
    pub fn new(graph: &'g Graph) -> Self {
        Self {
            graph,
            product: None,
            statements: None,
            timestamp: None,
            tool: None,
            format: None,
        }
    }
}
