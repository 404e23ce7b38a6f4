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
    let bytes = location.as_bytes();
    let ends = bytes.first().zip(bytes.last());
    let are_plain =
        ends.is_some_and(|(first, last)| !matches!(first, b'.' | b'/') && *last != b'/');
    are_plain && bytes.first() != Some(&b'\\') && !has_odd_pair(bytes)
}

/// True when a backslash, or a segment that is empty or begins with a dot, follows another byte. Looks at sixteen pairs at a
/// time, which the compiler makes vector instructions of; the last sixteen may be looked at twice.
fn has_odd_pair(bytes: &[u8]) -> bool {
    const LANES: usize = 16;
    const fn mask(holds: bool) -> u8 {
        if holds { 0xff } else { 0 }
    }
    let odd = |before: &[u8; LANES], after: &[u8; LANES]| {
        let slashes = u128::from_ne_bytes(before.map(|it| mask(it == b'/')));
        let marks = after.map(|it| mask(it == b'.') | mask(it == b'/'));
        let backslashes = u128::from_ne_bytes(after.map(|it| mask(it == b'\\')));
        (slashes & u128::from_ne_bytes(marks)) | backslashes != 0
    };
    let Some(((_, after), (_, before))) = bytes.split_first().zip(bytes.split_last()) else {
        return false;
    };
    let Some(last) = before
        .last_chunk::<LANES>()
        .zip(after.last_chunk::<LANES>())
    else {
        return bytes.contains(&b'\\') || bytes.windows(2).any(|it| matches!(it, b"/." | b"//"));
    };
    let pairs = before
        .as_chunks::<LANES>()
        .0
        .iter()
        .zip(after.as_chunks::<LANES>().0);
    pairs
        .chain([last])
        .any(|(before, after)| odd(before, after))
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
