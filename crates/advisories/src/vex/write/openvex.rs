//! OpenVEX 0.2.0: the product is the root, the package its subcomponent.

use bomtrail_graph::VexStatus;
use serde_json::{Value, json};

use super::{Origin, VexFormat, filled, set};
use crate::vex::statement::Statement;
use crate::vex::words;

pub(super) fn document(origin: &Origin<'_>, statements: &[Statement]) -> Value {
    let uuid = origin.uuid(VexFormat::OpenVex, statements);
    json!({
        "@context": "https://openvex.dev/ns/v0.2.0",
        "@id": format!("urn:uuid:{uuid}"),
        "author": origin.author,
        "timestamp": origin.timestamp,
        "version": 1,
        "tooling": format!("{} {}", origin.tool.name, origin.tool.version),
        "statements": statements.iter().map(|it| statement(origin, it)).collect::<Vec<_>>(),
    })
}

fn statement(origin: &Origin<'_>, it: &Statement) -> Value {
    let product = origin.product.as_str();
    let package = origin.package(it);
    let aliases: Vec<&str> = it.aliases.iter().map(|it| &**it).collect();
    let mut vulnerability = json!({ "name": &*it.id });
    set(&mut vulnerability, "description", filled(&it.summary));
    set(
        &mut vulnerability,
        "aliases",
        (!aliases.is_empty()).then(|| json!(aliases)),
    );
    let mut statement = json!({
        "vulnerability": vulnerability,
        "products": [{
            "@id": product,
            "identifiers": { "purl": product },
            "subcomponents": [{ "@id": package, "identifiers": { "purl": package } }],
        }],
        "status": words::of_status(it.status).openvex,
    });
    let is_clear = matches!(it.status, VexStatus::NotAffected | VexStatus::FalsePositive);
    if is_clear {
        let why = it.why.map(|it| Value::from(words::of_why(it).openvex));
        set(&mut statement, "justification", why);
        set(&mut statement, "impact_statement", filled(&it.reason));
    } else {
        set(&mut statement, "status_notes", filled(&it.reason));
    }
    let affected = it.status == VexStatus::Affected;
    set(
        &mut statement,
        "action_statement",
        filled(&it.action).filter(|_| affected),
    );
    let date = it.decided.map(|it| Value::from(format!("{it}T00:00:00Z")));
    set(&mut statement, "timestamp", date);
    statement
}
