//! `cargo xtask bench`: CPU time and memory of the release binary on a real project, against npm's own SBOM and against
//! parsing the lock alone, on a synthetic snapshot, on large documents, on attestations, on archives, and on synthetic locks
//! that double; on a store of many SBOMs; and its size. What is missing is reported as missing. `cargo xtask bench fleet` measures
//! only the store, at two sizes.

mod advised;
mod archives;
mod attested;
mod built;
mod commands;
mod documents;
mod fleet;
mod gate;
pub(crate) mod halves;
pub(crate) mod instructions;
mod large;
pub(crate) mod managers;
pub(crate) mod measure;
mod program;
pub(crate) mod shapes;
pub(crate) mod table;

use std::error::Error;
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};

use self::built::{Built, Sbom};
use self::measure::{Cost, least, once};
use self::table::{Table, mib, seconds, times};
use crate::{Outcome, checkout, synth};

/// The hidden task that parses a file as JSON and keeps nothing, as a process of its own.
pub(crate) const PARSE_ALONE: &str = "parse-alone";

/// The real project, next to the checkout.
const PROJECT: &str = "../shared/corpus/npm/theia/project";

/// Each takes seconds.
const MOST_RUNS_OF_NPM: usize = 5;

const MEMORY_LIMIT: u64 = 2 << 30;

/// How many distributions the snapshot has, and the CPU seconds it may take.
const DISTRIBUTIONS: u32 = 600;
const SNAPSHOT_LIMIT: f64 = 0.010;

/// How many SBOMs the smaller store has.
const SBOMS: u64 = 2000;

/// Entries double and the cost may too; above this factor the time is not linear.
const LINEAR: f64 = 2.5;

/// The same for the synthetic locks, which are measured more than once with memory at hand.
const LINEAR_LOCK: f64 = 2.15;

/// Each synthetic lock is measured this often.
const RUNS_OF_LOCK: usize = 9;

/// The hidden task that uses memory, in bytes, and gives it back, as a process of its own.
pub(crate) const USE_MEMORY: &str = "use-memory";

struct Options {
    /// Runs on the real project.
    runs: usize,
    sizes: Vec<u32>,
}

