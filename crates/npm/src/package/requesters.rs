//! Which kinds of specifier lead to a package.

use crate::resolve::spec::Spec;

/// The kinds of specifier that lead to a package.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a fact of its own, and all combinations occur"
)]
pub(crate) struct Requesters {
    pub(crate) registry: bool,
    pub(crate) other: bool,
    /// A package that is not first-party asks for a file or folder.
    pub(crate) foreign_path: bool,
    /// A plain range asks for a package of another name, which is valid where an alias put this one there.
    renamed: bool,
    /// An alias of this package asks for it.
    aliased: bool,
    /// An alias of another package asks for it.
    mistaken: bool,
}

impl Requesters {
    /// Records a specifier, the name it is declared under, and the name of the package it leads to.
    /// `own` says whether a first-party package declares it.
    pub(crate) fn note(
        &mut self,
        spec: Spec<'_>,
        asked: &str,
        real: &str,
        own: impl FnOnce() -> bool,
    ) {
        if spec.is_registry() {
            self.registry = true;
        } else {
            self.other = true;
        }
        match spec {
            Spec::Range(_) | Spec::Tag(_) => self.renamed |= asked != real,
            Spec::Alias { name, .. } => {
                self.aliased |= name == real;
                self.mistaken |= name != real;
            }
            Spec::File(_) | Spec::Directory(_) => self.foreign_path |= !own(),
            Spec::Git(_) | Spec::Remote(_) | Spec::Invalid => {}
        }
    }

    /// Records that the entry itself says that it is a registry's package.
    #[cfg(feature = "managers")]
    pub(crate) fn note_registry(&mut self) {
        self.registry = true;
    }

    /// Records that the entry itself says that it comes from elsewhere than a registry.
    #[cfg(feature = "managers")]
    pub(crate) fn note_other(&mut self) {
        self.other = true;
    }

    /// True when a specifier asks for a package of another name.
    pub(crate) fn misnamed(self) -> bool {
        self.mistaken || (self.renamed && !self.aliased)
    }

    /// True when only registry specifiers lead to it.
    pub(crate) fn registry_alone(self) -> bool {
        !self.other
    }
}
