//! The nodes that attestations can be about, by package.

use std::collections::BTreeMap;

use bomtrail_graph::{
    Axis, Evidence, EvidenceState, Flags, Graph, Hash, HashAlgorithm, NodeId, NodeMap, NodeRef,
    Origin, Provenance, Role,
};

use crate::registry::sidecar::Package;

/// Why nothing is proved of a package that is pinned at one place and not at another.
pub(super) const PARTLY: &str =
    "the package is at several places, and the lockfile does not pin all of them by SHA-512";

/// How the lockfile pins the archive of a node.
#[derive(Clone, Copy, Debug)]
pub(super) enum Pinned<'g> {
    /// By SHA-512, at each of its places.
    Sha512(&'g Hash),
    /// Its SHA-512, and at another place no digest or one that can be forged: what is installed there may be anything.
    Partly(&'g Hash),
    /// Digests, but not exactly one SHA-512.
    Otherwise(HashAlgorithm),
    /// No digest.
    Not,
}

impl<'g> Pinned<'g> {
    fn of(node: NodeRef<'g>) -> Self {
        let hashes = &node.component().hashes;
        let mut strong = hashes
            .iter()
            .filter(|it| it.algorithm() == HashAlgorithm::Sha512);
        let flags = node.flags();
        let is_loose = flags.has(Flags::UNVERIFIED) || flags.has(Flags::WEAK_DIGEST);
        match (strong.next(), strong.next()) {
            (Some(only), None) if is_loose => Self::Partly(only),
            (Some(only), None) => Self::Sha512(only),
            (Some(one), Some(_)) => Self::Otherwise(one.algorithm()),
            (None, _) => hashes
                .iter()
                .map(Hash::algorithm)
                .max_by_key(|it| it.digest_len())
                .map_or(Self::Not, Self::Otherwise),
        }
    }

    fn evidence(self) -> Evidence {
        match self {
            Self::Sha512(_) => Evidence::new(EvidenceState::Verified, ""),
            Self::Partly(_) => Evidence::new(EvidenceState::Unverifiable, PARTLY),
            Self::Not => Evidence::default(),
            Self::Otherwise(HashAlgorithm::Md5 | HashAlgorithm::Sha1) => {
                let why = "pinned by a digest that can be forged";
                Evidence::new(EvidenceState::Unverifiable, why)
            }
            Self::Otherwise(algorithm) => {
                let why = format!("pinned by {}", algorithm.name());
                Evidence::new(EvidenceState::Verified, &why)
            }
        }
    }
}

/// A node of the npm registry's kind.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found<'g> {
    pub(super) id: NodeId,
    pub(super) pinned: Pinned<'g>,
    pub(super) repository: Option<&'g str>,
}

/// All of them.
pub(super) struct Nodes<'g>(BTreeMap<Package, Vec<Found<'g>>>);

impl<'g> Nodes<'g> {
    pub(super) fn of(graph: &'g Graph) -> Self {
        let mut nodes: BTreeMap<Package, Vec<Found<'g>>> = BTreeMap::new();
        for node in graph.nodes().filter(|it| is_attestable(*it)) {
            let Some(package) = package(node) else {
                continue;
            };
            let details = node.component().details.as_ref();
            nodes.entry(package).or_default().push(Found {
                id: node.id(),
                pinned: Pinned::of(node),
                repository: details.and_then(|it| it.repository.as_deref()),
            });
        }
        Self(nodes)
    }

    /// The nodes of a package: one, or several where the same version is locked with different bytes.
    pub(super) fn named(&self, package: &Package) -> &[Found<'g>] {
        self.0.get(package).map_or(&[], Vec::as_slice)
    }

    /// A table that says of every dependency what the lockfile alone says.
    pub(super) fn table(graph: &Graph) -> NodeMap<Provenance> {
        let mut table = NodeMap::new(graph);
        for node in graph
            .nodes()
            .filter(|it| it.component().role == Role::Dependency)
        {
            let mut provenance = Provenance::default();
            provenance.set(Axis::Pinned, Pinned::of(node).evidence());
            table.insert(node.id(), provenance);
        }
        table
    }
}

/// Attestations are about archives that a registry serves; a mirror's are the same bytes.
fn is_attestable(node: NodeRef<'_>) -> bool {
    let component = node.component();
    let from_registry = match component.origin {
        Origin::Registry | Origin::OtherRegistry | Origin::Unknown => true,
        Origin::Git
        | Origin::RemoteArchive
        | Origin::LocalArchive
        | Origin::Directory
        | Origin::Bundle => false,
    };
    component.role == Role::Dependency && from_registry
}

fn package(node: NodeRef<'_>) -> Option<Package> {
    let purl = node.purl().filter(|it| it.package_type() == "npm")?;
    let version = purl.version()?.into_owned();
    let name = match purl.namespace() {
        Some(scope) => format!("{scope}/{}", purl.name()),
        None => purl.name().into_owned(),
    };
    Some(Package { name, version })
}
