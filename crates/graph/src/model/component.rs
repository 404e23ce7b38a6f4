//! A component as one input describes it at one place, whatever the format and the ecosystem.

use std::sync::Arc;

use bomtrail_purl::Purl;

use crate::model::ecosystem::Ecosystem;
use crate::model::facts::{Completeness, Details, Fact, Flags, Text};
use crate::model::fragment::Provided;
use crate::model::hash::Hash;
use crate::model::licenses::Licenses;

/// What kind of thing a component is (the CycloneDX component types that package metadata can tell apart).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// A program of its own.
    Application,
    /// A package that others use.
    #[default]
    Library,
    /// A runtime the others need, such as the Perl interpreter.
    Platform,
    /// A framework that calls into user code.
    Framework,
    /// A single file.
    File,
    /// Anything else an imported document may name.
    Other,
}

impl Kind {
    /// The name used in documents.
    pub fn name(self) -> &'static str {
        match self {
            Self::Application => "application",
            Self::Library => "library",
            Self::Platform => "platform",
            Self::Framework => "framework",
            Self::File => "file",
            Self::Other => "other",
        }
    }
}

/// Whose code a component is, seen from the project.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// The project itself.
    Root,
    /// A workspace member of the project.
    Member,
    /// Another first-party directory or archive, reached by a local path.
    Local,
    /// Someone else's package.
    #[default]
    Dependency,
}

impl Role {
    /// True for the project, its members and its local directories.
    pub fn is_first_party(self) -> bool {
        matches!(self, Self::Root | Self::Member | Self::Local)
    }

    /// The name used in documents.
    pub fn name(self) -> &'static str {
        match self {
            Self::Root => "root",
            Self::Member => "workspace",
            Self::Local => "local",
            Self::Dependency => "dependency",
        }
    }
}

/// Where the bytes of a component come from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Origin {
    /// The ecosystem's public registry.
    Registry,
    /// Another registry of the same kind.
    OtherRegistry,
    /// A version control repository.
    Git,
    /// An archive fetched from an arbitrary URL.
    RemoteArchive,
    /// An archive on the local disk.
    LocalArchive,
    /// A directory on the local disk.
    Directory,
    /// The archive of the package that bundles it.
    Bundle,
    /// The input does not say.
    #[default]
    Unknown,
}

impl Origin {
    /// The name used in documents.
    pub fn name(self) -> &'static str {
        match self {
            Self::Registry => "registry",
            Self::OtherRegistry => "other-registry",
            Self::Git => "git",
            Self::RemoteArchive => "remote-archive",
            Self::LocalArchive => "local-archive",
            Self::Directory => "directory",
            Self::Bundle => "bundle",
            Self::Unknown => "unknown",
        }
    }
}

/// A component at one place of one input.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Component {
    /// Full name as the ecosystem writes it (`@scope/name`, `Try-Tiny`).
    pub name: Text,
    /// Exact version as written; `None` when the input has none.
    pub version: Option<Text>,
    /// Package URL; `None` for what cannot have one.
    pub purl: Option<Purl>,
    /// Where in the input (and relative to the project) it stands: an install path, a snapshot entry; empty for the root.
    pub place: Text,
    /// What kind of thing it is.
    pub kind: Kind,
    /// Whose code it is.
    pub role: Role,
    /// Where its bytes come from.
    pub origin: Origin,
    /// Yes-or-no facts of this place.
    pub flags: Flags,
    /// Whether its dependencies are all known.
    pub dependencies: Completeness,
    /// URL it is fetched from, credentials removed.
    pub source: Option<Text>,
    /// Digests of the archive at `source`.
    pub hashes: Box<[Hash]>,
    /// Declared licences; several mean neither AND nor OR.
    pub licenses: Fact<Licenses>,
    /// Rarer facts; the same ones may be shared by many components.
    pub details: Option<Arc<Details>>,
    /// Names that other components may ask for it by.
    pub provides: Box<[Provided]>,
    /// The ecosystem it belongs to, where the input says so.
    pub ecosystem: Option<Ecosystem>,
}

impl Component {
    /// Sets fields by name. A field that a later version adds keeps its default.
    #[must_use]
    pub fn with(mut self, set: impl FnOnce(&mut Self)) -> Self {
        set(&mut self);
        self
    }

    /// A component of which only the name is known.
    pub fn new(name: &str) -> Self {
        Self {
            name: name.into(),
            ..Self::default()
        }
    }

    /// The rarer facts, made when first asked for.
    pub fn details_mut(&mut self) -> &mut Details {
        Arc::make_mut(self.details.get_or_insert_default())
    }
}
