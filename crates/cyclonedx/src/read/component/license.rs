//! The licences of a component: declared by its package, and concluded by others.

use bomtrail_document::{Object, Session};
use bomtrail_graph::{Component, Fact, License};

use crate::diags;
use crate::names::CONCLUDED;

/// Declared licences, and those without `acknowledgement`. Concluded ones are kept as properties, and are used as declared ones
/// where there are no others.
pub(super) fn take(object: &Object<'_>, component: &mut Component, session: &mut Session<'_>) {
    let mut declared = Vec::new();
    let mut concluded = Vec::new();
    for choice in object.objects("licenses", session) {
        let Some((text, acknowledgement)) = license(&choice, session) else {
            continue;
        };
        let list = if acknowledgement == Some("concluded") {
            &mut concluded
        } else {
            &mut declared
        };
        list.extend(License::declared(text));
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

/// The text of one licence choice, and whether it is declared or concluded.
fn license<'v>(
    choice: &Object<'v>,
    session: &mut Session<'_>,
) -> Option<(&'v str, Option<&'v str>)> {
    let known = ["license", "expression", "acknowledgement", "bom-ref"];
    choice.rest("licenses", &known, session);
    if let Some(text) = choice.text("expression", session) {
        if !License::declared(text).is_some_and(|it| it.is_expression()) {
            let place = choice.at("expression");
            session.tell(diags::bad_license(session.path(), &place, text));
        }
        return Some((text, choice.text("acknowledgement", session)));
    }
    let license = choice.object("license", session)?;
    let known = ["id", "name", "acknowledgement", "bom-ref"];
    license.rest("licenses", &known, session);
    let id = license.text("id", session);
    let text = id.or_else(|| license.text("name", session))?;
    Some((text, license.text("acknowledgement", session)))
}
