//! VEX: what a product says about the vulnerabilities of its packages, as CycloneDX, OpenVEX and CSAF documents; and documents of
//! others, which are read as claims.

pub mod read;
mod statement;
mod words;
mod write;

pub use statement::{Statement, statements};
pub use write::{Origin, VexFormat, cyclonedx_vulnerabilities, write};
