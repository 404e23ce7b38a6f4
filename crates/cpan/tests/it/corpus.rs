//! Every metadata file and cpanfile of the corpus, against what `CPAN::Meta` and `Module::CPANfile` read from it.
//!
//! Requirements under a condition are left out: the answers are those of one machine.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use bomtrail_cpan::{Cpanfile, MetaFile};
use bomtrail_graph::{Diagnostics, Fragment, Input, NoFiles, Reader};
use bomtrail_testkit::shared;
use serde_json::Value;

/// Phase, need and module, with the range.
type Edges = BTreeMap<(String, String, String), String>;

const FILES: [(&str, &dyn Reader); 3] = [
    ("META.json", &MetaFile),
    ("META.yml", &MetaFile),
    ("cpanfile", &Cpanfile),
];

const NEEDS: [(&str, &str); 4] = [
    ("requires", "required"),
    ("recommends", "recommended"),
    ("suggests", "suggested"),
    ("conflicts", "conflicts"),
];

#[test]
fn reads_what_perl_reads() {
    let Some(corpus) = shared("corpus/cpan") else {
        return;
    };
    let mut compared = 0;
    let mut folders: Vec<_> = fs::read_dir(corpus)
        .unwrap()
        .map(|it| it.unwrap().path())
        .collect();
    folders.sort();
    for folder in folders {
        for (name, reader) in FILES {
            compared += usize::from(compare(&folder, name, reader).is_some());
        }
    }
    assert!(compared > 200, "only {compared} cases were compared");
}

/// Compares one file with its answer; `None` if it has none.
fn compare(folder: &Path, name: &str, reader: &dyn Reader) -> Option<()> {
    let bytes = fs::read(folder.join(name)).ok()?;
    let answer = ["expected/", name, ".oracle.json"].concat();
    let answer = fs::read_to_string(folder.join(answer)).ok()?;
    let answer: Value = serde_json::from_str(&answer).unwrap();
    let mut diagnostics = Diagnostics::new();
    let input = Input {
        path: name,
        bytes: &bytes,
        files: &NoFiles,
    };
    let fragment = reader.read(&input, &mut diagnostics);
    let place = folder.display();
    if answer.get("convert_error").is_some() || answer.get("error").is_some() {
        assert!(
            !diagnostics.is_empty(),
            "{place}/{name}: a file that Perl refuses has no diagnostic"
        );
        return Some(());
    }
    let wanted = answer
        .get("effective_prereqs")
        .or_else(|| answer.get("prereqs"));
    assert_eq!(found(&fragment), edges(wanted?), "{place}/{name}");
    Some(())
}

fn found(fragment: &Fragment) -> Edges {
    let certain = fragment.links.iter().filter(|link| {
        let condition = link.detail.as_ref().and_then(|it| it.condition.as_deref());
        condition.is_none()
    });
    let edge = |link: &bomtrail_graph::Link| {
        let name = link.name.as_deref().unwrap_or_default().to_owned();
        let range = link.range.as_deref().unwrap_or("0").to_owned();
        (
            (
                link.phase.name().to_owned(),
                link.need.name().to_owned(),
                name,
            ),
            range,
        )
    };
    certain.map(edge).collect()
}

fn edges(prereqs: &Value) -> Edges {
    let mut edges = Edges::new();
    let phases = prereqs.as_object().into_iter().flatten();
    for (phase, kinds) in phases.filter(|(phase, _)| !phase.starts_with("x_")) {
        for (kind, need) in NEEDS {
            let modules = kinds.get(kind).and_then(Value::as_object);
            for (module, range) in modules.into_iter().flatten() {
                // The answers have this one because of the machine they were made on.
                if module == "Linux::Inotify2" {
                    continue;
                }
                let key = (phase.clone(), need.to_owned(), module.clone());
                let range = range
                    .as_str()
                    .map_or_else(|| range.to_string(), str::to_owned);
                edges.insert(key, range);
            }
        }
    }
    edges
}
