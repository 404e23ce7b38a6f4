//! SBOMs of other programs through every format: what a component is survives, or is reported by kind.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use bomtrail::formats::WRITERS;
use bomtrail::graph::{
    Component, Details, Fragment, Hash, HashAlgorithm, NodeRef, Person, Reference, Role, link,
};
use bomtrail::source::{Memory, Source};
use bomtrail::{Bom, Diagnostics, Document, Graph, Tool, Writer};
use bomtrail_testkit::{cases, shared};
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::select;

const TOOL: Tool<'_> = Tool {
    name: "bomtrail",
    version: "0.0.0",
};

/// The facts of a graph by kind, each with the component it is about.
type Facts = BTreeMap<&'static str, BTreeSet<String>>;

/// Kinds, and what reports of their losses have in them.
const REPORTS: [(&str, &[&str]); 13] = [
    ("component", &["component", "type of"]),
    ("version", &["version"]),
    ("purl", &["purl"]),
    ("hash", &["hash", "checksums"]),
    ("license", &["licen"]),
    ("license text", &["licen", "expressionDetails"]),
    ("supplier", &["supplier", "IRI", "e-mail"]),
    ("manufacturer", &["manufacturer", "IRI", "e-mail"]),
    ("cpe", &["cpe"]),
    ("copyright", &["copyright"]),
    ("edge", &["dependencies", "missing"]),
    ("containment", &["nesting", "containment"]),
    ("reference", &["external", "type", "IRI", "Reference"]),
];

fn facts(graph: &Graph) -> Facts {
    let mut facts = Facts::new();
    let name = |node: NodeRef<'_>| node.reference().into_owned();
    for node in graph.nodes() {
        let mut add = |kind, value: String| {
            let line = format!("{} {value}", name(node));
            facts.entry(kind).or_default().insert(line);
        };
        let it = node.component();
        add("component", it.name.to_string());
        if let Some(version) = node.version().filter(|it| !it.is_empty()) {
            add("version", version.to_owned());
        }
        if let Some(purl) = node.purl() {
            add("purl", purl.as_str().to_owned());
        }
        it.hashes
            .iter()
            .for_each(|hash| add("hash", format!("{hash:?}")));
        for license in it.licenses.known().into_iter().flatten() {
            add("license", license.text().to_owned());
        }
        let Some(details) = it.details.as_deref() else {
            continue;
        };
        for (license, text) in &details.license_texts {
            add("license text", format!("{license} {text}"));
        }
        if let Some(supplier) = &details.supplier {
            let person = details.supplier_is_person;
            add("supplier", format!("{supplier:?} {person}"));
        }
        if let Some(manufacturer) = &details.manufacturer {
            add("manufacturer", format!("{manufacturer:?}"));
        }
        details
            .cpes
            .iter()
            .for_each(|it| add("cpe", it.to_string()));
        details
            .copyright
            .iter()
            .for_each(|it| add("copyright", it.to_string()));
        if let Some(container) = &details.container {
            add("containment", container.to_string());
        }
        for it in &details.references {
            add("reference", format!("{it:?}"));
        }
        for (kind, url) in [
            ("vcs", &details.repository),
            ("website", &details.homepage),
            ("issue-tracker", &details.bugs),
            ("distribution", &it.source),
        ] {
            if let Some(url) = url {
                add("reference", format!("{kind} {url}"));
            }
        }
    }
    for edge in graph.edges() {
        if let (Some(from), Some(to)) = (edge.from(), edge.to()) {
            let line = format!("{} {}", name(from), name(to));
            facts.entry("edge").or_default().insert(line);
        }
    }
    facts
}

fn open(name: &str, bytes: &[u8]) -> Document {
    let memory = Memory::input(name, bytes);
    Document::open(Source::Memory(memory)).unwrap()
}

/// A document in a format, and what is reported as lost.
fn write(document: &Document, format: &dyn Writer) -> (Vec<u8>, Diagnostics) {
    let bom = Bom::new(document.graph(), TOOL)
        .timestamp(Some("2026-11-21T00:00:00Z"))
        .compact(true);
    let (mut out, mut lost) = (Vec::new(), Diagnostics::new());
    document.write(format, &bom, &mut out, &mut lost).unwrap();
    (out, lost)
}

