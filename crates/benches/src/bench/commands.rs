//! What every command costs when the project grows: on a synthetic lock, its approvals and its SBOM, at two sizes. Time must grow
//! as the size does, and no command may take much longer than the SBOM.

use std::error::Error;
use std::path::Path;
use std::process::Command;

use super::measure::{Cost, least};
use super::table::{Table, mib, seconds, times};
use super::{growth, is_linear};
use crate::synth;

/// Packages of the smaller and of the larger project.
const SIZES: [u32; 2] = [5_000, 50_000];
/// How many times the time of `sbom` a command may take.
const MOST: f64 = 3.0;
/// The SBOM that is read again, and what is written.
const DOCUMENT: &str = "document.json";
const OUTPUT: &str = "out";

/// The commands, in an order in which each finds what it needs: the first writes the SBOM, `approve` the list of approvals.
const COMMANDS: [(&str, &[&str]); 14] = [
    ("sbom", &["sbom", "-o", DOCUMENT]),
    (
        "sbom -f spdx-json",
        &["sbom", "-f", "spdx-json", "-o", OUTPUT],
    ),
    ("graph -f json", &["graph", "-f", "json"]),
    ("tree", &["tree"]),
    (
        "report -f html",
        &["report", "--profile", "bsi", "-f", "html"],
    ),
    (
        "report -f csv",
        &["report", "--profile", "bsi", "-f", "csv"],
    ),
    (
        "approve",
        &[
            "approve",
            "--all-current-packages",
            "--yes",
            "--by",
            "bench",
            "--date",
            DATE,
        ],
    ),
    ("check", &["check", "--date", DATE]),
    ("approvals prune", &["approvals", "prune"]),
    ("validate", &["validate", DOCUMENT]),
    (
        "convert",
        &["convert", DOCUMENT, "-f", "spdx-json", "-o", OUTPUT],
    ),
    ("diff", &["diff", DOCUMENT, DOCUMENT]),
    (
        "merge",
        &[
            "merge",
            DOCUMENT,
            DOCUMENT,
            "-f",
            "cyclonedx-json",
            "-o",
            OUTPUT,
        ],
    ),
    ("why", &["why", "package-00000001"]),
];
/// The date of all decisions.
const DATE: &str = "2026-11-21";

/// Whether every command is linear and not much slower than the SBOM.
pub(super) fn run(bomtrail: Option<&Path>) -> Result<bool, Box<dyn Error>> {
    let mut table = Table::new([
        "commands", "CPU s", "larger", "to half", "to sbom", "peak MiB",
    ]);
    let Some(bomtrail) = bomtrail else {
        table.note("bomtrail", "absent");
        print!("{table}");
        return Ok(true);
    };
    let folders = (tempfile::tempdir()?, tempfile::tempdir()?);
    let [small, large] = SIZES;
    synth::write_project(small, folders.0.path())?;
    synth::write_project(large, folders.1.path())?;
    let mut fits = true;
    let mut sbom = None;
    for (name, arguments) in COMMANDS {
        let costs = cost(bomtrail, arguments, folders.0.path())
            .and_then(|less| Ok((less, cost(bomtrail, arguments, folders.1.path())?)));
        let (less, more) = match costs {
            Ok(costs) => costs,
            Err(error) => {
                fits = false;
                table.note(name, &error.to_string());
                continue;
            }
        };
        let base = *sbom.get_or_insert(more.cpu());
        let is_quick = more.cpu() <= base * MOST;
        fits &= is_quick && is_linear((small, less.cpu()), (large, more.cpu()));
        table.row([
            name.to_owned(),
            seconds(less.cpu()),
            seconds(more.cpu()),
            growth(Some((small, less.cpu())), large, more.cpu()),
            format!(
                "{}{}",
                times(more.cpu(), Some(base)),
                if is_quick { "" } else { " OVER" }
            ),
            mib(more.peak),
        ]);
    }
    print!("{table}");
    Ok(fits)
}

fn cost(bomtrail: &Path, arguments: &[&str], project: &Path) -> Result<Cost, Box<dyn Error>> {
    let mut command = Command::new(bomtrail);
    command.args(arguments).arg("--quiet").current_dir(project);
    command.env("SOURCE_DATE_EPOCH", "1767225600");
    least(&mut command, 1)
}
