//! The table against the official schemas and examples, where they are present.

use std::collections::BTreeSet;
use std::path::Path;

use bomtrail_testkit::{cases, shared, validate_cyclonedx};
use serde_json::{Map, Value};

use super::*;
use crate::spec::SpecVersion;
use crate::spec::model::Words;

/// The official JSON examples of one version, by name.
#[expect(
    clippy::disallowed_methods,
    reason = "a test reads the corpus in place"
)]
fn examples(version: &str) -> Vec<(String, Value)> {
    let folder = format!("corpus/cyclonedx-examples/{version}");
    let Some(folder) = shared(&folder) else {
        return Vec::new();
    };
    let is_json = |it: &Path| it.extension().is_some_and(|it| it == "json");
    let files = folder.read_dir().unwrap().map(|it| it.unwrap().path());
    let read = |path: std::path::PathBuf| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        (
            name,
            serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap(),
        )
    };
    let mut all: Vec<_> = files.filter(|it| is_json(it)).map(read).collect();
    all.sort_by(|a, b| a.0.cmp(&b.0));
    all
}

fn found(document: &Value, version: SpecVersion) -> Vec<String> {
    let encoding = Encoding::Json;
    let document = Json::from(document.clone());
    let (kept, _) = check(&document, Dialect { version, encoding }).into_parts();
    kept.into_iter()
        .map(|it| format!("{}: {}", it.pointer, it.message))
        .collect()
}

#[test]
fn the_verdict_on_every_official_example_is_the_official_one() {
    let mut wrong = Vec::new();
    for version in ["1.2", "1.3", "1.4", "1.5", "1.6", "1.7"] {
        for (name, document) in examples(version) {
            let table = SpecVersion::from_name(version).unwrap();
            let found = found(&document, table);
            if found.is_empty() != name.starts_with("valid") {
                wrong.push(format!("{version} {name}: {found:?}"));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

/// The names and words that the table has in a version.
fn of_table(version: SpecVersion) -> (BTreeSet<String>, BTreeSet<String>) {
    let (mut names, mut all_words, mut seen) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    let mut open = vec![Kind::Object(&DOCUMENT)];
    let mut words = |of: &'static Words| all_words.extend(of.of(version).map(str::to_owned));
    while let Some(kind) = open.pop() {
        match kind {
            Kind::Word(of) => words(of),
            Kind::List(item) => open.push(*item),
            Kind::OneOf(choice) => {
                for case in choice.cases.iter().filter(|it| it.since <= version) {
                    names.extend(case.under.map(str::to_owned));
                    open.push(case.kind);
                }
            }
            Kind::Object(of) if seen.insert(std::ptr::from_ref(of)) => {
                for field in of.fields.iter().filter(|it| it.exists_in(version)) {
                    names.insert(field.name.to_owned());
                    open.push(field.kind);
                }
            }
            _ => {}
        }
    }
    (names, all_words)
}

#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "a test reads the corpus in place"
)]
fn the_table_has_the_names_and_words_of_the_official_schemas() {
    for version in SpecVersion::READ {
        let Some(folder) = shared("corpus/schemas/cyclonedx") else {
            return;
        };
        let (mut names, mut words) = (BTreeSet::new(), BTreeSet::new());
        let strict = if version < SpecVersion::V1_4 {
            "-strict"
        } else {
            ""
        };
        let main = format!("bom-{}{strict}.schema.json", version.name());
        let parts = ["cryptography-defs.schema.json", "jsf-0.82.schema.json"];
        let parts = parts
            .into_iter()
            .filter(|it| version >= SpecVersion::V1_7 || it.starts_with("jsf"))
            .filter(|_| version >= SpecVersion::V1_4);
        for file in parts.chain([main.as_str()]) {
            let schema = std::fs::read(folder.join(file)).unwrap();
            let schema: Value = serde_json::from_slice(&schema).unwrap();
            let mut open = vec![&schema];
            while let Some(value) = open.pop() {
                let is_schema =
                    |it: &Map<String, Value>| it.get("type").is_some_and(Value::is_string);
                if let Some(Value::Object(map)) = value.get("properties").filter(|it| {
                    !it.as_object().is_some_and(is_schema) && !file.starts_with("crypto")
                }) {
                    let fields = map.iter().filter(|(_, it)| it.is_object());
                    names.extend(fields.map(|(name, _)| name.clone()));
                }
                let listed = value.get("enum").and_then(Value::as_array);
                let is_part = file.starts_with("crypto");
                let listed = listed.filter(|it| !is_part || it.len() > 20);
                words.extend(
                    listed
                        .into_iter()
                        .flatten()
                        .filter_map(|it| it.as_str())
                        .map(str::to_owned),
                );
                match value {
                    Value::Array(items) => open.extend(items),
                    Value::Object(map) => open.extend(map.values()),
                    _ => {}
                }
            }
        }
        words.retain(|it| !it.starts_with("http"));
        let (our_names, our_words) = of_table(version);
        let difference = |a: &BTreeSet<String>, b: &BTreeSet<String>| -> Vec<String> {
            a.symmetric_difference(b).cloned().collect()
        };
        assert_eq!(
            difference(&names, &our_names),
            Vec::<String>::new(),
            "{}",
            version.name()
        );
        assert_eq!(
            difference(&words, &our_words),
            Vec::<String>::new(),
            "{}",
            version.name()
        );
    }
}

/// A generator of numbers (`SplitMix64`).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let mixed = mixed ^ (mixed >> 31);
        usize::try_from(mixed % u64::try_from(end.max(1)).unwrap()).unwrap()
    }
}

