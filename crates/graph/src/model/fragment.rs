//! What one reader makes of one input: components, the links between them, and the names it still needs.

use crate::model::component::Component;
use crate::model::facts::Text;
use crate::model::name_space::NameSpace;
use crate::model::scope::Scope;
use crate::model::shared_text::SharedText;

/// Number of a component within its [`Fragment`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LocalId(pub u32);

impl LocalId {
    /// As an index into [`Fragment::components`].
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// When a dependency is needed (the five phases of `CPAN::Meta::Spec`; npm's fit into them).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Phase {
    /// To configure the build.
    Configure,
    /// To build.
    Build,
    /// To test.
    Test,
    /// To run.
    #[default]
    Runtime,
    /// To work on the code.
    Develop,
}

impl Phase {
    /// The name used in documents.
    pub fn name(self) -> &'static str {
        match self {
            Self::Configure => "configure",
            Self::Build => "build",
            Self::Test => "test",
            Self::Runtime => "runtime",
            Self::Develop => "develop",
        }
    }

    /// The phase of a name used in documents.
    pub fn from_name(name: &str) -> Option<Self> {
        [
            Self::Configure,
            Self::Build,
            Self::Test,
            Self::Runtime,
            Self::Develop,
        ]
        .into_iter()
        .find(|it| it.name() == name)
    }
}

/// How much a dependency is needed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Need {
    /// Must be there.
    #[default]
    Required,
    /// May be absent; used when it is there.
    Optional,
    /// Should be there.
    Recommended,
    /// Could be there.
    Suggested,
    /// Must be there, and is provided by who uses the package.
    Peer,
    /// May be provided by who uses the package.
    OptionalPeer,
    /// Must not be there.
    Conflicts,
}

impl Need {
    /// All needs.
    pub const ALL: [Self; 7] = [
        Self::Required,
        Self::Optional,
        Self::Recommended,
        Self::Suggested,
        Self::Peer,
        Self::OptionalPeer,
        Self::Conflicts,
    ];

    /// The name used in documents.
    pub fn name(self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::Optional => "optional",
            Self::Recommended => "recommended",
            Self::Suggested => "suggested",
            Self::Peer => "peer",
            Self::OptionalPeer => "optional-peer",
            Self::Conflicts => "conflicts",
        }
    }

    /// The need of a name used in documents.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }

    /// True when the depending component does not work without it.
    pub fn is_strict(self) -> bool {
        matches!(self, Self::Required | Self::Peer)
    }

    /// True for both kinds of peer.
    pub fn is_peer(self) -> bool {
        matches!(self, Self::Peer | Self::OptionalPeer)
    }
}

/// What is wrong with a link, in the terms of the package manager.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Problem {
    /// Nothing provides it though it is needed.
    Missing,
    /// What provides it does not satisfy the range.
    Invalid,
}

impl Problem {
    /// The name used in documents.
    pub fn name(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Invalid => "invalid",
        }
    }
}

/// A rule of the project that replaced a declared range.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Override {
    /// The rule: its path of keys, joined by ` > `, and its value (`foo > bar@1: 2.0.0`).
    pub rule: Text,
    /// The range in force.
    pub effective: Text,
}

/// Rarer facts about a link.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub struct LinkDetail {
    /// The name it was asked by, where that is not the name of what it reaches.
    pub alias: Option<Text>,
    /// The rule that changed the range.
    pub overridden: Option<Override>,
    /// The rule outside the package that added the link (a package extension's selector).
    pub added_by: Option<Text>,
    /// The condition it holds under, as written.
    pub condition: Option<Text>,
}

impl LinkDetail {
    /// Sets fields by name. A field that a later version adds keeps its default.
    #[must_use]
    pub fn with(mut self, set: impl FnOnce(&mut Self)) -> Self {
        set(&mut self);
        self
    }

    /// Boxed when it says anything.
    pub fn boxed(self) -> Option<Box<Self>> {
        (self != Self::default()).then(|| Box::new(self))
    }
}

/// What a link reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Target {
    /// A component of the same fragment.
    Here(LocalId),
    /// Whatever provides the link's name in this name space, in any fragment; resolved by [`crate::link`].
    Named(NameSpace),
    /// Nothing provides it.
    Absent,
}

