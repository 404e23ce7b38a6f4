//! SPDX 3.0 in JSON-LD: packages, relationships, notes, and the elements they share. Elements may be named by an IRI or a
//! blank node; JSON-LD that is not in the compact form of the specification's own context is not read.

use std::collections::HashMap;

use bomtrail_graph::{
    Completeness, Component, Details, Fact, Fragment, Hash, HashAlgorithm, Kind, License,
    Lifecycle, Need, Person, Phase, Purl, Taxonomy, Text,
};
use bomtrail_json::{Object, Session};

use super::assemble::{Draft, Facts, Hint, Parts, assemble};
use super::empty;
use super::notes::{self, Inputs};
use crate::diags;
use crate::license::{ELSEWHERE, reference};
use crate::lines;
use crate::spdx3::{NO_ASSERTION, NONE, NONE_LICENSE};

/// What is kept of a package, or looked at.
const KEPT: [&str; 15] = [
    "type",
    "@id",
    "spdxId",
    "creationInfo",
    "name",
    "description",
    "externalIdentifier",
    "externalRef",
    "verifiedUsing",
    "originatedBy",
    "software_primaryPurpose",
    "software_packageVersion",
    "software_packageUrl",
    "software_downloadLocation",
    "software_homePage",
];
/// Classes whose elements say nothing that the graph has a place for, or are looked up from others.
const QUIET: [&str; 9] = [
    "CreationInfo",
    "SoftwareAgent",
    "Tool",
    "Agent",
    "SpdxDocument",
    "software_File",
    "simplelicensing_LicenseExpression",
    "simplelicensing_SimpleLicensingText",
    "expandedlicensing_ListedLicense",
];

/// Elements by their identifier.
type Index<'v> = HashMap<&'v str, Object<'v>>;

/// Reads a whole document.
pub(super) fn read_document(document: &Object<'_>, session: &mut Session<'_>) -> Fragment {
    let mut fragment = empty(session.path());
    let elements = document.objects("@graph", session);
    if elements.is_empty() {
        session.invalid("", "`@graph` has no elements");
        return fragment;
    }
    let mut index = Index::with_capacity(elements.len());
    for element in &elements {
        if let Some(id) = id(element, session) {
            index.insert(id, element.clone());
        }
    }
    let inputs = about(&elements, &mut fragment, session);
    let mut parts = Parts::default();
    for element in &elements {
        let class = element.required("type", session).unwrap_or_default();
        match class {
            "software_Package" => {
                let draft = package(element, &index, session);
                parts.drafts.push(draft);
            }
            "software_Sbom" | "Bom" => roots(element, &mut parts, session),
            "Relationship"
            | "LifecycleScopedRelationship"
            | "Annotation"
            | "Person"
            | "Organization" => {}
            class if QUIET.contains(&class) => {}
            class => session.unkept(&format!("elements of class `{class}`")),
        }
    }
    let positions: HashMap<&str, usize> = parts
        .drafts
        .iter()
        .enumerate()
        .map(|(at, it)| (it.id, at))
        .collect();
    for element in &elements {
        match element.text("type", session).unwrap_or_default() {
            "Annotation" => note(element, &positions, &inputs, &mut parts, session),
            "Relationship" | "LifecycleScopedRelationship" => {
                relationship(element, &index, &positions, &mut parts, session);
            }
            _ => {}
        }
    }
    assemble(parts, &mut fragment, session);
    fragment
}

fn id<'v>(element: &Object<'v>, session: &mut Session<'_>) -> Option<&'v str> {
    element
        .text("spdxId", session)
        .or_else(|| element.text("@id", session))
}

