//! What a list says of every node. Refusals win over everything; whatever is not known for certain is not approved.

mod bundled;
mod denials;
mod members;
mod reviews;

use bomtrail_graph::{
    Approval, ApprovalReason, ApprovalStatus, Decision, Flags, Graph, NodeMap, NodeRef, Origin,
    Scope, Text,
};

use crate::document::Use;
use crate::key::{Subject, subject};
use crate::list::{Approved, List};
use bomtrail_graph::Date;
use bomtrail_version::{Scheme, nearest};
pub use members::Member;
use reviews::Record;

/// What a project asks of its approvals, and which day it is.
#[derive(Clone, Debug)]
pub struct Demands {
    /// Today.
    pub today: Date,
    /// What every review must have been against.
    pub criteria: Vec<String>,
    /// Believe the lockfile's version where no address states it, without a pinned digest.
    pub trust_lock_version: bool,
    /// Approve nothing from a registry whose digest no review pins.
    pub require_integrity: bool,
}

impl Demands {
    /// Nothing beside what lists state themselves.
    pub fn on(today: Date) -> Self {
        Self {
            today,
            criteria: Vec::new(),
            trust_lock_version: false,
            require_integrity: false,
        }
    }
}

/// What `list` says of every node of `graph`.
pub fn decide(graph: &Graph, list: &List, demands: &Demands) -> NodeMap<Approval> {
    decide_with(graph, list, &[], demands)
}

/// What `list` says of every node of `graph`, and workspace members of those they need.
pub fn decide_with(
    graph: &Graph,
    list: &List,
    members: &[Member<'_>],
    demands: &Demands,
) -> NodeMap<Approval> {
    let judge = Judge { list, demands };
    let mut table = NodeMap::new(graph);
    for node in graph.nodes() {
        let found = judge.node(node);
        table.insert(node.id(), members::heard(&judge, members, node, found));
    }
    bundled::decide(graph, &mut table);
    table
}

struct Judge<'a> {
    list: &'a List,
    demands: &'a Demands,
}

impl Judge<'_> {
    fn node(&self, node: NodeRef<'_>) -> Approval {
        let flags = node.flags();
        if let Some(reason) = doubt(flags) {
            return Approval::new(reason);
        }
        let own = node.component().role.is_first_party() && !flags.has(Flags::FETCHED);
        if own {
            return Approval::new(ApprovalReason::FirstParty);
        }
        let Some(subject) = subject(node) else {
            return Approval::new(ApprovalReason::NoTrustedIdentity);
        };
        let denied = denials::find(self.list, &subject);
        denied.unwrap_or_else(|| self.subject(node, &subject, use_of(node.scope())))
    }

    fn subject(&self, node: NodeRef<'_>, subject: &Subject, wanted_for: Use) -> Approval {
        let Some(wanted) = &subject.version else {
            return Approval::new(ApprovalReason::NoTrustedIdentity);
        };
        let known = self.list.approved(&subject.key);
        let fits = |it: &&Approved| it.author.is_none() || it.author == subject.author;
        let listed = known
            .iter()
            .filter(|it| it.version == *wanted)
            .filter(fits)
            .min_by_key(|it| self.list.chain(*it).len());
        match listed {
            Some(listed) => self.listed(node, subject, listed, wanted_for),
            None => self.unlisted(subject, wanted, known),
        }
    }

    fn unlisted(&self, subject: &Subject, wanted: &str, known: &[Approved]) -> Approval {
        if known.is_empty() {
            let elsewhere = subject
                .anywhere
                .as_ref()
                .is_some_and(|(key, _)| !self.list.approved(key).is_empty());
            return Approval::new(if elsewhere {
                ApprovalReason::RegistryNotCovered
            } else {
                ApprovalReason::NoEntry
            });
        }
        let versions = known.iter().map(|it| it.version.as_str());
        let mut approval = Approval::new(ApprovalReason::OtherVersionApproved);
        if known.iter().any(|it| it.version == wanted) {
            approval.detail = "approved of another author".into();
        }
        let scheme = Scheme::of_type(subject.key.package_type());
        approval.nearest = nearest(scheme, wanted, versions).map(Text::from);
        approval
    }

    /// A version that a list names: approved, unless something about it says otherwise.
    fn listed(
        &self,
        node: NodeRef<'_>,
        subject: &Subject,
        listed: &Approved,
        wanted_for: Use,
    ) -> Approval {
        let record = Record::of(self.list, subject);
        let flags = node.flags();
        let verified = match record.pins(node) {
            Ok(verified) => verified,
            Err(reason) => return self.finish(reason, listed, &record, false),
        };
        let remote = node.component().origin == Origin::RemoteArchive;
        let reason = if let Some(limit) = record.limit(wanted_for, self.demands.today) {
            limit
        } else if !record.meets(&self.demands.criteria) {
            ApprovalReason::CriteriaMissing
        } else if verified {
            self.where_from(listed)
        } else if flags.has(Flags::UNSTATED) && !self.demands.trust_lock_version {
            ApprovalReason::NoTrustedIdentity
        } else if remote || (self.demands.require_integrity && flags.has(Flags::FETCHED)) {
            ApprovalReason::IntegrityUnpinned
        } else {
            self.where_from(listed)
        };
        self.finish(reason, listed, &record, verified)
    }

    fn where_from(&self, listed: &Approved) -> ApprovalReason {
        if self.list.is_own(listed) {
            ApprovalReason::Listed
        } else {
            ApprovalReason::Inherited
        }
    }

    fn finish(
        &self,
        reason: ApprovalReason,
        listed: &Approved,
        record: &Record<'_>,
        verified: bool,
    ) -> Approval {
        let decision = Decision {
            integrity_verified: verified,
            ..record.decision()
        };
        Approval {
            chain: self.list.chain(listed).to_vec(),
            detail: record.detail(reason),
            decision: Some(Box::new(decision)),
            ..Approval::new(reason)
        }
    }
}

/// What a package is used for, by where it is needed.
pub fn use_of(scope: Scope) -> Use {
    match scope {
        Scope::Excluded => Use::Dev,
        // What nobody knows to be for development only may be in the product.
        Scope::Required | Scope::Optional | Scope::Unknown => Use::Prod,
    }
}

/// Why a node cannot be what it is said to be.
fn doubt(flags: Flags) -> Option<ApprovalReason> {
    const DOUBTS: [(Flags, ApprovalReason); 8] = [
        (Flags::CONTRADICTED, ApprovalReason::IdentityMismatch),
        (Flags::MASKED, ApprovalReason::ManifestMismatch),
        (Flags::ODD_USER, ApprovalReason::AddressUserInfo),
        (Flags::ODD_PORT, ApprovalReason::AddressPort),
        (Flags::ODD_SPELLING, ApprovalReason::AddressSpelling),
        (Flags::ODD_SCRIPT, ApprovalReason::AddressScript),
        (Flags::LOOKALIKE, ApprovalReason::AddressLookalike),
        (Flags::TRAVERSAL, ApprovalReason::AddressTraversal),
    ];
    DOUBTS
        .iter()
        .find(|(flag, _)| flags.has(*flag))
        .map(|(_, reason)| *reason)
}

/// True for what is approved with a digest that was compared.
fn is_pinned(approval: &Approval) -> bool {
    approval.status() == ApprovalStatus::Approved
        && approval
            .decision
            .as_ref()
            .is_some_and(|it| it.integrity_verified)
}

#[cfg(test)]
mod tests;