/// A dependency of one component.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Link {
    /// The depending component.
    pub from: LocalId,
    /// What it reaches.
    pub to: Target,
    /// The name asked for; `None` when it is the name of the component reached.
    pub name: Option<SharedText>,
    /// The range as declared.
    pub range: Option<SharedText>,
    /// When it is needed.
    pub phase: Phase,
    /// How much it is needed.
    pub need: Need,
    /// What is wrong with it.
    pub problem: Option<Problem>,
    /// The root has it because what it leads to is a workspace member. Who needs the root does not need its members.
    pub is_membership: bool,
    /// Rarer facts.
    pub detail: Option<Box<LinkDetail>>,
}

impl Link {
    /// A required runtime dependency of one component on a target.
    pub fn new(from: LocalId, to: Target) -> Self {
        Self {
            from,
            to,
            name: None,
            range: None,
            phase: Phase::default(),
            need: Need::default(),
            problem: None,
            is_membership: false,
            detail: None,
        }
    }

    /// Sets fields by name. A field that a later version adds keeps its default.
    #[must_use]
    pub fn with(mut self, set: impl FnOnce(&mut Self)) -> Self {
        set(&mut self);
        self
    }
}

/// A name that a component can be asked for by.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Provided {
    /// The name of the name space, as in [`Target::Named`].
    pub space: &'static str,
    /// The name (a module).
    pub name: Text,
    /// Its version.
    pub version: Option<Text>,
}

/// When in a product's life an input was made (CycloneDX `metadata.lifecycles`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Lifecycle {
    /// Before the build: a lockfile, a manifest.
    #[default]
    PreBuild,
    /// From what is installed.
    Build,
    /// The input does not say; a document of others need not.
    Unknown,
}

impl Lifecycle {
    /// The CycloneDX name; `unknown`, which CycloneDX has no word for.
    pub fn name(self) -> &'static str {
        match self {
            Self::PreBuild => "pre-build",
            Self::Build => "build",
            Self::Unknown => "unknown",
        }
    }
}

/// Dependencies that join the others only when their feature is asked for by name (`optional_features` of
/// `CPAN::Meta::Spec`).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Feature {
    /// Its name.
    pub name: Text,
    /// What it adds.
    pub links: Vec<Link>,
}

/// Everything one input says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Fragment {
    /// Path of the input, relative to the project.
    pub path: Text,
    /// When it was made.
    pub lifecycle: Lifecycle,
    /// Its components.
    pub components: Vec<Component>,
    /// Its links.
    pub links: Vec<Link>,
    /// Links of features, which are part of the graph only after [`Fragment::include`].
    pub features: Vec<Feature>,
    /// The components it describes as the project.
    pub roots: Vec<LocalId>,
    /// How components take part in the product, where the input says so; it counts more than what the links tell.
    pub scopes: Vec<(LocalId, Scope)>,
    /// Facts about the input as a whole, as `(property name, value)`.
    pub properties: Vec<(Text, Text)>,
    /// Who wins when several fragments provide a name: the lowest. Inputs of the project have 0.
    pub precedence: u8,
}

impl Fragment {
    /// Sets fields by name. A field that a later version adds keeps its default.
    #[must_use]
    pub fn with(mut self, set: impl FnOnce(&mut Self)) -> Self {
        set(&mut self);
        self
    }

    /// Adds a component and returns its number. A fragment holds fewer than 2³² components; more are refused with `None`.
    pub fn add(&mut self, component: Component) -> Option<LocalId> {
        let id = LocalId(u32::try_from(self.components.len()).ok()?);
        self.components.push(component);
        Some(id)
    }

    /// Adds the links of the features that `wanted` names, forgets the others, and says which ones there were.
    pub fn include(&mut self, wanted: &[String]) -> Vec<Text> {
        let features = std::mem::take(&mut self.features);
        let chosen = features
            .into_iter()
            .filter(|it| wanted.iter().any(|name| **name == *it.name));
        let mut found = Vec::new();
        for Feature { name, links } in chosen {
            self.links.extend(links);
            found.push(name);
        }
        found
    }

    /// The component of a number.
    pub fn component(&self, id: LocalId) -> Option<&Component> {
        self.components.get(id.index())
    }
}
