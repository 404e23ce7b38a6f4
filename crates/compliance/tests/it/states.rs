//! Present, unknown, withheld, missing, not applicable: five different answers.

use bomtrail_compliance::{Counts, PROFILES, State, Subject, Weight, assess, profile, quality};
use bomtrail_graph::{Fact, Graph, NodeMap, Origin, ProductKey, Role, Statement};

use crate::complete;

fn component_state(world: &crate::World, row: &str, statement: Option<Statement>) -> State {
    let graph = world.graph();
    let node = graph.find_name("left").next().unwrap();
    let mut statements = NodeMap::new(&graph);
    if let Some(it) = statement {
        statements.insert(node.id(), it);
    }
    let subject = Subject {
        graph: &graph,
        statements: Some(&statements),
        ..world.subject
    };
    let assessment = assess(profile("bsi").unwrap(), &subject);
    let mut tallies = assessment.components.iter();
    tallies
        .find(|it| it.requirement.id == row)
        .unwrap()
        .state(node.id())
}

#[test]
fn a_stated_absence_is_not_missing() {
    let mut world = complete();
    world.dependency.hashes = Box::default();
    assert_eq!(component_state(&world, "hash", None), State::Missing);
    let said = |unknown: &[&str], withheld: &[&str]| {
        let texts = |it: &[&str]| it.iter().map(|it| (*it).into()).collect();
        Some(Statement {
            unknown: texts(unknown),
            withheld: texts(withheld),
            ..Statement::default()
        })
    };
    assert_eq!(
        component_state(&world, "hash", said(&["hash"], &[])),
        State::Unknown
    );
    assert_eq!(
        component_state(&world, "hash", said(&[], &["hash"])),
        State::Withheld
    );
    assert_eq!(
        component_state(&world, "hash", said(&["license"], &[])),
        State::Missing
    );
    let property = ("cdx:cisa:withheld-information".into(), "Hash".into());
    world.dependency.details_mut().properties.push(property);
    assert_eq!(component_state(&world, "hash", None), State::Withheld);
}

#[test]
fn a_present_fact_overrides_a_stated_absence() {
    let statement = Statement {
        unknown: vec!["hash".into()],
        ..Statement::default()
    };
    assert_eq!(
        component_state(&complete(), "hash", Some(statement)),
        State::Present
    );
}

#[test]
fn file_facts_do_not_apply_without_a_file() {
    let mut world = complete();
    world.dependency.origin = Origin::Bundle;
    world.dependency.hashes = Box::default();
    world.dependency.source = None;
    for row in ["hash", "file-name", "properties"] {
        assert_eq!(
            component_state(&world, row, None),
            State::NotApplicable,
            "{row}"
        );
    }
    world.dependency.origin = Origin::Unknown;
    world.dependency.role = Role::Local;
    assert_eq!(component_state(&world, "hash", None), State::NotApplicable);
}

#[test]
fn free_text_is_not_a_licence_identifier() {
    let mut world = complete();
    let words = bomtrail_graph::License::declared("SEE LICENSE IN x").unwrap();
    world.dependency.licenses = Fact::Known([words].into());
    assert_eq!(
        component_state(&world, "distribution-licence", None),
        State::Missing
    );
    assert_eq!(
        component_state(&world, "original-licence", None),
        State::Present
    );
}

#[test]
fn a_product_fact_may_be_unknown_or_withheld() {
    let mut world = complete();
    let graph = world.graph();
    world.facts.set(ProductKey::Purpose, Fact::Withheld);
    world.facts.set(ProductKey::RiskAssessment, Fact::Unknown);
    let subject = Subject {
        graph: &graph,
        product: Some(&world.facts),
        ..world.subject
    };
    let assessment = assess(profile("cra").unwrap(), &subject);
    let state = |id| {
        let mut answers = assessment.document.iter();
        answers.find(|it| it.requirement.id == id).unwrap().state
    };
    assert_eq!(state("purpose"), State::Withheld);
    assert_eq!(state("risk-assessment"), State::Unknown);
    assert!(assessment.is_without_gaps());
    let counts = assessment.document_counts(Weight::Must);
    assert_eq!((counts.unknown, counts.withheld, counts.missing), (1, 1, 0));
}

#[test]
fn a_read_document_is_assessed_by_its_own_facts() {
    let mut fragment = bomtrail_graph::Fragment::default().with(|it| {
        it.path = "bom.json".into();
        it.lifecycle = bomtrail_graph::Lifecycle::Unknown;
        it.properties = vec![("bomtrail:document".into(), "CycloneDX 1.4".into())];
    });
    fragment.add(complete().dependency).unwrap();
    let graph = bomtrail_graph::link(vec![fragment], &mut bomtrail_graph::Diagnostics::new());
    let subject = Subject {
        graph: &graph,
        ..complete().subject
    };
    let answers = assess(profile("bsi").unwrap(), &subject).document;
    for id in ["format", "timestamp", "creator", "sbom-uri", "primary"] {
        let answer = answers.iter().find(|it| it.requirement.id == id).unwrap();
        assert_eq!(answer.state, State::Missing, "{id}");
    }
}

#[test]
fn an_empty_graph_has_no_present_facts() {
    let graph = Graph::default();
    for profile in PROFILES {
        let assessment = assess(profile, &Subject::new(&graph));
        assert!(!assessment.is_without_gaps(), "{}", profile.id);
        let counts = assessment.component_counts(Weight::Must);
        assert_eq!(counts, Counts::default());
    }
}

#[test]
fn quality_names_failing_packages() {
    let mut world = complete();
    world.dependency.details_mut().deprecated = Some("use right".into());
    let graph = world.graph();
    let found = quality(&graph);
    let failing: Vec<_> = found
        .iter()
        .filter(|it| !it.failing.is_empty())
        .map(|it| (it.indicator.name, it.checked, it.failing.len()))
        .collect();
    assert_eq!(failing, [("deprecated", 1, 1)]);
}
