//! Approvals as annotations (1.5 and later): one for each decision, with all the components it is about. The annotator is the
//! reviewer, and the time is the day of the review; without a decision, the annotator is this program.

use std::borrow::Cow;
use std::collections::BTreeMap;

use bomtrail_graph::{Approval, ApprovalStatus, Bom, Date, Decision, NodeId, NodeRef};

use crate::iri::is_email;
use crate::write::wire::Entity;
use crate::write::wire::{Annotation, Annotator, Component, Contact};

/// Who decided.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum By<'g> {
    Person(&'g str),
    Others(&'g str),
    Tool,
}

/// Who, when and what.
type Key<'g> = (By<'g>, String, String);

/// The annotations of a document. Those of this program need a time, which is the document's.
pub(crate) fn of<'g>(bom: &'g Bom<'g>) -> impl Iterator<Item = Annotation<'g>> {
    let mut decided: BTreeMap<Key<'g>, Vec<NodeId>> = BTreeMap::new();
    let now = bom.document.timestamp;
    for (id, approval) in bom.tables.approvals.iter().flat_map(|it| it.iter()) {
        let decision = approval.decision.as_deref();
        let by = by(decision);
        let day = decision.and_then(|it| time(it.on.as_deref()?));
        let time = match by {
            By::Person(_) | By::Others(_) => day.or_else(|| now.map(str::to_owned)),
            By::Tool => now.map(str::to_owned),
        };
        let Some(time) = time.filter(|_| approval.status() != ApprovalStatus::FirstParty) else {
            continue;
        };
        decided
            .entry((by, time, sentence(approval)))
            .or_default()
            .push(id);
    }
    decided.into_iter().map(|((by, timestamp, text), ids)| {
        let nodes = ids.into_iter().filter_map(|id| bom.graph.node(id));
        Annotation {
            subjects: nodes.map(NodeRef::reference).collect(),
            annotator: annotator(by, bom),
            timestamp,
            text,
        }
    })
}

fn by(decision: Option<&Decision>) -> By<'_> {
    let first = decision.and_then(|it| Some((it.by.first()?, it.by_person)));
    match first {
        Some((name, true)) => By::Person(name),
        Some((name, false)) => By::Others(name),
        None => By::Tool,
    }
}

fn annotator<'g>(by: By<'g>, bom: &'g Bom<'g>) -> Annotator<'g> {
    match by {
        By::Person(text) => Annotator::Individual(contact(text)),
        By::Others(name) => Annotator::Organization(Entity::named(name)),
        By::Tool => Annotator::Component(Box::new(Component {
            kind: "application",
            name: Cow::Borrowed(bom.tool.name),
            version: Some(bom.tool.version),
            ..Component::default()
        })),
    }
}

/// `name <address>` as a contact.
pub(crate) fn contact(text: &str) -> Contact<'_> {
    let split = text.strip_suffix('>').and_then(|it| it.rsplit_once(" <"));
    match split.filter(|(_, address)| is_email(address)) {
        Some((name, address)) => Contact {
            name: Some(Cow::Borrowed(name)),
            email: Some(address),
        },
        None => Contact {
            name: Some(Cow::Borrowed(text)),
            email: None,
        },
    }
}

/// The beginning of a day as a time.
pub(crate) fn time(day: &str) -> Option<String> {
    Date::parse(day).map(|it| format!("{it}T00:00:00Z"))
}

/// A decision as one sentence.
pub(crate) fn sentence(approval: &Approval) -> String {
    let mut text = [approval.status().name(), " (", approval.reason.name(), ")"].concat();
    let mut add = |before: &str, more: &str| {
        if !more.is_empty() {
            text.push_str(before);
            text.push_str(more);
        }
    };
    add(": ", &approval.detail);
    add("; list: ", &approval.chain.join(" > "));
    add(
        "; nearest approved version: ",
        approval.nearest.as_deref().unwrap_or_default(),
    );
    if let Some(decision) = approval.decision.as_deref() {
        let part = |it: &Option<Box<str>>| it.clone().unwrap_or_default();
        add("; basis: ", &part(&decision.basis));
        add("; expires: ", &part(&decision.expires));
        add("; note: ", &part(&decision.note));
    }
    text
}
