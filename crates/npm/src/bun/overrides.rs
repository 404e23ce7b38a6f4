//! The `overrides` of `bun.lock`: by name, by name and range, or inside of another package.

use bomtrail_graph::Override;

use super::lock::Lock;
use crate::package::value::Value;
use crate::paths;
use crate::resolve::spec::split_name;
use bomtrail_version::npm as semver;

/// The most levels of rules that are read.
const DEEPEST: usize = 16;

/// One rule.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Rule<'l> {
    /// The keys of the rules around it.
    above: Vec<&'l str>,
    key: &'l str,
    value: &'l str,
    /// It asks for a folder or an archive of the project, and the root's manifest has it too.
    is_local: bool,
}

/// A rule that applies to a requirement.
pub(super) struct Applied {
    pub(super) rule: Override,
    /// The project puts one of its own folders or archives there.
    pub(super) is_local: bool,
}

/// All rules.
#[derive(Clone, Debug, Default)]
pub(super) struct Overrides<'l>(Vec<Rule<'l>>);

impl<'l> Overrides<'l> {
    /// The rules of a lockfile; `manifest` is that of the root.
    pub(super) fn of(lock: &Lock<'l>, manifest: Option<&Value<'_>>) -> Self {
        let mut rules: Vec<Rule<'l>> = Vec::new();
        let mut add = |above: Vec<&'l str>, key: &'l str, value: &'l str| {
            let is_local =
                is_local(value) && manifest.is_some_and(|it| declares(it, &above, key, value));
            rules.push(Rule {
                above,
                key,
                value,
                is_local,
            });
        };
        let mut open: Vec<(Vec<&str>, &Value<'_>)> = Vec::new();
        open.extend(lock.field("overrides").map(|it| (Vec::new(), it)));
        while let Some((above, value)) = open.pop() {
            let Value::Map(pairs) = value else { continue };
            for (key, value) in pairs {
                let inside = || above.iter().copied().chain([&**key]).collect();
                match value {
                    Value::Text(text) if key == "." => {
                        if let Some((last, rest)) = above.split_last() {
                            add(rest.to_vec(), last, text);
                        }
                    }
                    Value::Text(text) => add(above.clone(), key, text),
                    Value::Map(_) if above.len() < DEEPEST => open.push((inside(), value)),
                    _ => {}
                }
            }
        }
        Self(rules)
    }

    /// The rule that put another range in the place of `range`, for a requirement of the package `from` that is served by
    /// `version`.
    pub(super) fn of_edge(
        &self,
        from: &str,
        name: &str,
        range: &str,
        version: &str,
    ) -> Option<Applied> {
        let rule = self
            .0
            .iter()
            .find(|it| it.applies(from, name, range, version))?;
        let keys: Vec<&str> = rule.above.iter().copied().chain([rule.key]).collect();
        let is_local = rule.is_local;
        let rule = Override {
            rule: [&keys.join(" > "), ": ", rule.value].concat().into(),
            effective: rule.value.into(),
        };
        Some(Applied { rule, is_local })
    }
}

impl Rule<'_> {
    fn applies(&self, from: &str, name: &str, range: &str, version: &str) -> bool {
        // Nearly all rules are about other names, and what follows takes long.
        if !self.key.starts_with(name) {
            return false;
        }
        let (own, of_range) = split_name(self.key);
        let inside = self.above.last().is_none_or(|it| split_name(it).0 == from);
        let in_range = of_range.is_empty() || semver::intersects(range, of_range);
        let value = self
            .value
            .strip_prefix("npm:")
            .map_or(self.value, |it| split_name(it).1);
        own == name
            && inside
            && in_range
            && self.value != range
            && (semver::satisfies(version, value) || is_same_source(value, version))
    }
}

/// True for a range that asks for a folder or an archive of the project.
fn is_local(range: &str) -> bool {
    range.starts_with("workspace:") || local_path(range).is_some()
}

/// True when a manifest has a rule too.
fn declares(manifest: &Value<'_>, above: &[&str], key: &str, value: &str) -> bool {
    ["overrides", "resolutions"].iter().any(|field| {
        let rules = manifest.get(field);
        let around = above
            .iter()
            .try_fold(rules, |rules, it| rules.map(|rules| rules.get(it)));
        let stated = around.flatten().and_then(|it| it.get(key));
        let stated = stated.map(|it| it.get(".").unwrap_or(it));
        stated.and_then(Value::text) == Some(value)
    })
}

/// The path that a range or a resolution has.
fn local_path(text: &str) -> Option<&str> {
    let path = text.strip_prefix("file:").or(text.strip_prefix("link:"));
    path.or_else(|| Some(text).filter(|it| it.starts_with("./") || it.starts_with("../")))
}

/// True when a resolution is what the value of a rule asks for, where that is not a version: a workspace, a path, an address, or a
/// commit of a repository.
fn is_same_source(value: &str, resolution: &str) -> bool {
    if value.starts_with("workspace:") {
        return resolution.starts_with("workspace:");
    }
    if let Some((asked, found)) = local_path(value).zip(local_path(resolution)) {
        return paths::join("", asked) == paths::join("", found);
    }
    let address = |it: &'_ str| it.split('#').next().unwrap_or_default().len();
    let (asked, found) = (
        value.get(..address(value)),
        resolution.get(..address(resolution)),
    );
    value.contains(':') && asked == found
}
