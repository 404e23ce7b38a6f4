//! What is compared of packages of one version: licences, digests, sources, scopes and dependencies.

use std::collections::{BTreeMap, BTreeSet};

use bomtrail_graph::{Fact, HashAlgorithm, License, NodeRef, Problem, Scope};

/// Names of a kind, sorted.
pub(super) type Names = BTreeSet<String>;

/// The licences, or why there are none.
pub(super) fn licenses(nodes: &[NodeRef<'_>]) -> Names {
    let mut all = Names::new();
    for node in nodes {
        match &node.component().licenses {
            Fact::Known(licenses) if licenses.is_empty() => drop(all.insert("none".to_owned())),
            Fact::Known(licenses) => {
                all.extend(licenses.iter().map(License::text).map(str::to_owned));
            }
            Fact::Unknown => drop(all.insert("unknown".to_owned())),
            Fact::Withheld => drop(all.insert("withheld".to_owned())),
        }
    }
    all
}

/// The digests by algorithm.
pub(super) fn digests(nodes: &[NodeRef<'_>]) -> BTreeMap<HashAlgorithm, Names> {
    let mut all: BTreeMap<HashAlgorithm, Names> = BTreeMap::new();
    for hash in nodes.iter().flat_map(|it| &it.component().hashes) {
        let text = [hash.algorithm().name(), ":", &hash.hex()].concat();
        all.entry(hash.algorithm()).or_default().insert(text);
    }
    all
}

/// How much a digest of an algorithm proves: nothing but damage, or also that the bytes are the same.
pub(super) fn strength(algorithm: HashAlgorithm) -> u8 {
    match algorithm {
        HashAlgorithm::Md5 => 0,
        HashAlgorithm::Sha1 => 1,
        _ => 2,
    }
}

/// Where packages of one version come from, by the qualifiers of their Package URLs: without any, the public registry.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Sources {
    /// The addresses of registries.
    pub(super) registries: Names,
    /// Repositories and archives.
    pub(super) places: Names,
    /// Authors, where they are stated.
    pub(super) authors: Names,
}

impl Sources {
    pub(super) fn of(nodes: &[NodeRef<'_>]) -> Self {
        let mut all = Self::default();
        for purl in nodes.iter().filter_map(|it| it.purl()) {
            let mut is_place = false;
            for name in ["vcs_url", "download_url"] {
                if let Some(value) = purl.qualifier(name) {
                    is_place = true;
                    all.places.insert([name, "=", &value].concat());
                }
            }
            if !is_place {
                let registry = purl.qualifier("repository_url");
                let registry =
                    registry.map_or_else(|| "the public registry".to_owned(), Into::into);
                all.registries.insert(registry);
            }
            all.authors.extend(purl.qualifier("author").map(Into::into));
        }
        all
    }
}

/// The part that a package takes in the product; `None` when one of its nodes does not say.
pub(super) fn scope(nodes: &[NodeRef<'_>]) -> Option<Scope> {
    let scopes: Option<Vec<Scope>> = nodes
        .iter()
        .map(|it| Some(it.scope()).filter(|it| *it != Scope::Unknown))
        .collect();
    scopes?.into_iter().min()
}

/// True when the nodes of one version state the same in everything that is compared, apart from their edges.
pub(super) fn are_equal(old: &[NodeRef<'_>], new: &[NodeRef<'_>]) -> bool {
    let is_equal = |(old, new): (&NodeRef<'_>, &NodeRef<'_>)| {
        let (was, is) = (old.component(), new.component());
        old.scope() == new.scope()
            && was.purl == is.purl
            && was.hashes == is.hashes
            && was.licenses == is.licenses
    };
    old.len() == new.len() && old.iter().zip(new).all(is_equal)
}

/// The packages that others of one version depend on, without versions, and what is wrong with that.
pub(super) fn merged<'p>(
    needs: impl Iterator<Item = (&'p str, Option<Problem>)>,
) -> BTreeMap<&'p str, Option<Problem>> {
    let mut all: BTreeMap<&str, Option<Problem>> = BTreeMap::new();
    for (name, problem) in needs {
        let known = all.entry(name).or_insert(problem);
        *known = (*known).or(problem);
    }
    all
}
