//! What to add to a list, from what is locked: which packages, with which digests.

use std::borrow::Cow;
use std::collections::BTreeMap;

use bomtrail_approvals::edit::Addition;
use bomtrail_approvals::{Basis, Key, NameError, Subject, Use, Wanted, pinning, subject};
use bomtrail_graph::{
    Approval, ApprovalReason, ApprovalStatus, Date, Flags, Graph, Kind, NodeMap, NodeRef, Purl,
};

use crate::check::words;

/// What is on record about an approval.
#[derive(Clone, Debug)]
pub struct Review {
    /// When.
    pub on: Date,
    /// Who says so.
    pub by: Option<String>,
    /// How it was reached; `None` where it is not stated.
    pub basis: Option<Basis>,
    /// The last day it holds.
    pub expires: Option<Date>,
    /// What was noted.
    pub note: Option<String>,
    /// The version it was compared with.
    pub from: Option<String>,
    /// What it was reviewed against.
    pub criteria: Vec<String>,
    /// What it may be used for; empty for anything.
    pub scope: Vec<Use>,
    /// Pin the digest the lockfile has.
    pub pin: bool,
}

/// Why something cannot be approved.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PlanError {
    /// What was asked for is not a package.
    #[error("`{asked}` is not a package: {why}")]
    NoName {
        /// What was asked for.
        asked: String,
        /// What is wrong with it.
        why: NameError,
    },
    /// It is not in the graph.
    #[error("`{0}` is not locked; lock it first, or approve it with --force and without a digest")]
    Absent(String),
    /// There are several versions.
    #[error("`{asked}` is locked in several versions: {versions}; name one")]
    Several {
        /// What was asked for.
        asked: String,
        /// The versions.
        versions: String,
    },
    /// It is not what it says it is, or comes with another.
    #[error("`{asked}` cannot be approved: {why}")]
    Refused {
        /// What was asked for.
        asked: String,
        /// Why not.
        why: String,
    },
}

/// What to list for packages that are asked for by name or Package URL. `table` is what the present list says.
///
/// # Errors
/// [`PlanError`] on the first that cannot be listed.
pub fn additions(
    graph: &Graph,
    table: &NodeMap<Approval>,
    asked: &[String],
    review: &Review,
    force: bool,
) -> Result<Vec<Addition>, PlanError> {
    let mut all = Vec::with_capacity(asked.len());
    let mut known: BTreeMap<Key, Vec<(Subject, NodeRef<'_>)>> = BTreeMap::new();
    for node in graph.nodes() {
        if let Some(it) = subject(node) {
            known.entry(it.key.clone()).or_default().push((it, node));
        }
    }
    for text in asked {
        let text = &meant(graph, text);
        let wanted = Wanted::parse(text).map_err(|why| PlanError::NoName {
            asked: text.clone(),
            why,
        })?;
        let nodes = known.get(&wanted.key).into_iter().flatten();
        let nodes = nodes.filter(|(subject, _)| wanted.is(subject));
        let nodes: Vec<NodeRef<'_>> = nodes.map(|(_, node)| *node).collect();
        if nodes.is_empty() {
            all.push(unlocked(text, &wanted, review, force)?);
            continue;
        }
        let mut found = Vec::new();
        for node in nodes {
            let refused = |why: String| PlanError::Refused {
                asked: text.clone(),
                why,
            };
            if let Some(why) = table.get(node.id()).and_then(obstacle) {
                return Err(refused(why));
            }
            let addition = addition(node, review);
            found.push(
                addition
                    .ok_or_else(|| refused("nothing exact is known of its version".to_owned()))?,
            );
        }
        let versions: std::collections::BTreeSet<&str> =
            found.iter().map(|it| it.version.as_str()).collect();
        if wanted.version.is_none() && versions.len() > 1 {
            let versions: Vec<&str> = versions.into_iter().collect();
            return Err(PlanError::Several {
                asked: text.clone(),
                versions: versions.join(", "),
            });
        }
        all.append(&mut found);
    }
    Ok(all)
}

/// What a bare name means in a project: an npm package, unless only a package of another ecosystem has that name, or only one
/// provides it (a module of a distribution).
pub fn meant(graph: &Graph, asked: &str) -> String {
    let npm = |node: &NodeRef<'_>| node.purl().is_some_and(|it| it.package_type() == "npm");
    let mut found = graph
        .find_name(asked)
        .filter(|it| !it.component().role.is_first_party());
    let versioned = asked
        .rsplit_once('@')
        .is_some_and(|(name, _)| !name.is_empty());
    if asked.starts_with("pkg:") {
        return asked.to_owned();
    }
    let Some(first) = found.next().or_else(|| provider(graph, asked)) else {
        return asked.to_owned();
    };
    if npm(&first) || found.any(|it| npm(&it)) {
        return asked.to_owned();
    }
    let purl = first.purl().map(Purl::as_str).unwrap_or_default();
    match Wanted::parse(purl) {
        Ok(wanted) if !versioned => wanted.name,
        Ok(_) => purl.to_owned(),
        Err(_) => asked.to_owned(),
    }
}

/// The only package that provides a name, apart from the platform. In `name@version` the version is that of the package or of
/// what it provides.
fn provider<'g>(graph: &'g Graph, asked: &str) -> Option<NodeRef<'g>> {
    let (name, version) = match asked.rsplit_once('@') {
        Some((name, version)) if !name.is_empty() => (name, Some(version)),
        _ => (asked, None),
    };
    let provides = |node: &NodeRef<'_>| {
        let component = node.component();
        let mut found = component.provides.iter().filter(|it| *it.name == *name);
        let fits = |provided: Option<&str>| {
            version.is_none() || node.version() == version || provided == version
        };
        component.kind != Kind::Platform
            && !component.role.is_first_party()
            && found.any(|it| fits(it.version.as_deref()))
    };
    let mut found = graph.nodes().filter(provides);
    found.next().filter(|_| found.next().is_none())
}

