//! Marks of dependencies and packages in a tree or a chain.

use std::fmt;

use bomtrail_graph::{EdgeRef, Need, Phase, Problem};

/// A remark about a package or a dependency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Mark<'g> {
    /// Its dependencies are shown at another place.
    Deduped,
    /// An override of the project replaced the declared range.
    Overridden {
        /// The range in force.
        effective: &'g str,
    },
    /// A rule outside the depending package added the dependency.
    AddedBy(&'g str),
    /// Required only under this condition, such as an optional feature.
    Condition(&'g str),
    /// Requested by another name.
    Alias(&'g str),
    /// Needed in this phase only, not at run time.
    Phase(Phase),
    /// Not strictly required.
    Need(Need),
    /// Does not satisfy the requested range.
    Invalid {
        /// The range.
        range: &'g str,
    },
    /// Required, and nothing provides it.
    Missing,
    /// Optional, and nothing provides it.
    MissingOptional,
    /// Installed, and nothing requires it.
    Extraneous,
    /// The inputs do not say what requires it.
    NoRequirer,
}

impl<'g> Mark<'g> {
    /// The name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Deduped => "deduped",
            Self::Overridden { .. } => "overridden",
            Self::AddedBy(_) => "added-by",
            Self::Condition(_) => "condition",
            Self::Alias(_) => "alias",
            Self::Phase(phase) => phase.name(),
            Self::Need(need) => need.name(),
            Self::Invalid { .. } => "invalid",
            Self::Missing => "missing",
            Self::MissingOptional => "missing-optional",
            Self::Extraneous => "extraneous",
            Self::NoRequirer => "requirer-unknown",
        }
    }

    /// The range, rule or name that belongs to it.
    pub fn value(self) -> Option<&'g str> {
        match self {
            Self::Overridden { effective } => Some(effective),
            Self::Invalid { range } => Some(range),
            Self::AddedBy(text) | Self::Condition(text) | Self::Alias(text) => Some(text),
            Self::Deduped
            | Self::Phase(_)
            | Self::Need(_)
            | Self::Missing
            | Self::MissingOptional
            | Self::Extraneous
            | Self::NoRequirer => None,
        }
    }

    /// True for a problem.
    pub fn is_problem(self) -> bool {
        match self {
            Self::Invalid { .. } | Self::Missing | Self::Extraneous => true,
            Self::Deduped
            | Self::Overridden { .. }
            | Self::AddedBy(_)
            | Self::Condition(_)
            | Self::Alias(_)
            | Self::Phase(_)
            | Self::Need(_)
            | Self::MissingOptional
            | Self::NoRequirer => false,
        }
    }

    /// True for a mark that is printed before the name.
    pub fn leads(self) -> bool {
        matches!(self, Self::Missing | Self::MissingOptional)
    }
}

impl fmt::Display for Mark<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Deduped => f.write_str("deduped"),
            Self::Overridden { effective: "" } => f.write_str("overridden"),
            Self::Overridden { effective } => write!(f, "overridden: \"{effective}\""),
            Self::AddedBy(rule) => write!(f, "added by: {rule}"),
            Self::Condition(condition) => write!(f, "if: {condition}"),
            Self::Alias(name) => write!(f, "alias: {name}"),
            Self::Phase(Phase::Develop) => f.write_str("dev"),
            Self::Phase(phase) => f.write_str(phase.name()),
            Self::Need(need) => f.write_str(need.name()),
            Self::Invalid { range } => write!(f, "invalid: \"{range}\""),
            Self::Missing => f.write_str("UNMET DEPENDENCY"),
            Self::MissingOptional => f.write_str("UNMET OPTIONAL DEPENDENCY"),
            Self::Extraneous => f.write_str("extraneous"),
            Self::NoRequirer => f.write_str("requirer unknown"),
        }
    }
}

/// The marks of the edges from one package to another by one name, which may differ in phase and need.
pub(crate) fn of_edges<'g>(edges: &[EdgeRef<'g>]) -> Vec<Mark<'g>> {
    // The strictest edge counts: a package needed at run time and for development is needed at run time.
    let strictest = edges
        .iter()
        .min_by_key(|edge| (edge.phase() != Phase::Runtime, edge.need()));
    let Some(strictest) = strictest else {
        return Vec::new();
    };
    let mut marks = Vec::new();
    if strictest.to().is_none() {
        let strict = edges.iter().any(|edge| edge.problem().is_some());
        marks.push(if strict {
            Mark::Missing
        } else {
            Mark::MissingOptional
        });
    }
    let details = || edges.iter().filter_map(|edge| edge.detail());
    marks.extend(
        details()
            .find_map(|it| it.alias.as_deref())
            .map(Mark::Alias),
    );
    if strictest.phase() != Phase::Runtime {
        marks.push(Mark::Phase(strictest.phase()));
    }
    let said = strictest.need() == Need::Optional && marks.contains(&Mark::MissingOptional);
    if strictest.need() != Need::Required && !said {
        marks.push(Mark::Need(strictest.need()));
    }
    let overridden = details().find_map(|it| it.overridden.as_ref());
    marks.extend(overridden.map(|it| Mark::Overridden {
        effective: &it.effective,
    }));
    let added_by = details().find_map(|it| it.added_by.as_deref());
    marks.extend(added_by.map(Mark::AddedBy));
    let condition = strictest.detail().and_then(|it| it.condition.as_deref());
    marks.extend(condition.map(Mark::Condition));
    let invalid = edges
        .iter()
        .find(|edge| edge.problem() == Some(Problem::Invalid));
    marks.extend(invalid.map(|edge| Mark::Invalid {
        range: edge.range().unwrap_or_default(),
    }));
    marks
}
