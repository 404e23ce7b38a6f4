//! What lockfiles of pnpm, Yarn and Bun cost, against the least that reading their text takes; and a synthetic lockfile of pnpm.

use std::error::Error;
use std::path::Path;
use std::process::ExitCode;

use super::built::{Built, Sbom};
use super::measure::least;
use super::table::{Table, mib, seconds, times};
use crate::{Outcome, checkout, synth};

/// The hidden task that reads the YAML events of a file and keeps nothing.
pub(crate) const EVENTS_ALONE: &str = "events-alone";
/// The hidden task that looks at the lines of a file and keeps nothing.
pub(crate) const LINES_ALONE: &str = "lines-alone";

/// The largest real lockfiles, next to the checkout, with the least that a reader does and how many times that may take;
/// without a number, the factor is shown and does not decide.
const LOCKS: [(&str, &str, Option<f64>); 4] = [
    (
        "pnpm/pnpm-623f/project/pnpm-lock.yaml",
        EVENTS_ALONE,
        Some(3.0),
    ),
    (
        "yarn-classic/cdxgen-9a19/project/yarn.lock",
        LINES_ALONE,
        None,
    ),
    (
        "yarn-berry/redux-toolkit-f416/project/yarn.lock",
        LINES_ALONE,
        None,
    ),
    ("bun/midday-24bc/project/bun.lock", LINES_ALONE, None),
];

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
        let growth = super::growth(before.replace((size, cost.cpu())), size, cost.cpu());
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

fn real(built: &Built, runs: usize) -> Result<bool, Box<dyn Error>> {
    let mut table = Table::new([
        "a lockfile of another manager",
        "CPU s",
        "text alone",
        "times",
        "limit",
    ]);
    let mut fits = true;
    for (path, task, limit) in LOCKS {
        let lock = checkout::root().join("../shared/corpus").join(path);
        let Some(project) = lock.parent().filter(|_| lock.exists()) else {
            table.note(path, "absent");
            continue;
        };
        let Some(Sbom { cost, .. }) = built.sbom(project, runs).transpose()? else {
            table.note(path, "bomtrail is absent");
            continue;
        };
        let floor = least(&mut built.alone(task, &lock), runs)?.cpu();
        let is_over = limit.is_some_and(|it| cost.cpu() > floor * it);
        fits &= !is_over;
        table.row([
            path.to_owned(),
            format!("{:.4}", cost.cpu()),
            format!("{floor:.4}"),
            times(cost.cpu(), Some(floor)),
            match limit {
                Some(limit) if is_over => format!("{limit}x OVER"),
                Some(limit) => format!("{limit}x"),
                None => "-".to_owned(),
            },
        ]);
    }
    print!("{table}");
    Ok(fits)
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
