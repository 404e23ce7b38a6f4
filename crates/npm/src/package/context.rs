//! What is known about an entry from outside and from its fields.

use bomtrail_graph::{Hash, Role};

use super::entry::Entry;
use super::registries::Registries;
use super::requesters::Requesters;
use super::source::Source;

/// What is known about an entry from outside of it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct EntryContext<'p> {
    /// The lockfile, for messages.
    pub(crate) path: &'p str,
    pub(crate) location: &'p str,
    /// The real name of an entry that does not state one.
    pub(crate) fallback_name: &'p str,
    pub(crate) role: Role,
    pub(crate) asked: Requesters,
    /// The registries that the project names.
    pub(crate) registries: &'p Registries,
    /// The place of the package whose archive contains this one.
    pub(crate) bundler: Option<&'p str>,
}

/// An entry with what has been derived from it.
pub(crate) struct EntryFacts<'a> {
    pub(crate) entry: &'a Entry<'a>,
    pub(crate) name: &'a str,
    pub(crate) role: Role,
    pub(crate) source: &'a Source<'a>,
    pub(crate) hashes: &'a [Hash],
}
