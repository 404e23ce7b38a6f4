//! The root manifest's `overrides` (npm RFC 0036): which rule applies to a dependency, and what range it sets. Rules are
//! scoped by path, and the rule of a package passes on to its dependencies.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};

use foldhash::fast::RandomState;

use crate::package::entry::{Entry, Field};
use crate::package::url::redact;
use crate::package::value::Value;
use crate::package::vcs::GitUrl;
use crate::resolve::spec::{self, Spec};
use bomtrail_version::npm as semver;

/// Number of a rule; the root of all rules is 0.
pub(crate) type RuleId = usize;

/// npm refuses files with rules nested deeper.
const MAX_DEPTH: usize = 100;

/// One rule. The root has neither name nor value.
#[derive(Debug, Default)]
struct Rule {
    parent: Option<RuleId>,
    key: String,
    name: String,
    key_range: String,
    value: String,
    /// True when it sets a range itself, rather than only containing other rules.
    sets: bool,
    children: Vec<RuleId>,
}

/// All rules of a project.
pub(crate) struct Overrides {
    rules: Vec<Rule>,
    /// For each rule, the rules that apply below it, by package name, nearest first.
    in_force: Vec<HashMap<String, Vec<RuleId>, RandomState>>,
    /// The values of `$name`.
    references: HashMap<String, String, RandomState>,
}

impl Overrides {
    /// The rules of a root manifest; `None` when it has none.
    pub(crate) fn of(root: &Entry<'_>) -> Option<Self> {
        let Value::Map(pairs) = root.fact(Field::Overrides) else {
            return None;
        };
        if pairs.is_empty() {
            return None;
        }
        let mut rules = vec![Rule::default()];
        let mut open = vec![(0, 0, pairs)];
        while let Some((parent, depth, pairs)) = open.pop() {
            for (key, value) in pairs.iter().filter(|(key, _)| key != ".") {
                let id = rules.len();
                let Some(rule) = rule(parent, key, value) else {
                    continue;
                };
                rules.push(rule);
                if let Some(parent) = rules.get_mut(parent) {
                    parent.children.push(id);
                }
                if let Value::Map(nested) = value
                    && depth < MAX_DEPTH
                {
                    open.push((id, depth + 1, nested));
                }
            }
        }
        let in_force = (0..rules.len()).map(|id| in_force(&rules, id)).collect();
        Some(Self {
            rules,
            in_force,
            references: references(root),
        })
    }

    fn rule(&self, id: RuleId) -> Option<&Rule> {
        self.rules.get(id)
    }

    /// The rule that applies to a dependency of a package with the rule `set`; `set` itself when no rule matches.
    pub(crate) fn of_edge(&self, set: RuleId, name: &str, raw: &str) -> RuleId {
        let Some(rules) = self.in_force.get(set).and_then(|names| names.get(name)) else {
            return set;
        };
        rules
            .iter()
            .copied()
            .find(|id| self.rule(*id).is_some_and(|rule| applies(rule, raw)))
            .unwrap_or(set)
    }

    /// The range that a rule sets for a dependency of that name; `None` when it changes nothing.
    pub(crate) fn range(&self, id: RuleId, name: &str) -> Option<&str> {
        let rule = self
            .rule(id)
            .filter(|rule| rule.name == name && !rule.value.is_empty() && rule.value != "*")?;
        match rule.value.strip_prefix('$') {
            Some(reference) => self.references.get(reference).map(String::as_str),
            None => Some(&rule.value),
        }
    }

    /// The range of versions a rule's key names (`*` for all).
    pub(crate) fn key_range(&self, id: RuleId) -> &str {
        self.rule(id).map_or("*", |rule| &rule.key_range)
    }

    /// A rule in readable form: `foo > bar@1: 2.0.0`.
    pub(crate) fn text(&self, id: RuleId) -> String {
        let mut keys: Vec<&str> = self
            .ancestry(id)
            .filter_map(|id| self.rule(id))
            .map(|rule| rule.key.as_str())
            .collect();
        keys.retain(|key| !key.is_empty());
        keys.reverse();
        format!(
            "{}: {}",
            keys.join(" > "),
            self.rule(id)
                .map_or(Cow::Borrowed(""), |rule| redact(&rule.value))
        )
    }

    /// The rule of a package that two dependencies put under different rules: the more specific one, else the nearest common
    /// one; `None` when they contradict each other.
    pub(crate) fn joined(&self, first: RuleId, second: RuleId) -> Option<RuleId> {
        if self.ancestry(second).any(|id| id == first) {
            return Some(second);
        }
        if self.ancestry(first).any(|id| id == second) {
            return Some(first);
        }
        if self.contradict(first, second) {
            return None;
        }
        self.ancestry(second)
            .find(|id| self.ancestry(first).any(|it| it == *id))
    }

    /// True when the rule is about dependencies of that name.
    pub(crate) fn governs(&self, id: RuleId, name: &str) -> bool {
        self.rule(id).is_some_and(|rule| rule.name == name)
    }

