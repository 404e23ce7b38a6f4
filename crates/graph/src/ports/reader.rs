//! The port for input formats.

use super::files::Files;
use crate::diagnostic::Diagnostics;
use crate::model::fragment::Fragment;

/// One input of a reader.
#[derive(Clone, Copy)]
pub struct Input<'a> {
    /// Its path, relative to the project, with `/`.
    pub path: &'a str,
    /// Its content.
    pub bytes: &'a [u8],
    /// The files of the project.
    pub files: &'a dyn Files,
}

/// Turns one input into a [`Fragment`]. Never fails and never panics: what cannot be used becomes a diagnostic.
pub trait Reader: Sync {
    /// Stable name, `ecosystem/format`.
    fn name(&self) -> &'static str;

    /// True when a file of this path (relative to the project) is an input of this reader.
    fn claims(&self, path: &str) -> bool;

    /// True when the content is an input of this reader, whatever its file is called; for a single file that is named
    /// explicitly. Looks at the beginning only.
    fn sniff(&self, beginning: &[u8]) -> bool {
        let _ = beginning;
        false
    }

    /// Reads an input. A fragment without components means that nothing could be read; a diagnostic says why.
    fn read(&self, input: &Input<'_>, diagnostics: &mut Diagnostics) -> Fragment;
}
