//! The report as the values of `bomtrail/report/v1`, which JSON and HTML show.

mod advisories;
mod attention;
mod component;
mod tables;
mod verdict;

use std::collections::BTreeMap;

use bomtrail_compliance::{Answer, Counts, Requirement, State, Tally, Weight};
use bomtrail_graph::{Diagnostic, Fact, Level, NodeRef};
use serde::Serialize;

use super::Compliance;
use crate::wire::{DiagnosticView, ToolView};

pub(super) use advisories::{AdvisoriesView, advisories};
pub(super) use attention::AttentionView;
pub(super) use component::{ComponentView, ProvenanceView};
pub(super) use tables::{
    ApprovalsView, ProvenancesView, STATUSES, SinceView, approvals, provenance,
};
pub(super) use verdict::verdict;

#[derive(Serialize)]
pub(super) struct View<'g> {
    pub(super) schema: &'static str,
    pub(super) tool: ToolView<'g>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) timestamp: Option<&'g str>,
    pub(super) profile: ProfileView,
    pub(super) product: ProductView<'g>,
    /// The result on one line.
    pub(super) verdict: String,
    pub(super) inputs: Vec<&'g str>,
    /// Warnings and errors of the inputs.
    pub(super) diagnostics: Vec<DiagnosticView<'g>>,
    pub(super) summary: Vec<Sum>,
    /// Components that need attention, by property.
    pub(super) attention: Vec<AttentionView>,
    pub(super) document: Vec<AnswerView<'g>>,
    pub(super) requirements: Vec<TallyView>,
    /// The approvals in numbers; absent without a list.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) approvals: Option<ApprovalsView<'g>>,
    /// The provenance in numbers; absent without attestations.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) provenance: Option<ProvenancesView<'g>>,
    /// Known vulnerabilities; absent without advisories.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) advisories: Option<AdvisoriesView<'g>>,
    /// The changes since an earlier state.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) since: Option<SinceView<'g>>,
    /// The names of the workspace members; components refer to their positions.
    pub(super) workspaces: Vec<&'g str>,
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
    /// The stated facts by key.
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
    let components = component::components(report);
    View {
        schema: "bomtrail/report/v1",
        tool: report.tool.into(),
        timestamp: report.timestamp,
        profile: ProfileView {
            id: profile.id,
            title: profile.title,
            edition: profile.edition,
            note: profile.note,
        },
        product: product(report),
        verdict: verdict(report),
        diagnostics: problems(report).map(DiagnosticView::from).collect(),
        inputs: report.graph.inputs().iter().map(|it| &*it.path).collect(),
        summary: Weight::ALL.into_iter().map(|it| sum(report, it)).collect(),
        document: report.assessment.document.iter().map(answer).collect(),
        requirements: report.assessment.components.iter().map(tally).collect(),
        attention: attention::attention(report, &components),
        approvals: approvals(report),
        provenance: provenance(report),
        advisories: advisories(report),
        since: report.since.map(SinceView::new),
        workspaces: report.members.iter().map(|it| &*it.name).collect(),
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

/// The warnings and errors of the inputs.
pub(super) fn problems<'g>(report: &Compliance<'g>) -> impl Iterator<Item = &'g Diagnostic> {
    let all = report.diagnostics.iter();
    all.filter(|it| it.code.level > Level::Note)
}

fn product<'g>(report: &Compliance<'g>) -> ProductView<'g> {
    let (name, version) = title(report);
    let facts = report
        .tables
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

/// The name and version of the product as the project states them, else those of its metadata.
pub(super) fn title<'g>(report: &Compliance<'g>) -> (&'g str, Option<&'g str>) {
    use bomtrail_graph::ProductKey::{Name, Version};
    let mut roots = report.graph.roots();
    let root = roots.next().filter(|_| roots.next().is_none());
    let stated = |key| report.tables.product.and_then(|it| it.text(key));
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

/// How many components state each licence; an empty name for those that state none comes last.
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
