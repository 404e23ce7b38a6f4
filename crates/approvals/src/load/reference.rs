//! Which file a reference means: a path in or next to the project, or an https URL. It works on text alone.

/// A file that is extended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Reference {
    /// A path relative to the project.
    Local(String),
    /// A normalised URL.
    Remote(String),
}

impl Reference {
    /// The list that a project names.
    pub(crate) fn root(text: &str) -> Result<Self, String> {
        if text.contains("://") {
            return url(text).map(Self::Remote);
        }
        path("", text).map(Self::Local)
    }

    /// The file that a reference in this file means.
    pub(crate) fn follow(&self, text: &str) -> Result<Self, String> {
        if text.contains("://") {
            return url(text).map(Self::Remote);
        }
        match self {
            Self::Local(from) => path(&folder(from), text).map(Self::Local),
            Self::Remote(from) => next_to(from, text)
                .and_then(|it| url(&it))
                .map(Self::Remote),
        }
    }

    pub(crate) fn name(&self) -> &str {
        match self {
            Self::Local(name) | Self::Remote(name) => name,
        }
    }

    pub(crate) fn is_remote(&self) -> bool {
        matches!(self, Self::Remote(_))
    }

    pub(crate) fn is_outside(&self) -> bool {
        matches!(self, Self::Local(path) if path == ".." || path.starts_with("../"))
    }
}

/// The folder of a list; for a remote list, the folder of the project.
pub(crate) fn folder(name: &str) -> String {
    if name.contains("://") {
        return String::new();
    }
    name.rsplit_once('/')
        .map_or_else(String::new, |(folder, _)| folder.to_owned())
}

/// A path in a folder of the project.
pub(crate) fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() {
        name.to_owned()
    } else {
        format!("{folder}/{name}")
    }
}

fn path(folder: &str, text: &str) -> Result<String, String> {
    let absolute = text.starts_with(['/', '\\', '~'])
        || text.contains('\\')
        || text.split('/').next().is_some_and(|it| it.contains(':'));
    if absolute || text.is_empty() {
        return Err(format!(
            "`{text}` is not a relative path (with `/`) and not an https URL"
        ));
    }
    let mut kept: Vec<&str> = Vec::new();
    for segment in folder.split('/').chain(text.split('/')) {
        match segment {
            "" | "." => {}
            ".." if kept.last().is_some_and(|last| *last != "..") => {
                kept.pop();
            }
            segment => kept.push(segment),
        }
    }
    Ok(kept.join("/"))
}

/// A URL in one spelling: https only, scheme and host in lower case, no account, no fragment.
fn url(text: &str) -> Result<String, String> {
    let odd = text.contains(|c: char| c.is_control() || c.is_whitespace() || c == '\\');
    let (scheme, rest) = text.split_once("://").unwrap_or(("", text));
    if odd || !scheme.eq_ignore_ascii_case("https") {
        return Err(format!(
            "`{text}` is not an https URL; no other kind is read"
        ));
    }
    let rest = rest.split('#').next().unwrap_or_default();
    let end = rest.find(['/', '?']).unwrap_or(rest.len());
    let (host, path) = rest.split_at_checked(end).unwrap_or((rest, ""));
    if host.contains('@') {
        return Err("the URL of a list must not have a user name or password".to_owned());
    }
    if host.is_empty() {
        return Err(format!("`{text}` has no host"));
    }
    let host = host.to_ascii_lowercase();
    let host = host.strip_suffix(":443").unwrap_or(&host);
    Ok(format!("https://{host}{path}"))
}

/// A reference without a scheme in a remote list: another remote list of the same host.
fn next_to(from: &str, text: &str) -> Result<String, String> {
    if text.starts_with("//") || text.contains(['\\', ':']) || text.is_empty() {
        return Err(format!("`{text}` is not a path next to a remote list"));
    }
    let after = from.strip_prefix("https://").unwrap_or(from);
    let (host, path) = after.split_once('/').unwrap_or((after, ""));
    let path = path.split('?').next().unwrap_or_default();
    let start = if text.starts_with('/') {
        ""
    } else {
        path.rsplit_once('/').map_or("", |(folder, _)| folder)
    };
    let mut kept: Vec<&str> = Vec::new();
    for segment in start.split('/').chain(text.split('/')) {
        match segment {
            "" | "." => {}
            ".." => {
                kept.pop();
            }
            segment => kept.push(segment),
        }
    }
    Ok(format!("https://{host}/{}", kept.join("/")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_relative_and_urls_are_https() {
        let root = Reference::root("config/list.json").unwrap();
        assert_eq!(root.follow("../org.json").unwrap().name(), "org.json");
        assert!(root.follow("../../org.json").unwrap().is_outside());
        for bad in [
            "/etc/passwd",
            "C:/x",
            "~/x",
            "a\\b",
            "",
            "http://x/y",
            "file:///x",
            "https://u:p@h/x",
            "https:///x",
        ] {
            assert!(root.follow(bad).is_err(), "{bad}");
        }
        let url = root
            .follow("HTTPS://Policy.Example:443/a/b.json#x")
            .unwrap();
        assert_eq!(url.name(), "https://policy.example/a/b.json");
    }

    #[test]
    fn a_remote_list_never_leads_to_a_local_file() {
        let url = Reference::root("https://h.example/a/b.json?x=1").unwrap();
        for (text, expected) in [
            ("c.json", "https://h.example/a/c.json"),
            ("../../../c.json", "https://h.example/c.json"),
            ("/c.json", "https://h.example/c.json"),
        ] {
            assert_eq!(
                url.follow(text).unwrap(),
                Reference::Remote(expected.to_owned())
            );
        }
        assert!(url.follow("//other.example/c.json").is_err());
        assert!(url.follow("file:x").is_err());
    }
}
