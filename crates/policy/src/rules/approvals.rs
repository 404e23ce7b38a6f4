//! Rules about approvals.

use bomtrail_graph::{Approval, ApprovalReason, ApprovalStatus, Place};

use crate::context::{RuleContext, line_of, place_of};
use crate::verdict::Verdict;

/// One finding instead of one for each package, for a project without a list. It has the verdict of an unreviewed package.
pub(super) fn no_list(context: &mut RuleContext<'_>) {
    let evidence = context.evidence;
    let count = evidence.packages().count();
    if evidence.list.is_some() || count == 0 {
        return;
    }
    let verdict = match context.setting.verdict {
        Some(_) => None,
        None => Some(context.verdict_of("approvals/unreviewed")),
    };
    if verdict == Some(Verdict::Allow) {
        return;
    }
    let input = evidence.graph.inputs().first();
    let place = Place::file(input.map_or("", |it| &*it.path));
    let message = match count {
        1 => "the project has no approvals list for its 1 package".to_owned(),
        count => format!("the project has no approvals list for its {count} packages"),
    };
    context.project("list", place, message);
    if let Some(verdict) = verdict {
        context.set_verdict(verdict);
    }
}

pub(super) fn unreviewed(context: &mut RuleContext<'_>) {
    if context.evidence.list.is_none() {
        return;
    }
    let found: Vec<_> = context.evidence.packages().collect();
    for node in found {
        let Some(approval) = context.evidence.approval(node) else {
            context.package(node, "the check did not decide on it".to_owned());
            continue;
        };
        if approval.status() == ApprovalStatus::Unreviewed {
            context.package(node, words(approval));
        }
    }
}

/// True for a denial because of the lockfile, which has a rule of its own.
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

pub(super) fn denied(context: &mut RuleContext<'_>) {
    let found: Vec<_> = context.evidence.packages().collect();
    for node in found {
        let approval = context.evidence.approval(node);
        let denied =
            approval.filter(|it| it.status() == ApprovalStatus::Denied && !is_identity(it.reason));
        if let Some(approval) = denied {
            context.package(node, words(approval));
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
        ApprovalReason::NoEntry => "it is not in the approvals list",
        ApprovalReason::OtherVersionApproved => "another version is approved",
        ApprovalReason::Expired => "the approval has expired",
        ApprovalReason::ScopeNotCovered => {
            "it is approved for development only and is in the product"
        }
        ApprovalReason::CriteriaMissing => "its reviews do not cover the criteria of the policy",
        ApprovalReason::RegistryNotCovered => {
            "the approval is for the package of the public registry, and this one is from another source"
        }
        ApprovalReason::NoTrustedIdentity => {
            "only the lockfile entry says which package it is, and no review pins its digest"
        }
        ApprovalReason::IntegrityUnpinned => "no review pins its digest",
        ApprovalReason::BundledInUnapproved => {
            "it is bundled, and the package that bundles it is not approved with a pinned digest"
        }
        ApprovalReason::DeniedExact => "this version is denied",
        ApprovalReason::DeniedName => "the package is denied",
        ApprovalReason::DeniedRange => "a range that includes this version is denied",
        ApprovalReason::DeniedInherited => "an extended list denies it",
        ApprovalReason::IntegrityMismatch => "its digest is not the one that was reviewed",
        ApprovalReason::IntegrityConflict => "two lists pin different digests of it",
        ApprovalReason::IdentityMismatch => {
            "name, version, resolved URL and requesting specifier identify different packages"
        }
        ApprovalReason::ManifestMismatch => {
            "the manifest of the installed package names another package"
        }
        ApprovalReason::AddressUserInfo => "its address has a user name before the host",
        ApprovalReason::AddressPort => "its address has the registry's host and another port",
        ApprovalReason::AddressSpelling => {
            "its address spells the registry's host in an unusual way"
        }
        ApprovalReason::AddressScript => "the host of its address has context-alike characters",
        ApprovalReason::AddressLookalike => {
            "the host of its address contains the registry's name but is another host"
        }
        ApprovalReason::AddressTraversal => {
            "the path of its address does not lead to what it seems to"
        }
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

pub(super) fn expiring(context: &mut RuleContext<'_>) {
    const DAYS: u32 = 30;
    let within = i64::from(context.setting.days.unwrap_or(DAYS));
    let found: Vec<_> = context.evidence.packages().collect();
    for node in found {
        let approval = context.evidence.approval(node);
        let decision = approval
            .filter(|it| it.status() == ApprovalStatus::Approved)
            .and_then(|it| it.decision.as_deref());
        let day = decision.and_then(|it| bomtrail_graph::Date::parse(it.expires.as_deref()?));
        let Some(day) = day else { continue };
        let left = context.evidence.today.days_until(day);
        if left <= within {
            context.package(
                node,
                match left {
                    1 => format!("its approval expires after {day}, in 1 day"),
                    left => format!("its approval expires after {day}, in {left} days"),
                },
            );
        }
    }
}

pub(super) fn stale(context: &mut RuleContext<'_>) {
    let evidence = context.evidence;
    let list = evidence.list.unwrap_or_default();
    for it in evidence.unused.iter().filter(|_| evidence.whole) {
        let subject = format!("{}@{}", it.package, it.version);
        let message = format!("`{subject}` is approved and is not used");
        context.project(&subject, line_of(list, it.line), message);
    }
}

pub(super) fn bulk(context: &mut RuleContext<'_>) {
    let evidence = context.evidence;
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
    // A new list has hundreds of them, and they are one task.
    let Some(first) = found.first() else { return };
    let names: Vec<_> = found.iter().take(5).map(|it| it.reference()).collect();
    let more = found.len() - names.len();
    let more = if more > 0 {
        format!(" and {more} more")
    } else {
        String::new()
    };
    let message = format!(
        "{} approved in bulk, without a review: `{}`{more}",
        counted(found.len()),
        names.join("`, `")
    );
    let place = place_of(evidence, *first, |_| true);
    context.project("bulk", place, message);
}

/// A number of packages that are something, with the verb.
fn counted(count: usize) -> String {
    match count {
        1 => "1 package is".to_owned(),
        count => format!("{count} packages are"),
    }
}
