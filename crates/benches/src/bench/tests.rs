//! The bench measures what ran and prints it in line.

use std::process::Command;

use super::attested::{CORPUS, write_project};
use super::built::components;
use super::measure::least;
use super::table::{Table, mib, times};
use super::{LINEAR, LINEAR_LOCK, Options, growth};

#[test]
fn a_process_has_a_cost_and_a_failure_is_told() {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let cost = least(Command::new(&cargo).arg("--version"), 3).unwrap();
    assert!(cost.peak > 100_000, "{cost:?}");
    let error = least(Command::new(&cargo).arg("--no-such-option"), 1)
        .unwrap_err()
        .to_string();
    assert!(error.contains("no-such-option"), "{error}");
}

#[test]
fn growth_is_for_each_doubling() {
    let before = Some((100, 1.0));
    assert_eq!(growth(None, (100, 1.0), LINEAR), "-");
    assert_eq!(growth(before, (200, 2.0), LINEAR), "2.00x");
    assert_eq!(growth(before, (400, 4.0), LINEAR), "2.00x");
    assert_eq!(growth(before, (200, 2.4), LINEAR), "2.40x");
    assert_eq!(growth(before, (200, 2.4), LINEAR_LOCK), "2.40x NOT LINEAR");
}

#[test]
fn columns_are_aligned_and_a_note_widens_none() {
    let mut table = Table::new(["what", "CPU s"]);
    table.row(["one".to_owned(), times(3.0, Some(2.0))]);
    let mut wide = Table::new(["what", "CPU s", "peak"]);
    wide.row(["longer".to_owned(), times(3.0, None), mib(3 << 19)]);
    wide.note("npm", "absent, and that is a long story");
    assert_eq!(table.to_string(), "what  CPU s\none   1.50x\n");
    let expected =
        "what    CPU s  peak\nlonger      -   1.5\nnpm     absent, and that is a long story\n";
    assert_eq!(wide.to_string(), expected);
}

#[test]
fn options_are_read_and_unknown_ones_refused() {
    let options = Options::parse(&["--runs", "3", "--sizes", "10,20"]).unwrap();
    assert_eq!((options.runs, options.sizes), (3, vec![10, 20]));
    assert!(Options::parse(&["--walks", "3"]).is_err());
    assert!(Options::parse(&["--runs"]).is_err());
}

#[test]
fn an_sbom_that_says_nothing_is_not_a_result() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("out.json");
    assert!(
        components(&file)
            .unwrap_err()
            .to_string()
            .starts_with("it wrote no SBOM")
    );
    crate::checkout::write(&file, "{\"components\": []}").unwrap();
    assert!(components(&file).is_err());
    crate::checkout::write(
        &file,
        "{\"components\": [{\"name\": \"a\"}, {}], \"version\": 1}",
    )
    .unwrap();
    assert_eq!(components(&file).unwrap(), 2);
}

#[test]
fn a_thousand_attested_packages_have_two_thousand_bundles() {
    let corpus = crate::checkout::root().join(CORPUS);
    if !corpus.exists() {
        println!("skipped: {CORPUS} is absent");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(write_project(&corpus, folder.path()).unwrap(), 2_000);
    let lines = crate::checkout::read(&folder.path().join("attestations.jsonl")).unwrap();
    assert_eq!(lines.lines().count(), 1_000);
}
