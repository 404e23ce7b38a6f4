//! The requirements of a manifest as Yarn 1 reads them, where a name is in several lists.

use std::collections::HashMap;

use foldhash::fast::RandomState;

use crate::manifest::folders::FolderManifest;

/// What a manifest says of each name that it requires, in whichever list.
pub(super) struct Declared<'p> {
    by_name: HashMap<&'p str, InForce<'p>, RandomState>,
}

/// What is in force of a name that may be in several lists: Yarn 1 takes the first of them, and the first range that says more
/// than `*`.
#[derive(Clone, Copy, Default)]
pub(super) struct InForce<'p> {
    range: Option<&'p str>,
    /// True for a name in `optionalDependencies`.
    pub(super) is_optional: bool,
    /// True for a name that is not for development alone.
    pub(super) is_runtime: bool,
}

impl<'p> InForce<'p> {
    /// The range in force where a list has this one.
    pub(super) fn range_of(self, declared: &'p str) -> &'p str {
        self.range.unwrap_or(declared)
    }
}

impl<'p> Declared<'p> {
    /// Reads the lists of a manifest.
    pub(super) fn of(manifest: &'p FolderManifest<'p>) -> Self {
        let mut by_name: HashMap<&str, InForce<'_>, RandomState> = HashMap::default();
        let extras = manifest.entry.extras.as_deref();
        let optional = extras.map(|it| (&it.optional_dependencies, true, true));
        let runtime = Some((&manifest.entry.dependencies, false, true));
        let develop = extras.map(|it| (&it.dev_dependencies, false, false));
        for (list, is_optional, is_runtime) in [optional, runtime, develop].into_iter().flatten() {
            for (name, range) in list {
                let known = by_name.entry(name).or_default();
                let is_any = range.is_empty() || range == "*";
                known.range = known.range.or(Some(&**range).filter(|_| !is_any));
                known.is_optional |= is_optional;
                known.is_runtime |= is_runtime;
            }
        }
        Self { by_name }
    }

    /// What is in force of a name.
    pub(super) fn get(&self, name: &str) -> InForce<'p> {
        self.by_name.get(name).copied().unwrap_or_default()
    }
}