/// The facts that are gone without a report of their kind.
fn vanished(before: &Facts, after: &Facts, lost: &Diagnostics) -> Vec<String> {
    let mut all = Vec::new();
    for (kind, facts) in before {
        let left = after.get(kind).cloned().unwrap_or_default();
        let gone: Vec<&String> = facts.difference(&left).collect();
        let words = REPORTS
            .iter()
            .find(|(it, _)| it == kind)
            .map(|(_, words)| words);
        let mut reports = lost.iter();
        let is_reported = reports
            .any(|it| words.is_some_and(|all| all.iter().any(|word| it.message.contains(word))));
        if !gone.is_empty() && !is_reported {
            all.push(format!("{kind}: {gone:?}"));
        }
    }
    all
}

/// What vanishes when a document goes into every format.
fn check(name: &str, bytes: &[u8]) -> Vec<String> {
    let document = open(name, bytes);
    let before = facts(document.graph());
    let mut wrong = Vec::new();
    for writer in WRITERS {
        let (written, lost) = write(&document, *writer);
        let format = writer.format();
        let again = open("document", &written);
        for it in vanished(&before, &facts(again.graph()), &lost) {
            wrong.push(format!(
                "{name} as {}@{}: {it}",
                format.name, format.version
            ));
        }
    }
    wrong
}

fn examples() -> Vec<PathBuf> {
    let mut all = Vec::new();
    let folders = ["1.2", "1.3", "1.4", "1.5", "1.6", "1.7"]
        .map(|it| format!("corpus/cyclonedx-examples/{it}"));
    let folders = folders.iter().map(String::as_str);
    for folder in folders.chain(["corpus/vex/cyclonedx/valid"]) {
        let Some(folder) = shared(folder) else {
            continue;
        };
        let files = folder.read_dir().unwrap().map(|it| it.unwrap().path());
        let is_valid = |it: &PathBuf| {
            let name = it.file_name().unwrap().to_string_lossy().into_owned();
            let ending = it.extension().unwrap_or_default();
            !name.starts_with("invalid") && (ending == "json" || ending == "xml")
        };
        all.extend(files.filter(is_valid));
    }
    all.sort();
    all
}

#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "a test reads the corpus in place"
)]
fn examples_of_others_survive_every_format() {
    let all = examples();
    let step = cases(8, 1);
    let mut wrong = Vec::new();
    for path in all.iter().step_by(step) {
        let bytes = std::fs::read(path).unwrap();
        let name = path
            .file_name()
            .map(Path::new)
            .unwrap()
            .display()
            .to_string();
        wrong.extend(check(&name, &bytes));
    }
    assert!(
        wrong.is_empty(),
        "{} of {}: {}",
        wrong.len(),
        all.len(),
        wrong.join("\n")
    );
}

fn person() -> impl Strategy<Value = Person> {
    let words = select(vec!["Ann", "Acme Inc. (Ltd)", "Ä Ö", "Bob, Jr."]);
    let email = of(select(vec!["ann@example.com", "no address"]));
    let url = of(select(vec!["https://example.com/ann", "not a url"]));
    (words, email, url).prop_map(|(name, email, url)| Person {
        name: name.into(),
        email: email.map(Into::into),
        url: url.map(Into::into),
    })
}

fn reference() -> impl Strategy<Value = Reference> {
    let kind = select(vec![
        "documentation",
        "license",
        "other",
        "attestation",
        "advisories",
        "release-notes",
    ]);
    let comment = of(select(vec!["see here", "two\nlines", "a: b"]));
    (kind, "[a-z]{6}", comment, any::<bool>()).prop_map(|(kind, path, comment, hashed)| {
        let hash = Hash::new(HashAlgorithm::Sha256, &[7; 32]).filter(|_| hashed);
        Reference {
            kind: kind.into(),
            url: format!("https://example.com/{path}").into(),
            comment: comment.map(Into::into),
            hashes: hash.into_iter().collect(),
        }
    })
}

