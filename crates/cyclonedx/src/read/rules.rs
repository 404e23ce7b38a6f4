//! Rules about parts of a document that the graph has no place for: checked because a document that breaks them is refused
//! by every strict program, whatever is read of it here.

use bomtrail_document::{Object, Session};

use super::component::license;

/// What a version of the specification has in `metadata`.
const METADATA: [&str; 12] = [
    "timestamp",
    "lifecycles",
    "tools",
    "manufacturer",
    "authors",
    "component",
    "manufacture",
    "supplier",
    "licenses",
    "properties",
    "distributionConstraints",
    "signature",
];

/// Checks the document around the components; `minor` is the version of the specification behind `1.`.
pub(super) fn check_document(document: &Object<'_>, minor: u8, session: &mut Session<'_>) {
    if let Some(metadata) = document.object("metadata", session) {
        for key in metadata.keys().filter(|key| !METADATA.contains(key)) {
            let message = format!("`{key}` is no field of `metadata`");
            session.invalid(&metadata.at(key), &message);
        }
        for choice in metadata.objects("licenses", session) {
            license(&choice, session);
        }
        check_properties(&metadata, minor, session);
    }
    for service in document.objects("services", session) {
        for data in service.objects("data", session) {
            let flow = data.required("flow", session);
            if flow.is_some_and(|it| !FLOWS.contains(&it)) {
                session.invalid(&data.at("flow"), "that is no direction of a data flow");
            }
            data.required("classification", session);
        }
        check_properties(&service, minor, session);
    }
    for citation in document.objects("citations", session) {
        check_citation(&citation, session);
    }
}

const FLOWS: [&str; 4] = ["inbound", "outbound", "bi-directional", "unknown"];

fn check_citation(citation: &Object<'_>, session: &mut Session<'_>) {
    citation.required("timestamp", session);
    if citation.has("pointers") == citation.has("expressions") {
        let message = "exactly one of `pointers` and `expressions` belongs here";
        session.invalid(citation.pointer(), message);
    }
    if !citation.has("attributedTo") && !citation.has("process") {
        let message = "a citation says to whom or to which process it is attributed";
        session.invalid(citation.pointer(), message);
    }
}

/// Checks a component beside what is kept of it.
pub(super) fn check_component(component: &Object<'_>, minor: u8, session: &mut Session<'_>) {
    if let Some(swid) = component.object("swid", session) {
        swid.required("tagId", session);
        swid.required("name", session);
    }
    let choices = component.objects("licenses", session);
    if minor < 7 && choices.len() > 1 && choices.iter().any(|it| it.has("expression")) {
        let message = "an expression stands alone before version 1.7";
        session.invalid(&component.at("licenses"), message);
    }
    for choice in choices {
        let Some(license) = choice.object("license", session) else {
            continue;
        };
        if let Some(text) = license.object("text", session) {
            check_attachment(&text, session);
        }
        check_properties(&license, minor, session);
    }
    let Some(pedigree) = component.object("pedigree", session) else {
        return;
    };
    for patch in pedigree.objects("patches", session) {
        for issue in patch.objects("resolves", session) {
            let kind = issue.required("type", session);
            let kinds = ["defect", "enhancement", "security"];
            if kind.is_some_and(|it| !kinds.contains(&it)) {
                session.invalid(&issue.at("type"), "that is no type of issue");
            }
        }
    }
}

fn check_attachment(text: &Object<'_>, session: &mut Session<'_>) {
    let encoding = text.text("encoding", session);
    if encoding.is_some_and(|it| it != "base64") {
        session.invalid(&text.at("encoding"), "the only encoding is `base64`");
    }
}

/// Since 1.6 a property has a name.
pub(super) fn check_properties(of: &Object<'_>, minor: u8, session: &mut Session<'_>) {
    if minor < 6 {
        return;
    }
    for property in of.objects("properties", session) {
        property.required("name", session);
    }
}
