//! `peerDependencyRules` of `pnpm-workspace.yaml` and package.json: which peers the project accepts although their versions are
//! not in the range that a package declares.

use bomtrail_document::Value;
use bomtrail_version::npm as semver;

use crate::locked::package::Package;
use crate::package::value::Value as Json;
use crate::resolve::spec;

/// The field of both files.
const FIELD: &str = "peerDependencyRules";

/// The rules of a project.
#[derive(Default)]
pub(crate) struct PeerRules<'v> {
    /// Patterns of names of peers of which any version is accepted.
    any: Vec<&'v str>,
    /// Selectors of peers (`peer`, `package>peer`, `package@range>peer`) with the range that is accepted too.
    allowed: Vec<(&'v str, &'v str)>,
}

impl<'v> PeerRules<'v> {
    /// The rules of both files; versions of pnpm up to 10 read the `pnpm` field of package.json.
    pub(crate) fn of(workspace: &'v Value<'v>, manifest: &'v Json<'v>) -> Self {
        let mut rules = Self::default();
        if let Some(own) = workspace.get(FIELD) {
            let any = own.get("allowAny").and_then(Value::as_list);
            let any = any.unwrap_or_default().iter();
            rules.any.extend(any.filter_map(Value::as_scalar));
            let allowed = own.get("allowedVersions").map_or(&[][..], Value::pairs);
            let pairs = allowed.iter();
            let pairs = pairs.filter_map(|it| Some((&*it.key, it.value.as_scalar()?)));
            rules.allowed.extend(pairs);
        }
        if let Some(old) = manifest.get("pnpm").and_then(|it| it.get(FIELD)) {
            rules
                .any
                .extend(old.get("allowAny").map(Json::texts).unwrap_or_default());
            if let Some(Json::Map(allowed)) = old.get("allowedVersions") {
                let pairs = allowed.iter();
                let pairs = pairs.filter_map(|(key, it)| Some((&**key, it.text()?)));
                rules.allowed.extend(pairs);
            }
        }
        rules
    }

    /// True when the project accepts `target` as the peer `name` of a package.
    pub(crate) fn accept(
        &self,
        package: Option<&Package<'_>>,
        name: &str,
        target: Option<&Package<'_>>,
    ) -> bool {
        if self.any.iter().any(|it| matches(it, name)) {
            return true;
        }
        let version = target.and_then(|it| it.entry.version.as_deref());
        let mut allowed = self.allowed.iter();
        allowed.any(|(selector, range)| {
            let (parent, peer) = match selector.rsplit_once('>') {
                Some((parent, peer)) => (Some(parent.trim()), peer.trim()),
                None => (None, *selector),
            };
            peer == name
                && parent.is_none_or(|it| is_selected(it, package))
                && version.is_some_and(|it| semver::satisfies(it, range))
        })
    }
}

/// True when a selector (`name` or `name@range`) is about a package.
fn is_selected(selector: &str, package: Option<&Package<'_>>) -> bool {
    let (name, range) = spec::split_name(selector);
    package.is_some_and(|it| {
        let version = it.entry.version.as_deref().unwrap_or_default();
        it.name == name && (range.is_empty() || semver::satisfies(version, range))
    })
}

/// True when a pattern with `*` for any characters is about a name.
fn matches(pattern: &str, name: &str) -> bool {
    let Some((start, rest)) = pattern.split_once('*') else {
        return pattern == name;
    };
    let (middle, end) = rest.rsplit_once('*').unwrap_or(("", rest));
    let inner = name.strip_prefix(start).and_then(|it| it.strip_suffix(end));
    let Some(mut inner) = inner else {
        return false;
    };
    middle.split('*').all(|part| {
        let found = inner.find(part);
        inner = found
            .and_then(|at| inner.get(at + part.len()..))
            .unwrap_or_default();
        found.is_some()
    })
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn patterns_match_as_those_of_pnpm() {
        for (pattern, name, is_match) in [
            ("react", "react", true),
            ("react", "react-dom", false),
            ("*", "@s/a", true),
            ("@babel/*", "@babel/core", true),
            ("*react*", "preact-x", true),
            ("@*/a*c", "@s/abc", true),
            ("@*/a*c", "@s/abd", false),
            ("a*a", "a", false),
        ] {
            assert_eq!(matches(pattern, name), is_match, "{pattern} {name}");
        }
    }
}
