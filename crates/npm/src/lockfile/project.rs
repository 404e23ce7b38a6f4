//! The entries of one lockfile, by number.

use crate::lockfile::chunks::Chunks;
use crate::package::entry::Entry;
use crate::package::registries::Registries;
use crate::package::value::Str;
use crate::resolve::tree::Index;

/// The entries of a lockfile, with the manifests on disk merged into the entries that npm reads again from there.
pub(crate) struct Project<'p, 'a> {
    /// The lockfile.
    pub(crate) path: &'p str,
    /// The places of the entries, by number.
    pub(crate) locations: &'p [Str<'a>],
    /// The entries, by number.
    pub(crate) entries: Chunks<Entry<'a>>,
    /// The numbers of the links.
    pub(crate) links: &'p [Index],
    /// The name of the project when neither lockfile nor manifest states one.
    pub(crate) root_name: &'p str,
    /// The registries that the project names.
    pub(crate) registries: &'p Registries,
    /// The workspaces that no link of the lockfile leads to: name and location.
    pub(crate) unlocked: &'p [(String, String)],
    /// Folders other than workspaces are installed as copies and not as links (`install-links` of npm).
    pub(crate) copies_folders: bool,
}

impl<'p, 'a> Project<'p, 'a> {
    pub(crate) fn entry(&self, index: Index) -> Option<&Entry<'a>> {
        self.entries.get(index as usize)
    }

    pub(crate) fn location(&self, index: Index) -> &'p str {
        self.locations.get(index as usize).map_or("", |it| it)
    }
}
