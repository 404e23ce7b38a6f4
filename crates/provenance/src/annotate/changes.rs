//! Packages whose signer or build changed between two states of a project. Valid provenance alone does not make a package safe: a
//! package that was taken over still builds validly, from another repository or for another owner.

use std::collections::BTreeMap;

use bomtrail_graph::{BuildIdentity, EvidenceLevel, Graph, NodeMap, NodeRef, Provenance};

/// The prefix of a claim in a document that was read.
const CLAIMED: &str = "bomtrail:claimed:provenance:";

/// A difference between two states.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SignerChange {
    /// The package.
    pub name: String,
    /// Its version before and now.
    pub versions: (String, String),
    /// What changed (`signer`, `issuer`, `repository`, `repository id`, `owner id`, `runner`, `level`, `slsa-build-level`).
    pub what: &'static str,
    /// Before; empty for nothing.
    pub before: String,
    /// Now; empty for nothing.
    pub now: String,
}

/// The compared facts of one state of a package.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct State {
    level: EvidenceLevel,
    slsa: Option<u8>,
    build: BuildIdentity,
    is_built: bool,
}

impl State {
    fn proved(provenance: &Provenance) -> Self {
        Self {
            level: provenance.level(),
            slsa: provenance.build_level.level,
            build: provenance.build.as_deref().cloned().unwrap_or_default(),
            is_built: provenance.build.is_some(),
        }
    }

    /// The claims of a document; `None` when it makes none.
    fn claimed(node: NodeRef<'_>) -> Option<Self> {
        let properties = &node.component().details.as_ref()?.properties;
        let of = |name: &str| {
            let found = properties.iter();
            let mut found = found.filter(|(it, _)| it.strip_prefix(CLAIMED) == Some(name));
            found.next().map(|(_, value)| value.clone())
        };
        let signer = of("signer");
        let slsa = of("slsa-build-level").and_then(|it| it.split(' ').next()?.parse().ok());
        Some(Self {
            level: EvidenceLevel::from_name(&of("level")?)?,
            slsa,
            is_built: signer.is_some(),
            build: BuildIdentity {
                issuer: of("issuer").unwrap_or_default(),
                signer: signer.unwrap_or_default(),
                repository: of("repository"),
                repository_id: of("repository-id"),
                owner_id: of("owner-id"),
                runner: of("runner"),
                ..BuildIdentity::default()
            },
        })
    }
}

/// The changes between `old` and `new`, sorted. The old state is compared both as verified now and as its document claimed
/// when it was written: attestations that were replaced since then verify the same for both states. Packages that are new, gone, or
/// never had provenance have nothing to compare.
pub fn signer_changes(
    (old, old_table): (&Graph, &NodeMap<Provenance>),
    (new, new_table): (&Graph, &NodeMap<Provenance>),
) -> Vec<SignerChange> {
    let index = Index::of(old);
    let mut changes = Vec::new();
    for (id, provenance) in new_table.iter() {
        let Some(node) = new.node(id) else { continue };
        let Some(before) = index.counterpart(node) else {
            continue;
        };
        let proved = old_table.get(before.id()).filter(|it| it.is_checked());
        let was = [proved.map(State::proved), State::claimed(before)];
        let was = was.into_iter().flatten();
        let version = |it: NodeRef<'_>| it.version().unwrap_or_default().to_owned();
        let is = State::proved(provenance);
        let had_some = was.filter(|it| it.is_built || it.level > EvidenceLevel::E1);
        for (what, before_text, now) in had_some.flat_map(|it| differences(&it, &is)) {
            changes.push(SignerChange {
                name: node.name().to_owned(),
                versions: (version(before), version(node)),
                what,
                before: before_text,
                now,
            });
        }
    }
    changes.sort_unstable();
    changes.dedup();
    changes
}

/// The nodes of one state by package.
struct Index<'g>(BTreeMap<(String, &'g str), Vec<NodeRef<'g>>>);

impl<'g> Index<'g> {
    fn of(graph: &'g Graph) -> Self {
        let mut index: BTreeMap<_, Vec<NodeRef<'g>>> = BTreeMap::new();
        for node in graph.nodes() {
            index
                .entry((kind(node), node.name()))
                .or_default()
                .push(node);
        }
        Self(index)
    }

    /// The node of the same package: of the same version if there is one, else the last.
    fn counterpart(&self, node: NodeRef<'_>) -> Option<NodeRef<'g>> {
        let all = self.0.get(&(kind(node), node.name()))?;
        let same = all.iter().find(|it| it.version() == node.version());
        same.or(all.last()).copied()
    }
}

fn kind(node: NodeRef<'_>) -> String {
    node.purl()
        .map_or_else(String::new, |it| it.package_type().to_owned())
}

fn differences(was: &State, is: &State) -> Vec<(&'static str, String, String)> {
    let text = |it: &Option<Box<str>>| it.as_deref().unwrap_or_default().to_owned();
    let mut found = Vec::new();
    if is.level < was.level {
        found.push((
            "level",
            was.level.name().to_owned(),
            is.level.name().to_owned(),
        ));
    }
    let slsa = |it: Option<u8>| it.map(|it| it.to_string()).unwrap_or_default();
    if is.slsa < was.slsa {
        found.push(("slsa-build-level", slsa(was.slsa), slsa(is.slsa)));
    }
    if !(was.is_built && is.is_built) {
        return found;
    }
    let workflow = |it: &str| it.split('@').next().unwrap_or_default().to_owned();
    // A mail address keeps the part after `@`.
    let signer = |it: &str| {
        if it.contains("://") {
            workflow(it)
        } else {
            it.to_owned()
        }
    };
    let ids = (&was.build.repository_id, &is.build.repository_id);
    let mut pairs = vec![
        (
            "issuer",
            was.build.issuer.to_string(),
            is.build.issuer.to_string(),
        ),
        (
            "signer",
            signer(&was.build.signer),
            signer(&is.build.signer),
        ),
        ("runner", text(&was.build.runner), text(&is.build.runner)),
        (
            "owner id",
            text(&was.build.owner_id),
            text(&is.build.owner_id),
        ),
        (
            "repository",
            text(&was.build.repository),
            text(&is.build.repository),
        ),
    ];
    if let (Some(was), Some(is)) = ids {
        pairs.push(("repository id", was.to_string(), is.to_string()));
    }
    // Facts that the older certificate does not state cannot have changed.
    found.extend(
        pairs
            .into_iter()
            .filter(|(_, was, is)| was != is && !was.is_empty()),
    );
    found
}

#[cfg(test)]
mod tests;
