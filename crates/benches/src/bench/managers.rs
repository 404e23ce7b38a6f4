//! What lockfiles of pnpm, Yarn and Bun cost, against the least that reading their text takes; and a synthetic lockfile of pnpm.

use std::error::Error;
use std::path::Path;
use std::process::{Command, ExitCode};

use super::built::{Built, Sbom};
use super::measure::least;
use super::table::{Table, mib, seconds, times};
use crate::{Outcome, checkout, synth};

/// The hidden task that reads the YAML events of a file and keeps nothing.
pub(crate) const EVENTS_ALONE: &str = "events-alone";
/// The hidden task that looks at the lines of a file and keeps nothing.
pub(crate) const LINES_ALONE: &str = "lines-alone";

/// The hidden task that parses a file of JSON and keeps nothing.
pub(crate) const JSON_ALONE: &str = "json-alone";

/// The largest real lockfiles, next to the checkout, with the least that a reader does and how many times that may take.
const LOCKS: [(&str, &str, f64); 4] = [
    ("pnpm/pnpm-623f/project/pnpm-lock.yaml", EVENTS_ALONE, 3.0),
    (
        "yarn-classic/cdxgen-9a19/project/yarn.lock",
        LINES_ALONE,
        4.0,
    ),
    (
        "yarn-berry/redux-toolkit-f416/project/yarn.lock",
        LINES_ALONE,
        4.0,
    ),
    ("bun/midday-24bc/project/bun.lock", JSON_ALONE, 4.0),
];

/// The least number of runs of a lockfile: some take only a millisecond.
const RUNS: usize = 20;

/// The snapshots of the synthetic lockfiles.
const SIZES: [u32; 3] = [50_000, 100_000, 200_000];
const MEMORY_LIMIT: u64 = 600 << 20;

/// Whether no lockfile takes more than it may.
pub(super) fn run(built: &Built, runs: usize) -> Result<bool, Box<dyn Error>> {
    let mut fits = real(built, runs)?;
    println!();
    let mut table = Table::new([
        "snapshots of pnpm",
        "CPU s",
        "to half",
        "lock MiB",
        "peak MiB",
    ]);
    let mut before = None;
    for size in SIZES {
        let scratch = tempfile::tempdir()?;
        synth::write_pnpm(size, scratch.path())?;
        let Some(Sbom { cost, .. }) = built.sbom(scratch.path(), 1).transpose()? else {
            table.note(&size.to_string(), "bomtrail is absent");
            continue;
        };
        fits &= cost.peak < MEMORY_LIMIT;
        let growth = super::growth(
            before.replace((size, cost.cpu())),
            (size, cost.cpu()),
            super::LINEAR,
        );
        fits &= !growth.contains("NOT");
        let over = if cost.peak < MEMORY_LIMIT {
            ""
        } else {
            " OVER"
        };
        table.row([
            size.to_string(),
            seconds(cost.cpu()),
            growth,
            mib(checkout::size(&scratch.path().join("pnpm-lock.yaml"))?),
            format!("{}{over}", mib(cost.peak)),
        ]);
    }
    print!("{table}");
    Ok(fits)
}

/// Each lockfile is compared with two bases: the task in a process of its own, which starts faster than bomtrail, and the task
/// in a process like bomtrail's own, which decides.
fn real(built: &Built, runs: usize) -> Result<bool, Box<dyn Error>> {
    let mut table = Table::new([
        "a lockfile of another manager",
        "CPU s",
        "text alone",
        "times",
        "text in bomtrail",
        "times",
        "limit",
    ]);
    let mut fits = true;
    let runs = runs.max(RUNS);
    for (path, task, limit) in LOCKS {
        let lock = checkout::root().join("../shared/corpus").join(path);
        let Some(project) = lock.parent().filter(|_| lock.exists()) else {
            table.note(path, "absent");
            continue;
        };
        let (Some(bomtrail), Some(sbom)) =
            (built.bomtrail(), built.sbom(project, runs).transpose()?)
        else {
            table.note(path, "bomtrail is absent");
            continue;
        };
        let cost = sbom.cost.cpu();
        let start = least(Command::new(bomtrail).arg("--version"), runs)?.cpu();
        let floor = Floor::of(built, task, &lock, runs)?;
        let inside = start + floor.added;
        let is_over = cost > inside * limit;
        fits &= !is_over;
        table.row([
            path.to_owned(),
            format!("{cost:.4}"),
            format!("{:.4}", floor.whole),
            times(cost, Some(floor.whole)),
            format!("{inside:.4}"),
            times(cost, Some(inside)),
            format!("{limit}x{}", if is_over { " OVER" } else { "" }),
        ]);
    }
    print!("{table}");
    Ok(fits)
}

/// CPU seconds of the least that a reader does with a file.
struct Floor {
    /// A process that does nothing else.
    whole: f64,
    /// What the file adds to the same process with an empty one.
    added: f64,
}

impl Floor {
    fn of(built: &Built, task: &str, lock: &Path, runs: usize) -> Result<Self, Box<dyn Error>> {
        let scratch = tempfile::tempdir()?;
        let (file, empty) = (scratch.path().join("lock"), scratch.path().join("empty"));
        let text = checkout::read(lock)?;
        let is_json = task == JSON_ALONE;
        checkout::write(
            &file,
            &if is_json {
                without_last_commas(&text)
            } else {
                text
            },
        )?;
        checkout::write(&empty, if is_json { "{}" } else { "" })?;
        let whole = least(&mut built.alone(task, &file), runs)?.cpu();
        let start = least(&mut built.alone(task, &empty), runs)?.cpu();
        Ok(Self {
            whole,
            added: (whole - start).max(0.0),
        })
    }
}

/// The text without commas before closing brackets, which Bun writes and JSON does not have. Bun writes such a comma at the end of
/// a line or before a space, and no text in a lockfile has one before a bracket like this.
fn without_last_commas(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(',') {
        out.push_str(before);
        if !after.trim_start().starts_with(['}', ']']) {
            out.push(',');
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// Reads the YAML events of `file` and drops them.
pub(crate) fn events_alone(file: &str) -> Outcome {
    let text = checkout::read(Path::new(file))?;
    for event in saphyr_parser::Parser::new_from_str(&text) {
        event?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Looks at each line of `file`.
pub(crate) fn lines_alone(file: &str) -> Outcome {
    let text = checkout::read(Path::new(file))?;
    let count = text.lines().filter(|it| it.ends_with(':')).count();
    Ok(ExitCode::from(u8::from(count == usize::MAX)))
}

/// Parses `file` as JSON and drops it.
pub(crate) fn json_alone(file: &str) -> Outcome {
    let text = checkout::read(Path::new(file))?;
    serde_json::from_str::<serde::de::IgnoredAny>(&text)?;
    Ok(ExitCode::SUCCESS)
}

#[cfg(test)]
mod tests {
    use super::without_last_commas;

    #[test]
    fn commas_before_closing_brackets_are_left_out() {
        let text = "{\n  \"a\": [1, { \"b\": 2, }, ],\n}";
        assert_eq!(
            without_last_commas(text),
            "{\n  \"a\": [1, { \"b\": 2 } ]\n}"
        );
    }
}
