//! Rules about what the approvals say.

use bomtrail_graph::{Approval, ApprovalReason, ApprovalStatus, Place};

use crate::finding::{Look, place_of};

pub(super) fn unreviewed(look: &mut Look<'_>) {
    let found: Vec<_> = look.evidence.packages().collect();
    let none = look.evidence.list.is_none();
    for node in found {
        let Some(approval) = look.evidence.approval(node) else {
            look.package(node, "nothing was decided on it".to_owned());
            continue;
        };
        if approval.status() == ApprovalStatus::Unreviewed {
            let message = if none {
                "there is no approvals list".to_owned()
            } else {
                words(approval)
            };
            look.package(node, message);
        }
    }
}

/// True for what is denied because of what the lockfile says, which has a rule of its own.
pub(super) fn is_identity(reason: ApprovalReason) -> bool {
    matches!(
        reason,
        ApprovalReason::IdentityMismatch
            | ApprovalReason::ManifestMismatch
            | ApprovalReason::AddressUserInfo
            | ApprovalReason::AddressPort
            | ApprovalReason::AddressSpelling
            | ApprovalReason::AddressScript
            | ApprovalReason::AddressLookalike
            | ApprovalReason::AddressTraversal
    )
}

pub(super) fn denied(look: &mut Look<'_>) {
    let found: Vec<_> = look.evidence.packages().collect();
    for node in found {
        let approval = look.evidence.approval(node);
        let denied =
            approval.filter(|it| it.status() == ApprovalStatus::Denied && !is_identity(it.reason));
        if let Some(approval) = denied {
            look.package(node, words(approval));
        }
    }
}

/// Why a package has its status, as a lower-case fragment.
pub fn words(approval: &Approval) -> String {
    let base = match approval.reason {
        ApprovalReason::Listed | ApprovalReason::Inherited | ApprovalReason::BundledInApproved => {
            "approved"
        }
        ApprovalReason::FirstParty => "the project's own",
        ApprovalReason::NoEntry => "no list names it",
        ApprovalReason::OtherVersionApproved => "another version is approved",
        ApprovalReason::Expired => "the approval has run out",
        ApprovalReason::ScopeNotCovered => {
            "it is approved for development only and is in the product"
        }
        ApprovalReason::CriteriaMissing => "it was not reviewed against what the policy asks for",
        ApprovalReason::RegistryNotCovered => {
            "the approval of that name is for the public registry, and this is from elsewhere"
        }
        ApprovalReason::NoTrustedIdentity => {
            "nothing but the lockfile entry says what it is, and no review pins its digest"
        }
        ApprovalReason::IntegrityUnpinned => "no review pins its digest",
        ApprovalReason::BundledInUnapproved => {
            "no approved archive with a pinned digest is known to carry it"
        }
        ApprovalReason::DeniedExact => "this version is denied",
        ApprovalReason::DeniedName => "the package is denied",
        ApprovalReason::DeniedRange => "a range with this version is denied",
        ApprovalReason::DeniedInherited => "an extended list denies it",
        ApprovalReason::IntegrityMismatch => "its digest is not the reviewed one",
        ApprovalReason::IntegrityConflict => "two lists pin different digests of it",
        ApprovalReason::IdentityMismatch => {
            "name, version, address and what asks for it do not name one package"
        }
        ApprovalReason::ManifestMismatch => {
            "the package that is installed there says of itself that it is another"
        }
        ApprovalReason::AddressUserInfo => "its address has a user name before the host",
        ApprovalReason::AddressPort => "its address is the registry's host with another port",
        ApprovalReason::AddressSpelling => {
            "its address spells the registry's host in an unusual way"
        }
        ApprovalReason::AddressScript => "the host of its address has look-alike characters",
        ApprovalReason::AddressLookalike => {
            "the host of its address contains the registry's name and is another"
        }
        ApprovalReason::AddressTraversal => "the path of its address leads elsewhere than it seems",
    };
    let mut words = base.to_owned();
    if !approval.detail.is_empty() {
        words = format!("{words}: {}", approval.detail);
    }
    if let Some(nearest) = &approval.nearest {
        words = format!("{words} (nearest: {nearest})");
    }
    words
}

pub(super) fn expiring(look: &mut Look<'_>) {
    const DAYS: u32 = 30;
    let within = i64::from(look.setting.days.unwrap_or(DAYS));
    let found: Vec<_> = look.evidence.packages().collect();
    for node in found {
        let approval = look.evidence.approval(node);
        let decision = approval
            .filter(|it| it.status() == ApprovalStatus::Approved)
            .and_then(|it| it.decision.as_deref());
        let day = decision.and_then(|it| bomtrail_graph::Date::parse(it.expires.as_deref()?));
        let Some(day) = day else { continue };
        let left = look.evidence.today.days_until(day);
        if left <= within {
            look.package(
                node,
                format!("its approval holds until {day}, {left} more days"),
            );
        }
    }
}

pub(super) fn stale(look: &mut Look<'_>) {
    let evidence = look.evidence;
    let list = evidence.list.unwrap_or_default();
    for it in evidence.unused.iter().filter(|_| evidence.whole) {
        let subject = format!("{}@{}", it.package, it.version);
        let message = format!("`{subject}` is approved, and nothing needs it");
        look.project(&subject, Place::line(list, it.line, None), message);
    }
}

pub(super) fn bulk(look: &mut Look<'_>) {
    let evidence = look.evidence;
    let is_bulk = |approval: &Approval| {
        let basis = approval
            .decision
            .as_ref()
            .and_then(|it| it.basis.as_deref());
        approval.status() == ApprovalStatus::Approved && basis == Some("bulk")
    };
    let nodes = evidence.packages();
    let found: Vec<_> = nodes
        .filter(|it| evidence.approval(*it).is_some_and(is_bulk))
        .collect();
    // A list that was started yesterday has hundreds; they are one thing to do.
    let Some(first) = found.first() else { return };
    let names: Vec<_> = found.iter().take(5).map(|it| it.reference()).collect();
    let more = found.len() - names.len();
    let more = if more > 0 {
        format!(" and {more} more")
    } else {
        String::new()
    };
    let message = format!(
        "{} packages are approved in bulk and were read by nobody: `{}`{more}",
        found.len(),
        names.join("`, `")
    );
    let place = place_of(evidence, *first, |_| true);
    look.project("bulk", place, message);
}
