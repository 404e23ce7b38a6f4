//! The same questions, the same answers: the store with SQLite, the dataset with DuckDB, Arrow and a cluster of Spark. An engine
//! that is not installed is skipped with a message; Spark starts only when `BOMTRAIL_THOROUGH` is set. `BOMTRAIL_PYTHON` names
//! another Python.

use std::path::{Path, PathBuf};
use std::process::Command;

use bomtrail_testkit::cases;

use super::{answer, project, sboms};
use crate::run::{bomtrail, put};

const APPROVALS: &str = r#"{"version": 1, "packages": {"web": ["1.2.0"]}}"#;

fn add(here: &Path, folder: &str, more: &[&str]) {
    let added = bomtrail(here)
        .args(["fleet", "add", folder])
        .args(more)
        .output()
        .unwrap();
    assert!(
        added.status.success(),
        "{}",
        String::from_utf8_lossy(&added.stderr)
    );
}

/// Three releases of a shop, of which the last has no `bad`, and two of a desk.
fn store(here: &Path) {
    for (version, date) in [("1.0.0", "2026-01-10"), ("1.1.0", "2026-02-10")] {
        project(&here.join(version), "shop", version, "own");
        add(here, version, &["--date", date]);
    }
    let clean = r#"{"name": "shop", "version": "1.2.0", "lockfileVersion": 3, "packages": {
  "": {"name": "shop", "version": "1.2.0", "dependencies": {"log": "^2.0.0"}}, "node_modules/log": {"version": "2.0.0"}}}"#;
    put(here, "1.2.0/package-lock.json", clean);
    add(here, "1.2.0", &["--date", "2026-03-10"]);
    for (version, date) in [("7.0.0", "2026-02-20"), ("8.0.0", "2026-03-20")] {
        let folder = here.join(version);
        project(&folder, "desk", version, "desk-own");
        put(&folder, "package-approvals.json", APPROVALS);
        add(here, version, &["--date", date, "--statuses"]);
    }
}

fn python() -> PathBuf {
    std::env::var_os("BOMTRAIL_PYTHON").map_or_else(|| PathBuf::from("python3"), PathBuf::from)
}

#[test]
fn engines_give_the_same_answers() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    store(here);
    let exported = bomtrail(here)
        .args(["fleet", "export", "data"])
        .output()
        .unwrap();
    assert!(
        exported.status.success(),
        "{}",
        String::from_utf8_lossy(&exported.stderr)
    );
    let repository = Path::new(env!("CARGO_MANIFEST_DIR"));
    let run = Command::new(python())
        .arg(repository.join("tests/it/fleets/engines.py"))
        .arg(repository.join("docs/fleet-questions.sql"))
        .args([here.join("fleet.db"), here.join("data")])
        .args(cases(
            &["sqlite", "duckdb", "pyarrow"][..],
            &["sqlite", "duckdb", "pyarrow", "spark"],
        ))
        .output();
    let Ok(run) = run else {
        println!("skipped: Python is not installed");
        return;
    };
    let problems = String::from_utf8_lossy(&run.stderr);
    assert!(run.status.success(), "{problems}");
    for line in problems.lines().filter(|it| it.starts_with("skipped")) {
        println!("{line}");
    }
    let answers: serde_json::Value = serde_json::from_slice(&run.stdout).unwrap();
    let store = answers["sqlite"].as_object().unwrap();
    assert_eq!(store.len(), 10);
    for (question, rows) in store {
        assert!(
            !rows.as_array().unwrap().is_empty(),
            "{question} has no rows"
        );
    }
    for (engine, found) in answers.as_object().unwrap() {
        if let Some(found) = found.as_object() {
            println!("{engine}: {} questions", found.len());
            for (question, rows) in store {
                assert_eq!(&found[question], rows, "{engine}: {question}");
            }
        }
    }
    let found = answer(here, &["where", "bad@1.0.0"])["found"]
        .as_array()
        .unwrap()
        .clone();
    let fixed = found.iter().filter(|it| !it["fixed"].is_null());
    let products: Vec<_> = fixed.map(|it| it["product"].clone()).collect();
    let rows: Vec<_> = store["fixed"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it[0].clone())
        .collect();
    assert_eq!(products, rows, "the command answers as SQL does");
}

/// The job of the guide: workers of Spark make the dataset. Only when `BOMTRAIL_THOROUGH` is set.
#[test]
fn a_spark_job_makes_a_dataset() {
    let has_spark = Command::new(python())
        .args(["-c", "import pyspark"])
        .output();
    if !cases(false, true) || !has_spark.is_ok_and(|it| it.status.success()) {
        println!("skipped: Spark starts only with BOMTRAIL_THOROUGH, where pyspark is installed");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    sboms(&here.join("sboms"), 0, 6);
    put(here, "sboms/broken.json", "{");
    let job = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/fleet-ingest.py");
    for _ in 0..2 {
        let run = Command::new(python())
            .arg(&job)
            .args([here.join("sboms"), here.join("data")])
            .arg(env!("CARGO_BIN_EXE_bomtrail"))
            .env("BOMTRAIL_SPARK_MASTER", "local-cluster[2,1,1024]")
            .env("SPARK_LOCAL_IP", "127.0.0.1")
            .output()
            .unwrap();
        let problems = String::from_utf8_lossy(&run.stderr);
        assert!(run.status.success(), "{problems}");
        assert!(String::from_utf8_lossy(&run.stdout).contains("broken.json"));
    }
    let imported = bomtrail(here)
        .args(["fleet", "import", "data"])
        .output()
        .unwrap();
    assert!(imported.status.success());
    assert_eq!(super::count(here), 6);
}
