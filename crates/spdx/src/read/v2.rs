//! SPDX 2.2 and 2.3 in the shape of the JSON encoding: the document around packages and relationships.

mod package;
mod relationship;

use std::collections::BTreeMap;

use bomtrail_document::Json;
use bomtrail_document::{Object, Session};
use bomtrail_graph::{Diagnostics, Fragment, Lifecycle};

use super::assemble::{Parts, assemble};
use super::maker;
use super::notes::Inputs;
use super::{add_problems, empty};
use crate::diags::{self, CODES};
use crate::license::words_of;
use crate::notes::lines;
use crate::product::DOCUMENT_NAME;
use crate::v2::spec::Version;
use crate::v2::validate;
use package::package;
use relationship::relationship;

const KEPT: [&str; 11] = [
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
];
/// Not stated, and none.
const NO_ASSERTION: &str = "NOASSERTION";
const NONE: &str = "NONE";

/// Licences outside the SPDX list, by their identifier: what packages call them where that differs, and their text.
type Extracted<'v> = BTreeMap<&'v str, (Option<&'v str>, Option<&'v str>)>;

/// Reads a whole document, and compares it with the specification.
pub(super) fn read(value: &Json<'_>, path: &str, diagnostics: &mut Diagnostics) -> Fragment {
    let mut found = Diagnostics::new();
    let mut session = Session::new(path, CODES, &mut found);
    let document = Object::document(value);
    let fragment = document.map(|it| read_document(&it, &mut session));
    session.finish();
    let version = value.get("spdxVersion").and_then(Json::as_str);
    let known = version.and_then(Version::of);
    if let (Some(version), Some(document)) = (known, value.as_object()) {
        add_problems(validate::problems(document, version), path, &mut found);
    } else {
        found.push(diags::not_compared(path, version.unwrap_or_default()));
    }
    diagnostics.append(found);
    fragment.unwrap_or_else(|| empty(path))
}

fn read_document(document: &Object<'_>, session: &mut Session<'_>) -> Fragment {
    let mut fragment = empty(session.path());
    let version = document
        .required("spdxVersion", session)
        .unwrap_or_default();
    if !version.starts_with("SPDX-2.") {
        session.invalid(
            "/spdxVersion",
            &format!("SPDX version `{version}` is not supported; this program reads SPDX 2.2, 2.3 and 3.0.1"),
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
    let packages = document.objects("packages", session);
    parts.drafts.reserve(packages.len());
    for object in packages {
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
    let name = document.text("name", session);
    facts.extend(name.map(|it| (DOCUMENT_NAME, it.to_owned())));
    let creation = document.object("creationInfo", session);
    if creation.is_none() {
        session.invalid("", "`creationInfo` is missing");
    }
    let mut said = None;
    if let Some(creation) = creation {
        if let Some(time) = creation.required("created", session) {
            if !is_time(time) {
                let message = format!("`{time}` is not a time in the form `2026-01-31T12:00:00Z`");
                session.invalid("/creationInfo/created", &message);
            }
            facts.push(("bomtrail:document:timestamp", time.to_owned()));
        }
        let creators = creation.texts("creators", session);
        facts.extend(maker::of_creators(&creators));
        said = creation.text("comment", session);
        let known = ["created", "creators", "comment"];
        creation.rest("the creation information", &known, session);
    }
    let kind = said.map_or(Lifecycle::Unknown, |it| match it {
        it if it.contains("SBOM Type: Source") => Lifecycle::PreBuild,
        it if it.contains("SBOM Type: Build") => Lifecycle::Build,
        _ => Lifecycle::Unknown,
    });
    if kind == Lifecycle::Unknown && said.is_some_and(|it| !it.is_empty()) {
        session.unkept("comments of the creation information");
    }
    fragment.lifecycle = inputs.lifecycle.unwrap_or(kind);
    fragment.properties.extend(inputs.properties());
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
        let known = ["licenseId", "extractedText", "name"];
        object.rest("licences outside the list", &known, session);
        let text = object.text("extractedText", session).unwrap_or_default();
        let name = object.text("name", session);
        all.insert(id, words_of(id, name, text));
    }
    all
}