/// What documents state about a component and lockfiles do not.
fn stated() -> impl Strategy<Value = Details> {
    let people = (of(person()), any::<bool>(), of(person()));
    let texts = (
        of(select(vec!["(c) Ann", "NONE", "two\nlines"])),
        of("[a-z\n]{1,6}"),
    );
    let cpes = vec(
        select(vec!["cpe:2.3:a:b:c:1:*:*:*:*:*:*:*", "cpe:/a:b:d:1"]),
        0..3,
    );
    (
        people,
        texts,
        cpes,
        vec(reference(), 0..3),
        of("[a-z \n]{1,9}"),
    )
        .prop_map(
            |(
                (supplier, is_person, manufacturer),
                (copyright, comment),
                cpes,
                references,
                text,
            )| {
                Details::default().with(|it| {
                    it.supplier_is_person = is_person && supplier.is_some();
                    it.supplier = supplier;
                    it.manufacturer = manufacturer;
                    it.copyright = copyright.map(Into::into);
                    it.comment = comment.map(Into::into);
                    it.cpes = cpes.into_iter().map(Into::into).collect();
                    it.cpes.sort();
                    it.cpes.dedup();
                    it.references = references;
                    it.license_texts = text
                        .into_iter()
                        .map(|it| ("own".into(), it.into()))
                        .collect();
                })
            },
        )
}

/// An application of a component that contains another.
fn graph_of(details: &Details) -> Graph {
    let mut fragment = Fragment::default();
    for (name, container) in [("app", None), ("outer", None), ("inner", Some("outer"))] {
        let mut component = Component::new(name);
        component.place = name.into();
        if name == "app" {
            component.role = Role::Root;
        }
        if name == "outer" {
            component.licenses = bomtrail::graph::Fact::Known(
                bomtrail::graph::License::declared("own")
                    .into_iter()
                    .collect(),
            );
            component.details = Some(details.clone().into());
        }
        if container.is_some() {
            component.details_mut().container = container.map(Into::into);
        }
        let id = fragment.add(component).unwrap();
        if name == "app" {
            fragment.roots.push(id);
        }
    }
    link(vec![fragment], &mut Diagnostics::new())
}

/// Names of files that say nothing, the right thing, or something wrong about what is in them.
const NAMES: [&str; 11] = [
    "document",
    "a.txt",
    "a.json",
    "a.xml",
    "a.spdx",
    "a.spdx.json",
    "a.cdx.json",
    "a.cdx.xml",
    "bom.json",
    "bom.xml",
    "-",
];

#[test]
fn our_own_documents_are_recognised_whatever_they_are_called() {
    let scan = bomtrail::scan(crate::fixture::basic()).unwrap();
    let before = facts(scan.graph());
    for writer in WRITERS {
        for compact in [true, false] {
            let bom = Bom::new(scan.graph(), TOOL)
                .timestamp(Some("2026-11-21T00:00:00Z"))
                .compact(compact);
            let mut out = Vec::new();
            writer
                .write(&bom, &mut out, &mut Diagnostics::new())
                .unwrap();
            for name in NAMES {
                let document = open(name, &out);
                let format = writer.format();
                assert_eq!(before, facts(document.graph()), "{format:?} as {name}");
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(cases(12, 300)) })]

    #[test]
    fn what_documents_state_survives_each_pair_of_formats(details in stated(), first in 0..WRITERS.len(), second in 0..WRITERS.len()) {
        let graph = graph_of(&details);
        let before = facts(&graph);
        let bom = Bom::new(&graph, TOOL).timestamp(Some("2026-11-21T00:00:00Z"));
        let (mut out, mut lost) = (Vec::new(), Diagnostics::new());
        WRITERS[first].write(&bom, &mut out, &mut lost).unwrap();
        let document = open("document", &out);
        let between = facts(document.graph());
        prop_assert_eq!(vanished(&before, &between, &lost), Vec::<String>::new(), "{:?} {}", WRITERS[first].format(), String::from_utf8_lossy(&out));
        let (written, lost) = write(&document, WRITERS[second]);
        let after = facts(open("document", &written).graph());
        prop_assert_eq!(vanished(&between, &after, &lost), Vec::<String>::new(), "{:?} {:?} {}", WRITERS[first].format(), WRITERS[second].format(), String::from_utf8_lossy(&written));
    }
}
