//! The tests about the versions and the languages of a document.

use std::collections::BTreeSet;

use serde_json::Value;

use super::items;
use crate::record::Modified;
use crate::vex::read::checker::Checker;

/// The version and the history of the document (6.1.14, 6.1.16 to 6.1.22, 6.1.30).
pub(super) fn history(value: &Value, checker: &mut Checker) {
    let at = "/document/tracking";
    let Some(tracking) = value.pointer(at) else {
        return;
    };
    let text = |key: &str| {
        tracking
            .get(key)
            .and_then(Value::as_str)
            .unwrap_or_default()
    };
    let (is_draft, own) = (text("status") == "draft", text("version"));
    let mut revisions: Vec<(Modified, &str)> = items(tracking, "revision_history")
        .map(|it| {
            let text = |key: &str| it.get(key).and_then(Value::as_str).unwrap_or_default();
            (Modified::parse(text("date")), text("number"))
        })
        .collect();
    if revisions.is_empty() {
        checker.wrong(at, "the revision history is empty");
    }
    revisions.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| order(a.1, b.1)));
    let numbers: Vec<&str> = revisions.iter().map(|it| it.1).collect();
    if numbers
        .windows(2)
        .any(|it| matches!(it, [a, b] if order(a, b).is_gt()))
    {
        checker.wrong(
            at,
            "the revisions are not in the order of their dates (6.1.14)",
        );
    }
    let without = |it: &str, marks: &[char]| it.split(marks).next().unwrap_or_default().to_owned();
    // A draft may differ from its revision by what marks it as a prerelease.
    let marks: &[char] = if is_draft { &['-', '+'] } else { &['+'] };
    let last = numbers.last().copied().unwrap_or_default();
    if without(last, marks) != without(own, marks) {
        checker.wrong(
            at,
            "the version is not the one of the newest revision (6.1.16)",
        );
    }
    if version(own).is_some_and(|it| it.major == 0 || it.is_prerelease) && !is_draft {
        checker.wrong(
            at,
            "the version is that of a draft, and the status is not (6.1.17, 6.1.20)",
        );
    }
    let early = |it: &&str| version(it).is_some_and(|it| it.major == 0);
    if !is_draft && numbers.iter().any(early) {
        checker.wrong(
            at,
            "a released document has revisions before the first release (6.1.18)",
        );
    }
    if numbers
        .iter()
        .any(|it| version(it).is_some_and(|it| it.is_prerelease))
    {
        checker.wrong(at, "a revision is a prerelease (6.1.19)");
    }
    distinct(&numbers, own, checker);
}

/// No revision is missing, none is repeated, and all have one kind of number (6.1.21, 6.1.22, 6.1.30).
fn distinct(numbers: &[&str], own: &str, checker: &mut Checker) {
    let at = "/document/tracking";
    let parsed = numbers.iter().filter_map(|it| version(it));
    let majors: BTreeSet<u64> = parsed.map(|it| it.major).collect();
    if let (Some(first), Some(newest)) = (majors.first(), majors.last())
        && (*first > 1 || newest - first + 1 != majors.len() as u64)
    {
        checker.wrong(at, "a revision is missing (6.1.21)");
    }
    let distinct: BTreeSet<&&str> = numbers.iter().collect();
    if distinct.len() != numbers.len() {
        checker.wrong(at, "two revisions have one number (6.1.22)");
    }
    let all = numbers.iter().chain([&own]).filter_map(|it| version(it));
    let schemes: BTreeSet<bool> = all.map(|it| it.is_semantic).collect();
    if schemes.len() > 1 {
        checker.wrong(at, "whole numbers and semantic versions are mixed (6.1.30)");
    }
}

/// The languages (6.1.12, 6.1.15, 6.1.28).
pub(super) fn language(value: &Value, checker: &mut Checker) {
    let text = |pointer: &str| value.pointer(pointer).and_then(Value::as_str);
    let (own, source) = (text("/document/lang"), text("/document/source_lang"));
    for tag in own.into_iter().chain(source) {
        let primary = tag.split('-').next().unwrap_or_default();
        let known = (2..=3).contains(&primary.len()) || primary == "i" || primary == "x";
        // `EZ` is not a code of ISO 639.
        if !known || primary.eq_ignore_ascii_case("ez") {
            checker.wrong("/document", &format!("`{tag}` is not a language (6.1.12)"));
        }
    }
    if source.is_some() && source == own {
        checker.wrong("/document", "the document is its own translation (6.1.28)");
    }
    let is_translator = text("/document/publisher/category") == Some("translator");
    if is_translator && source.is_none() {
        checker.wrong("/document", "a translation needs a `source_lang` (6.1.15)");
    }
}

/// A version of a document: a whole number, or a semantic version.
struct Version {
    major: u64,
    is_prerelease: bool,
    is_semantic: bool,
}

fn version(text: &str) -> Option<Version> {
    if let Ok(major) = text.parse() {
        return Some(Version {
            major,
            is_prerelease: false,
            is_semantic: false,
        });
    }
    bomtrail_version::SemVer::parse(text)?;
    Some(Version {
        major: text.split('.').next()?.parse().ok()?,
        is_prerelease: text.split('+').next()?.contains('-'),
        is_semantic: true,
    })
}

/// The order of two versions of one scheme.
fn order(a: &str, b: &str) -> std::cmp::Ordering {
    match (a.parse::<u64>(), b.parse::<u64>()) {
        (Ok(a), Ok(b)) => a.cmp(&b),
        _ => bomtrail_version::SemVer::loose(a).cmp(&bomtrail_version::SemVer::loose(b)),
    }
}
