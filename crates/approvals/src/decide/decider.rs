//! What one list says about one node.

use bomtrail_graph::{
    Approval, ApprovalReason, ApprovalStatus, Decision, Flags, NodeRef, Origin, Scope, Text,
};
use bomtrail_version::{Scheme, nearest};

use super::denials;
use super::record::Record;
use super::requirements::Requirements;
use crate::entry::Use;
use crate::key::{Subject, subject};
use crate::list::{Approved, List};

/// A list and what is required of it.
pub(super) struct Decider<'a> {
    pub(super) list: &'a List,
    pub(super) requirements: &'a Requirements,
}

impl Decider<'_> {
    /// The approval of a node by this list alone.
    pub(super) fn node(&self, node: NodeRef<'_>) -> Approval {
        let flags = node.flags();
        if let Some(reason) = self.contradiction(node) {
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

    /// Why a node is not the package that it claims to be.
    fn contradiction(&self, node: NodeRef<'_>) -> Option<ApprovalReason> {
        const REASONS: [(Flags, ApprovalReason); 8] = [
            (Flags::CONTRADICTED, ApprovalReason::IdentityMismatch),
            (Flags::MASKED, ApprovalReason::ManifestMismatch),
            (Flags::ODD_USER, ApprovalReason::AddressUserInfo),
            (Flags::ODD_PORT, ApprovalReason::AddressPort),
            (Flags::ODD_SPELLING, ApprovalReason::AddressSpelling),
            (Flags::ODD_SCRIPT, ApprovalReason::AddressScript),
            (Flags::LOOKALIKE, ApprovalReason::AddressLookalike),
            (Flags::TRAVERSAL, ApprovalReason::AddressTraversal),
        ];
        // What only resembles the public registry is not suspicious where the policy names it.
        const OF_HOST: [ApprovalReason; 3] = [
            ApprovalReason::AddressPort,
            ApprovalReason::AddressScript,
            ApprovalReason::AddressLookalike,
        ];
        let flags = node.flags();
        let address = node.component().source.as_deref();
        let is_known = address.is_some_and(|it| self.requirements.is_in_known_registry(it));
        let mut reasons = REASONS.iter().filter(|(flag, _)| flags.has(*flag));
        let found = reasons.find(|(_, reason)| !(is_known && OF_HOST.contains(reason)));
        found.map(|(_, reason)| *reason)
    }

    /// The approval of a node that nothing denies.
    pub(super) fn subject(
        &self,
        node: NodeRef<'_>,
        subject: &Subject,
        wanted_for: Use,
    ) -> Approval {
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
            approval.detail = "an archive of another author is approved".into();
        }
        let scheme = Scheme::of_type(subject.key.package_type());
        approval.nearest = nearest(scheme, wanted, versions).map(Text::from);
        approval
    }

    /// The approval of a version that a list names: its review may still restrict it.
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
        let reason = if let Some(limit) = record.limit(wanted_for, self.requirements.today) {
            limit
        } else if !record.meets(&self.requirements.criteria) {
            ApprovalReason::CriteriaMissing
        } else if verified {
            self.listed_in(listed)
        } else if flags.has(Flags::UNSTATED) && !self.requirements.trust_lock_version {
            ApprovalReason::NoTrustedIdentity
        } else if remote || (self.requirements.require_integrity && flags.has(Flags::FETCHED)) {
            ApprovalReason::IntegrityUnpinned
        } else {
            self.listed_in(listed)
        };
        self.finish(reason, listed, &record, verified)
    }

    fn listed_in(&self, listed: &Approved) -> ApprovalReason {
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

/// What a package of this scope is used for.
pub fn use_of(scope: Scope) -> Use {
    match scope {
        Scope::Excluded => Use::Dev,
        // What is not known to be for development only may be in the product.
        Scope::Required | Scope::Optional | Scope::Unknown => Use::Prod,
    }
}

/// True for an approval with a digest that was compared.
pub(super) fn is_pinned(approval: &Approval) -> bool {
    approval.status() == ApprovalStatus::Approved
        && approval
            .decision
            .as_ref()
            .is_some_and(|it| it.integrity_verified)
}
