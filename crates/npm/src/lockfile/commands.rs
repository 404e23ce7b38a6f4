//! The commands that a lockfile states for its packages.

use std::collections::BTreeMap;

use crate::package::value::{Str, Value};
use crate::text;
use bomtrail_document::from_json;

/// Commands by name, with their files.
pub type LockedCommands = Vec<(String, String)>;

/// The commands of each entry, by place. `None` for a lockfile of a version that states none, or that is not JSON.
pub fn locked_commands(bytes: &[u8]) -> Option<BTreeMap<String, LockedCommands>> {
    let (text, _) = text::decode(bytes);
    let lock: Value<'_> = from_json(&text).ok()?;
    let Some(Value::Map(entries)) = lock.get("packages") else {
        return None;
    };
    let all = entries.iter().map(|(place, entry)| {
        let Some(Value::Map(commands)) = entry.get("bin") else {
            return (place.as_ref().to_owned(), Vec::new());
        };
        let pair = |(name, file): &(Str<'_>, Value<'_>)| {
            Some((name.as_ref().to_owned(), file.text()?.to_owned()))
        };
        let commands = commands.iter().filter_map(pair).collect();
        (place.as_ref().to_owned(), commands)
    });
    Some(all.collect())
}
