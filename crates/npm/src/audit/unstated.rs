//! What npm fills in from elsewhere.

use bomtrail_graph::Input;

use super::Deviation;
use crate::manifest::files;
use crate::package::value::Value;
use crate::paths;

/// Reports packages whose address or digest npm takes from a `yarn.lock`, because their entries lack it.
pub(super) fn filled_by_yarn(
    lock: &Value<'_>,
    input: &Input<'_>,
    base: &str,
    found: &mut Vec<Deviation>,
) {
    let Some(Value::Map(entries)) = lock.get("packages") else {
        return;
    };
    let is = |entry: &Value<'_>, key: &str| entry.get(key).is_some_and(Value::truthy);
    let lacks = |place: &str, entry: &Value<'_>| {
        let fetched =
            paths::split_modules(place).is_some() && !is(entry, "link") && !is(entry, "inBundle");
        let git = entry
            .get("resolved")
            .and_then(Value::text)
            .is_some_and(crate::package::vcs::is_git);
        fetched && (!is(entry, "resolved") || (!is(entry, "integrity") && !git))
    };
    let lacking: Vec<&str> = entries
        .iter()
        .filter(|(place, entry)| lacks(place, entry))
        .map(|(place, _)| &**place)
        .collect();
    if lacking.is_empty() || files::read(base, "yarn.lock", input.files).is_none() {
        return;
    }
    for place in lacking {
        let message =
            "the entry lacks `resolved` or `integrity`, and npm takes them from `yarn.lock`";
        found.push(Deviation::new(place, message));
    }
}
