//! One package as an entry of a lockfile describes it.

use bomtrail_graph::{LocalId, Patch, Role, Text};

use crate::package::entry::Entry;
use crate::package::requesters::Requesters;
use crate::package::value::Str;

/// Where the bytes of a package come from, as its entry states it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Resolution<'a> {
    /// A registry, which the name and the version of the entry are enough to ask: the one at this address, else the one that
    /// the project names for its scope, else the public one.
    Registry(Option<Str<'a>>),
    /// The address in [`Entry::resolved`]: an archive, a git repository (`git+https://host/path.git#commit`), or a local archive
    /// (`file:path`, relative to the project's folder).
    Address,
    /// A folder of the project or next to it.
    #[default]
    Folder,
    /// Archives of a program that is not a package of a registry, such as a JavaScript runtime; one for each platform.
    Program,
}

/// A package at one place of a lockfile.
#[derive(Clone, Debug, Default)]
pub(crate) struct Package<'a> {
    /// The place: what the lockfile calls the entry, or the folder of a first-party package, relative to the project's folder
    /// and empty for the root.
    pub(crate) place: Str<'a>,
    /// The real name, never an alias.
    pub(crate) name: Str<'a>,
    /// Version, integrity, address and facts. Its dependencies are not read; they are edges.
    pub(crate) entry: Entry<'a>,
    /// Whose code it is.
    pub(crate) role: Role,
    /// Where its bytes come from.
    pub(crate) resolution: Resolution<'a>,
    /// What is known of the specifiers that lead to it, apart from those of the edges.
    pub(crate) asked: Requesters,
    /// True when the manager compares what it fetches with a digest that is not one of the package's archive.
    pub(crate) is_checked: bool,
    /// The first-party package that this one is a copy of: both are one component.
    pub(crate) copy_of: Option<LocalId>,
    /// Its lockfile contradicts itself about what it is.
    pub(crate) contradicted: bool,
    /// The lockfile does not have all of its dependencies.
    pub(crate) incomplete: bool,
    /// Patches of the project that are applied to it.
    pub(crate) patches: Vec<Patch>,
    /// Further facts, as `(property name, value)`.
    pub(crate) properties: Vec<(Text, Text)>,
}

impl Package<'_> {
    /// Sets fields by name.
    pub(crate) fn with(mut self, set: impl FnOnce(&mut Self)) -> Self {
        set(&mut self);
        self
    }
}

impl<'a> Package<'a> {
    /// A package of a registry, by its name and version.
    pub(crate) fn of_registry(place: Str<'a>, name: Str<'a>, version: Str<'a>) -> Self {
        let mut asked = Requesters::default();
        asked.note_registry();
        let entry = Entry {
            version: Some(version),
            ..Entry::default()
        };
        Self {
            place,
            name,
            entry,
            resolution: Resolution::Registry(None),
            asked,
            ..Self::default()
        }
    }

    /// A package from the address in `resolved`: an archive, a git repository or a local archive.
    pub(crate) fn of_address(place: Str<'a>, name: Str<'a>, resolved: Str<'a>) -> Self {
        let mut asked = Requesters::default();
        asked.note_other();
        let entry = Entry {
            resolved: Some(resolved),
            ..Entry::default()
        };
        Self {
            place,
            name,
            entry,
            resolution: Resolution::Address,
            asked,
            ..Self::default()
        }
    }

    /// A first-party folder; `place` is its path relative to the project's folder.
    pub(crate) fn of_folder(place: Str<'a>, name: Str<'a>, role: Role) -> Self {
        Self {
            place,
            name,
            role,
            ..Self::default()
        }
    }
}
