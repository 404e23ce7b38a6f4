//! npm, CPAN and Cargo dependency metadata as one graph keyed by Package URLs, and as SBOMs in CycloneDX and SPDX.
//!
//! [`scan`] reads a project and links its [`Graph`]. [`writer`] finds a format, and a [`Bom`] is what it prints:
//!
//! ```
//! use bomtrail::{Diagnostics, TOOL};
//!
//! let scan = bomtrail::scan("../../fixtures/npm/basic")?;
//! let mut losses = Diagnostics::new();
//! let mut document = Vec::new();
//! bomtrail::writer("cyclonedx-json")?.write(&scan.bom(TOOL), &mut document, &mut losses)?;
//! assert!(document.starts_with(b"{"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The graph answers questions by itself:
//!
//! ```
//! let scan = bomtrail::scan("../../fixtures/npm/basic")?;
//! for node in scan.graph().nodes().filter(|it| !it.is_root()) {
//!     let requirers = scan.graph().requirers(node.id());
//!     println!("{} is required by {} packages", node.reference(), requirers.len());
//! }
//! # Ok::<(), bomtrail::ScanError>(())
//! ```
//!
//! # Where things are
//!
//! | to | use | feature |
//! |---|---|---|
//! | read a folder, a file, a git revision or files in memory | [`scan`], [`Project`], [`source`] | `npm`, `managers` (pnpm, yarn, Bun), `cpan`, `cargo`, `cyclonedx`, `spdx` |
//! | walk packages and dependencies | [`graph`] | |
//! | find every project below a folder | [`source::discovery`] | `discovery` |
//! | write an SBOM | [`writer`], [`formats`] | `cyclonedx`, `cyclonedx-xml`, `spdx` |
//! | convert or merge SBOMs | [`convert`], [`merge`] | |
//! | use what `bomtrail.toml` states | `settings` | `settings` |
//! | compare two states, show trees | `diff`, `views` | `report` |
//! | check a project against its approvals and policy | `check`, `approvals`, `install` | `approvals` |
//! | find known vulnerabilities, record decisions, write VEX | `advisories` | `advisories` |
//! | report what a regulation asks for | `compliance` | `approvals` |
//! | verify attestations and signatures | `provenance` | `provenance` |
//! | read the archives of packages | `ScanOptions::archives` | `archives` |
//! | compare a document with its schema | `validate` | `validate` |
//!
//! The default features are `npm`, `managers` (pnpm, yarn and Bun), `cpan`, `cargo`, `cyclonedx`, `cyclonedx-xml`, `spdx` and
//! `settings`; `full` has everything except `openpgp`.
//!
//! # What to rely on
//!
//! * Nothing here prints, uses the network or reads a clock. What is odd about an input is a [`Diagnostic`], not an error.
//! * This is the only library crate that touches files, in [`source`].
//! * No type of a third-party library is in these signatures.

mod diags;
pub mod formats;
pub mod graph;
mod project;
mod run;
#[cfg(feature = "settings")]
pub mod settings;
#[cfg(not(feature = "settings"))]
#[path = "settings/absent.rs"]
mod settings;
pub mod source;
#[cfg(feature = "approvals")]
#[doc(hidden)]
pub mod write;

/// Package URLs.
pub mod purl {
    pub use bomtrail_purl::{Purl, PurlBuilder, PurlError};
}

/// What is particular to npm.
#[cfg(feature = "npm")]
pub mod npm {
    pub use bomtrail_npm::{PlatformError, parse_platform};

    pub use crate::project::npm_settings::NpmEnvironment;
}

/// What is known of Perl and CPAN besides a project's inputs.
#[cfg(feature = "cpan")]
pub mod cpan {
    pub use bomtrail_cpan::{CoreListError, IndexError, Perl};
}

/// Ways to show a graph to people: trees, paths, diagrams, and JSON.
///
/// ```
/// use bomtrail::views::{Tree, TreeOptions, why};
///
/// let scan = bomtrail::scan("../../fixtures/npm/basic")?;
/// for line in Tree::new(scan.graph(), TreeOptions::default()).lines() {
///     println!("{}{}", line.prefix, line.label);
/// }
/// let answer = why(scan.graph(), "price", 1)?;
/// # let _ = answer;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[cfg(feature = "report")]
pub mod views {
    pub use bomtrail_report::{
        Dot, Found, GraphJson, Mark, Mermaid, Overview, Tree, TreeLine, TreeLines, TreeOptions,
        Why, WhyError, edge_marks, printable, why,
    };
}

#[cfg(feature = "advisories")]
pub use run::advisories;
#[cfg(feature = "approvals")]
pub use run::approve as approvals;
pub use run::convert;
#[cfg(feature = "report")]
pub use run::diff;
#[cfg(feature = "archives")]
pub use run::source_match;
#[cfg(feature = "validate")]
pub use run::validate;
#[cfg(feature = "provenance")]
pub use run::verify as provenance;
#[cfg(feature = "approvals")]
pub use run::{check, compliance, evidence, install};

pub use bomtrail_graph::{
    Bom, Component, DetailLevel, Diagnostic, Diagnostics, DocumentOptions, EdgeRef, Graph, Hash,
    Level, License, Need, NodeId, NodeMap, NodeRef, Phase, Platform, Reader, Role, Scope,
    Selection, Tables, Tool, WriteError, Writer,
};
pub use bomtrail_purl::Purl;
pub use formats::writer;
#[cfg(feature = "archives")]
pub use project::archives::{ArchiveSources, ReadArchives};
pub use project::{Project, Scan, ScanError, ScanOptions, scan};
#[cfg(feature = "discovery")]
pub use run::all::{discovery_options, scan_all};
pub use run::convert::Document;
#[cfg(feature = "report")]
pub use run::diff::diff;
pub use run::merge::merge;
#[cfg(feature = "validate")]
pub use run::validate::validate;
#[cfg(feature = "settings")]
pub use settings::Settings;
pub use source::Source;

/// This library, as documents name the program that wrote them.
pub const TOOL: Tool<'static> = Tool {
    name: "bomtrail",
    version: env!("CARGO_PKG_VERSION"),
};
