//! What workspace members say of the packages they need. Like every addition to a list it only narrows, unless the project lets
//! members approve for themselves; a refusal of one member is a refusal for all who share the installation.

use std::collections::BTreeMap;

use bomtrail_graph::{Approval, ApprovalReason, ApprovalStatus, NodeId, NodeRef};

use super::reviews::Record;
use super::{Judge, denials};
use crate::document::Use;
use crate::key::{Subject, subject};
use crate::list::List;

/// A workspace member with a list of its own.
#[derive(Debug)]
pub struct Member<'l> {
    /// What messages call its list.
    pub name: &'l str,
    /// What it and all it extends say.
    pub list: &'l List,
    /// The packages it needs, and what for. It is heard about no others.
    pub uses: BTreeMap<NodeId, Use>,
    /// Whether what it lists is approved, which else only the project's own list can do.
    pub adds: bool,
}

/// What becomes of the project's opinion on a node when its members are heard.
pub(super) fn heard(
    judge: &Judge<'_>,
    members: &[Member<'_>],
    node: NodeRef<'_>,
    found: Approval,
) -> Approval {
    let speaks = |it: &&Member<'_>| it.uses.contains_key(&node.id());
    let settled = [ApprovalStatus::Denied, ApprovalStatus::FirstParty].contains(&found.status());
    if settled || !members.iter().any(|it| speaks(&it)) {
        return found;
    }
    let Some(subject) = subject(node) else {
        return found;
    };
    let mut found = found;
    for member in members.iter().filter(speaks) {
        if let Some(denied) = denials::find(member.list, &subject) {
            return by(member, denied);
        }
        if member.adds && is_unlisted(&found) {
            found = added(judge, member, node, &subject, found);
        }
    }
    for member in members.iter().filter(speaks) {
        if found.status() == ApprovalStatus::Approved
            && let Some(narrowed) =
                objection(judge, member.list, node, &subject, use_by(member, node))
        {
            found = by(member, narrowed);
        }
    }
    found
}

/// What the member uses the package for; what nobody knows is for the product.
fn use_by(member: &Member<'_>, node: NodeRef<'_>) -> Use {
    member.uses.get(&node.id()).copied().unwrap_or(Use::Prod)
}

/// True when the project's list is silent about this version.
fn is_unlisted(approval: &Approval) -> bool {
    matches!(
        approval.reason,
        ApprovalReason::NoEntry
            | ApprovalReason::OtherVersionApproved
            | ApprovalReason::RegistryNotCovered
    )
}

/// What a member that may approve says of what the project is silent about. What the project has on record still limits it.
fn added(
    judge: &Judge<'_>,
    member: &Member<'_>,
    node: NodeRef<'_>,
    subject: &Subject,
    found: Approval,
) -> Approval {
    let own = Judge {
        list: member.list,
        demands: judge.demands,
    };
    let theirs = own.subject(node, subject, use_by(member, node));
    if is_unlisted(&theirs) {
        return found;
    }
    if theirs.status() != ApprovalStatus::Approved {
        return by(member, theirs);
    }
    let whole = super::use_of(node.scope());
    objection(judge, judge.list, node, subject, whole).unwrap_or(theirs)
}

/// Why the reviews of one list do not let an approved package pass.
fn objection(
    judge: &Judge<'_>,
    list: &List,
    node: NodeRef<'_>,
    subject: &Subject,
    wanted_for: Use,
) -> Option<Approval> {
    let record = Record::of(list, subject);
    let limit = || record.limit(wanted_for, judge.demands.today);
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

/// An opinion with whose it is.
fn by(member: &Member<'_>, mut approval: Approval) -> Approval {
    let said = format!("says `{}`", member.name);
    approval.detail = if approval.detail.is_empty() {
        said.into()
    } else {
        format!("{}; {said}", approval.detail).into()
    };
    approval
}
