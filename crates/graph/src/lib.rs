//! The graph every other crate speaks: what readers produce, what writers consume, and the linker between them.
//!
//! A [`Reader`] turns one input into a [`Fragment`]; [`link`] joins fragments into one immutable [`Graph`] keyed by
//! Package URL; a [`Writer`] prints a [`Bom`], which is the graph with its side tables.
//!
//! This crate knows no file format, no ecosystem, no file system, no clock and no random source.

mod adjacency;
mod approval;
mod component;
mod date;
mod diagnostic;
mod diags;
mod digest;
mod facts;
mod fragment;
mod graph;
mod hash;
mod license;
mod link;
mod node_map;
mod ports;
mod product;
mod provenance;
mod scope;
mod select;
mod taxonomy;
mod verify;
mod walk;

pub use approval::{Approval, ApprovalReason, ApprovalStatus, Decision};
pub use component::{Component, Kind, Origin, Role};
pub use date::Date;
pub use diagnostic::{Code, Diagnostic, Diagnostics, Level, Place};
pub use facts::{Completeness, Details, Fact, Flags, Patch, Person, Taxonomy, Text};
pub use fragment::{
    Feature, Fragment, Lifecycle, Link, LinkDetail, LocalId, Need, Override, Phase, Problem,
    Provided, Target,
};
pub use graph::{EdgeRef, Graph, Instance, NodeId, NodeRef, Source};
pub use hash::{Hash, HashAlgorithm};
pub use license::License;
pub use link::link;
pub use node_map::NodeMap;
pub use ports::{Bom, Files, Format, Input, NoFiles, Opinions, Reader, Tool, WriteError, Writer};
pub use product::{
    KeyInfo, Organisation, ProductFacts, ProductKey, Service, Shape, Statement, facts_digest,
};
pub use provenance::{
    Attestation, Axis, BuildIdentity, BuildLevel, Evidence, EvidenceLevel, EvidenceState,
    Provenance,
};
pub use scope::Scope;
pub use select::{Platform, Selection};
pub use walk::{Chain, Chains};

/// The Package URL type of node identities.
#[doc(no_inline)]
pub use bomtrail_purl::Purl;
