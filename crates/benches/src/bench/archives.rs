//! What reading archives costs: a thousand archives with a gigabyte of files, found, checked and described, next to `gzip -d` and
//! `sha512sum` over the same bytes.

use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;
use sha2::{Digest, Sha512};

use super::measure::{Cost, least};
use super::table::{Table, mib, seconds};
use crate::checkout;

/// How many archives.
const ARCHIVES: usize = 1_000;
/// How many have contents of their own; each has several names.
const DISTINCT: usize = 20;
/// How many files an archive has.
const FILES: usize = 16;
/// How many lines a file has.
const LINES: usize = 1_100;
/// The least speed, as a part of that of the two programs.
const LEAST: f64 = 0.6;
/// The most memory for each core, in bytes.
const MEMORY_LIMIT: u64 = 64 << 20;
/// Each takes seconds.
const MOST_RUNS: usize = 3;

/// Whether archives are read quickly enough, and in little memory.
pub(super) fn run(bomtrail: Option<&Path>, runs: usize) -> Result<bool, Box<dyn Error>> {
    let head = format!("{ARCHIVES} archives of 1 MB");
    let mut table = Table::new([head.as_str(), "CPU s", "speed", "wall s", "peak MiB"]);
    let Some(bomtrail) = bomtrail else {
        table.note("bomtrail sbom --archives", "absent");
        print!("{table}");
        return Ok(true);
    };
    let runs = runs.min(MOST_RUNS);
    let scratch = tempfile::tempdir()?;
    write_project(scratch.path())?;
    let base = programs(scratch.path(), runs)?;
    let ours = sbom(bomtrail, scratch.path(), runs)?;
    let speed = base.cpu() / ours.cpu();
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let limit = MEMORY_LIMIT.saturating_mul(u64::try_from(cores)?);
    let is_quick = speed >= LEAST;
    let is_small = ours.peak <= limit;
    let mark = if is_quick { "" } else { " TOO SLOW" };
    let over = if is_small { "" } else { " OVER" };
    for (name, cost, speed, over) in [
        ("gzip -dc and sha512sum", base, "1".to_owned(), ""),
        (
            "bomtrail sbom --archives",
            ours,
            format!("{speed:.2}{mark}"),
            over,
        ),
    ] {
        let (cpu, wall) = (seconds(cost.cpu()), seconds(cost.wall()));
        let peak = format!("{}{over}", mib(cost.peak));
        table.row([name.to_owned(), cpu, speed, wall, peak]);
    }
    print!("{table}");
    Ok(is_quick && is_small)
}

/// The programs of the system, over the same archives.
fn programs(folder: &Path, runs: usize) -> Result<Cost, Box<dyn Error>> {
    let script = "cat mirror/*.tgz | gzip -dc > /dev/null; cat mirror/*.tgz | sha512sum > sum";
    let mut shell = Command::new("sh");
    shell.current_dir(folder).args(["-c", script]);
    least(&mut shell, runs)
}

/// The cost of an SBOM of the project. Fails when not every archive was read.
fn sbom(bomtrail: &Path, folder: &Path, runs: usize) -> Result<Cost, Box<dyn Error>> {
    let report = folder.join("app.cdx.json");
    let mut command = Command::new(bomtrail);
    command.current_dir(folder);
    command.args(["sbom", "--quiet", "--archives", "mirror", "-o"]);
    let cost = least(command.arg(&report), runs)?;
    let read = checkout::read(&report)?.matches("\"swhid\"").count();
    if read == ARCHIVES {
        Ok(cost)
    } else {
        Err(format!("of {ARCHIVES} archives, {read} were read").into())
    }
}

/// A lockfile, and a folder with the archives that it pins.
fn write_project(folder: &Path) -> Result<(), Box<dyn Error>> {
    let mut packages = serde_json::Map::new();
    packages.insert(String::new(), json!({"name": "app", "version": "1.0.0"}));
    for number in 0..DISTINCT {
        let archive = pack(folder, number)?;
        let integrity = format!("sha512-{}", STANDARD.encode(Sha512::digest(&archive)));
        for copy in 0..ARCHIVES / DISTINCT {
            let name = format!("pkg-{number}-{copy}");
            let file = format!("{name}-1.0.0.tgz");
            checkout::write_bytes(&folder.join("mirror").join(&file), &archive)?;
            let resolved = format!("https://npm.example.com/{name}/-/{file}");
            let entry = json!({"version": "1.0.0", "resolved": resolved, "integrity": integrity});
            packages.insert(format!("node_modules/{name}"), entry);
        }
    }
    let lock =
        json!({"name": "app", "version": "1.0.0", "lockfileVersion": 3, "packages": packages});
    Ok(checkout::write(
        &folder.join("package-lock.json"),
        &lock.to_string(),
    )?)
}

/// The bytes of an archive whose files look like source code to a compressor.
fn pack(folder: &Path, number: usize) -> Result<Vec<u8>, Box<dyn Error>> {
    let package = folder.join("package");
    let manifest = json!({"name": format!("pkg-{number}"), "version": "1.0.0", "license": "MIT"});
    checkout::write(&package.join("package.json"), &manifest.to_string())?;
    let mut state = number.wrapping_mul(0x9e37_79b9).wrapping_add(1);
    let mut draw = || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        state >> 33
    };
    for file in 0..FILES {
        let mut text = String::new();
        for _ in 0..LINES {
            let (value, field, seed) = (draw() & 0xfff, draw() & 0xff, draw());
            writeln!(
                text,
                "    const value{value} = compute(input.field{field}, {seed});"
            )?;
        }
        checkout::write(&package.join(format!("file{file}.js")), &text)?;
    }
    let mut tar = Command::new("tar");
    tar.current_dir(folder);
    tar.args(["-czf", "archive.tgz", "package"]);
    if !tar.status()?.success() {
        return Err("`tar` failed".into());
    }
    Ok(checkout::read_bytes(&folder.join("archive.tgz"))?)
}