    /// The rules that set a range but apply to no dependency, outermost only, in readable form.
    pub(crate) fn unused(&self, governing: &BTreeSet<RuleId>) -> BTreeSet<String> {
        let idle =
            |id: &RuleId| self.rule(*id).is_some_and(|rule| rule.sets) && !governing.contains(id);
        (0..self.rules.len())
            .filter(|id| idle(id) && !self.ancestry(*id).skip(1).any(|above| idle(&above)))
            .map(|id| self.text(id))
            .collect()
    }

    fn ancestry(&self, id: RuleId) -> impl Iterator<Item = RuleId> {
        std::iter::successors(Some(id), |id| self.rule(*id).and_then(|rule| rule.parent))
    }

    /// True when the rules that apply below both set disjoint ranges for the same key.
    fn contradict(&self, first: RuleId, second: RuleId) -> bool {
        let (Some(a), Some(b)) = (self.in_force.get(first), self.in_force.get(second)) else {
            return false;
        };
        let mut names: Vec<&String> = a.keys().filter(|name| b.contains_key(*name)).collect();
        names.sort_unstable();
        let pairs = names
            .into_iter()
            .filter_map(|name| a.get(name).zip(b.get(name)));
        pairs
            .flat_map(|(a, b)| a.iter().flat_map(move |x| b.iter().map(move |y| (*x, *y))))
            .any(|(x, y)| {
                let (Some(x_rule), Some(y_rule)) = (self.rule(x), self.rule(y)) else {
                    return false;
                };
                let ranges = [&x_rule.value, &y_rule.value]
                    .map(|it| matches!(Spec::parse(it), Spec::Range(_)));
                x != y
                    && x_rule.key == y_rule.key
                    && ranges == [true, true]
                    && !semver::intersects(&x_rule.value, &y_rule.value)
            })
    }
}

fn rule(parent: RuleId, key: &str, value: &Value<'_>) -> Option<Rule> {
    let (name, range) = spec::split_name(key);
    let own = match value {
        Value::Text(text) => Some(&**text),
        Value::Map(_) => value.get(".").and_then(Value::text),
        _ => return None,
    };
    if name.is_empty() {
        return None;
    }
    let key_range = if range.is_empty() { "*" } else { range };
    let value = match own {
        Some("") => "*",
        Some(text) => text,
        None => key_range,
    };
    Some(Rule {
        parent: Some(parent),
        key: key.to_owned(),
        name: name.to_owned(),
        key_range: key_range.to_owned(),
        value: value.to_owned(),
        sets: own.is_some(),
        children: Vec::new(),
    })
}

/// The rules that apply below a rule: its children, itself, and the same for every ancestor; the nearest of a key counts.
fn in_force(rules: &[Rule], id: RuleId) -> HashMap<String, Vec<RuleId>, RandomState> {
    let mut by_name: HashMap<String, Vec<RuleId>, RandomState> = HashMap::default();
    let mut here = Some(id);
    while let Some((number, rule)) = here.and_then(|id| Some((id, rules.get(id)?))) {
        let own = rule.parent.map(|_| number);
        for id in rule.children.iter().copied().chain(own) {
            let Some(child) = rules.get(id) else { continue };
            let known = by_name.entry(child.name.clone()).or_default();
            if !known
                .iter()
                .any(|it| rules.get(*it).is_some_and(|it| it.key == child.key))
            {
                known.push(id);
            }
        }
        here = rule.parent;
    }
    by_name
}

/// The values of `$name`: the root's own dependencies, in npm's order of precedence.
fn references(root: &Entry<'_>) -> HashMap<String, String, RandomState> {
    let mut references = HashMap::default();
    let extras = root.extras.as_deref();
    let fields = [
        extras.map(|it| &it.peer_dependencies),
        Some(&root.dependencies),
        extras.map(|it| &it.optional_dependencies),
        extras.map(|it| &it.dev_dependencies),
    ];
    // Later fields win.
    for (name, range) in fields.into_iter().flatten().flatten() {
        references.insert(name.as_ref().to_owned(), range.as_ref().to_owned());
    }
    references
}

/// True when a rule's key matches a specifier.
fn applies(rule: &Rule, raw: &str) -> bool {
    if rule.key_range == "*" {
        return true;
    }
    match Spec::parse(raw) {
        Spec::Range(range) | Spec::Alias { range, .. } => {
            semver::intersects(range, &rule.key_range)
        }
        Spec::Git(url) => GitUrl::parse(url)
            .and_then(|git| {
                git.range()
                    .map(|range| semver::intersects(range, &rule.key_range))
            })
            .unwrap_or(false),
        // Such a specifier has nothing to compare with a range.
        Spec::Tag(_) | Spec::File(_) | Spec::Directory(_) | Spec::Remote(_) | Spec::Invalid => true,
    }
}