/// Builds, measures, prints.
pub(crate) fn run(options: &[&str]) -> Outcome {
    if let ["fleet", options @ ..] = options {
        return fleet_of(Built::new()?.bomtrail(), options);
    }
    let options = Options::parse(options)?;
    let built = Built::new()?;
    real_project(&options, &built)?;
    println!();
    let few = instructions::show(built.bomtrail())?;
    println!();
    let small = snapshot(&options, &built)?;
    println!();
    let quick = gate::run(built.bomtrail(), options.runs)?;
    println!();
    let streamed = large::run(options.runs)?;
    println!();
    let read = documents::run(built.bomtrail(), options.runs)?;
    println!();
    let even = commands::run(built.bomtrail())?;
    println!();
    let light = program::run(built.bomtrail(), options.runs)?;
    println!();
    let proved = attested::run(built.bomtrail(), options.runs)?;
    println!();
    let advised = advised::run(built.bomtrail(), options.runs)?;
    println!();
    let unpacked = archives::run(built.bomtrail(), options.runs)?;
    println!();
    let others = managers::run(&built, options.runs)?;
    println!();
    let many = fleet::run(built.bomtrail(), &[SBOMS])?;
    let fits = growing_locks(&options, &built)?
        && few
        && small
        && quick
        && streamed
        && read
        && even
        && light
        && proved
        && advised
        && unpacked
        && others
        && many;
    Ok(if fits {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Measures how a binary reads archives, alone.
pub(crate) fn archives_of(binary: &str) -> Outcome {
    Ok(if archives::run(Some(Path::new(binary)), 3)? {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Measures how commands grow with the project, alone.
pub(crate) fn commands_of(binary: &str) -> Outcome {
    Ok(if commands::run(Some(Path::new(binary)))? {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Measures a store of many SBOMs, alone; `--sboms` gives the sizes, in ascending order.
pub(crate) fn fleet_of(bomtrail: Option<&Path>, options: &[&str]) -> Outcome {
    let sizes: Vec<u64> = match options {
        [] => vec![SBOMS, 10 * SBOMS],
        ["--sboms", sizes] => sizes.split(',').map(str::parse).collect::<Result<_, _>>()?,
        _ => return Err("usage: cargo xtask bench fleet [--sboms N,…]".into()),
    };
    if sizes.is_empty() || !sizes.is_sorted_by(|a, b| a < b) || sizes.first() == Some(&0) {
        return Err("`--sboms` expects ascending numbers".into());
    }
    Ok(if fleet::run(bomtrail, &sizes)? {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Measures how commands grow with projects of extreme shapes, alone.
pub(crate) fn shapes_of(binary: &str) -> Outcome {
    Ok(if shapes::run(Path::new(binary))? {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Parses `file` and drops what it says: the least any reader of it has to do.
pub(crate) fn parse_alone(file: &str) -> Outcome {
    let text = checkout::read(Path::new(file))?;
    let _: serde::de::IgnoredAny = serde_json::from_str(&text)?;
    Ok(ExitCode::SUCCESS)
}

impl Options {
    fn parse(args: &[&str]) -> Result<Self, Box<dyn Error>> {
        let mut options = Self {
            runs: 20,
            sizes: vec![62_500, 125_000, 250_000, 500_000, 1_000_000],
        };
        let mut rest = args;
        while let [name, value, tail @ ..] = rest {
            match *name {
                "--runs" => options.runs = value.parse::<usize>()?.max(1),
                "--sizes" => {
                    options.sizes = value.split(',').map(str::parse).collect::<Result<_, _>>()?;
                }
                _ => return Err(format!("`{name}` is not an option of bench").into()),
            }
            rest = tail;
        }
        if rest.is_empty() {
            Ok(options)
        } else {
            Err(format!("`{}` needs a value", rest.join(" ")).into())
        }
    }
}

fn real_project(options: &Options, built: &Built) -> Result<(), Box<dyn Error>> {
    let project = checkout::root().join(PROJECT);
    if !project.exists() {
        println!("{PROJECT} is absent; the real project is not measured");
        return Ok(());
    }
    let cache = tempfile::tempdir()?;
    let ours = built.sbom(&project, options.runs).transpose();
    let parse = least(
        &mut built.parse(&project.join("package-lock.json")),
        options.runs,
    );
    let npm = npm_sbom(&project, cache.path())
        .map(|mut command| least(&mut command, options.runs.min(MOST_RUNS_OF_NPM)));
    let (named, base) = match &ours {
        Ok(Some(sbom)) => (
            format!("bomtrail sbom, {} components", sbom.components),
            Some(sbom.cost.cpu()),
        ),
        Ok(None) | Err(_) => ("bomtrail sbom".to_owned(), None),
    };
    let ours = ours.map(|it| it.map(|sbom| sbom.cost)).transpose();
    let mut table = Table::new(["a real project (theia)", "CPU s", "to ours", "peak MiB"]);
    for (name, cost) in [
        (named.as_str(), ours),
        ("parsing alone", Some(parse)),
        ("npm sbom", npm),
    ] {
        match cost {
            Some(Ok(cost)) => table.row([
                name.to_owned(),
                seconds(cost.cpu()),
                times(cost.cpu(), base),
                mib(cost.peak),
            ]),
            Some(Err(error)) => table.note(name, &error.to_string()),
            None => table.note(name, "absent"),
        }
    }
    print!("{table}");
    Ok(())
}

/// npm's own SBOM of a project, without a network and without a word written into it.
fn npm_sbom(project: &Path, scratch: &Path) -> Option<Command> {
    Command::new("npm")
        .arg("--version")
        .output()
        .ok()
        .filter(|it| it.status.success())?;
    let mut command = Command::new("npm");
    command
        .args([
            "sbom",
            "--package-lock-only",
            "--sbom-format",
            "cyclonedx",
            "--cache",
        ])
        .arg(scratch);
    command
        .env("npm_config_offline", "true")
        .env("npm_config_update_notifier", "false")
        .current_dir(project);
    Some(command)
}

/// Whether a snapshot takes no longer than it may.
fn snapshot(options: &Options, built: &Built) -> Result<bool, Box<dyn Error>> {
    let scratch = tempfile::tempdir()?;
    synth::write_snapshot(DISTRIBUTIONS, scratch.path())?;
    let mut table = Table::new(["a cpanfile.snapshot", "CPU s", "limit", "peak MiB"]);
    let fits = match built.sbom(scratch.path(), options.runs) {
        Some(Ok(Sbom { cost, components })) => {
            let fits = cost.cpu() < SNAPSHOT_LIMIT;
            table.row([
                format!("bomtrail sbom, {components} components"),
                format!("{:.4}", cost.cpu()),
                format!("{SNAPSHOT_LIMIT}{}", if fits { "" } else { " OVER" }),
                mib(cost.peak),
            ]);
            fits
        }
        Some(Err(error)) => {
            table.note("bomtrail sbom", &error.to_string());
            false
        }
        None => {
            table.note("bomtrail sbom", "absent");
            true
        }
    };
    print!("{table}");
    Ok(fits)
}

/// Whether every measured size stays within the memory limit.
fn growing_locks(options: &Options, built: &Built) -> Result<bool, Box<dyn Error>> {
    let mut table = Table::new([
        "entries",
        "components",
        "lock MiB",
        "CPU s",
        "to half",
        "to parsing",
        "peak MiB",
    ]);
    let mut before: Option<(u32, f64)> = None;
    let mut fits = true;
    for &size in &options.sizes {
        let scratch = tempfile::tempdir()?;
        synth::write_project(size, scratch.path())?;
        let lock = scratch.path().join("package-lock.json");
        let parse = least(&mut built.parse(&lock), 1)?;
        let (Some(bomtrail), Some(first)) = (built.bomtrail(), built.sbom(scratch.path(), 1))
        else {
            table.note(&size.to_string(), "bomtrail is absent");
            continue;
        };
        let Sbom { cost, components } = match first {
            Ok(measured) => measured,
            Err(error) => {
                table.note(&size.to_string(), &error.to_string());
                continue;
            }
        };
        let mut sbom = Command::new(bomtrail);
        sbom.arg("sbom").arg(scratch.path());
        let cost = with_memory(built, &mut sbom, cost.peak)?;
        fits &= cost.peak < MEMORY_LIMIT;
        table.row([
            size.to_string(),
            components.to_string(),
            mib(lock.metadata()?.len()),
            seconds(cost.cpu()),
            growth(
                before.replace((size, cost.cpu())),
                (size, cost.cpu()),
                LINEAR_LOCK,
            ),
            times(cost.cpu(), Some(parse.cpu())),
            format!(
                "{}{}",
                mib(cost.peak),
                if cost.peak < MEMORY_LIMIT {
                    ""
                } else {
                    " OVER 2 GiB"
                }
            ),
        ]);
    }
    print!("{table}");
    Ok(fits)
}

/// How many times the memory of a run is at hand before it begins: what is free goes back to the host while a run lasts.
const AT_HAND: u64 = 3;

/// The least cost of several runs with memory at hand: a virtual machine that has given memory back to its host gets it page by
/// page, which takes longer than all that bomtrail does with it. A large run pays for that, and a small one does not.
fn with_memory(built: &Built, sbom: &mut Command, peak: u64) -> Result<Cost, Box<dyn Error>> {
    let bytes = (peak * AT_HAND).to_string();
    sbom.stdout(Stdio::null());
    let mut costs = Vec::new();
    for _ in 0..RUNS_OF_LOCK {
        // A machine with less memory is measured as it is.
        let _ = once(built.task(USE_MEMORY).arg(&bytes));
        costs.push(once(sbom)?);
    }
    measure::of(&costs)
}

/// Writes into each page of this much memory.
pub(crate) fn use_memory(bytes: &str) -> Outcome {
    const PAGE: usize = 4096;
    let mut memory = vec![0_u8; bytes.parse()?];
    for page in memory.chunks_mut(PAGE) {
        page.fill(1);
    }
    std::hint::black_box(&memory);
    Ok(ExitCode::SUCCESS)
}

/// How much the time grew for each doubling since the size before; `limit` is what it may.
fn growth(before: Option<(u32, f64)>, (size, cpu): (u32, f64), limit: f64) -> String {
    let Some((smaller, less)) = before.filter(|(smaller, less)| *smaller < size && *less > 0.0)
    else {
        return "-".to_owned();
    };
    let factor = factor((smaller, less), (size, cpu));
    format!(
        "{factor:.2}x{}",
        if factor < limit { "" } else { " NOT LINEAR" }
    )
}

/// How many times longer twice the size takes.
fn factor((smaller, less): (u32, f64), (size, cpu): (u32, f64)) -> f64 {
    let doublings = (f64::from(size) / f64::from(smaller)).log2();
    (cpu / less).powf(1.0 / doublings)
}

#[cfg(test)]
mod tests;
