//! The licences of a component: declared by its package, and concluded by others.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bomtrail_document::{Object, Session};
use bomtrail_graph::{Component, Fact, License, Text};

use crate::diags;
use crate::names::CONCLUDED;

/// Declared licences, and those without `acknowledgement`. Concluded ones are kept as properties, and are used as declared ones
/// where there are no others.
pub(super) fn take(object: &Object<'_>, component: &mut Component, session: &mut Session<'_>) {
    let mut declared = Vec::new();
    let mut concluded = Vec::new();
    let mut texts = Vec::new();
    for choice in object.objects("licenses", session) {
        let Some((text, acknowledgement)) = license(&choice, &mut texts, session) else {
            continue;
        };
        let list = if acknowledgement == Some("concluded") {
            &mut concluded
        } else {
            &mut declared
        };
        list.extend(License::declared(text));
    }
    if !texts.is_empty() {
        component.details_mut().license_texts = texts;
    }
    for license in &concluded {
        let properties = &mut component.details_mut().properties;
        properties.push((CONCLUDED.into(), license.text().into()));
    }
    let all = if declared.is_empty() {
        concluded
    } else {
        declared
    };
    if !all.is_empty() {
        component.licenses = Fact::Known(all.into());
    }
}

/// The name or expression of one licence choice, and whether it is declared or concluded; adds the words of licences to `texts`.
fn license<'v>(
    choice: &Object<'v>,
    texts: &mut Vec<(Text, Text)>,
    session: &mut Session<'_>,
) -> Option<(&'v str, Option<&'v str>)> {
    let known = [
        "license",
        "expression",
        "acknowledgement",
        "bom-ref",
        "expressionDetails",
    ];
    choice.rest("licenses", &known, session);
    if let Some(text) = choice.text("expression", session) {
        if !License::declared(text).is_some_and(|it| it.is_expression()) {
            let place = choice.at("expression");
            session.tell(diags::bad_license(session.path(), &place, text));
        }
        for detail in choice.objects("expressionDetails", session) {
            let known = ["licenseIdentifier", "text", "bom-ref"];
            detail.rest("details of expressions", &known, session);
            let identifier = detail.text("licenseIdentifier", session);
            let words = words(&detail, session);
            texts.extend(identifier.zip(words).map(|(id, it)| (id.into(), it)));
        }
        return Some((text, choice.text("acknowledgement", session)));
    }
    let license = choice.object("license", session)?;
    let known = ["id", "name", "acknowledgement", "bom-ref", "text"];
    license.rest("licenses", &known, session);
    let id = license.text("id", session);
    let text = id.or_else(|| license.text("name", session))?;
    texts.extend(words(&license, session).map(|it| (text.into(), it)));
    Some((text, license.text("acknowledgement", session)))
}

/// The words of a licence; other content than text is not kept.
fn words(license: &Object<'_>, session: &mut Session<'_>) -> Option<Text> {
    let text = license.object("text", session)?;
    let content = text.text("content", session)?;
    let kind = text.text("contentType", session).unwrap_or("text/plain");
    let words = if text.has("encoding") {
        let bytes = STANDARD.decode(content.trim()).ok();
        bytes.and_then(|it| String::from_utf8(it).ok())
    } else {
        Some(content.to_owned())
    };
    let words = words.filter(|_| kind.starts_with("text/plain"));
    let words = words.map(Text::from);
    if words.is_none() {
        session.unkept("licence texts that are not plain text");
    }
    words
}
