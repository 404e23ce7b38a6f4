//! Ways to show a graph: as stable JSON for other programs, as drawings, as a tree, as chains of requirers. They see facts
//! on nodes and edges and know no ecosystem.

mod dot;
mod graph_json;
mod label;
mod mark;
mod mermaid;
mod tree;
mod why;

pub use dot::Dot;
pub use graph_json::GraphJson;
pub use mark::Mark;
pub use mermaid::Mermaid;
pub use tree::{Tree, TreeLine, TreeLines, TreeOptions};
pub use why::{Found, Why, WhyError, edge_marks, why};

#[cfg(test)]
mod tests;
