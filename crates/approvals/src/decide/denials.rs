//! Denials: by name, by version, by range, in any of the lists.

use bomtrail_graph::{Approval, ApprovalReason, Decision, Text};
use bomtrail_version::Scheme;

use super::record::reviewers;
use crate::entry::Denial;
use crate::key::Subject;
use crate::list::{Denied, List};

/// The fewest characters of a commit that deny it.
const SHORTEST_COMMIT: usize = 7;

/// The denial of a node, if there is one; one of the project's own list before an inherited one.
pub(super) fn find(list: &List, subject: &Subject) -> Option<Approval> {
    let here = list.denied(&subject.key).iter();
    let here =
        here.filter_map(|it| Some((it, hit(subject, subject.version.as_deref(), &it.denial)?)));
    let anywhere = subject.anywhere.iter().flat_map(|(key, version)| {
        let all = list.denied(key).iter();
        all.filter_map(move |it| Some((it, hit(subject, version.as_deref(), &it.denial)?)))
    });
    let (denied, reason) = here
        .chain(anywhere)
        .min_by_key(|(it, _)| list.chain(*it).len())?;
    Some(approval(list, denied, reason))
}

/// How a denial covers a version, if it does. An unknown version is covered by every denial of the package.
fn hit(subject: &Subject, version: Option<&str>, denial: &Denial) -> Option<ApprovalReason> {
    let other_author = denial
        .author
        .as_ref()
        .is_some_and(|author| subject.author.as_ref().is_some_and(|it| it != author));
    if other_author {
        return None;
    }
    if denial.is_of_all() {
        return Some(ApprovalReason::DeniedName);
    }
    let Some(version) = version else {
        return Some(ApprovalReason::DeniedName);
    };
    let is_git = subject.key.is_git();
    let begins = |it: &str| is_git && it.len() >= SHORTEST_COMMIT && version.starts_with(it);
    if denial.versions.iter().any(|it| it == version || begins(it)) {
        return Some(ApprovalReason::DeniedExact);
    }
    let scheme = Scheme::of_type(subject.key.package_type())?;
    let mut ranges = denial.ranges.iter();
    ranges
        .any(|it| scheme.blocks(it, version))
        .then_some(ApprovalReason::DeniedRange)
}

fn approval(list: &List, denied: &Denied, reason: ApprovalReason) -> Approval {
    let denial = &denied.denial;
    let reason = if list.is_own(denied) {
        reason
    } else {
        ApprovalReason::DeniedInherited
    };
    let mut words: Vec<String> = [&denial.reason, &denial.note]
        .into_iter()
        .flatten()
        .cloned()
        .collect();
    if let Some(other) = &denial.use_instead {
        words.push(format!("use `{other}` instead"));
    }
    let (by, by_person) = reviewers(&denial.by);
    let decision = Decision {
        by,
        by_person,
        on: denial.on.map(|it| it.to_string().into()),
        note: denial.note.as_deref().map(Text::from),
        ..Decision::default()
    };
    Approval {
        chain: list.chain(denied).to_vec(),
        detail: words.join("; ").into(),
        decision: Some(Box::new(decision)),
        ..Approval::new(reason)
    }
}
