//! What all lists together record about one version: descriptions come from the first list that has them, and every limit
//! applies.

use bomtrail_graph::{ApprovalReason, Decision, Flags, NodeRef, Text};

use crate::entry::{Basis, Review, Reviewer, Use};
use crate::integrity;
use crate::key::Subject;
use crate::list::{Inherited, List};
use bomtrail_graph::Date;

/// The reviews of one version.
pub(super) struct Record<'l> {
    all: Vec<&'l Review>,
    /// The earliest expiry of all.
    expires: Option<Date>,
}

impl<'l> Record<'l> {
    pub(super) fn of(list: &'l List, subject: &Subject) -> Self {
        let fits = |it: &&Inherited| {
            Some(&it.version) == subject.version.as_ref()
                && (it.author.is_none() || it.author == subject.author)
        };
        let all: Vec<&Review> = list
            .reviews(&subject.key)
            .iter()
            .filter(fits)
            .map(|it| &it.review)
            .collect();
        let expires = all.iter().filter_map(|it| it.expires).min();
        Self { all, expires }
    }

    /// True when a review pins the node's digest and it matches; false when none pins one. Fails when it does not match, or when
    /// two lists pin different digests.
    pub(super) fn pins(&self, node: NodeRef<'_>) -> Result<bool, ApprovalReason> {
        let mut sets = self
            .all
            .iter()
            .map(|it| &it.integrity)
            .filter(|it| !it.is_empty());
        let Some(pinned) = sets.next() else {
            return Ok(false);
        };
        if sets.any(|it| it != pinned) {
            return Err(ApprovalReason::IntegrityConflict);
        }
        let flags = node.flags();
        let strong = integrity::pinning(node.component());
        let loose = flags.has(Flags::UNVERIFIED) || flags.has(Flags::WEAK_DIGEST);
        let same = !strong.is_empty() && strong.iter().all(|it| pinned.contains(it.as_ref()));
        if loose || !same {
            return Err(ApprovalReason::IntegrityMismatch);
        }
        Ok(true)
    }

    /// Why the reviews do not cover this use on this day.
    pub(super) fn limit(&self, wanted: Use, today: Date) -> Option<ApprovalReason> {
        if self.expires.is_some_and(|last| last < today) {
            return Some(ApprovalReason::Expired);
        }
        (!self.covers(wanted)).then_some(ApprovalReason::ScopeNotCovered)
    }

    /// True when every review that limits the use allows this one. What is allowed in the product is allowed for development.
    fn covers(&self, wanted: Use) -> bool {
        self.all
            .iter()
            .all(|it| it.scope.is_empty() || wanted == Use::Dev || it.scope.contains(&Use::Prod))
    }

    /// True when one review covers all the criteria.
    pub(super) fn meets(&self, criteria: &[String]) -> bool {
        criteria.is_empty()
            || self
                .all
                .iter()
                .any(|it| criteria.iter().all(|wanted| it.criteria.contains(wanted)))
    }

    pub(super) fn decision(&self) -> Decision {
        let first = |text: fn(&'l Review) -> Option<&'l str>| {
            self.all.iter().copied().find_map(text).map(Text::from)
        };
        let reviewed = self.all.iter().find(|it| !it.by.is_empty());
        let (by, by_person) = reviewed.map(|it| reviewers(&it.by)).unwrap_or_default();
        Decision {
            by,
            by_person,
            on: self
                .all
                .iter()
                .find_map(|it| it.on)
                .map(|it| it.to_string().into()),
            expires: self.expires.map(|it| it.to_string().into()),
            basis: first(|it| it.basis.map(Basis::name)),
            note: first(|it| it.note.as_deref()),
            integrity_verified: false,
            // A review that forbids them wins.
            install_scripts: self.all.iter().filter_map(|it| it.install_scripts).min(),
        }
    }

    /// The details that the reason does not have.
    pub(super) fn detail(&self, reason: ApprovalReason) -> Text {
        match (reason, self.expires) {
            (ApprovalReason::Expired, Some(day)) => format!("it was valid until {day}").into(),
            (ApprovalReason::IntegrityMismatch, _) => {
                let pinned = self.all.iter().flat_map(|it| &it.integrity);
                let pinned: Vec<String> = pinned.filter_map(integrity::sri).collect();
                format!("reviewed as `{}`", pinned.join("`, `")).into()
            }
            _ => Text::default(),
        }
    }
}

/// The names of the reviewers, and whether a person is among them.
pub(super) fn reviewers(all: &[Reviewer]) -> (Vec<Text>, bool) {
    let words = |it: &Reviewer| match &it.email {
        Some(email) => format!("{} <{email}>", it.name).into(),
        None => Text::from(it.name.as_str()),
    };
    let person = all
        .iter()
        .any(|it| it.kind.as_deref().is_none_or(|kind| kind == "person"));
    (all.iter().map(words).collect(), person)
}
