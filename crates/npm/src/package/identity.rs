//! What a package is called: its real name, its role, and its Package URL.

use bomtrail_graph::{Origin, Purl, Role};

use super::entry::{Entry, EntryFlags};
use super::source::Source;
use crate::paths;

/// The real name of a package: an alias only names the folder.
pub(crate) fn real_name<'e>(entry: &'e Entry<'_>, fallback: &'e str) -> &'e str {
    entry
        .name
        .as_deref()
        .filter(|it| !it.is_empty())
        .unwrap_or(fallback)
}

/// The Package URL. The root and members may be published unless they are private; no other first-party package looks like a
/// registry package.
pub(crate) fn purl(entry: &Entry<'_>, name: &str, role: Role, source: &Source<'_>) -> Option<Purl> {
    let version = entry.version.as_deref().filter(|it| !it.is_empty());
    let published = match role {
        Role::Root | Role::Member => {
            version.is_some() && !entry.is(EntryFlags::PRIVATE) && publishable(name)
        }
        Role::Local => false,
        // An address that cannot be read says nothing about where the package is from.
        Role::Dependency => source.origin != Origin::Unknown || entry.resolved.is_none(),
    };
    let npm = || {
        let purl = Purl::npm(name, version).ok()?;
        match &source.qualifier {
            Some((key, value)) => purl.with_qualifier(key, value).ok(),
            None => Some(purl),
        }
    };
    let purl = if published { npm() } else { None };
    purl.or_else(|| generic(name, version))
}

/// True when a registry accepts this name: every character is safe in a URL.
fn publishable(name: &str) -> bool {
    let scoped = name.strip_prefix('@');
    let bare = scoped.unwrap_or(name);
    // A folder without a name is called by its path.
    let slashes = usize::from(scoped.is_some());
    bare.matches('/').count() == slashes
        && bare
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "-_.~!*'()/".contains(c))
}

/// The Package URL of what no registry of the ecosystem has.
pub(crate) fn generic(name: &str, version: Option<&str>) -> Option<Purl> {
    let (scope, bare) = name
        .split_once('/')
        .map_or((None, name), |(scope, bare)| (Some(scope), bare));
    let mut builder = Purl::build("generic", bare);
    if let Some(scope) = scope {
        builder = builder.namespace(scope);
    }
    if let Some(version) = version {
        builder = builder.version(version);
    }
    builder.finish().ok()
}

/// The role of an entry that is neither root nor workspace, by its place alone.
pub(crate) fn role_by_place(location: &str) -> Role {
    if paths::split_modules(location).is_some() {
        Role::Dependency
    } else {
        Role::Local
    }
}
