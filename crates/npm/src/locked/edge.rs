//! One dependency as a lockfile and the manifests describe it.

use bomtrail_graph::{LocalId, Need, Override, Phase, Text};

use crate::package::value::Str;

/// Who asks for what a dependency leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Asker {
    /// The package that declares it.
    Package,
    /// The project, with a rule in its manifest.
    Project,
}

impl Asker {
    /// The project, where it has such a rule.
    pub(crate) fn of_rule(rule: Option<&Override>) -> Self {
        match rule {
            Some(_) => Self::Project,
            None => Self::Package,
        }
    }
}

/// A dependency and what the lockfile says it leads to.
#[derive(Clone, Debug)]
pub(crate) struct Edge<'a> {
    /// The package that declares it.
    pub(crate) from: LocalId,
    /// What it leads to; `None` when nothing in the lockfile serves it.
    pub(crate) to: Option<LocalId>,
    /// The name it is declared under, which may be an alias.
    pub(crate) name: Str<'a>,
    /// The range as declared, for documents; `None` where the lockfile does not keep it.
    pub(crate) range: Option<Str<'a>>,
    /// The specifier in force in npm's words (`^1.0.0`, `npm:other@^1`, an address), for the judgement of what it leads to;
    /// `None` where that says nothing.
    pub(crate) spec: Option<Str<'a>>,
    pub(crate) phase: Phase,
    pub(crate) need: Need,
    /// True where the lockfile does not say what serves it, so that nothing is wrong when nothing is known.
    pub(crate) undecided: bool,
    /// True where the manager does not use a locked version that does not satisfy the range.
    pub(crate) is_resolved_again: bool,
    /// See [`bomtrail_graph::Link::is_membership`].
    pub(crate) is_membership: bool,
    /// The rule of the project that replaced the range.
    pub(crate) overridden: Option<Override>,
    /// Who asks for what it leads to.
    pub(crate) asker: Asker,
    /// The rule outside the package that added the dependency.
    pub(crate) added_by: Option<Text>,
}

impl<'a> Edge<'a> {
    /// A required runtime dependency whose range is not known.
    pub(crate) fn new(from: LocalId, to: Option<LocalId>, name: Str<'a>) -> Self {
        Self {
            from,
            to,
            name,
            range: None,
            spec: None,
            phase: Phase::Runtime,
            need: Need::Required,
            undecided: false,
            is_resolved_again: false,
            is_membership: false,
            overridden: None,
            asker: Asker::Package,
            added_by: None,
        }
    }

    /// Sets fields by name.
    pub(crate) fn with(mut self, set: impl FnOnce(&mut Self)) -> Self {
        set(&mut self);
        self
    }
}
