//! Locations within a project: relative paths with `/`. Pure text; nothing is looked up on a disk.

use bomtrail_graph::project_path;

use crate::lockfile::names::HIDDEN_LOCKFILE;

/// True for an input that states what is installed: the lockfile in `node_modules`, or that folder itself.
pub(crate) fn is_installed(input: &str) -> bool {
    input.ends_with(HIDDEN_LOCKFILE) || is_modules(input)
}

/// True for a `node_modules` folder.
pub(crate) fn is_modules(path: &str) -> bool {
    path.rsplit('/').next() == Some("node_modules")
}

/// The folder of the project that a lockfile, or a `node_modules` folder, belongs to.
pub(crate) fn project_of(lockfile: &str) -> &str {
    let base = lockfile.strip_suffix(HIDDEN_LOCKFILE);
    let base = base.unwrap_or_else(|| parent(lockfile).unwrap_or_default());
    base.trim_end_matches('/')
}

/// `path` seen from the directory `base`, without `.` and inner `..`; a leading `..` leaves the project. `None` for an
/// absolute path or URL, which has no place relative to the project.
pub(crate) fn join(base: &str, path: &str) -> Option<String> {
    let absolute = path.starts_with(['/', '\\', '~'])
        || path.contains("://")
        || path.split('/').next().is_some_and(|it| it.ends_with(':'));
    if absolute {
        return None;
    }
    Some(project_path(base, path))
}

/// True for the folder of one package in the store of npm's linked installs, which has the package in its `node_modules`.
pub(crate) fn is_store_folder(location: &str) -> bool {
    let store = location.rsplit_once("node_modules/.store/");
    store.is_some_and(|(_, folder)| !folder.split('/').any(|it| it == "node_modules"))
}

/// The folder of the project or package whose `node_modules` has the store that a folder is in; `None` for a folder that is in no
/// store. A store is a hidden folder in a `node_modules`.
pub(crate) fn above_store(folder: &str) -> Option<&str> {
    let (above, store) = folder.rsplit_once("node_modules/.")?;
    let is_package = store.contains('/') && !store.split('/').any(|it| it == "node_modules");
    let is_whole = above.is_empty() || above.ends_with('/');
    (is_package && is_whole).then(|| above.trim_end_matches('/'))
}

/// True for a location whose segments are not empty and do not begin with a dot, as nearly every one is: it is plain, and in no
/// store.
pub(crate) fn is_usual(location: &str) -> bool {
    let mut before = b'/';
    let usual = location.bytes().all(|byte| {
        let odd = byte == b'\\' || (before == b'/' && matches!(byte, b'.' | b'/'));
        before = byte;
        !odd
    });
    usual && before != b'/'
}

/// True when a location is already in the form [`join`] gives it.
pub(crate) fn is_plain(location: &str) -> bool {
    let mut inside = false;
    !location.contains('\\')
        && location.split('/').all(|segment| {
            let leading = segment == ".." && !inside;
            inside |= segment != "..";
            leading || !matches!(segment, "" | "." | "..")
        })
}

/// The parent folder; `None` for the project root and for `..`.
pub(crate) fn parent(location: &str) -> Option<&str> {
    match last_segment(location) {
        Some((parent, _)) => Some(parent),
        None if location.is_empty() || location == ".." => None,
        None => Some(""),
    }
}

/// The package name npm reads off a folder: its last segment, with the scope before it.
pub(crate) fn folder_name(location: &str) -> &str {
    let Some((above, last)) = last_segment(location) else {
        return location;
    };
    let scope = last_segment(above).map_or(above, |(_, it)| it);
    if scope.starts_with('@') {
        let start = location.len() - last.len() - 1 - scope.len();
        location.get(start..).unwrap_or(last)
    } else {
        last
    }
}

/// Splits `a/node_modules/b` into `a` and `b`; `None` when the location is not a package folder of a `node_modules`.
pub(crate) fn split_modules(location: &str) -> Option<(&str, &str)> {
    // The name is the last segment, or the last two with a scope.
    let (above, last) = last_segment(location)?;
    if let Some(before) = before_modules(above) {
        return (!last.starts_with('@')).then_some((before, last));
    }
    let (folder, scope) = last_segment(above)?;
    let before = before_modules(folder).filter(|_| scope.starts_with('@'))?;
    let name = location.get(folder.len() + 1..)?;
    Some((before, name))
}

/// The folder that a `node_modules` folder is in.
fn before_modules(folder: &str) -> Option<&str> {
    match folder.strip_suffix("node_modules")? {
        "" => Some(""),
        before => before.strip_suffix('/'),
    }
}

/// Splits at the last slash. Segments are short, so that looking at each byte is faster than a search.
fn last_segment(location: &str) -> Option<(&str, &str)> {
    let at = location.bytes().rposition(|byte| byte == b'/')?;
    location.get(..at).zip(location.get(at + 1..))
}
