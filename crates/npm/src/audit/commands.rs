//! Commands that two packages of one `node_modules` folder install under the same name.

use std::collections::HashMap;

use bomtrail_graph::Diagnostics;
use foldhash::fast::RandomState;

use crate::diags;
use crate::package::value::Value;
use crate::paths;

/// Reports commands that two packages of one folder claim: npm installs only one of them.
pub(super) fn clashes(path: &str, lock: &Value<'_>, diagnostics: &mut Diagnostics) {
    let Some(Value::Map(entries)) = lock.get("packages") else {
        return;
    };
    let mut claimed: HashMap<(&str, &str), Claim<'_, '_>, RandomState> = HashMap::default();
    for (place, entry) in entries {
        let Some((folder, _)) = paths::split_modules(place) else {
            continue;
        };
        let Some(Value::Map(commands)) = entry.get("bin") else {
            continue;
        };
        for (command, _) in commands {
            let claim = Claim { place, entry };
            match claimed.insert((folder, command), claim) {
                Some(other) if other.place != claim.place && claim.shares_platform(other) => {
                    diagnostics.push(diags::command_clash(path, place, command, other.place));
                }
                _ => {}
            }
        }
    }
}

/// A package that installs a command.
#[derive(Clone, Copy)]
struct Claim<'v, 'a> {
    place: &'v str,
    entry: &'v Value<'a>,
}

impl Claim<'_, '_> {
    /// False for variants of a package of which each platform installs one only.
    fn shares_platform(self, other: Self) -> bool {
        let texts = |it: Self, key| it.entry.get(key).map(Value::texts).unwrap_or_default();
        ["os", "cpu", "libc"].into_iter().all(|key| {
            let (ours, theirs) = (texts(self, key), texts(other, key));
            let listed = !ours.is_empty() && !theirs.is_empty();
            let negated = ours.iter().chain(&theirs).any(|it| it.starts_with('!'));
            !listed || negated || ours.iter().any(|it| theirs.contains(it))
        })
    }
}
