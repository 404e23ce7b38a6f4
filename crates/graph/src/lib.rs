//! The graph every other crate speaks: what readers produce, what writers consume, and the linker between them.
//!
//! A [`Reader`] turns one input into a [`Fragment`]; [`link`] joins fragments into one immutable [`Graph`] keyed by
//! Package URL; a [`Writer`] prints a [`Bom`], which is the graph with its side tables.
//!
//! This crate does not know any file format or ecosystem, and uses no file system, clock or random source.

mod diagnostic;
mod diags;
mod digest;
mod link;
mod model;
mod parallel;
mod ports;
mod tables;
mod time;
mod walk;

pub use diagnostic::{Code, Diagnostic, Diagnostics, Level, Place};
pub use link::{link, link_below, link_with_places};
pub use model::component::{Component, Kind, Origin, Role};
pub use model::ecosystem::Ecosystem;
pub use model::facts::{Completeness, Details, Fact, Flags, Patch, Person, Reference, Text};
pub use model::fragment::{
    Feature, Fragment, Lifecycle, Link, LinkDetail, LocalId, Need, Override, Phase, Problem,
    Provided, Target,
};
pub use model::graph::{EdgeRef, Graph, Instance, NodeId, NodeRef, Source};
pub use model::hash::{Hash, HashAlgorithm, hex};
pub use model::license::License;
pub use model::license::file::is_license_file;
pub use model::licenses::Licenses;
pub use model::name_space::NameSpace;
pub use model::scope::Scope;
pub use model::shared_text::SharedText;
pub use parallel::{on_all_cores, on_threads};
pub use ports::bom::{Bom, Build, DetailLevel, DocumentOptions, Tool};
pub use ports::files::{Files, NoFiles, project_path};
pub use ports::manager::PackageManager;
pub use ports::reader::{Context, Input, Reader};
pub use ports::writer::{Format, WriteError, Writer};
pub use tables::Tables;
pub use tables::advisory::{
    Advisories, AdvisorySource, Blocker, Claim, Coverage, Justification, Match, MatchDecision,
    OwnEdge, Rating, Reach, ReachPhase, Severity, UnusedDecision, Update, Validity, VexStatus,
};
pub use tables::approval::{Approval, ApprovalReason, ApprovalStatus, Decision};
pub use tables::archive::{ArchiveFacts, ArchiveState, Contradiction, FileVerdict, SourceMatch};
pub use tables::node_map::NodeMap;
pub use tables::product::{
    KeyInfo, Organisation, ProductFacts, ProductKey, Service, Shape, Statement, facts_digest,
};
pub use tables::provenance::{
    Attestation, Axis, BuildIdentity, BuildLevel, Evidence, EvidenceLevel, EvidenceState,
    Provenance,
};
pub use time::{Date, Timestamp};
pub use walk::chains::{Chain, Chains};
pub use walk::places::{PlaceChains, PlaceId, PlaceLink, Places};
pub use walk::select::{MemberNeeds, Needed, Parts, Platform, Selection};

/// The Package URL type of node identities.
#[doc(no_inline)]
pub use bomtrail_purl::Purl;
