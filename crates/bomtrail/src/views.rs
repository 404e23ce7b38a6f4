//! Ways to show a graph: as stable JSON for other programs, as drawings, as a tree, as chains of requirers. They see facts
//! on nodes and edges and know no ecosystem.

mod dot;
mod graph_json;
mod label;
mod mermaid;

pub use dot::Dot;
pub use graph_json::GraphJson;
pub use mermaid::Mermaid;
