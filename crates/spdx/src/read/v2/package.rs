//! A package of SPDX 2: its fields, its licences, its references, and our notes about it.

use bomtrail_document::{Object, Session};
use bomtrail_graph::{Component, Details, Ecosystem, Fact, Kind, License, Purl, Reference, Text};

use super::super::assemble::Draft;
use super::super::notes::{self, Inputs};
use super::super::{DigestFields, digests, origin_agent};
use super::{Extracted, NO_ASSERTION, NONE};
use crate::diags;
use crate::license::{self, Extracted as Outside};
use crate::location::file_name;
use crate::notes::lines;
use crate::references;

/// The fields of a package that are read.
const KEPT_OF_PACKAGE: [&str; 19] = [
    "SPDXID",
    "name",
    "versionInfo",
    "packageFileName",
    "primaryPackagePurpose",
    "supplier",
    "originator",
    "downloadLocation",
    "filesAnalyzed",
    "checksums",
    "homepage",
    "licenseConcluded",
    "licenseDeclared",
    "licenseComments",
    "copyrightText",
    "description",
    "externalRefs",
    "annotations",
    "comment",
];

/// The fields of a package's digests.
const CHECKSUMS: DigestFields = DigestFields {
    list: "checksums",
    value: "checksumValue",
    word: "checksum",
    words: "checksums",
};

pub(super) fn package<'v>(
    object: &Object<'v>,
    extracted: &Extracted<'v>,
    inputs: &Inputs,
    session: &mut Session<'_>,
) -> Draft<'v> {
    object.rest("packages", &KEPT_OF_PACKAGE, session);
    let id = object.required("SPDXID", session).unwrap_or_default();
    if !is_id(id) {
        session.invalid(
            &object.at("SPDXID"),
            &format!("`{id}` is not an SPDX identifier (`SPDXRef-` and letters, digits, `.`, `-`)"),
        );
    }
    let mut draft = Draft {
        id,
        pointer: object.pointer().clone(),
        ..Draft::default()
    };
    let component = &mut draft.component;
    component.name = object.required("name", session).unwrap_or_default().into();
    component.version = object.text("versionInfo", session).map(Into::into);
    component.kind = kind(object.text("primaryPackagePurpose", session), session);
    component.hashes = digests(object, &CHECKSUMS, session).into();
    let location = object.required("downloadLocation", session);
    component.source = asserted(location).map(Into::into);
    if location == Some(NONE) {
        session.unkept("download locations that are `NONE`");
    }
    unsaid(object, component, session);
    licenses(object, extracted, component, session);
    texts(object, component, session);
    external_refs(object, component, session);
    check_agreement(object, component, session);
    if let Some(agent) = asserted(object.text("supplier", session)) {
        let details = component.details_mut();
        details.supplier = Some(origin_agent(agent));
        details.supplier_is_person = agent.starts_with("Person:");
    }
    for annotation in object.objects("annotations", session) {
        let comment = annotation.text("comment", session).unwrap_or_default();
        let groups = lines::parse(comment);
        if !groups.iter().any(|it| notes::take(&mut draft, it, inputs)) {
            session.unkept("annotations of packages");
        }
    }
    draft
}

/// A text that makes a statement.
fn asserted(text: Option<&str>) -> Option<&str> {
    text.filter(|it| !matches!(*it, NO_ASSERTION | NONE | ""))
}

/// `SPDXRef-` and letters, digits, `.` and `-`.
fn is_id(id: &str) -> bool {
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-');
    id.strip_prefix("SPDXRef-")
        .is_some_and(|it| !it.is_empty() && it.chars().all(allowed))
}

fn kind(purpose: Option<&str>, session: &mut Session<'_>) -> Kind {
    match purpose {
        Some("APPLICATION") => Kind::Application,
        Some("FRAMEWORK") => Kind::Framework,
        Some("FILE") => Kind::File,
        Some("LIBRARY") | None => Kind::Library,
        Some("OTHER") => Kind::Other,
        Some(other) => {
            session.unkept(&format!("purpose `{other}` of packages"));
            Kind::Other
        }
    }
}

/// Counts what the graph has no place for and our own writer derives from other facts.
fn unsaid(object: &Object<'_>, component: &Component, session: &mut Session<'_>) {
    let file = object.text("packageFileName", session);
    if file.is_some() && file != file_name(component) {
        session.unkept("`packageFileName` of packages");
    }
    if object.flag("filesAnalyzed", session) {
        session.unkept("`filesAnalyzed` of packages");
    }
    let comment = object.text("licenseComments", session);
    if comment.is_some_and(|it| !license::is_comment(it)) {
        session.unkept("`licenseComments` of packages");
    }
}

