//! The graph and the side tables about its nodes: what readers produce and writers consume.

#[doc(inline)]
pub use bomtrail_graph::{
    Approval, ApprovalReason, ApprovalStatus, ArchiveFacts, ArchiveState, Attestation, Axis, Bom,
    Build, BuildIdentity, BuildLevel, Chain, Chains, Code, Completeness, Component, Context,
    Contradiction, Date, Decision, DetailLevel, Details, Diagnostic, Diagnostics, DocumentOptions,
    Ecosystem, EdgeRef, Evidence, EvidenceLevel, EvidenceState, Fact, Feature, Files, Flags,
    Format, Fragment, Graph, Hash, HashAlgorithm, Input, Instance, KeyInfo, Kind, Level, License,
    Lifecycle, Link, LinkDetail, LocalId, MemberNeeds, Need, Needed, NoFiles, NodeId, NodeMap,
    NodeRef, Organisation, Origin, Override, Patch, Person, Phase, Place, Platform, Problem,
    ProductFacts, ProductKey, Provenance, Provided, Reader, Reference, Role, Scope, Selection,
    Service, Shape, Source, Statement, Tables, Target, Text, Timestamp, Tool, WriteError, Writer,
    link,
};