#[test]
fn every_mutation_that_the_official_schema_refuses_is_refused() {
    let seed = 20_261_128;
    println!("seed {seed}");
    let mut numbers = Numbers(seed);
    let (mut missed, mut strict, mut refused) = (Vec::new(), Vec::new(), 0);
    for version in SpecVersion::ALL {
        let mut examples = examples(version.name());
        examples.retain(|(name, _)| name.starts_with("valid"));
        for _ in 0..cases(50, 500) {
            let Some((name, example)) = examples.get(numbers.below(examples.len())) else {
                return;
            };
            let mut document = example.clone();
            let change = mutate(&mut document, &mut numbers);
            let official = validate_cyclonedx(version.name(), &document.to_string()).unwrap();
            let ours = found(&document, version);
            refused += usize::from(!official.is_empty());
            if ours.is_empty() && !official.is_empty() {
                missed.push(format!("{} {name}: {change}: {official:?}", version.name()));
            }
            if official.is_empty() && !ours.is_empty() {
                strict.push(format!("{} {name}: {change}: {ours:?}", version.name()));
            }
        }
    }
    println!("{refused} refused; stricter than the schema: {strict:#?}");
    assert_eq!(missed, Vec::<String>::new());
}

/// Changes one place of a document.
fn mutate(document: &mut Value, numbers: &mut Numbers) -> String {
    let mut places = Vec::new();
    let mut open = vec![(String::new(), &*document)];
    while let Some((pointer, value)) = open.pop() {
        match value {
            Value::Object(map) => open.extend(map.iter().map(|(k, v)| {
                let key = k.replace('~', "~0").replace('/', "~1");
                (format!("{pointer}/{key}"), v)
            })),
            Value::Array(items) => {
                open.extend((0..).zip(items).map(|(i, v)| (format!("{pointer}/{i}"), v)));
            }
            _ => {}
        }
        places.push(pointer);
    }
    let pointer = places.swap_remove(numbers.below(places.len()));
    let (parent, last) = pointer.rsplit_once('/').unwrap_or(("", ""));
    let kind = numbers.below(8);
    let value = document.pointer_mut(&pointer).unwrap();
    match (kind, &mut *value) {
        (0, Value::Object(map)) => drop(map.insert("unknownField".to_owned(), "x".into())),
        (1, Value::Array(items)) => {
            if let Some(first) = items.first().cloned() {
                items.push(first);
            }
        }
        (2, Value::String(text)) => text.push_str(" <>"),
        (3, Value::String(text)) => text.clear(),
        (4, Value::Number(_)) => *value = Value::from(-2.5),
        (5, _) => {
            let key = last.replace("~1", "/").replace("~0", "~");
            match document.pointer_mut(parent) {
                Some(Value::Object(map)) => drop(map.remove(&key)),
                Some(Value::Array(items)) if key.parse::<usize>().is_ok() => {
                    items.remove(key.parse().unwrap());
                }
                _ => {}
            }
        }
        (6, it) => *it = Value::from(7),
        (_, Value::String(text)) => *text = text.to_uppercase(),
        (_, it) => *it = Value::from("text"),
    }
    format!("{kind} at {pointer}")
}
