//! The places of the entries, as npm spells them.

use std::borrow::Cow;
use std::collections::HashMap;

use foldhash::fast::RandomState;

use super::Deviation;
use crate::package::value::{Str, Value};
use crate::paths;

/// Reports places that npm does not write, and places that are one folder for npm.
pub(super) fn spellings(entries: &[(Str<'_>, Value<'_>)], found: &mut Vec<Deviation>) {
    let mut seen: HashMap<Folded<'_>, &str, RandomState> = HashMap::default();
    for (place, _) in entries {
        if !is_usual(place) {
            found.push(Deviation::new(
                place,
                "the place is not spelled as npm does",
            ));
        }
        let earlier = seen.insert(folded(place), place);
        // The same spelling is a repeated key.
        if let Some(earlier) = earlier.filter(|it| it != place) {
            let message = format!("the place is the same folder as `{earlier}` for npm");
            found.push(Deviation::new(place, message));
        }
    }
    if !entries.iter().any(|(place, _)| place.is_empty()) {
        found.push(Deviation::new("", "`packages` has no root entry"));
    }
}

/// What is equal for places that are one folder for npm: the folder that has the `node_modules`, and the name in lower case; of
/// other places the whole.
type Folded<'v> = (&'v str, Option<Cow<'v, str>>);

/// npm compares names within a `node_modules` folder without regard to case.
fn folded(place: &str) -> Folded<'_> {
    let Some((above, name)) = paths::split_modules(place) else {
        return (place, None);
    };
    let has_upper = name.bytes().any(|it| it.is_ascii_uppercase());
    let name = if has_upper {
        name.to_ascii_lowercase().into()
    } else {
        name.into()
    };
    (above, Some(name))
}

fn is_usual(place: &str) -> bool {
    if place.is_empty() {
        return true;
    }
    // The target of a link that leads out of the project.
    let place = outside(place).unwrap_or(place);
    let is_plain = paths::is_usual(place) || (paths::is_plain(place) && !place.starts_with('/'));
    if !is_plain || has_control(place) {
        return false;
    }
    let first = if place.starts_with("node_modules") {
        Some(0)
    } else {
        place.find("node_modules")
    };
    let Some(first) = first else {
        return true;
    };
    let modules = place.get(first..).unwrap_or_default();
    let whole = first == 0 || place.get(..first).is_some_and(|it| it.ends_with('/'));
    whole && names(modules)
}

fn has_control(place: &str) -> bool {
    let may_have = |it: u8| it.is_ascii_control() || !it.is_ascii();
    place.bytes().any(may_have) && place.contains(char::is_control)
}

/// What follows the leading `../` of a place.
fn outside(place: &str) -> Option<&str> {
    let rest = place.trim_start_matches("../");
    (rest != place && !rest.is_empty()).then_some(rest)
}

/// `node_modules/name`, any number of times.
fn names(modules: &str) -> bool {
    let mut segments = modules.split('/');
    while let Some(segment) = segments.next() {
        let scope = segments.next().unwrap_or_default();
        let named = match scope.strip_prefix('@') {
            Some(scope) => is_name(scope) && segments.next().is_some_and(is_name),
            None => is_name(scope),
        };
        if segment != "node_modules" || !named {
            return false;
        }
    }
    true
}

/// True for a name, or one part of a scoped name, that a package can have.
pub(super) fn is_name(name: &str) -> bool {
    let usual = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~!*'()".contains(&byte);
    !name.is_empty()
        && name != "node_modules"
        && !name.starts_with(['.'])
        && name.bytes().all(usual)
}
