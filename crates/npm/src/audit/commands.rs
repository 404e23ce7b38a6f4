//! Commands that two packages of one `node_modules` folder install under the same name, or under names that differ only in
//! case: some file systems do not distinguish them.

use std::collections::HashMap;

use bomtrail_graph::Diagnostics;
use foldhash::fast::RandomState;

use crate::diags;
use crate::package::command::command_name;
use crate::package::value::Value;
use crate::paths;

/// Reports commands that two packages of one folder claim, once for each pair: npm installs only one of them.
pub(super) fn clashes(path: &str, lock: &Value<'_>, diagnostics: &mut Diagnostics) {
    let Some(Value::Map(entries)) = lock.get("packages") else {
        return;
    };
    let mut claimed: HashMap<(&str, String), Claim<'_, '_>, RandomState> = HashMap::default();
    for (place, entry) in entries {
        let claim = Claim { place, entry };
        let mut clashes: Vec<(&str, Vec<&str>)> = Vec::new();
        for (folder, command) in claim.commands() {
            let other = claimed.insert((folder, command.to_lowercase()), claim);
            let Some(other) = other.filter(|it| claim.clashes(*it)) else {
                continue;
            };
            match clashes.iter_mut().find(|(place, _)| *place == other.place) {
                Some((_, commands)) => commands.push(command),
                None => clashes.push((other.place, vec![command])),
            }
        }
        for (other, commands) in clashes {
            diagnostics.push(diags::command_clash(path, place, &commands, other));
        }
    }
}

/// A package that installs a command.
#[derive(Clone, Copy)]
struct Claim<'v, 'a> {
    place: &'v str,
    entry: &'v Value<'a>,
}

impl<'v> Claim<'v, '_> {
    /// The folder that the package is in, with the name of each of its commands.
    fn commands(self) -> impl Iterator<Item = (&'v str, &'v str)> {
        let folder = paths::split_modules(self.place).map(|(folder, _)| folder);
        let commands = match self.entry.get("bin") {
            Some(Value::Map(commands)) => &**commands,
            _ => &[],
        };
        let names = commands
            .iter()
            .filter_map(|(name, file)| command_name(name).filter(|_| file.text().is_some()));
        names.filter_map(move |name| Some((folder?, name)))
    }

    fn clashes(self, other: Self) -> bool {
        self.place != other.place && self.shares_platform(other)
    }

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
