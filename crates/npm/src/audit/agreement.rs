//! Version 2 has every package twice: in `packages`, which npm 7 and later read first, and in `dependencies`.

use super::Deviation;
use crate::package::value::{Str, Value};

/// Reports entries of `dependencies` that contradict their entries in `packages`, or have none.
pub(super) fn of_sections(
    lock: &Value<'_>,
    entries: &[(Str<'_>, Value<'_>)],
    found: &mut Vec<Deviation>,
) {
    let Some(Value::Map(packages)) = lock.get("packages") else {
        return;
    };
    let mut known: Vec<(&str, &Value<'_>)> =
        packages.iter().map(|(it, entry)| (&**it, entry)).collect();
    known.sort_by_key(|(place, _)| *place);
    let at = |place: &str| {
        // The last of several counts.
        let end = known.partition_point(|(it, _)| *it <= place);
        let last = end.checked_sub(1).and_then(|it| known.get(it))?;
        (last.0 == place).then_some(last.1)
    };
    let nested = |above: &str, name: &str| {
        let slash = if above.is_empty() { "" } else { "/" };
        [above, slash, "node_modules/", name].concat()
    };
    let top = |name: &str| {
        let target = is_target_of_link(name) && at(name).is_some();
        if target {
            name.to_owned()
        } else {
            nested("", name)
        }
    };
    let mut open: Vec<(String, &Value<'_>)> = Vec::new();
    open.extend(entries.iter().map(|(name, it)| (top(name), it)));
    while let Some((place, entry)) = open.pop() {
        let mut base = place.clone();
        match at(&place) {
            None => {
                let message = "`dependencies` has the package, and `packages` has not";
                found.push(Deviation::new(&place, message));
            }
            Some(other) => {
                for key in disagreements(entry, other) {
                    let message = format!("`dependencies` and `packages` have another `{key}`");
                    found.push(Deviation::new(&place, message));
                }
                if other.get("link").is_some_and(Value::truthy) {
                    let target = other
                        .get("resolved")
                        .and_then(Value::text)
                        .unwrap_or_default();
                    target.clone_into(&mut base);
                }
            }
        }
        if let Some(Value::Map(more)) = entry.get("dependencies") {
            open.extend(more.iter().map(|(name, it)| (nested(&base, name), it)));
        }
    }
}

/// True for the place of a folder: early versions of npm 7 wrote what is below the target of a link under its place.
pub(super) fn is_target_of_link(name: &str) -> bool {
    let mut segments = name.split('/');
    name.contains('/') && !name.starts_with('@') && segments.all(|it| it != "node_modules")
}

/// The fields that both have and that differ. `version` is an address in `dependencies` for all but registry packages.
fn disagreements(old: &Value<'_>, new: &Value<'_>) -> Vec<&'static str> {
    let differs = |key: &str| {
        let both = (
            old.get(key).and_then(Value::text),
            new.get(key).and_then(Value::text),
        );
        matches!(both, (Some(old), Some(new)) if old != new)
    };
    let mut fields: Vec<&'static str> = ["resolved", "integrity"]
        .into_iter()
        .filter(|key| differs(key))
        .collect();
    let version = old.get("version").and_then(Value::text).unwrap_or_default();
    let version = match version.strip_prefix("npm:") {
        Some(alias) => alias.rsplit_once('@').map_or("", |(_, version)| version),
        None => version,
    };
    let is_version = bomtrail_version::npm::is_version(version);
    if is_version
        && new
            .get("version")
            .and_then(Value::text)
            .is_some_and(|it| it != version)
    {
        fields.push("version");
    }
    fields
}
