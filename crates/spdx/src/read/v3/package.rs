//! A package of SPDX 3: its fields, its identifiers and the agents it is from.

use bomtrail_document::{Object, Session};
use bomtrail_graph::{Component, Details, Ecosystem, Kind, Person, Purl, Reference, Text};

use super::super::assemble::Draft;
use super::super::{DigestFields, digests};
use super::Index;
use super::element::{Class, Element};
use crate::diags;
use crate::references;

/// The fields of a package that are read.
const KEPT: [&str; 19] = [
    "type",
    "@id",
    "spdxId",
    "creationInfo",
    "name",
    "description",
    "comment",
    "externalIdentifier",
    "externalRef",
    "verifiedUsing",
    "originatedBy",
    "suppliedBy",
    "software_copyrightText",
    "@context",
    "software_primaryPurpose",
    "software_packageVersion",
    "software_packageUrl",
    "software_downloadLocation",
    "software_homePage",
];

/// The fields of a package's digests.
pub(super) const HASHES: DigestFields = DigestFields {
    list: "verifiedUsing",
    value: "hashValue",
    word: "hash",
    words: "hashes",
};

pub(super) fn package<'v>(
    package: &Element<'v>,
    index: &Index<'_, 'v>,
    session: &mut Session<'_>,
) -> Draft<'v> {
    let element = &package.object;
    element.rest("packages", &KEPT, session);
    let mut draft = Draft {
        id: package.id(session).unwrap_or_default(),
        pointer: element.pointer().clone(),
        all_noted: true,
        ..Draft::default()
    };
    let component = &mut draft.component;
    component.name = element.required("name", session).unwrap_or_default().into();
    component.version = element
        .text("software_packageVersion", session)
        .map(Into::into);
    component.kind = kind(element.text("software_primaryPurpose", session), session);
    component.hashes = digests(element, &HASHES, session).into();
    component.source = element
        .text("software_downloadLocation", session)
        .map(Into::into);
    purl(element, component, session);
    let mut set = |key: &str, slot: fn(&mut Details) -> &mut Option<Text>| {
        if let Some(text) = element.text(key, session) {
            *slot(component.details_mut()) = Some(text.into());
        }
    };
    set("software_copyrightText", |it| &mut it.copyright);
    set("comment", |it| &mut it.comment);
    set("description", |it| &mut it.description);
    set("software_homePage", |it| &mut it.homepage);
    if let Some(agent) = element.text("suppliedBy", session) {
        match index.get(agent) {
            Some(agent) => {
                let details = component.details_mut();
                details.supplier = Some(person(&agent.object, session));
                details.supplier_is_person = agent.class == Class::Person;
            }
            None => session.unkept("suppliers that are not in the document"),
        }
    }
    for (_, agent) in element.texts("originatedBy", session) {
        if let Some(agent) = index.get(agent) {
            let person = person(&agent.object, session);
            let details = component.details_mut();
            if agent.class == Class::Organization && details.manufacturer.is_none() {
                details.manufacturer = Some(person);
            } else {
                details.authors.push(person);
            }
        } else {
            session.unkept("makers that are not in the document");
        }
    }
    external_refs(element, component, session);
    draft
}

fn external_refs(element: &Object<'_>, component: &mut Component, session: &mut Session<'_>) {
    for reference in element.objects("externalRef", session) {
        let kind = reference
            .text("externalRefType", session)
            .unwrap_or_default();
        let known = ["type", "@id", "externalRefType", "locator", "comment"];
        reference.rest("external references", &known, session);
        let comment = reference.text("comment", session);
        let (kind, comment) = references::of_v3_type(kind, comment);
        for (_, locator) in reference.texts("locator", session) {
            let details = component.details_mut();
            let slot = match kind {
                "issue-tracker" => Some(&mut details.bugs),
                "vcs" => Some(&mut details.repository),
                "funding" if comment.is_none() => {
                    details.funding.push(locator.into());
                    continue;
                }
                _ => None,
            };
            let held = slot.map(|it| &**it.get_or_insert_with(|| locator.into()));
            if held == Some(locator) && comment.is_none() {
                continue;
            }
            details.references.push(Reference {
                kind: kind.into(),
                url: locator.into(),
                comment: comment.map(Into::into),
                hashes: Vec::new(),
            });
        }
    }
}

fn kind(purpose: Option<&str>, session: &mut Session<'_>) -> Kind {
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
            .unwrap_or_else(|| {
                if purpose != Kind::Other.name() {
                    session.unkept(&format!("purpose `{purpose}` of packages"));
                }
                Kind::Other
            }),
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
            "cpe22" | "cpe23" => {
                let cpes = &mut component.details_mut().cpes;
                cpes.extend(text.map(Text::from));
            }
            kind => session.unkept(&format!("identifiers of type `{kind}`")),
        }
    }
    let Some(text) = texts.first() else { return };
    match Purl::normalize(text) {
        Ok(purl) => {
            component.ecosystem = Ecosystem::of_type(purl.package_type());
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

fn person(agent: &Object<'_>, session: &mut Session<'_>) -> Person {
    let mut person = Person {
        name: agent.text("name", session).unwrap_or_default().into(),
        ..Person::default()
    };
    for identifier in agent.objects("externalIdentifier", session) {
        let text = identifier.text("identifier", session).map(Into::into);
        match identifier.text("externalIdentifierType", session) {
            Some("email") => person.email = text,
            Some("urlScheme") => person.url = text,
            _ => {}
        }
    }
    person
}
