//! SPDX 2.2 and 2.3 in the shape of the JSON encoding: packages, relationships, licences outside the list.

use std::collections::BTreeMap;

use bomtrail_graph::{
    Completeness, Component, Details, Fact, Fragment, Hash, HashAlgorithm, Kind, License,
    Lifecycle, Need, Phase, Purl, Taxonomy, Text,
};
use bomtrail_json::{Object, Session};

use super::assemble::{Draft, Facts, Hint, Parts, assemble};
use super::notes::{self, Inputs};
use super::{empty, origin_agent};
use crate::diags;
use crate::license::{ELSEWHERE, reference};
use crate::lines;
use crate::spdx2::{DOCUMENT, INCOMPLETE, UNROOTED};

const KEPT: [&str; 13] = [
    "$schema",
    "SPDXID",
    "spdxVersion",
    "dataLicense",
    "name",
    "documentNamespace",
    "creationInfo",
    "annotations",
    "packages",
    "relationships",
    "hasExtractedLicensingInfos",
    "documentDescribes",
    "comment",
];
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
/// "Nobody says" and "there is none".
const NO_ASSERTION: &str = "NOASSERTION";
const NONE: &str = "NONE";

/// Licences outside the SPDX list, by their identifier.
type Extracted<'v> = BTreeMap<&'v str, &'v str>;

/// Reads a whole document.
pub(super) fn read_document(document: &Object<'_>, session: &mut Session<'_>) -> Fragment {
    let mut fragment = empty(session.path());
    let version = document
        .required("spdxVersion", session)
        .unwrap_or_default();
    if !version.starts_with("SPDX-2.") {
        session.invalid(
            "/spdxVersion",
            &format!("`{version}` is no version that is read here"),
        );
        return fragment;
    }
    for key in ["SPDXID", "dataLicense", "name", "documentNamespace"] {
        document.required(key, session);
    }
    document.rest("the document", &KEPT, session);
    let inputs = about(document, version, &mut fragment, session);
    let extracted = extracted(document, session);
    let mut parts = Parts::default();
    for object in document.objects("packages", session) {
        let draft = package(&object, &extracted, &inputs, session);
        parts.drafts.push(draft);
    }
    for (_, id) in document.texts("documentDescribes", session) {
        parts.described.push(id);
    }
    for object in document.objects("relationships", session) {
        relationship(&object, &mut parts, session);
    }
    assemble(parts, &mut fragment, session);
    fragment
}

fn about(
    document: &Object<'_>,
    version: &str,
    fragment: &mut Fragment,
    session: &mut Session<'_>,
) -> Inputs {
    let mut inputs = Inputs::default();
    for annotation in document.objects("annotations", session) {
        let comment = annotation.text("comment", session).unwrap_or_default();
        if !lines::parse(comment).iter().any(|it| inputs.take(it)) {
            session.unkept("annotations of the document");
        }
    }
    let version = version.replace('-', " ");
    let mut facts = vec![("bomtrail:document", version)];
    let namespace = document.text("documentNamespace", session);
    facts.extend(namespace.map(|it| ("bomtrail:document:serial", it.to_owned())));
    let creation = document.object("creationInfo", session);
    if creation.is_none() {
        session.invalid("", "`creationInfo` is missing");
    }
    let mut said = None;
    if let Some(creation) = creation {
        if let Some(time) = creation.required("created", session) {
            if !is_time(time) {
                let message =
                    format!("`{time}` is no time as SPDX has it (`2026-01-31T12:00:00Z`)");
                session.invalid("/creationInfo/created", &message);
            }
            facts.push(("bomtrail:document:timestamp", time.to_owned()));
        }
        said = creation.text("comment", session);
    }
    let kind = said.map_or(Lifecycle::Unknown, |it| match it {
        it if it.contains("SBOM Type: Source") => Lifecycle::PreBuild,
        it if it.contains("SBOM Type: Build") => Lifecycle::Build,
        _ => Lifecycle::Unknown,
    });
    fragment.lifecycle = inputs.lifecycle.unwrap_or(kind);
    let known = inputs
        .properties
        .iter()
        .filter(|(name, _)| !name.starts_with("bomtrail:document"));
    fragment.properties.extend(known.cloned());
    let facts = facts
        .into_iter()
        .map(|(name, value)| (name.into(), value.into()));
    fragment.properties.extend(facts);
    inputs
}

/// `YYYY-MM-DDThh:mm:ssZ`, the only form SPDX 2 has.
fn is_time(text: &str) -> bool {
    let pattern = b"0000-00-00T00:00:00Z";
    let fits = |(c, p): (u8, &u8)| {
        if *p == b'0' {
            c.is_ascii_digit()
        } else {
            c == *p
        }
    };
    text.len() == pattern.len() && text.bytes().zip(pattern).all(fits)
}

fn extracted<'v>(document: &Object<'v>, session: &mut Session<'_>) -> Extracted<'v> {
    let mut all = Extracted::new();
    for object in document.objects("hasExtractedLicensingInfos", session) {
        let id = object.required("licenseId", session).unwrap_or_default();
        let text = object.text("extractedText", session).unwrap_or_default();
        all.insert(id, text);
    }
    all
}

