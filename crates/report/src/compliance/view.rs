//! The report as values, named as `bomtrail/report/v1` has them: JSON prints them, the page shows them.

use std::collections::BTreeMap;

use bomtrail_compliance::{Answer, Counts, Requirement, State, Tally, Weight};
use bomtrail_graph::{Fact, NodeRef, Purl};
use serde::Serialize;

use super::Compliance;

#[derive(Serialize)]
pub(super) struct View<'g> {
    pub(super) schema: &'static str,
    pub(super) tool: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) timestamp: Option<&'g str>,
    pub(super) profile: ProfileView,
    pub(super) product: ProductView<'g>,
    pub(super) inputs: Vec<&'g str>,
    pub(super) summary: Vec<Sum>,
    pub(super) document: Vec<AnswerView<'g>>,
    pub(super) requirements: Vec<TallyView>,
    pub(super) components: Vec<ComponentView<'g>>,
    pub(super) licenses: Vec<LicenseView>,
    pub(super) quality: Vec<QualityView<'g>>,
}

#[derive(Serialize)]
pub(super) struct ProfileView {
    pub(super) id: &'static str,
    pub(super) title: &'static str,
    pub(super) edition: &'static str,
    pub(super) note: &'static str,
}

#[derive(Serialize)]
pub(super) struct ProductView<'g> {
    pub(super) name: &'g str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) version: Option<&'g str>,
    /// Every fact that is stated, by its key.
    pub(super) facts: Vec<FactView<'g>>,
}

#[derive(Serialize)]
pub(super) struct FactView<'g> {
    pub(super) key: String,
    pub(super) state: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) value: Option<&'g str>,
}

/// The counts of one weight.
#[derive(Serialize)]
pub(super) struct Sum {
    pub(super) weight: &'static str,
    pub(super) document: CountsView,
    pub(super) components: CountsView,
}

#[derive(Clone, Copy, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct CountsView {
    pub(super) present: usize,
    pub(super) unknown: usize,
    pub(super) withheld: usize,
    pub(super) missing: usize,
    pub(super) not_applicable: usize,
}

impl From<Counts> for CountsView {
    fn from(counts: Counts) -> Self {
        let Counts {
            present,
            unknown,
            withheld,
            missing,
            not_applicable,
        } = counts;
        Self {
            present,
            unknown,
            withheld,
            missing,
            not_applicable,
        }
    }
}

#[derive(Serialize)]
pub(super) struct RequirementView {
    pub(super) id: &'static str,
    pub(super) field: &'static str,
    pub(super) weight: &'static str,
    pub(super) clause: &'static str,
    pub(super) source: String,
    pub(super) supply: String,
}

impl RequirementView {
    fn new(requirement: &'static Requirement) -> Self {
        Self {
            id: requirement.id,
            field: requirement.field,
            weight: requirement.weight.name(),
            clause: requirement.clause,
            source: requirement.source().into_owned(),
            supply: requirement.supply().into_owned(),
        }
    }
}

#[derive(Serialize)]
pub(super) struct AnswerView<'g> {
    pub(super) requirement: RequirementView,
    pub(super) state: &'static str,
    pub(super) found: &'g str,
}

#[derive(Serialize)]
pub(super) struct TallyView {
    pub(super) requirement: RequirementView,
    pub(super) counts: CountsView,
}

#[derive(Serialize)]
pub(super) struct ComponentView<'g> {
    pub(super) reference: String,
    pub(super) name: &'g str,
    pub(super) version: &'g str,
    pub(super) purl: &'g str,
    pub(super) role: &'static str,
    pub(super) scope: &'static str,
    pub(super) origin: &'static str,
    pub(super) licenses: Vec<&'g str>,
    pub(super) supplier: String,
    pub(super) hashes: Vec<String>,
    pub(super) source: &'g str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) approval: Option<ApprovalView<'g>>,
    /// Positions in `components`.
    pub(super) dependencies: Vec<usize>,
    /// What is asked for by no name it has: requirements by state.
    pub(super) missing: Vec<&'static str>,
    pub(super) unknown: Vec<&'static str>,
    pub(super) withheld: Vec<&'static str>,
}

#[derive(Serialize)]
pub(super) struct ApprovalView<'g> {
    pub(super) status: &'static str,
    pub(super) reason: &'static str,
    pub(super) by: Vec<&'g str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) on: Option<&'g str>,
}

#[derive(Serialize)]
pub(super) struct LicenseView {
    pub(super) license: String,
    pub(super) components: usize,
}

#[derive(Serialize)]
pub(super) struct QualityView<'g> {
    #[serde(rename = "type")]
    pub(super) package_type: &'static str,
    pub(super) indicator: &'static str,
    pub(super) about: &'static str,
    pub(super) checked: usize,
    pub(super) failing: Vec<std::borrow::Cow<'g, str>>,
}

/// The whole report.
pub(super) fn view<'g>(report: &Compliance<'g>) -> View<'g> {
    let profile = report.assessment.profile;
    let components: Vec<_> = report
        .graph
        .nodes()
        .map(|it| component(it, report))
        .collect();
    View {
        schema: "bomtrail/report/v1",
        tool: [report.tool.name, " ", report.tool.version].concat(),
        timestamp: report.timestamp,
        profile: ProfileView {
            id: profile.id,
            title: profile.title,
            edition: profile.edition,
            note: profile.note,
        },
        product: product(report),
        inputs: report.graph.inputs().iter().map(|it| &*it.path).collect(),
        summary: Weight::ALL.into_iter().map(|it| sum(report, it)).collect(),
        document: report.assessment.document.iter().map(answer).collect(),
        requirements: report.assessment.components.iter().map(tally).collect(),
        licenses: licenses(&components),
        components,
        quality: report
            .quality
            .iter()
            .map(|it| QualityView {
                package_type: it.indicator.package_type,
                indicator: it.indicator.name,
                about: it.indicator.about,
                checked: it.checked,
                failing: it.failing.iter().map(|it| it.reference()).collect(),
            })
            .collect(),
    }
}

