//! The graph itself: as stable JSON for other programs, and as drawings.

mod dot;
mod json;
mod mermaid;

pub use dot::Dot;
pub use json::GraphJson;
pub use mermaid::Mermaid;

#[cfg(test)]
pub(crate) mod tests;
