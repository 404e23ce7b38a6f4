//! One package as a lockfile or a manifest describes it: the form that every reader of this crate produces and that the rest
//! of the crate reads.

#[cfg(feature = "managers")]
use std::collections::BTreeSet;

use crate::package::stated::Facts;
use crate::package::value::{Str, Value};

/// `name: range` pairs in the order of the file; later ones win.
pub(crate) type Pairs<'a> = Vec<(Str<'a>, Str<'a>)>;

/// Fields that are facts for a reader of the SBOM, kept as JSON values until a component is made from them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Field {
    Workspaces,
    Overrides,
    Deprecated,
    Engines,
    Os,
    Cpu,
    Libc,
    Funding,
    Patched,
    PackageExtensionsApplied,
    NpmExtensionApplied,
    Description,
    Author,
    Homepage,
    Repository,
    Bugs,
    /// The legacy plural of `license`.
    Licenses,
    /// The names of the packages in its archive.
    BundleDependencies,
}

impl Field {
    pub(crate) const NAMES: [(&'static str, Self); 18] = [
        ("engines", Self::Engines),
        ("funding", Self::Funding),
        ("os", Self::Os),
        ("cpu", Self::Cpu),
        ("libc", Self::Libc),
        ("deprecated", Self::Deprecated),
        ("workspaces", Self::Workspaces),
        ("overrides", Self::Overrides),
        ("patched", Self::Patched),
        ("packageExtensionsApplied", Self::PackageExtensionsApplied),
        ("npmExtensionApplied", Self::NpmExtensionApplied),
        ("description", Self::Description),
        ("author", Self::Author),
        ("homepage", Self::Homepage),
        ("repository", Self::Repository),
        ("bugs", Self::Bugs),
        ("licenses", Self::Licenses),
        ("bundleDependencies", Self::BundleDependencies),
    ];

    pub(crate) fn of(key: &str) -> Option<(&'static str, Self)> {
        Self::NAMES.into_iter().find(|(name, _)| *name == key)
    }

    /// True when npm writes values of this type in the field.
    pub(crate) fn fits(self, value: &Value<'_>) -> bool {
        use Value::{Bool, List, Map, Null, Number, Text};
        match self {
            Self::Workspaces => matches!(value, Null | List(_) | Map(_)),
            Self::Overrides | Self::Patched => matches!(value, Null | Map(_)),
            Self::Deprecated => matches!(value, Null | Text(_) | Bool(_)),
            Self::Engines => matches!(value, Null | List(_) | Map(_) | Text(_)),
            Self::Os | Self::Cpu | Self::Libc => matches!(value, Null | List(_) | Text(_)),
            Self::Funding => !matches!(value, Number(_) | Bool(_)),
            // Manifests of old packages have values of any type here.
            Self::PackageExtensionsApplied
            | Self::NpmExtensionApplied
            | Self::Description
            | Self::Author
            | Self::Homepage
            | Self::Repository
            | Self::Bugs
            | Self::Licenses
            | Self::BundleDependencies => true,
        }
    }
}

/// Fields that few entries have, kept apart so that a million entries stay small.
#[derive(Clone, Debug, Default)]
pub(crate) struct Extras<'a> {
    pub(crate) optional_dependencies: Pairs<'a>,
    pub(crate) peer_dependencies: Pairs<'a>,
    pub(crate) dev_dependencies: Pairs<'a>,
    pub(crate) accept_dependencies: Pairs<'a>,
    /// `peerDependenciesMeta`, only the names marked optional.
    pub(crate) optional_peers: Vec<Str<'a>>,
    /// Fields of a wrong type, by name.
    pub(crate) wrong: Vec<&'static str>,
    /// Repeated fields, by name.
    pub(crate) twice: Vec<&'static str>,
}

