//! The author of a document and the program that made it. Values of a wrong type are skipped here; the check against the
//! specification reports them.

use bomtrail_document::Json;
use bomtrail_document::{Object, Session};

/// The facts, as `(property name, value)`; the first of a name counts.
pub(super) fn facts(metadata: &Object<'_>) -> Vec<(&'static str, String)> {
    let mut facts = Vec::new();
    // From 1.6 on `manufacturer` is the author of the document; before, only `authors` are.
    let manufacturer = metadata.get("manufacturer");
    let authors = list(metadata.get("authors"));
    let named = manufacturer.into_iter().chain(authors);
    facts.extend(
        named
            .filter_map(|it| text(it, "name"))
            .map(|it| ("bomtrail:document:author", it)),
    );
    let reached = manufacturer.into_iter().flat_map(contacts);
    let mails = authors.iter().filter_map(|it| text(it, "email"));
    facts.extend(
        reached
            .chain(mails)
            .map(|it| ("bomtrail:document:author-contact", it)),
    );
    let tools = tools(metadata.get("tools")).map(|it| ("bomtrail:document:tool", it));
    facts.extend(tools);
    facts
}

/// Counts facts about the programs that are not kept.
pub(super) fn count_rest(metadata: &Object<'_>, session: &mut Session<'_>) {
    let known = ["type", "bom-ref", "vendor", "name", "version"];
    let is_list = metadata.get("tools").is_some_and(Json::is_array);
    let tools = if is_list {
        metadata.objects("tools", session)
    } else {
        let tools = metadata.object("tools", session);
        let all = tools.map(|it| {
            let mut all = it.objects("components", session);
            all.extend(it.objects("services", session));
            all
        });
        all.unwrap_or_default()
    };
    for tool in tools {
        tool.rest("tools", &known, session);
    }
}

fn list<'v>(value: Option<&'v Json<'v>>) -> &'v [Json<'v>] {
    value.and_then(Json::as_array).map_or(&[], Vec::as_slice)
}

fn text(value: &Json<'_>, key: &str) -> Option<String> {
    let text = value.get(key)?.as_str()?.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// The ways to reach an organisation: its e-mail addresses, then its web pages.
fn contacts(organisation: &Json<'_>) -> impl Iterator<Item = String> {
    let mails = list(organisation.get("contact"))
        .iter()
        .filter_map(|it| text(it, "email"));
    let pages = list(organisation.get("url"))
        .iter()
        .filter_map(|it| it.as_str().map(str::to_owned));
    mails.chain(pages)
}

/// The programs: a list before 1.5, an object of components and services since.
fn tools(tools: Option<&Json<'_>>) -> impl Iterator<Item = String> {
    let of = |key: &str| list(tools.and_then(|it| it.get(key)));
    let all = list(tools)
        .iter()
        .chain(of("components"))
        .chain(of("services"));
    all.filter_map(|it| {
        // A vendor without a name is not a program.
        let name = text(it, "name")?;
        let words = [text(it, "vendor"), Some(name), text(it, "version")];
        Some(words.into_iter().flatten().collect::<Vec<_>>().join(" "))
    })
    .collect::<Vec<_>>()
    .into_iter()
}
