//! Writes a graph as a CycloneDX document: views over the graph, printed one at a time.

mod annotation;
mod approval;
mod archive;
mod bom_refs;
mod citation;
mod declaration;
pub(crate) mod document;
mod external;
mod gitlab;
pub(crate) mod json;
mod license;
pub(crate) mod loss;
mod person;
mod product;
mod property;
mod provenance;
mod references;
mod service;
pub(crate) mod wire;
