//! What every command costs when the project grows: on synthetic locks, their approvals and their SBOMs. Time must grow as the size
//! does, and no command may take much longer than the SBOM.

use std::error::Error;
use std::path::Path;
use std::process::{Command, Stdio};

use super::measure::{self, Cost};
use super::table::{Table, mib, seconds, times};
use super::{growth, is_linear};
use crate::{checkout, synth};

/// Packages of the projects.
const SIZES: [u32; 2] = [10_000, 80_000];
/// How many times the time of `sbom` a command may take.
const MOST: f64 = 3.0;
/// Runs of each; the least counts.
const RUNS: usize = 2;

/// A command that is measured.
pub(super) struct Measured {
    pub(super) name: &'static str,
    arguments: &'static [&'static str],
    /// It finds something, and says so with its exit code.
    may_fail: bool,
    /// A file that must not be there when it begins.
    without: Option<&'static str>,
}

const fn of(name: &'static str, arguments: &'static [&'static str]) -> Measured {
    Measured {
        name,
        arguments,
        may_fail: false,
        without: None,
    }
}

impl Measured {
    const fn may_fail(mut self) -> Self {
        self.may_fail = true;
        self
    }

    const fn without(mut self, file: &'static str) -> Self {
        self.without = Some(file);
        self
    }
}

/// The name of a package of the synthetic lock.
const SYNTHETIC: &str = "package-00000001";
/// Stands for the name of a package of the project.
const PACKAGE: &str = "PACKAGE";
/// The list that `approve` writes.
const LIST: &str = "package-approvals.json";
const APPROVE: &[&str] = &[
    "approve",
    "--all-current-packages",
    "--yes",
    "--by",
    "bench",
    "--date",
    "2026-11-21",
];
const CHECK: &[&str] = &["check", "--date", "2026-11-21"];

/// The commands, in an order in which each finds what it needs: the first ones write the SBOMs, `approve` the list of approvals.
pub(super) const COMMANDS: [Measured; 24] = [
    of("sbom", &["sbom", "-o", "bom.cdx.json"]),
    of("sbom xml", &["sbom", "-o", "bom.cdx.xml"]),
    of("sbom spdx", &["sbom", "-o", "bom.spdx.json"]),
    of("sbom tag-value", &["sbom", "-o", "bom.spdx"]),
    of(
        "sbom spdx 3",
        &[
            "sbom",
            "-f",
            "spdx-json@3.0.1",
            "--compact",
            "-o",
            "bom3.json",
        ],
    ),
    of("graph", &["graph", "-f", "json"]),
    of("tree", &["tree"]),
    of("why", &["why", PACKAGE]),
    of("report html", &["report", "--profile", "bsi", "-f", "html"]),
    of("report csv", &["report", "--profile", "bsi", "-f", "csv"]),
    of("report md", &["report", "--profile", "bsi", "-f", "md"]),
    of("check, no list", CHECK).may_fail().without(LIST),
    of("approve", APPROVE).without(LIST),
    of("check", CHECK).may_fail(),
    of("prune", &["approvals", "prune"]),
    of("validate", &["validate", "bom.cdx.json"]),
    of(
        "cdx to spdx",
        &["convert", "bom.cdx.json", "-f", "spdx-json", "-o", "out"],
    ),
    of(
        "cdx to xml",
        &[
            "convert",
            "bom.cdx.json",
            "-f",
            "cyclonedx-xml",
            "-o",
            "out",
        ],
    ),
    of(
        "xml to cdx",
        &[
            "convert",
            "bom.cdx.xml",
            "-f",
            "cyclonedx-json",
            "-o",
            "out",
        ],
    ),
    of(
        "spdx to cdx",
        &[
            "convert",
            "bom.spdx.json",
            "-f",
            "cyclonedx-json",
            "-o",
            "out",
        ],
    ),
    of(
        "tag-value to cdx",
        &["convert", "bom.spdx", "-f", "cyclonedx-json", "-o", "out"],
    ),
    of(
        "spdx 3 to cdx",
        &["convert", "bom3.json", "-f", "cyclonedx-json", "-o", "out"],
    ),
    of("diff", &["diff", "bom.cdx.json", "bom.cdx.json"]),
    of(
        "merge",
        &[
            "merge",
            "bom.cdx.json",
            "bom.cdx.json",
            "-f",
            "cyclonedx-json",
            "-o",
            "out",
        ],
    ),
];

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
    for command in &COMMANDS {
        let costs = cost(bomtrail, command, (folders.0.path(), SYNTHETIC)).and_then(|less| {
            Ok((
                less,
                cost(bomtrail, command, (folders.1.path(), SYNTHETIC))?,
            ))
        });
        let (less, more) = match costs {
            Ok(costs) => costs,
            Err(error) => {
                fits = false;
                table.note(command.name, &error.to_string());
                continue;
            }
        };
        let base = *sbom.get_or_insert(more.cpu());
        let is_quick = more.cpu() <= base * MOST;
        fits &= is_quick && is_linear((small, less.cpu()), (large, more.cpu()));
        table.row([
            command.name.to_owned(),
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

/// What a command costs in a project, which has a package of that name.
pub(super) fn cost(
    bomtrail: &Path,
    measured: &Measured,
    (project, package): (&Path, &str),
) -> Result<Cost, Box<dyn Error>> {
    let mut command = Command::new(bomtrail);
    let arguments = measured.arguments.iter();
    command.args(arguments.map(|it| if *it == PACKAGE { package } else { it }));
    command.arg("--quiet");
    command.current_dir(project);
    command.env("SOURCE_DATE_EPOCH", "1767225600");
    command.stdout(Stdio::null());
    let mut costs = Vec::with_capacity(RUNS);
    for _ in 0..RUNS {
        let absent = measured.without.map(|it| project.join(it));
        if let Some(file) = absent.filter(|it| it.exists()) {
            checkout::remove(&file)?;
        }
        let codes = [0, i32::from(measured.may_fail)];
        costs.push(measure::ended(&mut command, &codes)?);
    }
    measure::of(&costs)
}