fn unlocked(
    asked: &str,
    wanted: &Wanted,
    review: &Review,
    force: bool,
) -> Result<Addition, PlanError> {
    let absent = || PlanError::Absent(asked.to_owned());
    let version = wanted
        .version
        .clone()
        .filter(|_| force)
        .ok_or_else(absent)?;
    let purl = Purl::npm(&wanted.name, Some(&version));
    let purl = if wanted.name.starts_with("pkg:") {
        asked.to_owned()
    } else {
        purl.map_err(|_| absent())?.as_str().to_owned()
    };
    Ok(with_review(wanted.name.clone(), version, purl, review))
}

fn with_review(name: String, version: String, purl: String, review: &Review) -> Addition {
    let mut addition = Addition::new(name, version, purl, review.on);
    addition.basis = review.basis;
    addition.by.clone_from(&review.by);
    addition.expires = review.expires;
    addition.note.clone_from(&review.note);
    addition.from.clone_from(&review.from);
    addition.criteria.clone_from(&review.criteria);
    addition.scope.clone_from(&review.scope);
    addition
}

fn addition(node: NodeRef<'_>, review: &Review) -> Option<Addition> {
    let subject = subject(node)?;
    let purl = node.purl()?.as_str().to_owned();
    // A list that names a CPAN author reports when another author takes over.
    let name = Wanted::parse(&purl).ok()?.name;
    let mut addition = with_review(name, subject.version?, purl, review);
    let flags = node.flags();
    let loose = flags.has(Flags::UNVERIFIED) || flags.has(Flags::WEAK_DIGEST);
    if review.pin && !loose {
        let pinning = pinning(node.component()).into_iter();
        addition.integrity = pinning.map(Cow::into_owned).collect();
    }
    Some(addition)
}

/// Why no approval of a package would change anything, or should be given.
fn obstacle(approval: &Approval) -> Option<String> {
    match (approval.status(), approval.reason) {
        (ApprovalStatus::Denied, ApprovalReason::IntegrityMismatch) => {
            let words = words(approval);
            Some(format!(
                "{words}; `bomtrail unapprove` it first, if these are the bytes you reviewed"
            ))
        }
        (ApprovalStatus::Denied, _) => Some(words(approval)),
        (ApprovalStatus::FirstParty, _) => Some("it is the project's own".to_owned()),
        (_, ApprovalReason::BundledInUnapproved | ApprovalReason::BundledInApproved) => {
            Some(format!(
                "it is bundled, so approve the package that bundles it: {}",
                approval.detail
            ))
        }
        _ => None,
    }
}

/// What to list so that everything that is locked now is approved, but for what is denied, and the packages it is about.
pub fn bulk<'g>(
    graph: &'g Graph,
    table: &NodeMap<Approval>,
    review: &Review,
) -> Vec<(NodeRef<'g>, Addition)> {
    let mut all = Vec::new();
    for node in graph.nodes() {
        let open = table
            .get(node.id())
            .is_some_and(|it| it.status() == ApprovalStatus::Unreviewed && obstacle(it).is_none());
        if open {
            all.extend(addition(node, review).map(|it| (node, it)));
        }
    }
    all
}
