//! Writes a graph as a CycloneDX document (ECMA-424), in the versions 1.4 to 1.7, and reads one.
//!
//! A document is a set of views: [`document`](self) turns nodes into small wire values one at a time, and an encoding
//! prints them as they come, so that memory does not grow with the output. One family of wire values serves every
//! version; what a version has no place for is left out and reported once by kind.
//!
//! Knows nothing of npm or CPAN, of files, clocks or random numbers: it sees facts on nodes.
//!
//! CycloneDX has no place for the declared range, the phase and the need of a dependency, in any version: they are lines of
//! one property (`bomtrail:edges`) of the depending component, from which the reader restores them.
//!
//! [`JsonReader`] turns a document of anybody into a fragment again.

#![cfg_attr(
    not(feature = "xml"),
    expect(
        dead_code,
        reason = "the table of the specification has the XML forms too"
    )
)]

mod diags;
mod downgrade;
mod edge;
mod iri;
mod name;
mod names;
mod read;
mod spec;
mod taxonomy;
mod write;
#[cfg(feature = "xml")]
mod xml;

pub use downgrade::write_in_version;
pub use read::published::Published;
pub use read::{JsonReader, SIZE_LIMIT};
pub use spec::{SpecVersion, is_serial};
pub use write::json::Json;
#[cfg(feature = "xml")]
pub use xml::{Xml, XmlReader};
