//! The `overrides` of `bun.lock`: by name, by name and range, or inside of another package.

use bomtrail_graph::Override;

use super::lock::Lock;
use crate::package::value::Value;
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
}

/// All rules.
#[derive(Clone, Debug, Default)]
pub(super) struct Overrides<'l>(Vec<Rule<'l>>);

impl<'l> Overrides<'l> {
    pub(super) fn of(lock: &Lock<'l>) -> Self {
        let mut rules = Vec::new();
        let mut open: Vec<(Vec<&str>, &Value<'_>)> = Vec::new();
        open.extend(lock.field("overrides").map(|it| (Vec::new(), it)));
        while let Some((above, value)) = open.pop() {
            let Value::Map(pairs) = value else { continue };
            for (key, value) in pairs {
                let inside = || above.iter().copied().chain([&**key]).collect();
                match value {
                    Value::Text(text) if key == "." => {
                        if let Some((last, rest)) = above.split_last() {
                            let above = rest.to_vec();
                            rules.push(Rule {
                                above,
                                key: last,
                                value: text,
                            });
                        }
                    }
                    Value::Text(text) => {
                        let above = above.clone();
                        rules.push(Rule {
                            above,
                            key,
                            value: text,
                        });
                    }
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
    ) -> Option<Override> {
        let rule = self
            .0
            .iter()
            .find(|it| it.applies(from, name, range, version))?;
        let keys: Vec<&str> = rule.above.iter().copied().chain([rule.key]).collect();
        Some(Override {
            rule: [&keys.join(" > "), ": ", rule.value].concat().into(),
            effective: rule.value.into(),
        })
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
            && semver::satisfies(version, value)
    }
}
