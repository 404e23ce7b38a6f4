//! The port for input formats.

use std::any::Any;
use std::collections::BTreeMap;

use super::files::Files;
use super::manager::PackageManager;
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

/// The project that a reader completes.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The files of the project.
    pub files: &'a dyn Files,
    settings: &'a [&'a dyn Any],
}

impl<'a> Context<'a> {
    /// A project with these files and the settings of its ecosystems, at most one value of each type.
    pub fn new(files: &'a dyn Files, settings: &'a [&'a dyn Any]) -> Self {
        Self { files, settings }
    }

    /// The settings of one type; `None` when there are none.
    pub fn setting<T: Any>(&self) -> Option<&'a T> {
        self.settings.iter().find_map(|it| it.downcast_ref())
    }
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

    /// The package manager that uses these inputs, for advice.
    fn manager(&self) -> Option<&'static PackageManager> {
        None
    }

    /// True when these inputs only ask for packages, and do not say which versions are installed.
    fn is_manifest(&self) -> bool {
        false
    }

    /// Reads an input. A fragment without components means that nothing could be read; a diagnostic says why.
    fn read(&self, input: &Input<'_>, diagnostics: &mut Diagnostics) -> Fragment;

    /// Completes what single inputs leave open, over all fragments of a project: names that the ecosystem can resolve, facts
    /// that only several inputs together show. It is called once for every registered reader, whether or not that reader read
    /// an input, after a part of the project is selected and before the fragments are linked.
    fn finish(
        &self,
        fragments: &mut Vec<Fragment>,
        context: &Context<'_>,
        diagnostics: &mut Diagnostics,
    ) {
        let _ = (fragments, context, diagnostics);
    }

    /// The lines of the entries of an input, from 1, by the places of the components that are made of them; empty where they are
    /// not known.
    fn lines(&self, bytes: &[u8]) -> BTreeMap<String, usize> {
        let _ = bytes;
        BTreeMap::new()
    }

    /// Reports what the package manager itself would never write into this input, for checks that must not be misled by it.
    /// Reading accepts all of it.
    fn audit(&self, input: &Input<'_>, diagnostics: &mut Diagnostics) {
        let _ = (input, diagnostics);
    }
}
