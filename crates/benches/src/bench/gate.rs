//! What a check costs: the largest real project against 5,000 approvals in three lists that extend each other.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

use super::measure::least;
use super::table::{Table, mib};
use crate::checkout;

/// The project with most packages, next to the checkout.
const PROJECT: &str = "../shared/corpus/npm/compass/project";
/// How many package versions are approved, in how many lists.
const APPROVALS: usize = 5_000;
const LISTS: usize = 3;
/// The CPU seconds a check may take.
const LIMIT: f64 = 0.150;

/// Whether a check takes no longer than it may.
pub(super) fn run(bomtrail: Option<&Path>, runs: usize) -> Result<bool, Box<dyn Error>> {
    let project = checkout::root().join(PROJECT);
    let mut table = Table::new(["a check (compass)", "CPU s", "limit", "peak MiB"]);
    let Some(bomtrail) = bomtrail.filter(|_| project.exists()) else {
        table.note("bomtrail check", "absent");
        print!("{table}");
        return Ok(true);
    };
    let scratch = tempfile::tempdir()?;
    write_lists(&locked(bomtrail, &project)?, scratch.path())?;
    let mut command = Command::new(bomtrail);
    command.args(["check", "--quiet", "--date", "2026-11-21", "-o"]);
    command.arg(scratch.path().join("report.txt")).arg(&project);
    // Old entries of that lockfile have weak digests or are not what npm would install, and a check that fails is not measured.
    command.args([
        "--allow",
        "lock/integrity-weak",
        "--allow",
        "lock/out-of-sync",
    ]);
    command.arg("--approvals");
    command.arg(scratch.path().join("0.json"));
    let cost = least(&mut command, runs)?;
    let fits = cost.cpu() < LIMIT;
    table.row([
        format!("bomtrail check, {APPROVALS} approvals in {LISTS} lists"),
        format!("{:.4}", cost.cpu()),
        format!("{LIMIT}{}", if fits { "" } else { " OVER" }),
        mib(cost.peak),
    ]);
    print!("{table}");
    Ok(fits)
}

/// The versions of the packages that a project has locked from the public registry.
fn locked(
    bomtrail: &Path,
    project: &Path,
) -> Result<BTreeMap<String, Vec<String>>, Box<dyn Error>> {
    let mut command = Command::new(bomtrail);
    let command = command
        .args(["check", "--quiet", "-f", "json"])
        .arg(project);
    let report: Value = serde_json::from_slice(&command.output()?.stdout)?;
    let mut all: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let nodes = report.get("nodes").and_then(Value::as_array);
    for node in nodes.into_iter().flatten() {
        let text = |key: &str| node.get(key).and_then(Value::as_str).unwrap_or_default();
        let public = text("purl").starts_with("pkg:npm/") && !text("purl").contains('?');
        if public && text("status") == "unreviewed" {
            let versions = all.entry(text("name").to_owned()).or_default();
            versions.push(text("version").to_owned());
        }
    }
    let mut count: usize = all.values().map(Vec::len).sum();
    while count < APPROVALS {
        all.insert(format!("not-locked-{count}"), vec!["1.0.0".to_owned()]);
        count += 1;
    }
    Ok(all)
}

fn write_lists(all: &BTreeMap<String, Vec<String>>, folder: &Path) -> Result<(), Box<dyn Error>> {
    for number in 0..LISTS {
        let part = all.iter().skip(number).step_by(LISTS);
        let packages: BTreeMap<&String, &Vec<String>> = part.collect();
        let next = number + 1;
        let extends = if next < LISTS {
            vec![format!("{next}.json")]
        } else {
            Vec::new()
        };
        let list = json!({ "version": 1, "extends": extends, "packages": packages });
        checkout::write(&folder.join(format!("{number}.json")), &list.to_string())?;
    }
    Ok(())
}
