//! A package of SPDX 2: its fields, its licences, its references, and our notes about it.

use bomtrail_document::{Object, Session};
use bomtrail_graph::{Component, Details, Ecosystem, Fact, Kind, License, Purl, Text};

use super::super::assemble::Draft;
use super::super::notes::{self, Inputs};
use super::super::{DigestFields, digests, origin_agent};
use super::{Extracted, NO_ASSERTION, NONE};
use crate::diags;
use crate::license::{ELSEWHERE, reference};
use crate::notes::lines;

/// The fields of a package that are read.
const KEPT_OF_PACKAGE: [&str; 20] = [
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
    "hasFiles",
    "packageVerificationCode",
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
        pointer: object.pointer().to_owned(),
        ..Draft::default()
    };
    let component = &mut draft.component;
    component.name = object.required("name", session).unwrap_or_default().into();
    component.version = object.text("versionInfo", session).map(Into::into);
    component.kind = kind(object.text("primaryPackagePurpose", session));
    component.hashes = digests(object, &CHECKSUMS, session).into();
    let location = object.required("downloadLocation", session);
    component.source = asserted(location).map(Into::into);
    licenses(object, extracted, component, session);
    texts(object, component, session);
    external_refs(object, component, session);
    check_agreement(object, component, session);
    if let Some(agent) = asserted(object.text("supplier", session)) {
        component.details_mut().supplier = Some(origin_agent(agent));
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

fn kind(purpose: Option<&str>) -> Kind {
    match purpose {
        Some("APPLICATION") => Kind::Application,
        Some("FRAMEWORK") => Kind::Framework,
        Some("FILE") => Kind::File,
        Some("LIBRARY") | None => Kind::Library,
        Some(_) => Kind::Other,
    }
}

fn licenses(
    object: &Object<'_>,
    extracted: &Extracted<'_>,
    component: &mut Component,
    session: &mut Session<'_>,
) {
    let mut check = |key: &str| {
        let text = object.text(key, session)?;
        let license = License::declared(plain(text, extracted));
        let known = matches!(text, NO_ASSERTION | NONE) || extracted.contains_key(text);
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
    for license in concluded.iter().flatten() {
        let properties = &mut component.details_mut().properties;
        properties.push(("bomtrail:license:concluded".into(), license.text().into()));
    }
    if let Some(licenses) = declared.or(concluded) {
        component.licenses = Fact::Known(licenses.into());
    }
}

/// The licence text behind a reference of our own writer; else the text itself.
fn plain<'t>(text: &'t str, extracted: &Extracted<'t>) -> &'t str {
    let words = extracted.get(text).copied();
    words
        .filter(|it| *it != ELSEWHERE && reference(it) == text)
        .unwrap_or(text)
}

fn texts(object: &Object<'_>, component: &mut Component, session: &mut Session<'_>) {
    let mut set = |key: &str, slot: fn(&mut Details) -> &mut Option<Text>| {
        if let Some(text) = asserted(object.text(key, session)) {
            *slot(component.details_mut()) = Some(text.into());
        }
    };
    set("copyrightText", |it| &mut it.copyright);
    set("description", |it| &mut it.description);
    set("homepage", |it| &mut it.homepage);
    if let Some(agent) = asserted(object.text("originator", session)) {
        component.details_mut().authors.push(origin_agent(agent));
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
        let text = || Some(Text::from(locator));
        match kind.rsplit('/').next().unwrap_or_default() {
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
            "cpe23Type" | "cpe22Type" => component.details_mut().cpes.push(locator.into()),
            "issue-tracker" => component.details_mut().bugs = text(),
            "vcs" => component.details_mut().repository = text(),
            "funding" => component.details_mut().funding.push(locator.into()),
            kind => session.unkept(&format!("external references of type `{kind}`")),
        }
    }
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