fn about(elements: &[Object<'_>], fragment: &mut Fragment, session: &mut Session<'_>) -> Inputs {
    let mut inputs = Inputs::default();
    fragment.lifecycle = Lifecycle::Unknown;
    for element in elements {
        match element.text("type", session).unwrap_or_default() {
            "Annotation" => {
                let statement = element.text("statement", session).unwrap_or_default();
                for group in lines::parse(statement) {
                    inputs.take(&group);
                }
            }
            "CreationInfo" => {
                let version = element.required("specVersion", session).unwrap_or_default();
                let document = ["SPDX ", version].concat();
                fragment
                    .properties
                    .push(("bomtrail:document".into(), document.into()));
                if let Some(time) = element.required("created", session) {
                    let name = "bomtrail:document:timestamp".into();
                    fragment.properties.push((name, time.into()));
                }
            }
            "SpdxDocument" => {
                let serial = id(element, session).unwrap_or_default();
                let name = "bomtrail:document:serial".into();
                fragment.properties.push((name, serial.into()));
            }
            "software_Sbom" => {
                for (_, kind) in element.texts("software_sbomType", session) {
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
    fragment
        .properties
        .extend(inputs.properties.iter().cloned());
    inputs
}

fn roots<'v>(element: &Object<'v>, parts: &mut Parts<'v>, session: &mut Session<'_>) {
    // Of a document without a project, ours says so, and names what it must.
    let unrooted = element.text("comment", session) == Some(crate::spdx2::UNROOTED);
    if !unrooted {
        let roots = element.texts("rootElement", session).into_iter();
        parts.described.extend(roots.map(|(_, id)| id));
    }
}

fn package<'v>(element: &Object<'v>, index: &Index<'v>, session: &mut Session<'_>) -> Draft<'v> {
    element.rest("packages", &KEPT, session);
    let mut draft = Draft {
        id: id(element, session).unwrap_or_default(),
        pointer: element.pointer().to_owned(),
        ..Draft::default()
    };
    let component = &mut draft.component;
    component.name = element.required("name", session).unwrap_or_default().into();
    component.version = element
        .text("software_packageVersion", session)
        .map(Into::into);
    component.kind = kind(element.text("software_primaryPurpose", session));
    component.hashes = hashes(element, session).into();
    component.source = element
        .text("software_downloadLocation", session)
        .map(Into::into);
    purl(element, component, session);
    let mut set = |key: &str, slot: fn(&mut Details) -> &mut Option<Text>| {
        if let Some(text) = element.text(key, session) {
            *slot(component.details_mut()) = Some(text.into());
        }
    };
    set("description", |it| &mut it.description);
    set("software_homePage", |it| &mut it.homepage);
    for (_, agent) in element.texts("originatedBy", session) {
        if let Some(agent) = index.get(agent) {
            let person = person(agent, session);
            component.details_mut().authors.push(person);
        }
    }
    for reference in element.objects("externalRef", session) {
        let kind = reference
            .text("externalRefType", session)
            .unwrap_or_default();
        for (_, locator) in reference.texts("locator", session) {
            match kind {
                "issueTracker" => component.details_mut().bugs = Some(locator.into()),
                "vcs" => component.details_mut().repository = Some(locator.into()),
                "funding" => component.details_mut().funding.push(locator.into()),
                kind => session.unkept(&format!("external references of type `{kind}`")),
            }
        }
    }
    draft
}

fn kind(purpose: Option<&str>) -> Kind {
    let kinds = [
        Kind::Application,
        Kind::Library,
        Kind::Platform,
        Kind::Framework,
        Kind::File,
    ];
    match purpose {
        None => Kind::Library,
        Some(purpose) => kinds
            .into_iter()
            .find(|it| it.name() == purpose)
            .unwrap_or(Kind::Other),
    }
}

fn purl(element: &Object<'_>, component: &mut Component, session: &mut Session<'_>) {
    let mut texts: Vec<_> = element
        .text("software_packageUrl", session)
        .into_iter()
        .collect();
    for identifier in element.objects("externalIdentifier", session) {
        let text = identifier.text("identifier", session);
        match identifier
            .text("externalIdentifierType", session)
            .unwrap_or_default()
        {
            "packageUrl" => texts.extend(text),
            kind => session.unkept(&format!("identifiers of type `{kind}`")),
        }
    }
    let Some(text) = texts.first() else { return };
    match Purl::normalize(text) {
        Ok(purl) => {
            component.taxonomy = Taxonomy::of_type(purl.package_type());
            component.purl = Some(purl);
        }
        Err(error) => {
            let place = element.at("software_packageUrl");
            session.tell(diags::bad_purl(
                session.path(),
                &place,
                text,
                &error.to_string(),
            ));
        }
    }
}

fn hashes(element: &Object<'_>, session: &mut Session<'_>) -> Vec<Hash> {
    let mut hashes = Vec::new();
    for item in element.objects("verifiedUsing", session) {
        let name = item.required("algorithm", session).unwrap_or_default();
        let value = item.required("hashValue", session).unwrap_or_default();
        let Some(algorithm) = HashAlgorithm::from_name(name) else {
            session.unkept(&format!("`{name}` hashes"));
            continue;
        };
        let digits = algorithm.digest_len() * 2;
        match Hash::from_hex(algorithm, value) {
            Some(hash) => hashes.push(hash),
            None => session.invalid(
                &item.at("hashValue"),
                &format!("a {name} hash is {digits} hexadecimal digits"),
            ),
        }
    }
    hashes
}

fn person(agent: &Object<'_>, session: &mut Session<'_>) -> Person {
    let mut person = Person {
        name: agent.text("name", session).unwrap_or_default().into(),
        ..Person::default()
    };
    for identifier in agent.objects("externalIdentifier", session) {
        if identifier.text("externalIdentifierType", session) == Some("email") {
            person.email = identifier.text("identifier", session).map(Into::into);
        }
    }
    person
}

fn note<'v>(
    element: &Object<'v>,
    positions: &HashMap<&str, usize>,
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

fn relationship<'v>(
    element: &Object<'v>,
    index: &Index<'v>,
    positions: &HashMap<&str, usize>,
    parts: &mut Parts<'v>,
    session: &mut Session<'_>,
) {
    let (Some(from), Some(kind)) = (
        element.required("from", session),
        element.required("relationshipType", session),
    ) else {
        return;
    };
    let to: Vec<&str> = element
        .texts("to", session)
        .into_iter()
        .map(|(_, it)| it)
        .collect();
    let position = positions.get(from).copied();
    match kind {
        "hasDeclaredLicense" | "hasConcludedLicense" => {
            let draft = position.and_then(|at| parts.drafts.get_mut(at));
            for license in to {
                let draft = draft.as_deref();
                let is_known = draft.is_none_or(|it| it.component.licenses != Fact::Unknown);
                if is_known {
                    continue;
                }
                let found = license_of(license, index, session);
                if let (Some(found), Some(at)) = (found, position)
                    && let Some(draft) = parts.drafts.get_mut(at)
                {
                    draft.component.licenses = Fact::Known(found.into());
                }
                break;
            }
        }
        "hasDistributionArtifact" => {}
        "dependsOn"
        | "hasPrerequisite"
        | "hasOptionalDependency"
        | "hasProvidedDependency"
        | "other" => dependency(element, (from, kind, &to), parts, session),
        kind => session.unkept(&format!("relationships of type `{kind}`")),
    }
}

/// The licences that an element names; `None` when it says that nobody knows.
fn license_of(id: &str, index: &Index<'_>, session: &mut Session<'_>) -> Option<Vec<License>> {
    if id == NONE_LICENSE {
        return Some(Vec::new());
    }
    let element = index.get(id)?;
    let expression = element.text("simplelicensing_licenseExpression", session)?;
    for entry in element.objects("simplelicensing_customIdToUri", session) {
        let is_whole = entry.text("key", session) == Some(expression);
        let words = entry.text("value", session).and_then(|it| index.get(it));
        let words = words.and_then(|it| it.text("simplelicensing_licenseText", session));
        let ours = words.filter(|it| *it != ELSEWHERE && reference(it) == expression);
        if let Some(words) = ours.filter(|_| is_whole) {
            return Some(License::declared(words).into_iter().collect());
        }
    }
    Some(License::declared(expression).into_iter().collect())
}

fn dependency<'v>(
    element: &Object<'v>,
    (from, kind, to): (&'v str, &str, &[&'v str]),
    parts: &mut Parts<'v>,
    session: &mut Session<'_>,
) {
    let pointer = || element.pointer().to_owned();
    let comment = element.text("comment", session).unwrap_or_default();
    if let Some(told) = told(comment, to) {
        let is_dependency = kind == "dependsOn";
        parts.told.extend(
            told.into_iter()
                .map(|(to, facts)| (from, to, facts, pointer())),
        );
        if is_dependency {
            parts.named.push(from);
        }
    } else if kind == "other" {
        return session.unkept("relationships of type `other`");
    } else {
        let phase = element
            .text("scope", session)
            .and_then(|scope| match scope {
                "build" => Some(Phase::Build),
                "test" => Some(Phase::Test),
                "development" => Some(Phase::Develop),
                "runtime" => Some(Phase::Runtime),
                _ => None,
            });
        let need = match kind {
            "hasOptionalDependency" => Some(Need::Optional),
            "hasProvidedDependency" => Some(Need::Peer),
            _ => None,
        };
        let ends = to.iter().filter(|it| !matches!(**it, NONE | NO_ASSERTION));
        let hint = Hint { phase, need };
        parts
            .hinted
            .extend(ends.map(|to| (from, *to, hint, pointer())));
        parts.named.push(from);
    }
    let stated = match element.text("completeness", session) {
        Some("complete") => Some(Completeness::Complete),
        Some("incomplete") => Some(Completeness::Incomplete),
        Some(_) => Some(Completeness::Unknown),
        None if kind != "other" && to.contains(&NO_ASSERTION) => Some(Completeness::Unknown),
        None => None,
    };
    parts.stated.extend(stated.map(|it| (from, it)));
}

/// The edges that a comment of ours tells of; `None` for the comment of another.
fn told<'v>(comment: &str, to: &[&'v str]) -> Option<Vec<(Option<&'v str>, Facts)>> {
    let groups = lines::parse(comment);
    let mut all = Vec::with_capacity(groups.len());
    for group in &groups {
        let (("to", target), rest) = group
            .split_first()
            .map(|((key, value), rest)| ((*key, value), rest))?
        else {
            return None;
        };
        let is_it = |iri: &&&str| iri.rsplit_once('#').is_some_and(|(_, name)| name == target);
        let to = to.iter().find(is_it).copied();
        if to.is_none() && !target.is_empty() {
            return None;
        }
        all.push((to, Facts::of_lines(rest)?));
    }
    (!all.is_empty()).then_some(all)
}