fn package<'v>(
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
            &format!("`{id}` is no SPDX identifier"),
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
    component.hashes = checksums(object, session).into();
    let location = object.required("downloadLocation", session);
    component.source = asserted(location).map(Into::into);
    licenses(object, extracted, component, session);
    texts(object, component, session);
    external_refs(object, component, session);
    check_agreement(object, component, session);
    for (key, what) in [
        ("supplier", "`supplier` of packages"),
        ("copyrightText", "`copyrightText` of packages"),
    ] {
        if asserted(object.text(key, session)).is_some() {
            session.unkept(what);
        }
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

/// A text that says something.
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

fn checksums(object: &Object<'_>, session: &mut Session<'_>) -> Vec<Hash> {
    let mut hashes = Vec::new();
    for item in object.objects("checksums", session) {
        let name = item.required("algorithm", session).unwrap_or_default();
        let value = item.required("checksumValue", session).unwrap_or_default();
        let Some(algorithm) = HashAlgorithm::from_name(name) else {
            session.unkept(&format!("`{name}` checksums"));
            continue;
        };
        let digits = algorithm.digest_len() * 2;
        match Hash::from_hex(algorithm, value) {
            Some(hash) => hashes.push(hash),
            None => session.invalid(
                &item.at("checksumValue"),
                &format!("a {name} checksum is {digits} hexadecimal digits"),
            ),
        }
    }
    hashes
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

/// The words that a reference of ours stands for; else the text itself.
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
                    component.taxonomy = Taxonomy::of_type(purl.package_type());
                    component.purl = Some(purl);
                }
                Err(error) => {
                    let place = reference.at("referenceLocator");
                    let error = error.to_string();
                    session.tell(diags::bad_purl(session.path(), &place, locator, &error));
                }
            },
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

/// What a relationship type says, if it is one of a dependency; and whether it points from what depends.
fn dependency(kind: &str) -> Option<(bool, Hint)> {
    let phase = |phase| Hint {
        phase: Some(phase),
        need: None,
    };
    let need = |need| Hint {
        phase: None,
        need: Some(need),
    };
    let hint = match kind {
        "DEPENDS_ON" | "HAS_PREREQUISITE" => return Some((true, Hint::default())),
        "DEPENDENCY_OF" | "PREREQUISITE_FOR" => Hint::default(),
        "BUILD_DEPENDENCY_OF" | "BUILD_TOOL_OF" => phase(Phase::Build),
        "TEST_DEPENDENCY_OF" | "TEST_TOOL_OF" => phase(Phase::Test),
        "DEV_DEPENDENCY_OF" | "DEV_TOOL_OF" => phase(Phase::Develop),
        "RUNTIME_DEPENDENCY_OF" => phase(Phase::Runtime),
        "OPTIONAL_DEPENDENCY_OF" => need(Need::Optional),
        "PROVIDED_DEPENDENCY_OF" => need(Need::Peer),
        _ => return None,
    };
    Some((false, hint))
}

fn relationship<'v>(object: &Object<'v>, parts: &mut Parts<'v>, session: &mut Session<'_>) {
    let (Some(from), Some(kind), Some(to)) = (
        object.required("spdxElementId", session),
        object.required("relationshipType", session),
        object.required("relatedSpdxElement", session),
    ) else {
        return;
    };
    let comment = object.text("comment", session).unwrap_or_default();
    match kind {
        "DESCRIBES" if from == DOCUMENT => {
            if comment != UNROOTED && to != NO_ASSERTION {
                parts.described.push(to);
            }
            return;
        }
        "DESCRIBED_BY" if to == DOCUMENT => return parts.described.push(from),
        "CONTAINS" | "CONTAINED_BY" if from != DOCUMENT && to != DOCUMENT => {
            return session.unkept("containment of packages");
        }
        _ => {}
    }
    let groups: Option<Vec<Facts>> = lines::parse(comment)
        .iter()
        .map(|it| Facts::of_lines(it))
        .collect();
    let told = groups.filter(|it| !it.is_empty());
    let is_conflict = |it: &Vec<Facts>| it.iter().all(|it| it.need() == Need::Conflicts);
    let pointer = || object.pointer().to_owned();
    let end = (to != NO_ASSERTION).then_some(to);
    match (kind, told) {
        ("OTHER", Some(facts)) if is_conflict(&facts) => {
            parts
                .told
                .extend(facts.into_iter().map(|it| (from, end, it, pointer())));
        }
        ("DEPENDS_ON", Some(facts)) => {
            parts
                .told
                .extend(facts.into_iter().map(|it| (from, end, it, pointer())));
            parts.named.push(from);
        }
        ("DEPENDS_ON", None) if to == NONE => parts.named.push(from),
        ("DEPENDS_ON", None) if to == NO_ASSERTION => {
            let known = if comment == INCOMPLETE {
                Completeness::Incomplete
            } else {
                Completeness::Unknown
            };
            parts.stated.push((from, known));
        }
        _ => match dependency(kind) {
            Some((forward, hint)) => {
                let (from, to) = if forward { (from, to) } else { (to, from) };
                parts.hinted.push((from, to, hint, pointer()));
                parts.named.push(from);
            }
            None => session.unkept(&format!("relationships of type `{kind}`")),
        },
    }
}
