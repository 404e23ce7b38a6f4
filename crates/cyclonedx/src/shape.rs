//! A document of any encoding in the shape of JSON, for what reads, checks and rewrites all encodings alike.

use std::collections::BTreeMap;

use bomtrail_document::Members;

use crate::spec::Encoding;

/// What an encoding or a version has no place for: how often, by kind.
pub(crate) type Losses = BTreeMap<String, usize>;

/// A document in the shape of JSON.
pub(crate) struct Parsed<'t> {
    pub(crate) value: Members<'t>,
    /// The encoding that it was in.
    pub(crate) encoding: Encoding,
    /// What the shape has no place for.
    pub(crate) lost: Losses,
}
