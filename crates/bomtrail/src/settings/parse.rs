//! The tables of the file, and the product facts in them.

use bomtrail_document::{Page, Table, nearest};
use bomtrail_graph::{Diagnostics, Fact, Kind, ProductKey, Service, Shape, Text};
use bomtrail_policy::Policy;

use super::shape::{is_email, is_url};
use super::{Settings, diags, overlay, registry, rule, state_absent};

/// The tables of the policy and of the search for projects.
const OTHER: [&str; 2] = ["policy", "discovery"];
/// Lists of tables.
const LISTS: [&str; 4] = ["component", "dependency", "registry", "service"];
/// The table that also has the lists of facts that are unknown or withheld, and their keys.
const SBOM: &str = "sbom";
const ABSENT: [(&str, Fact<Text>); 2] = [("unknown", Fact::Unknown), ("withheld", Fact::Withheld)];
/// The directions of data flows in CycloneDX.
const DIRECTIONS: [&str; 4] = ["inbound", "outbound", "bi-directional", "unknown"];

pub(super) fn parse(text: &str, path: &str) -> Result<Settings, Diagnostics> {
    let mut page = Page::new(path, text, diags::CODES);
    let mut settings = Settings::default();
    if let Some(value) = page.toml()
        && let Some(mut table) = Table::document(&mut page, &value)
    {
        top(&mut table, &mut settings);
    }
    page.finish(settings)
}

fn top(table: &mut Table<'_, '_>, settings: &mut Settings) {
    let sections = ProductKey::sections();
    let known: Vec<&str> = sections.chain(LISTS).chain(OTHER).collect();
    table.only(&known);
    for section in ProductKey::sections() {
        if let Some(mut inner) = table.table(section) {
            facts(&mut inner, section, settings);
        }
    }
    let Settings {
        product,
        components,
        dependencies,
        registries,
        exclude,
        policy,
    } = settings;
    if let Some(mut inner) = table.table("discovery") {
        inner.only(&["exclude"]);
        *exclude = patterns(&mut inner);
    }
    table.tables("component", |mut it| components.extend(rule::read(&mut it)));
    table.tables("dependency", |mut it| {
        dependencies.extend(overlay::read(&mut it));
    });
    table.tables("registry", |mut it| {
        registries.extend(registry::read(&mut it));
    });
    table.tables("service", |mut it| {
        product.services.extend(service(&mut it));
    });
    product.services.sort_by(|a, b| a.name.cmp(&b.name));
    *policy = Policy::read(table);
}

/// `exclude`: patterns of paths.
fn patterns(table: &mut Table<'_, '_>) -> Vec<String> {
    let stated = table.texts("exclude");
    let mut kept = Vec::new();
    for (pattern, at) in stated {
        if pattern.trim().is_empty() || pattern.starts_with('!') {
            let message = format!("`{pattern}` is not a pattern of paths to leave out");
            table.page.wrong(
                at,
                &message,
                Some("write it as in `examples/` or `**/test/fixtures`"),
            );
        } else {
            kept.push(pattern.to_owned());
        }
    }
    kept
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
        Shape::Text => table.text(key).map(Text::from),
        Shape::Date => table.date(key).map(|it| it.to_string().into()),
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
    for (path, at) in table.texts(key) {
        match ProductKey::from_path(path) {
            None => {
                let paths: Vec<String> = ProductKey::TABLE
                    .iter()
                    .map(|it| [it.section, ".", it.name].concat())
                    .collect();
                let meant = nearest(path, paths.iter().map(String::as_str));
                let help = match meant {
                    Some(meant) => format!("did you mean `{meant}`?"),
                    None => "write it as in `support.end-of-support`".to_owned(),
                };
                let message = format!("`{path}` is not a key of this file");
                table.page.wrong(at, &message, Some(&help));
            }
            Some(row) => {
                if !state_absent(&mut settings.product, row.key, fact.clone()) {
                    let message = format!("`{path}` is set in this file, so it is not {key}");
                    table.page.wrong(at, &message, None);
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
    let name = table.required("name", "the name of the service")?.into();
    let endpoints: Vec<Text> = table
        .texts("endpoints")
        .into_iter()
        .map(|(it, _)| it.into())
        .collect();
    if endpoints.iter().any(|it| it.contains(char::is_whitespace)) {
        table.wrong("endpoints", "a list of addresses");
    }
    Some(Service {
        name,
        version: table.text("version").map(Text::from),
        description: table.text("description").map(Text::from),
        provider: table.text("provider").map(Text::from),
        endpoints,
        authenticated: table.boolean("authenticated"),
        crosses_boundary: table.boolean("crosses-boundary"),
        data: flows(table),
    })
}

/// `data`: the flows of data, as `{ direction, classification }`.
fn flows(table: &mut Table<'_, '_>) -> Vec<(Text, Text)> {
    let mut flows = Vec::new();
    table.tables("data", |mut it| {
        it.only(&["direction", "classification"]);
        it.required("direction", "the direction of the flow");
        let words = DIRECTIONS.map(|it| (it, it));
        let direction = it
            .get("direction")
            .and_then(|_| it.one_of("direction", &words));
        let classification = it.required("classification", "what kind of data flows");
        if let (Some(direction), Some(classification)) = (direction, classification) {
            flows.push((direction.into(), classification.into()));
        }
    });
    flows
}