/// An entry of `packages`.
#[derive(Clone, Debug, Default)]
pub(crate) struct Entry<'a> {
    pub(crate) name: Option<Str<'a>>,
    pub(crate) version: Option<Str<'a>>,
    pub(crate) resolved: Option<Str<'a>>,
    pub(crate) integrity: Option<Str<'a>>,
    pub(crate) license: Value<'a>,
    pub(crate) dependencies: Pairs<'a>,
    pub(crate) bits: EntryFlags,
    pub(crate) facts: Facts<'a>,
    pub(crate) extras: Option<Box<Extras<'a>>>,
}

/// The yes-or-no fields of an entry.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct EntryFlags(u16);

impl EntryFlags {
    pub(crate) const LINK: u16 = 1;
    pub(crate) const DEV: u16 = 1 << 1;
    pub(crate) const OPTIONAL: u16 = 1 << 2;
    pub(crate) const DEV_OPTIONAL: u16 = 1 << 3;
    pub(crate) const PEER: u16 = 1 << 4;
    pub(crate) const IN_BUNDLE: u16 = 1 << 5;
    pub(crate) const EXTRANEOUS: u16 = 1 << 6;
    pub(crate) const INSTALL_SCRIPT: u16 = 1 << 7;
    pub(crate) const SHRINKWRAP: u16 = 1 << 8;
    pub(crate) const PRIVATE: u16 = 1 << 9;
    /// Dependencies are not stated (an ancient lockfile), which is not the same as having none.
    pub(crate) const EDGES_UNKNOWN: u16 = 1 << 10;

    pub(crate) fn has(self, bit: u16) -> bool {
        self.0 & bit != 0
    }

    pub(crate) fn set(&mut self, bit: u16, on: bool) {
        if on {
            self.0 |= bit;
        } else {
            self.0 &= !bit;
        }
    }
}

/// What an entry depends on.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Declared<'e> {
    pub(crate) dependencies: &'e [(Str<'e>, Str<'e>)],
    pub(crate) extras: Option<&'e Extras<'e>>,
}

impl<'e> Declared<'e> {
    /// The dependencies of an entry.
    pub(crate) fn of(entry: &'e Entry<'_>) -> Self {
        Self {
            dependencies: &entry.dependencies,
            extras: entry.extras.as_deref(),
        }
    }
}

impl<'a> Entry<'a> {
    pub(crate) fn extras_mut(&mut self) -> &mut Extras<'a> {
        self.extras.get_or_insert_default()
    }

    /// The lists of what is installed for it, without peers: `dependencies`, `optionalDependencies`, and `devDependencies`.
    #[cfg(feature = "managers")]
    pub(crate) fn lists(&self) -> impl Iterator<Item = &Pairs<'a>> {
        let extras = self.extras.as_deref().into_iter();
        let more = extras.flat_map(|it| [&it.optional_dependencies, &it.dev_dependencies]);
        std::iter::once(&self.dependencies).chain(more)
    }

    /// The names in these lists.
    #[cfg(feature = "managers")]
    pub(crate) fn names(&self) -> BTreeSet<&str> {
        self.lists().flatten().map(|(name, _)| &**name).collect()
    }

    /// True when a field is of a wrong type or repeated.
    pub(crate) fn has_faults(&self) -> bool {
        let extras = self.extras.as_deref();
        extras.is_some_and(|it| !it.wrong.is_empty() || !it.twice.is_empty())
    }

    /// At most how many dependencies it declares.
    pub(crate) fn request_count(&self) -> usize {
        let Some(extras) = &self.extras else {
            return self.dependencies.len();
        };
        let more = [
            &extras.optional_dependencies,
            &extras.peer_dependencies,
            &extras.dev_dependencies,
        ];
        self.dependencies.len() + more.into_iter().map(Vec::len).sum::<usize>()
    }

    pub(crate) fn is(&self, bit: u16) -> bool {
        self.bits.has(bit)
    }

    /// The value of a field; null when the entry does not have it.
    pub(crate) fn fact(&self, field: Field) -> &Value<'a> {
        const NULL: &Value<'static> = &Value::Null;
        let found = self.facts.iter().rev().find(|(it, _)| *it == field);
        found.map_or(NULL, |(_, value)| value)
    }
}
