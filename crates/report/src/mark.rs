//! What is worth a word about a dependency or a package in a tree or a chain.

use std::fmt;

use bomtrail_graph::{EdgeRef, Need, Phase, Problem};

/// A word beside a package.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Mark<'g> {
    /// Shown with its dependencies elsewhere.
    Deduped,
    /// A rule of the project replaced the declared range.
    Overridden {
        /// The range in force.
        effective: &'g str,
    },
    /// A rule outside the package that depends added the dependency.
    AddedBy(&'g str),
    /// Asked for by another name.
    Alias(&'g str),
    /// Needed in this phase and not at run time.
    Phase(Phase),
    /// Needed this much and not strictly.
    Need(Need),
    /// Does not satisfy the range it is asked for with.
    Invalid {
        /// The range.
        range: &'g str,
    },
    /// Nothing provides it though it is needed.
    Missing,
    /// Nothing provides it, and it may be absent.
    MissingOptional,
    /// Present, and needed by nothing.
    Extraneous,
    /// Nothing that was read says what needs it.
    NoRequirer,
}

impl Mark<'_> {
    /// True for what should not be so.
    pub fn is_problem(self) -> bool {
        match self {
            Self::Invalid { .. } | Self::Missing | Self::Extraneous => true,
            Self::Deduped
            | Self::Overridden { .. }
            | Self::AddedBy(_)
            | Self::Alias(_)
            | Self::Phase(_)
            | Self::Need(_)
            | Self::MissingOptional
            | Self::NoRequirer => false,
        }
    }

    /// True for what is told before the name and not after it.
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

/// The words about dependencies of one package on one other by one name (they may differ in phase and need).
pub(crate) fn of_edges<'g>(edges: &[EdgeRef<'g>]) -> Vec<Mark<'g>> {
    // The firmest of them counts: what is needed to run and to develop is needed to run.
    let firmest = edges
        .iter()
        .min_by_key(|edge| (edge.phase() != Phase::Runtime, edge.need()));
    let Some(firmest) = firmest else {
        return Vec::new();
    };
    let mut marks = Vec::new();
    if firmest.to().is_none() {
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
    if firmest.phase() != Phase::Runtime {
        marks.push(Mark::Phase(firmest.phase()));
    }
    let said = firmest.need() == Need::Optional && marks.contains(&Mark::MissingOptional);
    if firmest.need() != Need::Required && !said {
        marks.push(Mark::Need(firmest.need()));
    }
    let overridden = details().find_map(|it| it.overridden.as_ref());
    marks.extend(overridden.map(|it| Mark::Overridden {
        effective: &it.effective,
    }));
    let added_by = details().find_map(|it| it.added_by.as_deref());
    marks.extend(added_by.map(Mark::AddedBy));
    let invalid = edges
        .iter()
        .find(|edge| edge.problem() == Some(Problem::Invalid));
    marks.extend(invalid.map(|edge| Mark::Invalid {
        range: edge.range().unwrap_or_default(),
    }));
    marks
}
