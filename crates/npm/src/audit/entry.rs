//! The fields of the entries of `packages`, by kind of entry, as npm 7 to 12 write them.

use super::Deviation;
use super::field::{Shape, message};
use crate::package::value::Value;
use crate::paths;

const ROOT: u8 = 1;
/// A package in a `node_modules` folder.
const PACKAGE: u8 = 1 << 1;
/// A package in the archive of another one.
const BUNDLED: u8 = 1 << 2;
/// A workspace, or the target of another link.
const MEMBER: u8 = 1 << 3;
const LINK: u8 = 1 << 4;
const REAL: u8 = PACKAGE | BUNDLED | MEMBER;
const ALL: u8 = ROOT | REAL;

/// Every field that npm writes: its name, the kinds of entry that have it, and its type.
const FIELDS: [(&str, u8, Shape); 34] = [
    ("version", ALL, Shape::Text),
    ("name", ALL, Shape::Text),
    ("resolved", REAL | LINK, Shape::Text),
    ("integrity", REAL, Shape::Text),
    ("link", LINK, Shape::True),
    ("dependencies", ALL, Shape::Dependencies),
    ("optionalDependencies", ALL, Shape::Dependencies),
    ("peerDependencies", ALL, Shape::Dependencies),
    ("devDependencies", ALL, Shape::Dependencies),
    ("acceptDependencies", ALL, Shape::Dependencies),
    ("peerDependenciesMeta", ALL, Shape::Objects),
    ("bundleDependencies", ALL, Shape::List),
    ("bin", ALL, Shape::Commands),
    ("engines", ALL, Shape::Anything),
    ("os", ALL, Shape::Texts),
    ("cpu", ALL, Shape::Texts),
    ("libc", ALL, Shape::Texts),
    ("license", ALL, Shape::Anything),
    ("funding", ALL, Shape::Anything),
    ("workspaces", ALL, Shape::Anything),
    ("deprecated", REAL, Shape::TextOrTrue),
    ("hasInstallScript", ALL, Shape::True),
    ("hasShrinkwrap", PACKAGE | BUNDLED, Shape::True),
    ("inBundle", ALL, Shape::True),
    ("dev", REAL, Shape::True),
    ("optional", REAL, Shape::True),
    ("devOptional", REAL, Shape::True),
    ("peer", REAL, Shape::True),
    ("extraneous", REAL, Shape::True),
    ("patched", PACKAGE, Shape::Object),
    ("packageExtensionsApplied", PACKAGE, Shape::Object),
    ("npmExtensionApplied", PACKAGE, Shape::Object),
    ("packageExtensionsHash", ROOT, Shape::Text),
    ("npmExtensionHash", ROOT, Shape::Text),
];

/// Reports the fields of an entry that npm does not write.
pub(super) fn fields(place: &str, entry: &Value<'_>, found: &mut Vec<Deviation>) {
    let Value::Map(pairs) = entry else {
        found.push(Deviation::new(place, "the entry is not an object"));
        return;
    };
    let kind = kind(place, entry);
    for (key, value) in pairs {
        let known = FIELDS
            .iter()
            .find(|(name, kinds, _)| name == key && kinds & kind != 0);
        match known {
            None => found.push(unknown(place, key, kind)),
            Some((_, _, shape)) if !shape.fits(value) => {
                found.push(Deviation::new(place, message(key, value)));
            }
            Some(_) => {}
        }
    }
    if kind == LINK {
        target(place, entry, found);
    }
}

fn kind(place: &str, entry: &Value<'_>) -> u8 {
    let is = |key: &str| entry.get(key).is_some_and(Value::truthy);
    if place.is_empty() {
        ROOT
    } else if is("link") {
        LINK
    } else if paths::split_modules(place).is_none() {
        MEMBER
    } else if is("inBundle") {
        BUNDLED
    } else {
        PACKAGE
    }
}

fn unknown(place: &str, key: &str, kind: u8) -> Deviation {
    let harm = match key {
        "scripts" => ", but npm runs it",
        _ if key.starts_with('_') => ", but npm reads it",
        _ => "",
    };
    let of = match kind {
        ROOT => "the root entry",
        LINK => "a link",
        MEMBER => "a folder of the project",
        BUNDLED => "a bundled package",
        _ => "a package",
    };
    Deviation::new(place, format!("`{key}` is not a field of {of}{harm}"))
}

/// A link leads to a folder outside of `node_modules` that is not the project. npm installs neither digest nor address for it,
/// and so does not verify what is there; a link to the project puts the project itself in the place of a package. Lockfiles of
/// other package managers' installations have such links.
fn target(place: &str, entry: &Value<'_>, found: &mut Vec<Deviation>) {
    let Some(resolved) = entry.get("resolved").and_then(Value::text) else {
        found.push(Deviation::new(place, "the link has no `resolved`"));
        return;
    };
    let inside = resolved.split('/').any(|it| it == "node_modules");
    if resolved.is_empty() || inside || !paths::is_plain(resolved) {
        let message = "the link does not lead to a folder outside `node_modules`";
        found.push(Deviation::new(place, message));
    }
}
