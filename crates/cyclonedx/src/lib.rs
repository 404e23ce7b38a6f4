//! Writes a graph as a CycloneDX document (ECMA-424), in the versions 1.4 to 1.7, and reads one.
//!
//! The writer turns nodes into small values, one at a time, and an encoding prints them, so that memory does not grow with the
//! output. One table of the specification says what each version has; what a version has no place for is left out and
//! reported once by kind.
//!
//! It uses no files, clocks or random numbers.
//!
//! No version of CycloneDX has a field for the declared range, the phase and the need of a dependency. They are lines of the
//! property `bomtrail:edges` of the depending component, from which the reader restores them.
//!
//! [`JsonReader`] and [`XmlReader`] read documents of any author, and compare them with the specification.

#![cfg_attr(
    not(feature = "xml"),
    expect(
        dead_code,
        reason = "the table of the specification has the XML forms too"
    )
)]

mod diags;
mod edge;
mod iri;
mod name;
mod names;
mod read;
mod rewrite;
mod shape;
mod spec;
mod taxonomy;
mod write;
#[cfg(feature = "xml")]
mod xml;

pub use read::published::Published;
pub use read::{JsonReader, SIZE_LIMIT};
pub use rewrite::rewrite;
pub use spec::{Dialect, Encoding, SpecVersion, is_serial};
pub use write::json::Json;
#[cfg(feature = "xml")]
pub use xml::{Xml, XmlReader};
