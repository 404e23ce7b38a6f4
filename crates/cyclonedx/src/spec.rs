//! The CycloneDX specification (ECMA-424): its versions.

mod version;

pub use version::SpecVersion;