fn licenses(
    object: &Object<'_>,
    extracted: &Extracted<'_>,
    component: &mut Component,
    session: &mut Session<'_>,
) {
    let mut texts: Vec<(Text, Text)> = Vec::new();
    let mut check = |key: &str| {
        let text = object.text(key, session)?;
        let license = License::declared(plain(text, extracted));
        let known = matches!(text, NO_ASSERTION | NONE) || extracted.contains_key(text);
        for id in Outside::references(text) {
            let (name, words) = extracted.get(id).copied().unwrap_or_default();
            texts.extend(words.map(|it| (name.unwrap_or(id).into(), it.into())));
        }
        if !known && !License::declared(text).is_some_and(|it| it.is_expression()) {
            session.tell(diags::bad_license(session.path(), &object.at(key), text));
        }
        match text {
            NO_ASSERTION => None,
            NONE => Some(Vec::new()),
            _ => Some(license.into_iter().collect()),
        }
    };
    let declared = check("licenseDeclared");
    let concluded = check("licenseConcluded");
    if !texts.is_empty() {
        texts.sort_unstable();
        texts.dedup();
        component.details_mut().license_texts = texts;
    }
    for license in concluded.iter().flatten() {
        let properties = &mut component.details_mut().properties;
        properties.push(("bomtrail:license:concluded".into(), license.text().into()));
    }
    if let Some(licenses) = declared.or(concluded) {
        component.licenses = Fact::Known(licenses.into());
    }
}

/// What a reference of our own writer stands for; else the reference itself.
fn plain<'t>(text: &'t str, extracted: &Extracted<'t>) -> &'t str {
    let name = extracted.get(text).and_then(|(name, _)| *name);
    name.unwrap_or(text)
}

fn texts(object: &Object<'_>, component: &mut Component, session: &mut Session<'_>) {
    let mut set = |key: &str, slot: fn(&mut Details) -> &mut Option<Text>| {
        if let Some(text) = asserted(object.text(key, session)) {
            *slot(component.details_mut()) = Some(text.into());
        }
    };
    set("description", |it| &mut it.description);
    set("homepage", |it| &mut it.homepage);
    let mut state = |key: &str, slot: fn(&mut Details) -> &mut Option<Text>| {
        let text = object.text(key, session).filter(|it| *it != NO_ASSERTION);
        if let Some(text) = text {
            *slot(component.details_mut()) = Some(text.into());
        }
    };
    state("copyrightText", |it| &mut it.copyright);
    state("comment", |it| &mut it.comment);
    if let Some(agent) = asserted(object.text("originator", session)) {
        let details = component.details_mut();
        if agent.starts_with("Organization:") {
            details.manufacturer = Some(origin_agent(agent));
        } else {
            details.authors.push(origin_agent(agent));
        }
    }
}

fn external_refs(object: &Object<'_>, component: &mut Component, session: &mut Session<'_>) {
    for reference in object.objects("externalRefs", session) {
        let kind = reference
            .required("referenceType", session)
            .unwrap_or_default();
        let Some(locator) = reference.required("referenceLocator", session) else {
            continue;
        };
        let category = reference.text("referenceCategory", session);
        let comment = reference.text("comment", session);
        let kind = kind.rsplit('/').next().unwrap_or_default();
        let kind = references::of_category(category.unwrap_or_default(), kind);
        let is_plain = comment.is_none();
        let is_kept = match kind {
            "issue-tracker" => hold(&mut component.details_mut().bugs, locator) && is_plain,
            "vcs" => hold(&mut component.details_mut().repository, locator) && is_plain,
            "cpe23Type" | "cpe22Type" if is_plain => {
                component.details_mut().cpes.push(locator.into());
                true
            }
            "funding" if is_plain => {
                component.details_mut().funding.push(locator.into());
                true
            }
            _ => false,
        };
        match kind {
            _ if is_kept => {}
            "purl" if component.purl.is_none() => match Purl::normalize(locator) {
                Ok(purl) => {
                    component.ecosystem = Ecosystem::of_type(purl.package_type());
                    component.purl = Some(purl);
                }
                Err(error) => {
                    let place = reference.at("referenceLocator");
                    let error = error.to_string();
                    session.tell(diags::bad_purl(session.path(), &place, locator, &error));
                }
            },
            kind => component.details_mut().references.push(Reference {
                kind: kind.into(),
                url: locator.into(),
                comment: comment.map(Into::into),
                hashes: Vec::new(),
            }),
        }
    }
}

/// Stores a text that is not there yet; false when there is another.
fn hold(slot: &mut Option<Text>, text: &str) -> bool {
    &**slot.get_or_insert_with(|| text.into()) == text
}

fn check_agreement(object: &Object<'_>, component: &Component, session: &mut Session<'_>) {
    let Some(purl) = &component.purl else { return };
    let last = |text: &str| {
        let name = text.rsplit(['/', ':']).next().unwrap_or_default();
        name.to_lowercase().replace(['_', '.'], "-")
    };
    let version = component.version.as_deref().filter(|it| !it.is_empty());
    let versions = purl.version().zip(version);
    let differ =
        versions.is_some_and(|(a, b)| a.trim_start_matches('v') != b.trim_start_matches('v'));
    if last(&purl.name()) != last(&component.name) || differ {
        let stated = match version {
            Some(version) => format!("{}@{version}", component.name),
            None => component.name.to_string(),
        };
        let place = object.at("externalRefs");
        session.tell(diags::purl_disagrees(
            session.path(),
            &place,
            purl.as_str(),
            &stated,
        ));
    }
}
