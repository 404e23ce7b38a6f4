//! Prerequisites: which module, in which versions, when and how much. What the files that state them have in common.

use std::collections::BTreeMap;

use bomtrail_graph::{Diagnostics, Link, LinkDetail, LocalId, Need, Phase, Target, Text};
use bomtrail_version::cpan::{Range, Version};

use crate::formats::diags;
use crate::formats::value::Value;
use crate::package::module::{MODULES, is_module_name};

/// The relationships of the specification.
const NEEDS: [(&str, Need); 4] = [
    ("requires", Need::Required),
    ("recommends", Need::Recommended),
    ("suggests", Need::Suggested),
    ("conflicts", Need::Conflicts),
];

/// The need that a relationship stands for.
pub(crate) fn need(relationship: &str) -> Option<Need> {
    NEEDS
        .iter()
        .find(|(name, _)| *name == relationship)
        .map(|(_, need)| *need)
}

/// What tells one requirement from another: when, how much, which module, under which condition.
type Key = (Phase, Need, String, Option<String>);

/// The prerequisites of one component or feature.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Prereqs(BTreeMap<Key, Vec<Asked>>);

/// A range that was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Asked {
    Range(Range),
    /// What is no range, as written.
    Other(String),
}

/// One statement of a requirement.
pub(crate) struct Statement<'a> {
    pub(crate) phase: Phase,
    pub(crate) need: Need,
    pub(crate) module: &'a str,
    pub(crate) range: Result<Range, String>,
    pub(crate) condition: Option<&'a str>,
}

impl Prereqs {
    /// Adds a statement. Ranges of one module are merged, except what it must not be, where each is one more. Of those that
    /// contradict each other both are kept, and false is given back.
    pub(crate) fn add(&mut self, statement: Statement<'_>) -> bool {
        let Statement {
            phase,
            need,
            module,
            range,
            condition,
        } = statement;
        let key = (phase, need, module.to_owned(), condition.map(one_line));
        let asked = match range {
            Ok(range) => Asked::Range(range),
            Err(text) => Asked::Other(text),
        };
        let known = self.0.entry(key).or_default();
        if let (Some(Asked::Range(first)), Asked::Range(more)) = (known.first_mut(), &asked)
            && need != Need::Conflicts
            && first.and(more).is_ok()
        {
            return true;
        }
        known.push(asked);
        known.len() == 1 || need == Need::Conflicts
    }

    /// The links from a component, in order.
    pub(crate) fn links(&self, from: LocalId) -> impl Iterator<Item = Link> {
        let all = self.0.iter();
        let all = all.flat_map(|(key, asked)| asked.iter().map(move |it| (key, it)));
        all.map(move |((phase, need, module, condition), asked)| Link {
            from,
            to: Target::Named(MODULES),
            name: Some(module.as_str().into()),
            range: asked.text(),
            phase: *phase,
            need: *need,
            problem: None,
            detail: LinkDetail {
                condition: condition.as_deref().map(Into::into),
                ..LinkDetail::default()
            }
            .boxed(),
        })
    }
}

impl Asked {
    /// As `CPAN::Meta::Requirements` prints it; nothing for what every version satisfies.
    fn text(&self) -> Option<Text> {
        let text = match self {
            Self::Range(range) => range.to_string(),
            Self::Other(text) => one_line(text),
        };
        (text != "0").then(|| text.into())
    }
}

/// Text that may run over several lines, on one.
fn one_line(text: &str) -> String {
    let blank = |c: char| c.is_whitespace() || c.is_control();
    let words = text.split(blank).filter(|it| !it.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

/// Where the modules of a map belong.
#[derive(Clone, Copy)]
pub(crate) struct Slot<'a> {
    pub(crate) path: &'a str,
    pub(crate) phase: Phase,
    pub(crate) need: Need,
}

/// Reads a map of modules and ranges the way `CPAN::Meta::Converter` does, with its repairs: a list, or a single module, asks
/// for any version, and so does a module in the place of a version.
pub(crate) fn read_map(
    value: &Value,
    slot: Slot<'_>,
    prereqs: &mut Prereqs,
    diagnostics: &mut Diagnostics,
) {
    let pairs: Vec<(&str, &str)> = match value {
        Value::Null => Vec::new(),
        Value::Map(map) => map
            .iter()
            .map(|(name, value)| (name.as_str(), value.text().unwrap_or_default()))
            .collect(),
        other => other.texts().into_iter().map(|name| (name, "")).collect(),
    };
    for (module, text) in pairs {
        if !is_module_name(module) {
            diagnostics.push(diags::module_name(slot.path, None, module));
            continue;
        }
        let text = if matches!(text, "undef" | "<undef>") {
            ""
        } else {
            text
        };
        let swapped = is_module_name(text) && !Version::is_lax(text);
        if swapped {
            state(slot, text, "", prereqs, diagnostics);
        }
        state(
            slot,
            module,
            if swapped { "" } else { text },
            prereqs,
            diagnostics,
        );
    }
}

fn state(
    slot: Slot<'_>,
    module: &str,
    text: &str,
    prereqs: &mut Prereqs,
    diagnostics: &mut Diagnostics,
) {
    let range = Range::repaired(text).map_err(|error| {
        diagnostics.push(diags::range(slot.path, None, module, &error));
        text.to_owned()
    });
    prereqs.add(Statement {
        phase: slot.phase,
        need: slot.need,
        module,
        range,
        condition: None,
    });
}

/// Reads the `prereqs` of specification 2: phases, relationships, modules.
pub(crate) fn read_phases(
    value: &Value,
    path: &str,
    prereqs: &mut Prereqs,
    diagnostics: &mut Diagnostics,
) {
    for (phase, kinds) in value.map().into_iter().flatten() {
        for (kind, modules) in kinds.map().into_iter().flatten() {
            if let Some((phase, need)) = Phase::from_name(phase).zip(need(kind)) {
                read_map(modules, Slot { path, phase, need }, prereqs, diagnostics);
            } else {
                let name = [phase.as_str(), ".", kind].concat();
                diagnostics.push(diags::custom_phase(path, None, &name));
            }
        }
    }
}
