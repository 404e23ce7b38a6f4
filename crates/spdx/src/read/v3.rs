//! SPDX 3.0 in JSON-LD: packages, relationships, notes, and the elements they share. Elements may be named by an IRI or a
//! blank node; JSON-LD that is not in the compact form of the specification's own context is not read.

mod build;
mod element;
mod package;
mod relationship;

use std::collections::{HashMap, HashSet};

use bomtrail_document::{Json, Members};
use bomtrail_document::{Object, Session};
use bomtrail_graph::{Diagnostics, Fragment, Lifecycle};
use foldhash::fast::RandomState;

use super::assemble::{Parts, assemble};
use super::maker;
use super::notes::{self, Inputs};
use super::{add_problems, empty};
use crate::diags::{self, CODES};
use crate::notes::edge::UNROOTED;
use crate::notes::lines;
use crate::product::DOCUMENT_NAME;
use crate::v3::{CONTEXT, validate};
use element::{Class, Element, Relation};
use package::package;
use relationship::relationship;

/// The fields of the document that are read, or say nothing about packages.
const KEPT_OF_DOCUMENT: [&str; 9] = [
    "type",
    "@id",
    "@context",
    "spdxId",
    "creationInfo",
    "name",
    "rootElement",
    "element",
    "profileConformance",
];
/// The fields of an SBOM that are read.
const KEPT_OF_SBOM: [&str; 8] = [
    "type",
    "@id",
    "spdxId",
    "creationInfo",
    "comment",
    "rootElement",
    "element",
    "software_sbomType",
];

/// The property for the format and version that a document states.
const DOCUMENT: &str = "bomtrail:document";

/// Elements by their identifier, without the relationships, which nothing refers to.
type Index<'e, 'v> = HashMap<&'v str, &'e Element<'v>, RandomState>;
/// The positions of packages by their identifier.
type Positions<'v> = HashMap<&'v str, usize, RandomState>;

/// Reads a whole document, and compares it with the specification.
pub(super) fn read(value: &Json<'_>, path: &str, diagnostics: &mut Diagnostics) -> Fragment {
    let mut found = Diagnostics::new();
    let mut session = Session::new(path, CODES, &mut found);
    let document = Object::document(value);
    let fragment = document.map(|it| read_document(&it, &mut session));
    session.finish();
    let document = value.as_object();
    let is_3_0_1 =
        document.is_some_and(|it| it.get("@context").and_then(Json::as_str) == Some(CONTEXT));
    match document {
        Some(document) if is_current(document) => {
            add_problems(validate::problems(document), path, &mut found);
        }
        _ => found.push(diags::not_compared(path, "SPDX 3.0.0")),
    }
    diagnostics.append(found);
    let mut fragment = fragment.unwrap_or_else(|| empty(path));
    let properties = &mut fragment.properties;
    // The context says what the document is where no creation information does.
    if is_3_0_1 && !properties.iter().any(|(name, _)| &**name == DOCUMENT) {
        properties.push((DOCUMENT.into(), "SPDX 3.0.1".into()));
    }
    fragment
}

/// False for a document whose context is that of another version.
fn is_current(document: &Members<'_>) -> bool {
    let context = document.get("@context").map(ToString::to_string);
    let context = context.unwrap_or_default();
    context.contains("spdx.org/rdf/3.0.1/") || !context.contains("spdx.org/rdf/3.")
}

fn read_document(document: &Object<'_>, session: &mut Session<'_>) -> Fragment {
    let mut fragment = empty(session.path());
    let elements = elements(document, session);
    if elements.is_empty() {
        session.invalid("", "`@graph` has no elements");
        return fragment;
    }
    let index = index(&elements, session);
    let inputs = about(&elements, &index, &mut fragment, session);
    let mut parts = Parts::default();
    let packages = elements.iter().filter(|it| it.class == Class::Package);
    parts.drafts.reserve(packages.count());
    let archives = archives(&elements, session);
    for element in &elements {
        let object = &element.object;
        if !element.has_class {
            object.required("type", session);
        }
        match element.class {
            Class::Package => {
                let draft = package(element, &index, session);
                parts.drafts.push(draft);
            }
            Class::Sbom | Class::Bom => roots(object, &mut parts, session),
            Class::Build
            | Class::Relationship
            | Class::Annotation
            | Class::Person
            | Class::Organization
            | Class::CreationInfo
            | Class::Quiet => {}
            Class::File if element.id(session).is_some_and(|it| archives.contains(it)) => {}
            Class::Document => object.rest("the document", &KEPT_OF_DOCUMENT, session),
            Class::File | Class::Other => {
                let class = object.get("type").and_then(Json::as_str);
                let class = class.unwrap_or_default();
                session.unkept(&format!("elements of class `{class}`"));
            }
        }
    }
    let drafts = parts.drafts.iter().enumerate();
    let positions: Positions<'_> = drafts.map(|(at, it)| (it.id, at)).collect();
    for element in &elements {
        let object = &element.object;
        match element.class(session) {
            Class::Annotation => note(object, &positions, &inputs, &mut parts, session),
            Class::Relationship => {
                relationship(object, &index, &positions, &mut parts, session);
            }
            _ => {}
        }
    }
    let concluding = |it: &&Element<'_>| it.relation == Some(Relation::ConcludedLicense);
    for element in elements.iter().filter(concluding) {
        let object = &element.object;
        let from = object.text("from", session).unwrap_or_default();
        let draft = positions.get(from).and_then(|at| parts.drafts.get_mut(*at));
        if let Some(draft) = draft {
            relationship::conclude(object, &index, draft, session);
        }
    }
    build::claims(&elements, &index, &positions, &mut parts.drafts, session);
    assemble(parts, &mut fragment, session);
    fragment
}

