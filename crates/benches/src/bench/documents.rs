//! What documents of 70 MB cost: validate, convert, diff and merge, in each format that is read.

use std::error::Error;
use std::path::Path;
use std::process::Command;

use super::measure::least;
use super::table::{Table, mib, seconds};
use crate::{checkout, synth};

/// The formats, with the packages that make a document of about 70 MB and the format it is converted to.
const FORMATS: [(&str, u32, &str); 5] = [
    ("cyclonedx-json", 40_000, "spdx-json"),
    ("cyclonedx-xml", 42_000, "cyclonedx-json"),
    ("spdx-json", 39_000, "cyclonedx-json"),
    ("spdx-tag-value", 54_000, "spdx-json"),
    ("spdx-json@3.0.1", 16_500, "cyclonedx-json"),
];
/// The CPU seconds that a command may take, and the memory in sizes of the document.
const TIME: f64 = 2.5;
const MEMORY: u64 = 12;
/// Each run takes seconds.
const MOST_RUNS: usize = 3;

/// Whether no command takes more than it may.
pub(super) fn run(bomtrail: Option<&Path>, runs: usize) -> Result<bool, Box<dyn Error>> {
    let mut table = Table::new(["large documents", "CPU s", "MiB", "peak MiB", "verdict"]);
    let Some(bomtrail) = bomtrail else {
        table.note("bomtrail", "absent");
        print!("{table}");
        return Ok(true);
    };
    let runs = runs.min(MOST_RUNS);
    let mut fits = true;
    for (format, packages, target) in FORMATS {
        let scratch = tempfile::tempdir()?;
        let document = document(bomtrail, (format, packages), scratch.path())?;
        let size = checkout::size(&document)?;
        let out = scratch.path().join("out");
        let commands: [(&str, &[&str]); 4] = [
            ("validate", &[]),
            ("convert", &["-f", target, "-o"]),
            ("diff", &[]),
            ("merge", &["-f", format, "-o"]),
        ];
        for (name, options) in commands {
            let mut command = Command::new(bomtrail);
            command.arg(name).arg(&document);
            if matches!(name, "diff" | "merge") {
                command.arg(&document);
            }
            command.args(options);
            if !options.is_empty() {
                command.arg(&out);
            }
            command.env("SOURCE_DATE_EPOCH", "1767225600");
            let cost = least(&mut command, runs)?;
            let is_within = cost.cpu() <= TIME && cost.peak <= size.saturating_mul(MEMORY);
            fits &= is_within;
            table.row([
                format!("{name} {format}"),
                seconds(cost.cpu()),
                mib(size),
                mib(cost.peak),
                if is_within { "fits" } else { "OVER" }.to_owned(),
            ]);
        }
    }
    print!("{table}");
    Ok(fits)
}

/// Writes the SBOM of a synthetic project, with everything that the graph holds.
fn document(
    bomtrail: &Path,
    (format, packages): (&str, u32),
    folder: &Path,
) -> Result<std::path::PathBuf, Box<dyn Error>> {
    synth::write_project(packages, folder)?;
    let path = folder.join("document");
    let mut command = Command::new(bomtrail);
    let detail = ["--detail", "full"];
    command.args(["sbom", "--quiet"]).args(detail);
    command.args(["-f", format, "-o"]);
    command.arg(&path).arg(folder);
    command.env("SOURCE_DATE_EPOCH", "1767225600");
    let output = command.output()?;
    if !output.status.success() {
        return Err(format!("bomtrail sbom -f {format}: {}", output.status).into());
    }
    Ok(path)
}
