//! Checks the requirements of a profile, for the document and for each component. Counts, and never grades.

use bomtrail_graph::{Fact, Graph, NodeId, NodeRef, ProductKey};

use crate::element::Element;
use crate::requirement::{Check, Profile, Requirement, Weight};
use crate::state::{Counts, State};
use crate::subject::Subject;

/// The answer to a requirement about the product or the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The requirement.
    pub requirement: &'static Requirement,
    /// The answer.
    pub state: State,
    /// What was found; empty for nothing.
    pub found: String,
}

/// The answers to a requirement about components.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    /// The requirement.
    pub requirement: &'static Requirement,
    /// How often each state was found.
    pub counts: Counts,
    /// The answer for each node, in node order.
    states: Vec<State>,
}

impl Tally {
    /// The answer for a node.
    pub fn state(&self, id: NodeId) -> State {
        let state = self.states.get(id.index());
        state.copied().unwrap_or(State::NotApplicable)
    }

    /// The nodes of a state, in order.
    pub fn nodes<'g>(&self, graph: &'g Graph, state: State) -> impl Iterator<Item = NodeRef<'g>> {
        graph
            .nodes()
            .zip(&self.states)
            .filter(move |(_, it)| **it == state)
            .map(|(node, _)| node)
    }
}

/// The answers to a profile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assessment {
    /// The profile.
    pub profile: &'static Profile,
    /// The requirements about product and document, as the profile orders them.
    pub document: Vec<Answer>,
    /// The requirements about components, as the profile orders them.
    pub components: Vec<Tally>,
}

impl Assessment {
    /// The counts of the requirements of a weight about product and document.
    pub fn document_counts(&self, weight: Weight) -> Counts {
        let wanted = self.document.iter();
        let wanted = wanted.filter(|it| it.requirement.weight == weight);
        Counts::of(wanted.map(|it| it.state))
    }

    /// The counts of the requirements of a weight about components: one for each component and requirement.
    pub fn component_counts(&self, weight: Weight) -> Counts {
        let wanted = self.components.iter();
        let wanted = wanted.filter(|it| it.requirement.weight == weight);
        Counts::of(wanted.flat_map(|it| it.states.iter().copied()))
    }

    /// True when no required fact is missing: each is present, or stated to be unknown or withheld.
    pub fn is_without_gaps(&self) -> bool {
        let counts = [
            self.document_counts(Weight::Must),
            self.component_counts(Weight::Must),
        ];
        counts.iter().all(|it| it.missing == 0)
    }
}

/// Checks all requirements of a profile.
pub fn assess(profile: &'static Profile, subject: &Subject<'_>) -> Assessment {
    let mut document = Vec::new();
    let mut components = Vec::new();
    for requirement in profile.requirements {
        let (state, found) = match requirement.check {
            Check::Component(element) => {
                components.push(tally(requirement, element, subject));
                continue;
            }
            Check::Product(keys) => product(keys, subject),
            Check::Document(element) => element.state(subject),
        };
        document.push(Answer {
            requirement,
            state,
            found,
        });
    }
    Assessment {
        profile,
        document,
        components,
    }
}

fn tally(requirement: &'static Requirement, element: Element, subject: &Subject<'_>) -> Tally {
    let nodes = subject.graph.nodes();
    let states: Vec<State> = nodes.map(|it| element.state(it, subject)).collect();
    Tally {
        requirement,
        counts: Counts::of(states.iter().copied()),
        states,
    }
}

/// The value of the first key that has one, else whether one is stated to be unknown or withheld.
fn product(keys: &[ProductKey], subject: &Subject<'_>) -> (State, String) {
    let stated = |key: &ProductKey| subject.product.and_then(|it| it.get(*key));
    let known = keys.iter().find_map(|key| stated(key)?.known());
    if let Some(text) = known {
        return (State::Present, String::from(&**text));
    }
    if let Some(found) = from_graph(keys, subject) {
        return (State::Present, found);
    }
    let facts: Vec<_> = keys.iter().filter_map(stated).collect();
    let state = if facts.iter().any(|it| matches!(it, Fact::Withheld)) {
        State::Withheld
    } else if facts.iter().any(|it| it.is_unknown()) {
        State::Unknown
    } else {
        State::Missing
    };
    (state, String::new())
}

/// The product facts that the project's own metadata may state.
fn from_graph(keys: &[ProductKey], subject: &Subject<'_>) -> Option<String> {
    let mut roots = subject.graph.roots();
    let root = roots.next().filter(|_| roots.next().is_none())?;
    let details = root.component().details.as_deref();
    let found = keys.iter().find_map(|key| match key {
        ProductKey::Name => Some(root.name()),
        ProductKey::Version => root.version(),
        ProductKey::ProductUrl => details?.homepage.as_deref(),
        _ => None,
    });
    found.filter(|it| !it.is_empty()).map(str::to_owned)
}
