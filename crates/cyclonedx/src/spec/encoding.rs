//! The encodings of a document.

/// An encoding of the specification. XML schemas leave out some rules that JSON schemas have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// JSON.
    Json,
    /// XML; the feature `xml` reads and writes it.
    Xml,
}
