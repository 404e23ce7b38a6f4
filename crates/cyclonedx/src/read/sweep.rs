//! Each field of the specification in a document of its own: what the reader does not keep, it reports.

use bomtrail_graph::{Diagnostics, Input, NoFiles, Reader};
use serde_json::{Map, Value, json};

use super::JsonReader;
use crate::spec::SpecVersion;
use crate::spec::model::{Field, Format, Kind, Type};
use crate::spec::table::{COMPONENT, DOCUMENT, LICENSE, METADATA, ORGANISATION, REFERENCE};

const VERSION: SpecVersion = SpecVersion::NEWEST;
/// A word that no field has.
const MARK: &str = "zzmarkzz";

/// Fields that say what a document is, or are derived from others.
const SAID: [&str; 5] = [
    "$schema",
    "bomFormat",
    "specVersion",
    "bom-ref",
    "signature",
];

fn text(format: Format) -> Value {
    match format {
        Format::Iri | Format::Uri | Format::Schema => format!("https://example.com/{MARK}").into(),
        Format::Time => "2026-01-31T12:00:00Z".into(),
        Format::Date => "2026-01-31".into(),
        Format::Serial => "urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79".into(),
        Format::Digest => "a".repeat(64).into(),
        Format::Email => format!("{MARK}@example.com").into(),
        Format::LicenseId => "Zlib".into(),
        _ => MARK.into(),
    }
}

/// A value of a kind, with the fields that it must have.
fn sample(kind: Kind) -> Value {
    match kind {
        Kind::Text(format) => text(format),
        Kind::Word(words) => words.of(VERSION).last().unwrap().into(),
        Kind::Flag => true.into(),
        Kind::Integer(least, _) => (least.max(1) + 6).into(),
        Kind::Number | Kind::Share => json!(0.5),
        Kind::Object(of) => minimal(of),
        Kind::List(item) => json!([sample(*item)]),
        Kind::OneOf(choice) => {
            let case = choice.cases.iter().rfind(|it| it.since <= VERSION).unwrap();
            let value = sample(case.kind);
            case.under
                .map_or(value.clone(), |under| json!({ under: value }))
        }
    }
}

fn minimal(of: &'static Type) -> Value {
    let required = of.fields.iter().filter(|it| it.is_required(VERSION));
    let mut map: Map<String, Value> = required
        .map(|it| (it.name.to_owned(), of_field(it)))
        .collect();
    if map.is_empty() {
        let first = of
            .fields
            .iter()
            .find(|it| !SAID.contains(&it.name) && it.exists_in(VERSION));
        map.extend(first.map(|it| (it.name.to_owned(), of_field(it))));
    }
    map.into()
}

fn of_field(field: &'static Field) -> Value {
    let value = sample(field.kind);
    if field.many { json!([value]) } else { value }
}

/// Where an object is in a document, and what it has besides the field in question.
type Place = fn(Map<String, Value>) -> Value;

const PLACES: [(&Type, Place); 7] = [
    (&DOCUMENT, |it| it.into()),
    (&METADATA, |it| json!({ "metadata": it })),
    (&COMPONENT, |mut it| {
        it.entry("type").or_insert("library".into());
        it.entry("name").or_insert("a".into());
        json!({ "components": [it] })
    }),
    (&LICENSE, |mut it| {
        if !it.contains_key("id") {
            it.entry("name").or_insert("own".into());
        }
        json!({"components": [{"type": "library", "name": "a", "licenses": [{ "license": it }]}]})
    }),
    (&REFERENCE, |mut it| {
        it.entry("type").or_insert("documentation".into());
        it.entry("url").or_insert("https://example.com".into());
        json!({"components": [{"type": "library", "name": "a", "externalReferences": [it]}]})
    }),
    (
        &ORGANISATION,
        |it| json!({"components": [{"type": "library", "name": "a", "supplier": it}]}),
    ),
    (
        &ORGANISATION,
        |it| json!({"components": [{"type": "library", "name": "a", "manufacturer": it}]}),
    ),
];

/// What the reader makes of a document, and what it reports.
fn read(document: &Value) -> (String, String) {
    let text = document.to_string();
    let input = Input {
        path: "a.cdx.json",
        bytes: text.as_bytes(),
        files: &NoFiles,
    };
    let mut diagnostics = Diagnostics::new();
    let fragment = JsonReader.read(&input, &mut diagnostics);
    let notes = diagnostics
        .iter()
        .filter(|it| it.code.id != "cyclonedx/invalid");
    let notes: Vec<String> = notes.map(ToString::to_string).collect();
    (format!("{fragment:?}"), notes.join("\n"))
}

#[test]
fn each_field_is_kept_or_reported() {
    let mut silent = Vec::new();
    for (of, place) in PLACES {
        let with = |fields: Map<String, Value>| {
            let mut document = place(fields);
            let map = document.as_object_mut().unwrap();
            map.insert("bomFormat".to_owned(), "CycloneDX".into());
            map.insert("specVersion".to_owned(), VERSION.name().into());
            read(&document)
        };
        let (plain, _) = with(Map::new());
        let fields = of
            .fields
            .iter()
            .filter(|it| it.exists_in(VERSION) && !SAID.contains(&it.name));
        for field in fields {
            let value = [(field.name.to_owned(), of_field(field))]
                .into_iter()
                .collect();
            let (fragment, notes) = with(value);
            // A component that is kept changes the fragment; so does every other fact.
            if fragment == plain && notes.is_empty() {
                silent.push(format!("`{}` of `{}`", field.name, of.name));
            }
        }
    }
    assert_eq!(silent, Vec::<String>::new());
}
