//! How many instructions the program needs, as valgrind counts them. Unlike time, the figure does not depend on what else the
//! machine does, so that it can be compared with the baseline that is committed next to the benches.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};

use super::table::Table;
use super::{DISTRIBUTIONS, PROJECT, built};
use crate::{Outcome, checkout, synth};

/// What each run needed when it was last changed on purpose.
const BASELINE: &str = "crates/benches/instructions.json";
/// How much more a run may need, in percent.
const GROWTH: u64 = 5;
/// Entries of the synthetic lock.
const ENTRIES: u32 = 5_000;

/// A command that is counted.
struct Run {
    name: &'static str,
    arguments: &'static [&'static str],
    project: PathBuf,
}

/// `cargo xtask instructions [--update]`: compares with the baseline, or writes it.
pub(crate) fn run(options: &[&str]) -> Outcome {
    let update = match options {
        [] => false,
        ["--update"] => true,
        _ => return Err("usage: cargo xtask instructions [--update]".into()),
    };
    if !has_valgrind() {
        return Err("valgrind is not installed, so instructions cannot be counted".into());
    }
    let bomtrail = built::program()?;
    let counts = count_all(&bomtrail)?;
    if update {
        let text = serde_json::to_string_pretty(&counts)? + "\n";
        checkout::write(&checkout::root().join(BASELINE), &text)?;
    }
    Ok(if report(&counts)? {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Prints the counts next to the baseline, where valgrind is installed. False when a run needs more than it may.
pub(super) fn show(bomtrail: Option<&Path>) -> Result<bool, Box<dyn Error>> {
    if let Some(bomtrail) = bomtrail.filter(|_| has_valgrind()) {
        return report(&count_all(bomtrail)?);
    }
    println!("valgrind or bomtrail is absent; instructions are not counted");
    Ok(true)
}

fn has_valgrind() -> bool {
    let mut command = Command::new("valgrind");
    let output = command.arg("--version").output();
    output.is_ok_and(|it| it.status.success())
}

fn count_all(bomtrail: &Path) -> Result<BTreeMap<&'static str, u64>, Box<dyn Error>> {
    let folders = (tempfile::tempdir()?, tempfile::tempdir()?);
    let (lock, snapshot) = (folders.0.path(), folders.1.path());
    synth::write_project(ENTRIES, lock)?;
    synth::write_snapshot(DISTRIBUTIONS, snapshot)?;
    let of = |name, arguments, project: &Path| Run {
        name,
        arguments,
        project: project.to_path_buf(),
    };
    let mut runs = vec![
        of("lock of 5,000: sbom", &["sbom"], lock),
        of(
            "lock of 5,000: sbom -f spdx",
            &["sbom", "-f", "spdx-json"],
            lock,
        ),
        of("lock of 5,000: tree", &["tree"], lock),
        of(
            "lock of 5,000: check",
            &["check", "--date", "2026-11-21"],
            lock,
        ),
        of("snapshot of 600: sbom", &["sbom"], snapshot),
    ];
    let theia = checkout::root().join(PROJECT);
    if theia.exists() {
        runs.push(of("theia: sbom", &["sbom"], &theia));
    } else {
        println!("{PROJECT} is absent; the real project is not counted");
    }
    let counts = runs.iter().map(|it| Ok((it.name, count(bomtrail, it)?)));
    counts.collect()
}

/// The instructions of one run, which writes into nothing.
fn count(bomtrail: &Path, run: &Run) -> Result<u64, Box<dyn Error>> {
    let mut command = Command::new("valgrind");
    command.args(["--tool=callgrind", "--callgrind-out-file=/dev/null"]);
    command.arg(bomtrail).args(run.arguments).arg(&run.project);
    command.stdin(Stdio::null()).stdout(Stdio::null());
    command.env("SOURCE_DATE_EPOCH", "1700000000");
    let output = command.output()?;
    // A check that finds something is as good as one that does not.
    if !matches!(output.status.code(), Some(0 | 1)) {
        return Err(format!("{}: {}", run.name, output.status).into());
    }
    let text = String::from_utf8_lossy(&output.stderr);
    let refs = text.lines().rev().find_map(|it| it.split_once("refs:"));
    let (_, number) = refs.ok_or_else(|| format!("{}: valgrind states no count", run.name))?;
    Ok(number.trim().replace(',', "").parse()?)
}

/// Prints a table. False when a run needs more than it may, or has no baseline.
fn report(counts: &BTreeMap<&'static str, u64>) -> Result<bool, Box<dyn Error>> {
    let text = checkout::read(&checkout::root().join(BASELINE))?;
    let baseline: BTreeMap<String, u64> = serde_json::from_str(&text)?;
    let mut table = Table::new(["instructions (valgrind)", "measured", "baseline", "change"]);
    let mut fits = true;
    for (name, count) in counts {
        let Some(before) = baseline.get(*name) else {
            fits = false;
            table.note(
                name,
                "has no baseline: run `cargo xtask instructions --update`",
            );
            continue;
        };
        let is_fine = fits_in(*count, *before);
        fits &= is_fine;
        table.row([
            (*name).to_owned(),
            count.to_string(),
            before.to_string(),
            format!(
                "{}{}",
                change(*count, *before),
                if is_fine { "" } else { " OVER" }
            ),
        ]);
    }
    print!("{table}");
    Ok(fits)
}

fn fits_in(count: u64, before: u64) -> bool {
    count.saturating_mul(100) <= before.saturating_mul(100 + GROWTH)
}

/// The difference in percent, with one decimal.
fn change(count: u64, before: u64) -> String {
    let sign = if count < before { '-' } else { '+' };
    let permille = count.abs_diff(before).saturating_mul(1000) / before.max(1);
    format!("{sign}{}.{} %", permille / 10, permille % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_twentieth_more_is_the_most() {
        assert!(fits_in(105, 100));
        assert!(!fits_in(106, 100));
        assert_eq!(change(1_050, 1_000), "+5.0 %");
        assert_eq!(change(995, 1_000), "-0.5 %");
    }
}
