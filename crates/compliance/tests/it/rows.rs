//! The rows, one after the other.

use bomtrail_compliance::{
    Check, DocumentElement, Element, PROFILES, Requirement, State, Subject, assess,
};
use bomtrail_graph::{
    Completeness, Component, Fact, Lifecycle, NodeMap, Origin, ProductKey, Statement,
};

use crate::{World, complete};

/// The state of one requirement: of the document, or of the dependency.
fn state(world: &World, profile: &str, row: &Requirement) -> State {
    let graph = world.graph();
    let mut statements = NodeMap::new(&graph);
    let dependency = graph.find_name(&world.dependency.name).next();
    if let Some(node) = dependency
        && world.stated
    {
        let statement = Statement {
            license: bomtrail_graph::License::declared("ISC"),
            ..Statement::default()
        };
        statements.insert(node.id(), statement);
    }
    let subject = Subject {
        graph: &graph,
        product: Some(&world.facts),
        statements: Some(&statements),
        ..world.subject
    };
    let assessment = assess(bomtrail_compliance::profile(profile).unwrap(), &subject);
    let answer = assessment
        .document
        .iter()
        .find(|it| it.requirement.id == row.id)
        .map(|it| it.state);
    answer.unwrap_or_else(|| {
        let tally = assessment.components.iter();
        let tally = tally.clone().find(|it| it.requirement.id == row.id);
        let tally = tally.unwrap_or_else(|| panic!("{} has no row {}", profile, row.id));
        tally.state(dependency.unwrap().id())
    })
}

fn remove(facts: &mut bomtrail_graph::ProductFacts, keys: &[ProductKey]) {
    let mut rest = bomtrail_graph::ProductFacts::default();
    rest.hashes.clone_from(&facts.hashes);
    for (key, fact) in facts.iter() {
        if !keys.contains(&key) {
            rest.set(key, fact.clone());
        }
    }
    *facts = rest;
}

const AUTHORS: [ProductKey; 9] = [
    ProductKey::AuthorName,
    ProductKey::AuthorEmail,
    ProductKey::AuthorUrl,
    ProductKey::ManufacturerName,
    ProductKey::ManufacturerEmail,
    ProductKey::ManufacturerUrl,
    ProductKey::StewardName,
    ProductKey::StewardEmail,
    ProductKey::StewardUrl,
];

/// Takes away what the requirement looks for; says what is to be found then.
fn take_away(world: &mut World, check: Check) -> State {
    match check {
        Check::Product(keys) => {
            remove(&mut world.facts, keys);
            // The project's own metadata may supply what is not stated.
            world.root.name = "".into();
            world.root.version = None;
            State::Missing
        }
        Check::Document(element) => take_from_document(world, element),
        Check::Component(element) => {
            world.stated = false;
            take_from_component(&mut world.dependency, element)
        }
    }
}

fn take_from_document(world: &mut World, element: DocumentElement) -> State {
    match element {
        DocumentElement::Format => world.subject.format = None,
        DocumentElement::RecentFormat => {
            if let Some(it) = world.subject.format.as_mut() {
                it.version = "1.5";
            }
        }
        DocumentElement::Tool => world.subject.tool = None,
        DocumentElement::Timestamp => world.subject.timestamp = None,
        DocumentElement::Context => world.lifecycle = Lifecycle::Unknown,
        DocumentElement::Identity => {
            // A read document may have none; ours always has one.
            world.read = true;
        }
        DocumentElement::Author | DocumentElement::AuthorContact => {
            remove(&mut world.facts, &AUTHORS);
        }
        DocumentElement::Primary => world.roots = false,
        DocumentElement::TopLevel => {
            world.root.dependencies = Completeness::Unknown;
            return State::Unknown;
        }
    }
    State::Missing
}

fn take_from_component(component: &mut Component, element: Element) -> State {
    match element {
        Element::Producer => component.details_mut().authors.clear(),
        Element::ProducerContact => component.details = None,
        Element::Name => {
            component.name = "".into();
        }
        Element::Version => component.version = None,
        Element::Identified => {
            component.version = None;
            component.purl = None;
        }
        Element::Identifier => component.purl = None,
        Element::License | Element::LicenseExpression | Element::DeclaredLicense => {
            component.licenses = Fact::Unknown;
        }
        Element::EffectiveLicense => {}
        Element::Hash | Element::Sha512 => component.hashes = Box::default(),
        Element::FileName | Element::Distribution => component.source = None,
        Element::Nature => component.origin = Origin::Unknown,
        Element::Dependencies => {
            component.dependencies = Completeness::Incomplete;
            return State::Unknown;
        }
        Element::SourceCode => component.details_mut().repository = None,
    }
    State::Missing
}

#[test]
fn every_row_finds_its_fact_and_misses_it_when_it_is_gone() {
    let mut rows = 0;
    for profile in PROFILES {
        for row in profile.requirements {
            let name = format!("{} {}", profile.id, row.id);
            assert_eq!(
                state(&complete(), profile.id, row),
                State::Present,
                "{name}"
            );
            let mut less = complete();
            let expected = take_away(&mut less, row.check);
            assert_eq!(state(&less, profile.id, row), expected, "{name} taken away");
            rows += 1;
        }
    }
    assert!(rows > 70, "{rows} rows");
}

#[test]
fn every_row_says_where_it_looks_and_how_to_supply_it() {
    for profile in PROFILES {
        let mut ids: Vec<_> = profile.requirements.iter().map(|it| it.id).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), profile.requirements.len(), "{}", profile.id);
        for row in profile.requirements {
            assert!(!row.source().is_empty() && !row.supply().is_empty());
            assert!(!row.clause.is_empty() && !row.field.is_empty());
        }
    }
}
