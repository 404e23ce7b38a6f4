//! What npm recorded about its installation (`node_modules/.package-lock.json`), compared place by place with the lockfile.

use std::collections::{BTreeMap, BTreeSet};

use super::difference::{Difference, What};
use super::locked::{Entry, is_installed};

/// Adds the differences between the lockfile and npm's record.
pub(super) fn compare(
    locked: &BTreeMap<String, Entry>,
    recorded: &BTreeMap<String, Entry>,
    installed: &BTreeSet<String>,
    found: &mut Vec<Difference>,
) {
    for (place, now) in recorded {
        let what = match locked.get(place) {
            None => Some(What::NotLocked),
            Some(before) => entry(before, now),
        };
        found.extend(what.map(|it| Difference::new(place, it)));
        if is_installed(place) && !installed.contains(place) {
            found.push(Difference::new(place, What::NotThere));
        }
    }
    for place in installed.iter().filter(|it| !recorded.contains_key(*it)) {
        // It is in the lockfile, else it is reported by the walk; but npm does not know it.
        found.push(Difference::new(place, What::NoRecord));
    }
}

fn entry(before: &Entry, now: &Entry) -> Option<What> {
    let other_version = before.version.as_ref().zip(now.version.as_ref());
    if before.name != now.name || other_version.is_some_and(|(before, now)| before != now) {
        return Some(What::OtherPackage {
            installed: now.label(),
            locked: before.label(),
        });
    }
    if before.is_link != now.is_link {
        return Some(What::OtherLink);
    }
    if before.is_bundled && before.resolved.is_none() && now.resolved.is_some() {
        return Some(What::FetchedOnItsOwn);
    }
    let sources = before.resolved.as_deref().zip(now.resolved.as_deref());
    if sources.is_some_and(|(before, now)| !is_same_source(before, now)) {
        return Some(What::OtherSource);
    }
    let digest = before.integrity.as_deref()?;
    let is_same = now
        .integrity
        .as_deref()
        .is_some_and(|it| shares_digest(digest, it));
    (!is_same).then_some(What::OtherDigest)
}

/// Two addresses of one archive: equal, or the same archive of two registries (npm replaces the host of a registry).
fn is_same_source(before: &str, now: &str) -> bool {
    let archive = |it: &str| -> Option<String> {
        let (package, file) = it.rsplit_once("/-/")?;
        let name = package.rsplit('/').next()?;
        Some(format!("{name}/{file}"))
    };
    before == now || archive(before).is_some_and(|it| archive(now) == Some(it))
}

fn shares_digest(before: &str, now: &str) -> bool {
    let digests: BTreeSet<&str> = before.split_ascii_whitespace().collect();
    now.split_ascii_whitespace().any(|it| digests.contains(it))
}