fn product<'g>(report: &Compliance<'g>) -> ProductView<'g> {
    let (name, version) = title(report);
    let facts = report
        .product
        .into_iter()
        .flat_map(bomtrail_graph::ProductFacts::iter);
    let facts = facts.map(|(key, fact)| {
        let state = match fact {
            Fact::Known(_) => State::Present,
            Fact::Unknown => State::Unknown,
            Fact::Withheld => State::Withheld,
        };
        FactView {
            key: key.path(),
            state: state.name(),
            value: fact.known().map(|it| &**it),
        }
    });
    ProductView {
        name,
        version,
        facts: facts.collect(),
    }
}

/// What the report is about: the product's name and version as stated, else as the project's metadata has them.
pub(super) fn title<'g>(report: &Compliance<'g>) -> (&'g str, Option<&'g str>) {
    use bomtrail_graph::ProductKey::{Name, Version};
    let mut roots = report.graph.roots();
    let root = roots.next().filter(|_| roots.next().is_none());
    let stated = |key| report.product.and_then(|it| it.text(key));
    let name = stated(Name).or_else(|| root.map(NodeRef::name));
    let input = || report.graph.inputs().first().map_or("", |it| &*it.path);
    let version = stated(Version).or_else(|| root.and_then(NodeRef::version));
    (
        name.filter(|it| !it.is_empty()).unwrap_or_else(input),
        version,
    )
}

fn sum(report: &Compliance<'_>, weight: Weight) -> Sum {
    Sum {
        weight: weight.name(),
        document: report.assessment.document_counts(weight).into(),
        components: report.assessment.component_counts(weight).into(),
    }
}

fn answer(answer: &Answer) -> AnswerView<'_> {
    AnswerView {
        requirement: RequirementView::new(answer.requirement),
        state: answer.state.name(),
        found: &answer.found,
    }
}

fn tally(tally: &Tally) -> TallyView {
    TallyView {
        requirement: RequirementView::new(tally.requirement),
        counts: tally.counts.into(),
    }
}

fn component<'g>(node: NodeRef<'g>, report: &Compliance<'g>) -> ComponentView<'g> {
    let component = node.component();
    let statement = report.statements.and_then(|it| it.get(node.id()));
    let concluded = statement.and_then(|it| it.license.as_ref());
    let declared = component.licenses.known().map_or(&[][..], |it| &**it);
    let licenses = match concluded {
        Some(it) => vec![it.text()],
        None => declared.iter().map(bomtrail_graph::License::text).collect(),
    };
    let authors = component
        .details
        .as_deref()
        .map_or(&[][..], |it| &it.authors);
    let people = statement.and_then(|it| it.supplier.as_ref()).into_iter();
    let supplier: Vec<&str> = people
        .chain(authors)
        .map(|it| &*it.name)
        .filter(|it| !it.is_empty())
        .collect();
    let asked = |state: State| {
        let tallies = report.assessment.components.iter();
        let wanted = tallies.filter(move |it| it.state(node.id()) == state);
        wanted.map(|it| it.requirement.id).collect()
    };
    let hashes = component.hashes.iter();
    ComponentView {
        reference: node.reference().into_owned(),
        name: node.name(),
        version: node.version().unwrap_or_default(),
        purl: node.purl().map_or("", Purl::as_str),
        role: component.role.name(),
        scope: node.scope().name().unwrap_or("unknown"),
        origin: component.origin.name(),
        licenses,
        supplier: supplier.join(", "),
        hashes: hashes
            .map(|it| [it.algorithm().name(), " ", &it.hex()].concat())
            .collect(),
        source: component.source.as_deref().unwrap_or_default(),
        approval: approval(node, report),
        dependencies: node.dependencies().map(|it| it.id().index()).collect(),
        missing: asked(State::Missing),
        unknown: asked(State::Unknown),
        withheld: asked(State::Withheld),
    }
}

fn approval<'g>(node: NodeRef<'g>, report: &Compliance<'g>) -> Option<ApprovalView<'g>> {
    let approval = report.approvals?.get(node.id())?;
    let decision = approval.decision.as_deref();
    Some(ApprovalView {
        status: approval.status().name(),
        reason: approval.reason.name(),
        by: decision.map_or_else(Vec::new, |it| it.by.iter().map(|it| &**it).collect()),
        on: decision.and_then(|it| it.on.as_deref()),
    })
}

/// How many components state each licence; those that state none come last, under an empty name.
fn licenses(components: &[ComponentView<'_>]) -> Vec<LicenseView> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for component in components {
        let license = component.licenses.join(", ");
        *counts.entry(license).or_default() += 1;
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by(|a, b| {
        let rank = |it: &(String, usize)| (it.0.is_empty(), std::cmp::Reverse(it.1));
        rank(a).cmp(&rank(b)).then_with(|| a.0.cmp(&b.0))
    });
    counts
        .into_iter()
        .map(|(license, components)| LicenseView {
            license,
            components,
        })
        .collect()
}
