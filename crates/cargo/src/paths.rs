//! Paths within a project: relative, with `/`. Pure text; nothing is looked up on a disk.

use bomtrail_graph::project_path;

/// `path` seen from the folder `base`, without `.` and inner `..`. A leading `..` leaves the project. `None` for an absolute path.
pub(crate) fn join(base: &str, path: &str) -> Option<String> {
    let is_drive = path.as_bytes().get(1) == Some(&b':');
    if path.starts_with(['/', '\\']) || is_drive {
        return None;
    }
    Some(project_path(base, path))
}

/// The folder that a path is in; the project's own folder is empty.
pub(crate) fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(parent, _)| parent)
}

/// The last segment of a path.
pub(crate) fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// The path of `target` from the folder `base`, both absolute, with `/` or `\`. `None` when they have nothing in common.
pub(crate) fn relative(base: &str, target: &str) -> Option<String> {
    let segments = |path: &str| -> Vec<String> {
        let parts = path.split(['/', '\\']).filter(|it| !it.is_empty());
        parts.map(str::to_owned).collect()
    };
    let (base, target) = (segments(base), segments(target));
    let common = base.iter().zip(&target).take_while(|(a, b)| a == b).count();
    if common == 0 && !base.is_empty() {
        return None;
    }
    let ups = std::iter::repeat_n("..", base.len() - common);
    let downs = target.iter().skip(common).map(String::as_str);
    Some(ups.chain(downs).collect::<Vec<_>>().join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_joined_without_leaving_more_than_they_say() {
        assert_eq!(join("crates/a", "../b").as_deref(), Some("crates/b"));
        assert_eq!(join("", "../x").as_deref(), Some("../x"));
        assert_eq!(join("a", ".").as_deref(), Some("a"));
        assert_eq!(join("a", "/etc"), None);
        assert_eq!(join("a", "C:\\x"), None);
    }

    #[test]
    fn a_place_is_seen_from_the_workspace() {
        assert_eq!(
            relative("/w/p", "/w/p/crates/a").as_deref(),
            Some("crates/a")
        );
        assert_eq!(relative("/w/p", "/w/q").as_deref(), Some("../q"));
        assert_eq!(relative("/w/p", "/w/p").as_deref(), Some(""));
        assert_eq!(relative("/w/p", "/x"), None);
    }
}
