//! What packages depend on, as edges. The lockfile has what each dependency leads to, and ranges of peers only.

use std::borrow::Cow;

use bomtrail_document::{Lookup, Value};
use bomtrail_graph::{LocalId, Need};

use super::lock::Instance;
use super::manifests::reference;
use super::read::Reading;
use super::specifier;
use crate::locked::edge::Edge;
use crate::locked::package::Resolution;

/// Adds the edges of an instance of a package.
pub(crate) fn connect<'v>(reading: &mut Reading<'v>, from: LocalId, instance: &Instance<'v>) {
    let stated = |key| instance.package.and_then(|it| it.get(key));
    let peers = Peers {
        ranges: Lookup::of(stated("peerDependencies")),
        meta: Lookup::of(stated("peerDependenciesMeta")),
    };
    let required = instance.snapshot.get("dependencies");
    let optional = instance.snapshot.get("optionalDependencies");
    for (section, need) in [(required, Need::Required), (optional, Need::Optional)] {
        for pair in section.map_or(&[][..], Value::pairs) {
            let alias = &*pair.key;
            let peer = peers
                .ranges
                .scalar(alias)
                .filter(|_| need == Need::Required);
            let range = peer.or_else(|| reading.specifier_of_original(from, alias));
            let to = reading.target("", alias, reference(&pair.value));
            let is_accepted = peer.is_some() && is_accepted(reading, from, alias, to);
            let edge = Edge::new(from, to, Cow::Borrowed(alias));
            reading.locked.connect(&edge.with(|it| {
                it.range = range.map(Cow::Borrowed);
                let spec = range.filter(|_| !is_accepted);
                it.spec = spec.and_then(|it| specifier::in_npm_words(it, alias));
                it.need = peer.map_or(need, |_| peers.need(alias));
            }));
        }
    }
    let (required, optional) = (Lookup::of(required), Lookup::of(optional));
    let package = reading.locked.package(from);
    let is_copy = package.is_some_and(|it| it.copy_of.is_some());
    for peer in stated("peerDependencies").map_or(&[][..], Value::pairs) {
        let alias = &*peer.key;
        if required.get(alias).or(optional.get(alias)).is_some() {
            continue;
        }
        let edge = Edge::new(from, None, Cow::Borrowed(alias));
        reading.locked.connect(&edge.with(|it| {
            it.range = peer.value.as_scalar().map(Cow::Borrowed);
            it.need = peers.need(alias);
            // A copy of a workspace may lack what the workspace itself has.
            it.undecided = is_copy;
        }));
    }
}

/// True when the range of a peer says nothing about what serves it: the project accepts any version in the range of its rules,
/// or it has put one of its folders there.
fn is_accepted(reading: &Reading<'_>, from: LocalId, alias: &str, to: Option<LocalId>) -> bool {
    let target = to.and_then(|it| reading.locked.package(it));
    let is_copy = target.is_some_and(|it| it.copy_of.is_some() && it.name == alias);
    let is_folder = target.is_some_and(|it| it.resolution == Resolution::Folder);
    let is_stated = is_folder && to.is_some_and(|it| reading.locked.is_asked_by_address(it));
    let package = reading.locked.package(from);
    is_copy || is_stated || reading.peer_rules.accept(package, alias, target)
}

/// The peers that a package declares.
struct Peers<'v> {
    ranges: Lookup<'v>,
    meta: Lookup<'v>,
}

impl Peers<'_> {
    fn need(&self, name: &str) -> Need {
        let optional = self.meta.get(name).and_then(|it| it.get("optional"));
        if optional.is_some_and(Value::is_true) {
            Need::OptionalPeer
        } else {
            Need::Peer
        }
    }
}
