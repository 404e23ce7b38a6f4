//! bomtrail: npm and CPAN dependency metadata as one graph keyed by Package URLs, and as SBOMs.
//!
//! [`scan`] reads a project and gives its [`Graph`]; [`writer`] finds the SBOM format to print it in:
//!
//! ```no_run
//! use bomtrail::{Bom, Diagnostics, TOOL};
//!
//! let scan = bomtrail::scan(".")?;
//! let bom = Bom::new(scan.graph(), TOOL);
//! bomtrail::writer("spdx-json")?.write(&bom, &mut std::io::stdout(), &mut Diagnostics::new())?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! * Nothing here prints, uses the network or asks a clock. What is odd about an input is a [`Diagnostic`], not an error.
//! * This is the only library crate that touches files, in [`source`].
//! * No type of another library is in these signatures, so none of them has to be updated together with this one.

pub mod approvals;
pub mod check;
pub mod compliance;
mod convert;
mod diags;
mod diff;
pub mod evidence;
pub mod install;
mod merge;
mod project;
pub mod provenance;
mod published;
mod registry;
mod settings;
mod sizes;
pub mod source;
mod validate;
mod write;

pub use bomtrail_cpan::{IndexError, Perl};
pub use bomtrail_graph::{
    Bom, Chain, Chains, Code, Completeness, Component, Details, Diagnostic, Diagnostics,
    DocumentOptions, Ecosystem, EdgeRef, Fact, Files, Flags, Format, Fragment, Graph, Hash,
    HashAlgorithm, Input, Instance, Kind, Level, License, Lifecycle, Link, LinkDetail, LocalId,
    Need, NoFiles, NodeId, NodeMap, NodeRef, Organisation, Origin, Override, Patch, Person, Phase,
    Place, Platform, Problem, ProductFacts, ProductKey, Provided, Reader, Role, Scope, Selection,
    Service, Shape, Source, Statement, Tables, Target, Text, Timestamp, Tool, WriteError, Writer,
    link,
};
pub use bomtrail_purl::{Purl, PurlBuilder, PurlError};
pub use bomtrail_report::{
    Dot, Found, GraphJson, Mark, Mermaid, Tree, TreeLine, TreeLines, TreeOptions, Why, WhyError,
    edge_marks, printable, why,
};
pub use convert::{ConvertError, Document};
pub use diff::{Change, ChangeKind, Changes, MOST_BROUGHT_BY, diff};
pub use merge::merge;
pub use project::{Project, Scan, ScanError, ScanOptions, scan};
pub use published::{Published, is_serial, published};
pub use registry::{
    READERS, UnknownFormat, VIEWS, WRITERS, ending_of_format, format_of_file_name, view, writer,
};
pub use settings::{ComponentRule, ExtraDependency, SETTINGS_FILE, Settings, settings_template};
pub use sizes::Sizes;
pub use source::{DEFAULT_SIZE_LIMIT, Disk, GitTree, ReadError, ReadFile, Recorder};
pub use validate::{Claimed, SchemaUsed, ValidateError, Validation, validate};
pub use write::{append, create_private, make_folder, write_atomic};

/// This library, as documents name the program that wrote them.
pub const TOOL: Tool<'static> = Tool {
    name: "bomtrail",
    version: env!("CARGO_PKG_VERSION"),
};
