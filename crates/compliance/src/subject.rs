//! What is assessed.

use bomtrail_graph::{Format, Graph, NodeMap, ProductFacts, Statement, Tool};

/// What is judged.
#[derive(Clone, Copy)]
pub struct Subject<'g> {
    /// The graph.
    pub graph: &'g Graph,
    /// What the project states about its product.
    pub product: Option<&'g ProductFacts>,
    /// What the project states about components.
    pub statements: Option<&'g NodeMap<Statement>>,
    /// The time the document will carry; not looked at when a document was read.
    pub timestamp: Option<&'g str>,
    /// The program that will write it.
    pub tool: Option<Tool<'g>>,
    /// The format it will have.
    pub format: Option<Format>,
}

impl<'g> Subject<'g> {
    /// A graph of which nothing else is known.
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
