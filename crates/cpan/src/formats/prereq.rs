//! Prerequisites: which module, in which versions, in which phase and how strictly. What all files that state them share.

use std::collections::BTreeMap;

use bomtrail_graph::{Diagnostics, Link, LinkDetail, LocalId, Need, Phase, Text};
use bomtrail_version::cpan::{Range, Version};

use crate::formats::diags;
use crate::formats::value::Value;
use crate::package::module::{NAMED, is_module_name};

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

/// Identifies a requirement: phase, need, module and condition.
type Key = (Phase, Need, String, Option<String>);

/// The prerequisites of one component or feature.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Prereqs(BTreeMap<Key, Vec<Asked>>);

/// A range of a requirement.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Asked {
    Range(Range),
    /// Text that is not a valid range, as written.
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
    /// Adds a statement. Ranges of one module are merged, except those of conflicts, which are all kept. Ranges that contradict
    /// each other are all kept, too.
    pub(crate) fn add(&mut self, statement: Statement<'_>) {
        let need = statement.need;
        let (key, asked) = statement.split();
        let known = self.0.entry(key).or_default();
        if let (Some(Asked::Range(first)), Asked::Range(more)) = (known.first_mut(), &asked)
            && need != Need::Conflicts
            && first.and(more).is_ok()
        {
            return;
        }
        known.push(asked);
    }

    /// Adds a statement in place of an earlier one on the same module, as `Module::CPANfile` does. True when the earlier one
    /// stated another range, which has no effect.
    pub(crate) fn set(&mut self, statement: Statement<'_>) -> bool {
        let (key, asked) = statement.split();
        let last = [asked];
        let replaced = self.0.insert(key, last.to_vec());
        replaced.is_some_and(|earlier| earlier != last)
    }

    /// The links from a component, in order.
    pub(crate) fn links(&self, from: LocalId) -> impl Iterator<Item = Link> {
        let all = self.0.iter();
        let all = all.flat_map(|(key, asked)| asked.iter().map(move |it| (key, it)));
        all.map(move |((phase, need, module, condition), asked)| {
            Link::new(from, NAMED).with(|it| {
                it.name = Some(module.as_str().into());
                it.range = asked.text().map(Into::into);
                it.phase = *phase;
                it.need = *need;
                it.detail = LinkDetail::default()
                    .with(|it| {
                        it.condition = condition.as_deref().map(Into::into);
                    })
                    .boxed();
            })
        })
    }
}

impl Statement<'_> {
    fn split(self) -> (Key, Asked) {
        let condition = self.condition.map(one_line);
        let key = (self.phase, self.need, self.module.to_owned(), condition);
        let asked = self.range.map_or_else(Asked::Other, Asked::Range);
        (key, asked)
    }
}

impl Asked {
    /// As `CPAN::Meta::Requirements` prints it; `None` where every version is accepted.
    fn text(&self) -> Option<Text> {
        let text = match self {
            Self::Range(range) => range.to_string(),
            Self::Other(text) => one_line(text),
        };
        (text != "0").then(|| text.into())
    }
}

/// Text of several lines, on one line.
fn one_line(text: &str) -> String {
    let blank = |c: char| c.is_whitespace() || c.is_control();
    let words = text.split(blank).filter(|it| !it.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

/// The phase and need of the modules of a map, and the file it is in.
#[derive(Clone, Copy)]
pub(crate) struct Slot<'a> {
    pub(crate) path: &'a str,
    pub(crate) phase: Phase,
    pub(crate) need: Need,
}

/// Reads a map of modules and ranges as `CPAN::Meta::Converter` does, with its repairs: a list, or a single module, accepts
/// any version, and so does a module in place of a version.
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
