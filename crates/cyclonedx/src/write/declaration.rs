//! Approvals and provenance as declarations (1.6 and later): requirements as standards, findings as claims with their evidence,
//! denials and failures as counter-claims. The verdicts are in the tables.

mod approvals;
mod provenance;

use bomtrail_graph::{Bom, NodeRef};

use crate::write::wire::Entity;
use crate::write::wire::{
    Assessor, Attestation, Claim, Conformance, Declarations, Evidence, Mapping, Requirement,
    Standard,
};

/// The prefix of every reference here.
const BASE: &str = "bomtrail:";

/// Everything that is declared, while it is collected.
#[derive(Default)]
struct Draft<'g> {
    base: String,
    standards: Vec<Standard>,
    attestations: Vec<Attestation>,
    claims: Vec<Claim<'g>>,
    evidence: Vec<Evidence<'g>>,
}

/// The declarations of a document and their standards; `None` when there are no claims.
pub(crate) fn of<'g>(bom: &'g Bom<'g>) -> Option<(Declarations<'g>, Vec<Standard>)> {
    let mut draft = Draft {
        base: base(bom),
        ..Draft::default()
    };
    approvals::add(&mut draft, bom);
    provenance::add(&mut draft, bom);
    if draft.claims.is_empty() {
        return None;
    }
    let declarations = Declarations {
        assessors: [Assessor {
            bom_ref: draft.assessor(),
            third_party: false,
            organization: assessor(bom),
        }],
        attestations: draft.attestations,
        claims: draft.claims,
        evidence: draft.evidence,
    };
    Some((declarations, draft.standards))
}

/// The author of the document, else the program.
fn assessor<'g>(bom: &'g Bom<'g>) -> Entity<'g> {
    let stated = bom.tables.product.and_then(|it| it.author().name);
    Entity::named(stated.unwrap_or(bom.tool.name))
}

/// A prefix that no component's reference has; a place may have any name.
fn base(bom: &Bom<'_>) -> String {
    let mut base = BASE.to_owned();
    let is_used = |base: &str| {
        let mut references = bom.graph.nodes().map(NodeRef::reference);
        references.any(|it| it.starts_with(base))
    };
    while is_used(&base) {
        base.push('#');
    }
    base
}

/// The claims about one requirement.
#[derive(Default)]
struct Found {
    claims: Vec<String>,
    counter_claims: Vec<String>,
}

impl Draft<'_> {
    fn assessor(&self) -> String {
        self.reference("assessor", "")
    }

    fn reference(&self, kind: &str, of: &str) -> String {
        if of.is_empty() {
            [&self.base, kind].concat()
        } else {
            [&self.base, kind, "/", of].concat()
        }
    }

    fn requirement(&self, identifier: &'static str, text: &'static str) -> Requirement {
        Requirement {
            bom_ref: self.reference("requirement", identifier),
            identifier,
            text,
        }
    }

    /// Adds an attestation of what was found about requirements.
    fn attest(&mut self, summary: &'static str, found: Vec<(&'static str, Found)>) {
        let map: Vec<Mapping> = found
            .into_iter()
            .filter(|(_, it)| !it.claims.is_empty() || !it.counter_claims.is_empty())
            .map(|(identifier, it)| {
                let (holds, fails) = (it.claims.len(), it.counter_claims.len());
                Mapping {
                    requirement: self.reference("requirement", identifier),
                    conformance: Conformance {
                        score: u8::from(fails == 0),
                        rationale: format!("holds for {holds} of {} components", holds + fails),
                    },
                    claims: it.claims,
                    counter_claims: it.counter_claims,
                }
            })
            .collect();
        if !map.is_empty() {
            let assessor = self.assessor();
            self.attestations.push(Attestation {
                summary,
                assessor,
                map,
            });
        }
    }
}
