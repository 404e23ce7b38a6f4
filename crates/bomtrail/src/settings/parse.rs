//! The file as a whole: which tables there are, and the product facts in them.

use bomtrail_graph::{Diagnostics, Fact, Kind, ProductKey, Service, Shape, Text};
use toml_edit::{Document, Item};

use super::value::{Source, Table, is_email, is_url};
use super::{Settings, diags, overlay, rule, state_absent};

/// Top-level tables that are read elsewhere.
const ELSEWHERE: [&str; 1] = ["policy"];
/// Lists of tables.
const LISTS: [&str; 3] = ["component", "dependency", "service"];
/// The table that also says which facts are unknown or withheld, and under which keys.
const SBOM: &str = "sbom";
const ABSENT: [(&str, Fact<Text>); 2] = [("unknown", Fact::Unknown), ("withheld", Fact::Withheld)];
/// CycloneDX directions of data flows.
const DIRECTIONS: [&str; 4] = ["inbound", "outbound", "bi-directional", "unknown"];

pub(super) fn parse(text: &str, path: &str) -> Result<Settings, Diagnostics> {
    let mut source = Source {
        text,
        path,
        diagnostics: Diagnostics::new(),
    };
    let document = match Document::parse(text) {
        Ok(document) => document,
        Err(error) => {
            let place = source.place(error.span());
            source.tell(diags::syntax(place, error.message()));
            return Err(source.diagnostics);
        }
    };
    let mut settings = Settings::default();
    let root = document.as_item();
    if let Some(mut table) = Table::of(&mut source, root, "the file") {
        top(&mut table, &mut settings);
    }
    if source.diagnostics.is_empty() {
        Ok(settings)
    } else {
        Err(source.diagnostics)
    }
}

fn top(table: &mut Table<'_, '_>, settings: &mut Settings) {
    let sections = ProductKey::sections();
    let known: Vec<&str> = sections.chain(LISTS).chain(ELSEWHERE).collect();
    table.only(&known);
    for section in ProductKey::sections() {
        if let Some(item) = table.item(section)
            && let Some(mut inner) = Table::of(table.source, item, section)
        {
            facts(&mut inner, section, settings);
        }
    }
    each(table, "component", |it| {
        settings.components.extend(rule::read(it));
    });
    each(table, "dependency", |it| {
        settings.dependencies.extend(overlay::read(it));
    });
    each(table, "service", |it| {
        settings.product.services.extend(service(it));
    });
    settings
        .product
        .services
        .sort_by(|a, b| a.name.cmp(&b.name));
}

/// Every table of a list of tables.
fn each(table: &mut Table<'_, '_>, key: &str, mut read: impl FnMut(&mut Table<'_, '_>)) {
    let Some(item) = table.item(key) else { return };
    let Item::ArrayOfTables(list) = item else {
        table.wrong(
            key,
            &["a list of tables, each under `[[", key, "]]`"].concat(),
        );
        return;
    };
    for inner in list {
        read(&mut Table {
            source: table.source,
            entries: inner,
            span: inner.span(),
        });
    }
}

/// The product facts of one section.
fn facts(table: &mut Table<'_, '_>, section: &str, settings: &mut Settings) {
    let rows = ProductKey::TABLE.iter().filter(|it| it.section == section);
    let mut known: Vec<&str> = rows.clone().map(|it| it.name).collect();
    if section == SBOM {
        known.extend(ABSENT.iter().map(|(name, _)| *name));
    }
    table.only(&known);
    for row in rows {
        if let Some(text) = shaped(table, row.name, row.shape) {
            settings.product.set(row.key, Fact::Known(text));
        }
    }
    if section == SBOM {
        for (name, fact) in ABSENT {
            absent(table, name, &fact, settings);
        }
    }
}

fn shaped(table: &mut Table<'_, '_>, key: &str, shape: Shape) -> Option<Text> {
    let checked = |table: &mut Table<'_, '_>, wanted: &str, fits: fn(&str) -> bool| {
        table.parsed(key, wanted, |it| fits(it).then(|| it.into()))
    };
    match shape {
        Shape::Text => table.text(key),
        Shape::Date => table.date(key),
        Shape::Url => checked(table, "a web address, as in `https://example.com/`", is_url),
        Shape::Email => checked(table, "an e-mail address", is_email),
        Shape::Path => checked(table, "the path of a file inside the project", |it| {
            !it.starts_with('/') && it.split('/').all(|step| step != "..")
        }),
        Shape::Cpe => checked(table, "a CPE name, as in `cpe:2.3:a:…`", |it| {
            it.starts_with("cpe:2.3:") || it.starts_with("cpe:/")
        }),
        Shape::Kind => checked(
            table,
            "one of `application`, `framework`, `library`, `platform`, `file`",
            |it| kind(it).is_some(),
        ),
    }
}

/// The kind of a name.
pub(super) fn kind(name: &str) -> Option<Kind> {
    [
        Kind::Application,
        Kind::Framework,
        Kind::Library,
        Kind::Platform,
        Kind::File,
    ]
    .into_iter()
    .find(|it| it.name() == name)
}

/// `unknown` and `withheld`: facts that are deliberately not stated.
fn absent(table: &mut Table<'_, '_>, key: &str, fact: &Fact<Text>, settings: &mut Settings) {
    for path in table.texts(key) {
        match ProductKey::from_path(&path) {
            None => {
                let wanted = format!(
                    "a list of keys of this file such as `support.end-of-support`; `{path}` is none"
                );
                table.wrong(key, &wanted);
            }
            Some(row) => {
                if !state_absent(&mut settings.product, row.key, fact.clone()) {
                    let wanted = format!("a list of keys that are not set; `{path}` is");
                    table.wrong(key, &wanted);
                }
            }
        }
    }
}

/// A `[[service]]`.
fn service(table: &mut Table<'_, '_>) -> Option<Service> {
    table.only(&[
        "name",
        "version",
        "description",
        "provider",
        "endpoints",
        "authenticated",
        "crosses-boundary",
        "data",
    ]);
    let name = table.required("name", "what the service is called")?;
    let endpoints = table.texts("endpoints");
    if endpoints.iter().any(|it| it.contains(char::is_whitespace)) {
        table.wrong("endpoints", "a list of addresses");
    }
    Some(Service {
        name,
        version: table.text("version"),
        description: table.text("description"),
        provider: table.text("provider"),
        endpoints,
        authenticated: table.boolean("authenticated"),
        crosses_boundary: table.boolean("crosses-boundary"),
        data: flows(table),
    })
}

/// `data`: what flows, as `{ direction, classification }`.
fn flows(table: &mut Table<'_, '_>) -> Vec<(Text, Text)> {
    let Some(item) = table.item("data") else {
        return Vec::new();
    };
    let wanted = "a list of `{ direction = \"outbound\", classification = \"…\" }`, with a direction of inbound, outbound, bi-directional or unknown";
    let flow = |value: &toml_edit::Value| {
        let flow = value.as_inline_table().filter(|it| it.len() == 2)?;
        let text = |key: &str| flow.get(key).and_then(toml_edit::Value::as_str);
        let direction = text("direction").filter(|it| DIRECTIONS.contains(it))?;
        Some((direction.into(), text("classification")?.into()))
    };
    let flows = item.as_array();
    let flows = flows.and_then(|it| it.iter().map(flow).collect::<Option<Vec<_>>>());
    if flows.is_none() {
        table.wrong("data", wanted);
    }
    flows.unwrap_or_default()
}
