//! The lists of workspace members, for the packages that each member needs. They only restrict, unless the project lets members
//! approve for themselves; a denial by one member applies to all, because they share an installation.

use std::collections::BTreeMap;

use bomtrail_graph::{
    Approval, ApprovalReason, ApprovalStatus, Diagnostic, NodeId, NodeRef, Place,
};

use super::decider::{Decider, use_of};
use super::denials;
use super::record::Record;
use crate::diags;
use crate::entry::Use;
use crate::key::{Subject, subject, versioned};
use crate::list::List;

/// The list of a workspace member.
#[derive(Debug)]
#[non_exhaustive]
pub struct MemberList<'l> {
    /// Its name in messages.
    pub name: &'l str,
    /// The list, with everything it extends.
    pub list: &'l List,
    /// The packages the member needs, and what for. The list applies to no others.
    pub uses: BTreeMap<NodeId, Use>,
    /// Whether the list can approve packages; otherwise it only restricts.
    pub adds: bool,
}

impl<'l> MemberList<'l> {
    /// A list that restricts the packages in `uses`.
    #[must_use]
    pub fn new(name: &'l str, list: &'l List, uses: BTreeMap<NodeId, Use>) -> Self {
        Self {
            name,
            list,
            uses,
            adds: false,
        }
    }

    /// A list that can also approve packages.
    #[must_use]
    pub fn adding(mut self, adds: bool) -> Self {
        self.adds = adds;
        self
    }
}

/// A warning about the approvals of a member's list that the project's list lacks, which are ignored; `None` without any.
pub fn ignored_approvals(name: &str, member: &List, project: &List) -> Option<Diagnostic> {
    let mut beyond = member.beyond(project);
    let (key, first) = beyond.next()?;
    let shown = versioned(&key.entry_name(), &first.version);
    let line = member.is_own(first).then_some(first.line);
    let line = line.filter(|it| *it > 0);
    let place = line.map_or_else(|| Place::file(name), |line| Place::line(name, line, None));
    Some(diags::member_approves(place, &shown, beyond.count()))
}

/// The lists that apply to each node.
pub(super) fn by_node<'m, 'l>(
    members: &'m [MemberList<'l>],
) -> BTreeMap<NodeId, Vec<&'m MemberList<'l>>> {
    let mut by_node: BTreeMap<NodeId, Vec<&MemberList<'_>>> = BTreeMap::new();
    for member in members {
        for id in member.uses.keys() {
            by_node.entry(*id).or_default().push(member);
        }
    }
    by_node
}

/// The approval of a node by the project, once the lists of the members that need it are applied.
pub(super) fn apply(
    decider: &Decider<'_>,
    members: &[&MemberList<'_>],
    node: NodeRef<'_>,
    found: Approval,
) -> Approval {
    if [ApprovalStatus::Denied, ApprovalStatus::FirstParty].contains(&found.status()) {
        return found;
    }
    let Some(subject) = subject(node) else {
        return found;
    };
    let mut found = found;
    for member in members {
        if let Some(denied) = denials::find(member.list, &subject) {
            return by(member, denied);
        }
        if member.adds && is_unlisted(&found) {
            found = added(decider, member, node, &subject, found);
        }
    }
    for member in members {
        if found.status() == ApprovalStatus::Approved
            && let Some(narrowed) =
                objection(decider, member.list, node, &subject, use_by(member, node))
        {
            found = by(member, narrowed);
        }
    }
    found
}

/// What the member uses the package for; in the product, where that is unknown.
fn use_by(member: &MemberList<'_>, node: NodeRef<'_>) -> Use {
    member.uses.get(&node.id()).copied().unwrap_or(Use::Prod)
}

/// True when the project's list does not have this version.
fn is_unlisted(approval: &Approval) -> bool {
    matches!(
        approval.reason,
        ApprovalReason::NoEntry
            | ApprovalReason::OtherVersionApproved
            | ApprovalReason::RegistryNotCovered
    )
}

/// The approval by a member of a version that the project's list does not have. The project's reviews still limit it.
fn added(
    decider: &Decider<'_>,
    member: &MemberList<'_>,
    node: NodeRef<'_>,
    subject: &Subject,
    found: Approval,
) -> Approval {
    let own = Decider {
        list: member.list,
        requirements: decider.requirements,
    };
    let theirs = own.subject(node, subject, use_by(member, node));
    if is_unlisted(&theirs) {
        return found;
    }
    if theirs.status() != ApprovalStatus::Approved {
        return by(member, theirs);
    }
    let whole = use_of(node.scope());
    objection(decider, decider.list, node, subject, whole).unwrap_or(theirs)
}

/// Why the reviews of one list reject an approved package.
fn objection(
    decider: &Decider<'_>,
    list: &List,
    node: NodeRef<'_>,
    subject: &Subject,
    wanted_for: Use,
) -> Option<Approval> {
    let record = Record::of(list, subject);
    let limit = || record.limit(wanted_for, decider.requirements.today);
    let reason = record.pins(node).err().or_else(limit)?;
    let reviews = list.reviews(&subject.key);
    let review = reviews
        .iter()
        .find(|it| Some(&it.version) == subject.version.as_ref());
    Some(Approval {
        chain: review.map_or_else(Vec::new, |it| list.chain(it).to_vec()),
        detail: record.detail(reason),
        decision: Some(Box::new(record.decision())),
        ..Approval::new(reason)
    })
}

/// An approval, with the list it is from.
fn by(member: &MemberList<'_>, mut approval: Approval) -> Approval {
    let from = format!("according to `{}`", member.name);
    approval.detail = if approval.detail.is_empty() {
        from.into()
    } else {
        format!("{}; {from}", approval.detail).into()
    };
    approval
}
