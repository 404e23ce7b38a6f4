//! The right answer: what a package manager makes of a project.

pub(super) mod arborist;
pub(super) mod corpus;
pub(super) mod listing;

use std::collections::{BTreeMap, BTreeSet};

use super::sbom::Component;

/// What a component is, whatever a tool calls it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Identity {
    /// The root or a workspace member, by its name. Members of one name are one.
    Own(String),
    /// A package, by the key of the answer.
    Package(String),
}

/// A dependency.
pub(super) type Edge = (Identity, Identity);

/// One place of an answer's source.
pub(super) struct Node {
    /// What rows call it.
    pub(super) place: String,
    pub(super) role: Role,
    pub(super) name: String,
    /// `name@version`, or the name the source gives to a package without a version.
    pub(super) key: String,
}

/// What is expected of a node.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Root,
    Member,
    Package,
    /// A package that may be listed or left out.
    Optional,
    /// A local folder, which is neither counted as missing nor as extra.
    Local,
}

impl Role {
    fn is_own(self) -> bool {
        matches!(self, Self::Root | Self::Member)
    }
}

/// A dependency between places.
pub(super) struct Row {
    pub(super) from: String,
    pub(super) to: String,
    /// May be given or left out: a peer dependency.
    pub(super) soft: bool,
}

/// What must be in an SBOM, and what may be.
#[derive(Default)]
pub(super) struct Answer {
    root: Option<Identity>,
    own: BTreeMap<String, Identity>,
    locals: BTreeSet<String>,
    /// Other spellings of a package's `name@version`.
    also: BTreeMap<String, String>,
    /// The keys of all packages, by name.
    named: BTreeMap<String, BTreeSet<String>>,
    pub(super) packages: BTreeSet<Identity>,
    pub(super) optional: BTreeSet<Identity>,
    pub(super) edges: BTreeSet<Edge>,
    pub(super) soft: BTreeSet<Edge>,
}

impl Answer {
    /// Joins places that are the same package.
    pub(super) fn new(nodes: Vec<Node>, rows: Vec<Row>) -> Self {
        let mut answer = Self::default();
        let mut places = BTreeMap::new();
        let members = nodes.iter().filter(|it| it.role.is_own());
        let members: Vec<(String, String)> = members
            .map(|it| (it.place.clone(), it.key.clone()))
            .collect();
        for node in nodes {
            if let Some((place, identity)) = answer.add(node) {
                places.insert(place, identity);
            }
        }
        let alike = answer.alike(members);
        for row in rows {
            let (Some(from), Some(to)) = (places.get(&row.from), places.get(&row.to)) else {
                continue;
            };
            let soft = row.soft
                || alike.contains(&row.from)
                || [from, to].iter().any(|it| answer.optional.contains(it));
            let edge = (from.clone(), to.clone());
            if matches!(to, Identity::Own(_)) {
                continue;
            }
            if soft {
                answer.soft.insert(edge);
            } else {
                answer.edges.insert(edge);
            }
        }
        answer
    }

    /// Adds another spelling of a package.
    pub(super) fn also(&mut self, spelling: String, key: String) {
        self.also.insert(spelling, key);
    }

    /// The places of members that have name and version of a package. They look the same in an SBOM, so neither is counted.
    fn alike(&mut self, members: Vec<(String, String)>) -> BTreeSet<String> {
        let mut alike = BTreeSet::new();
        for (place, key) in members {
            let identity = Identity::Package(key);
            if self.packages.remove(&identity) {
                self.optional.insert(identity);
                alike.insert(place);
            }
        }
        alike
    }

    fn add(&mut self, node: Node) -> Option<(String, Identity)> {
        let identity = match node.role {
            Role::Root | Role::Member => {
                let identity = Identity::Own(node.name.clone());
                if node.role == Role::Root {
                    self.root = Some(identity.clone());
                }
                self.own.insert(node.name, identity.clone());
                identity
            }
            Role::Local => {
                self.locals.insert(node.name);
                return None;
            }
            Role::Package | Role::Optional => {
                let identity = Identity::Package(node.key.clone());
                if node.role == Role::Package {
                    self.packages.insert(identity.clone());
                } else {
                    self.optional.insert(identity.clone());
                }
                self.named.entry(node.name).or_default().insert(node.key);
                identity
            }
        };
        Some((node.place, identity))
    }

    /// The root, which a document's main component stands for.
    pub(super) fn root(&self) -> Option<&Identity> {
        self.root.as_ref()
    }

    /// Whether a name is that of a local folder.
    pub(super) fn is_local(&self, name: &str) -> bool {
        self.locals.contains(name)
    }

    /// What a tool's component is, if the answer knows it.
    pub(super) fn identity(&self, component: &Component) -> Option<Identity> {
        let version = component.version.as_deref().unwrap_or_default();
        let key = format!("{}@{version}", component.name);
        let exact = Identity::Package(key.clone());
        if self.packages.contains(&exact) || self.optional.contains(&exact) {
            return Some(exact);
        }
        if let Some(own) = self.own.get(&component.name) {
            return Some(own.clone());
        }
        if let Some(key) = self.also.get(&key) {
            return Some(Identity::Package(key.clone()));
        }
        let without_version = |key: &&String| {
            let rest = key.strip_prefix(&component.name).unwrap_or_default();
            rest.contains(['/', ':'])
        };
        let named = self.named.get(&component.name)?;
        let loose: Vec<&String> = named.iter().filter(without_version).collect();
        let found = match &loose[..] {
            [only] => Some(*only),
            many => many.iter().copied().find(|key| {
                let address = key.strip_prefix(&component.name).unwrap_or_default();
                component.text.contains(address.trim_start_matches('@'))
            }),
        };
        found.map(|key| Identity::Package(key.clone()))
    }
}