fn index<'e, 'v>(elements: &'e [Element<'v>], session: &mut Session<'_>) -> Index<'e, 'v> {
    let referred = elements.iter().filter(|it| it.relation.is_none());
    let mut index = Index::with_capacity_and_hasher(referred.count(), RandomState::default());
    for element in elements {
        let id = element.id(session);
        if let Some(id) = id.filter(|_| element.relation.is_none()) {
            index.insert(id, element);
        }
    }
    index
}

/// The elements of `@graph`; the document itself, with the creation information within it, where it is a single element.
fn elements<'v>(document: &Object<'v>, session: &mut Session<'_>) -> Vec<Element<'v>> {
    if document.has("@graph") {
        let all = document.objects("@graph", session).into_iter();
        return all.map(Element::new).collect();
    }
    let creation = document.get("creationInfo").filter(|it| it.is_object());
    let creation = creation.and_then(|_| document.object("creationInfo", session));
    let all = [document.clone()].into_iter().chain(creation);
    all.map(Element::new).collect()
}

/// The files that are the archives or the source code of packages: what they say is read with the package.
fn archives<'v>(
    elements: &[Element<'v>],
    session: &mut Session<'_>,
) -> HashSet<&'v str, RandomState> {
    let mut files = HashSet::default();
    for element in elements {
        let object = &element.object;
        match element.relation {
            Some(Relation::DistributionArtifact) => {
                let to = object.texts("to", session).into_iter();
                files.extend(to.map(|(_, it)| it));
            }
            Some(Relation::Generates) => files.extend(object.text("from", session)),
            None if element.has_odd_relation => drop(object.text("relationshipType", session)),
            Some(Relation::ConcludedLicense | Relation::Output | Relation::Other) | None => {}
        }
    }
    files
}

/// True when an identifier is one of a package.
fn is_package(id: Option<&str>, index: &Index<'_, '_>) -> bool {
    id.and_then(|it| index.get(it))
        .is_some_and(|it| it.class == Class::Package)
}

fn about(
    elements: &[Element<'_>],
    index: &Index<'_, '_>,
    fragment: &mut Fragment,
    session: &mut Session<'_>,
) -> Inputs {
    let mut inputs = Inputs::default();
    fragment.lifecycle = Lifecycle::Unknown;
    for element in elements {
        let Element { object, .. } = element;
        match element.class(session) {
            Class::Annotation => {
                let statement = object.text("statement", session).unwrap_or_default();
                if !is_package(object.text("subject", session), index) {
                    for group in &lines::parse(statement) {
                        inputs.take(group);
                    }
                }
            }
            Class::CreationInfo => {
                let version = object.required("specVersion", session).unwrap_or_default();
                let document = ["SPDX ", version].concat();
                fragment.properties.push((DOCUMENT.into(), document.into()));
                if let Some(time) = object.required("created", session) {
                    let name = "bomtrail:document:timestamp".into();
                    fragment.properties.push((name, time.into()));
                }
                let find = |id: &str| index.get(id).map(|it| it.object.clone());
                for (name, value) in maker::of_creation(object, find, session) {
                    fragment.properties.push((name.into(), value.into()));
                }
            }
            Class::Document => {
                let serial = element.id(session).unwrap_or_default();
                let name = "bomtrail:document:serial".into();
                fragment.properties.push((name, serial.into()));
                let name = object.text("name", session);
                let name = name.map(|it| (DOCUMENT_NAME.into(), it.into()));
                fragment.properties.extend(name);
            }
            Class::Sbom => {
                for (_, kind) in object.texts("software_sbomType", session) {
                    fragment.lifecycle = match kind {
                        "source" | "design" => Lifecycle::PreBuild,
                        "build" | "analyzed" | "deployed" | "runtime" => Lifecycle::Build,
                        _ => fragment.lifecycle,
                    };
                }
            }
            _ => {}
        }
    }
    fragment.lifecycle = inputs.lifecycle.unwrap_or(fragment.lifecycle);
    fragment.properties.extend(inputs.properties());
    inputs
}

fn roots<'v>(element: &Object<'v>, parts: &mut Parts<'v>, session: &mut Session<'_>) {
    // Of a document without a project, ours says so, and names what it must.
    element.rest("SBOMs", &KEPT_OF_SBOM, session);
    let comment = element.text("comment", session);
    let unrooted = comment == Some(UNROOTED);
    if !unrooted && comment.is_some() {
        session.unkept("comments of SBOMs");
    }
    if !unrooted {
        let roots = element.texts("rootElement", session).into_iter();
        parts.described.extend(roots.map(|(_, id)| id));
    }
}

fn note<'v>(
    element: &Object<'v>,
    positions: &Positions<'_>,
    inputs: &Inputs,
    parts: &mut Parts<'v>,
    session: &mut Session<'_>,
) {
    let subject = element.text("subject", session).unwrap_or_default();
    let statement = element.text("statement", session).unwrap_or_default();
    let draft = positions
        .get(subject)
        .and_then(|at| parts.drafts.get_mut(*at));
    let groups = lines::parse(statement);
    let taken = match draft {
        Some(draft) => groups.iter().any(|it| notes::take(draft, it, inputs)),
        None => groups.iter().any(|it| Inputs::default().take(it)),
    };
    if !taken {
        session.unkept("annotations");
    }
}
