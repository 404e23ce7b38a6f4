//! What every command costs when the project grows: on synthetic locks, their approvals and their SBOMs. Time must grow as the size
//! does, and no command may take much longer than the SBOM.
//!
//! A run that is too short to be measured says nothing of its growth. CPU time decides; the time from start to end is shown next to it.

use std::error::Error;
use std::fmt;
use std::path::Path;
use std::process::{Command, Stdio};

use super::measure::{self, Cost};
use super::table::{Table, mib, seconds};
use super::{LINEAR, factor, halves};
use crate::{checkout, synth};

/// Packages of the projects, which have as many approvals.
const SIZES: [u32; 2] = [10_000, 80_000];
/// Approvals of the projects on which only the commands that use them are measured.
const LISTS: [u32; 2] = [5_000, 50_000];
/// How many times the time of `sbom` a command may take.
const MOST: f64 = 3.0;
/// Runs of each; the least counts.
const RUNS: usize = 3;
/// A run below this many seconds is too short for a statement on its growth.
const SHORTEST: f64 = 0.02;

/// A project of a size.
#[derive(Clone, Copy)]
pub(super) struct Sized<'p> {
    /// Its packages.
    pub(super) size: u32,
    pub(super) folder: &'p Path,
}

/// A command that is measured.
struct Measured {
    name: &'static str,
    arguments: &'static [&'static str],
    /// It finds something, and says so with its exit code.
    may_fail: bool,
    /// A file that must not be there when it begins.
    without: Option<&'static str>,
    /// It reads the two halves of the SBOM.
    of_halves: bool,
}

const fn of(name: &'static str, arguments: &'static [&'static str]) -> Measured {
    Measured {
        name,
        arguments,
        may_fail: false,
        without: None,
        of_halves: false,
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

    const fn of_halves(mut self) -> Self {
        self.of_halves = true;
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
const COMMANDS: [Measured; 25] = [
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
        "merge of halves",
        &[
            "merge",
            halves::NAMES[0],
            halves::NAMES[1],
            "-f",
            "cyclonedx-json",
            "-o",
            "out",
        ],
    )
    .of_halves(),
    // Twice as many packages as the project has.
    of(
        "merge of two",
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

/// The commands that use a list of approvals, after the SBOM they are compared with.
const OF_LISTS: [&str; 4] = ["sbom", "approve", "check", "prune"];

/// Whether every command is linear and not much slower than the SBOM.
pub(super) fn run(bomtrail: Option<&Path>) -> Result<bool, Box<dyn Error>> {
    let Some(bomtrail) = bomtrail else {
        let mut table = head("commands");
        table.note("bomtrail", "absent");
        print!("{table}");
        return Ok(true);
    };
    let all = usual(bomtrail, "commands", SIZES, |_| true)?;
    println!();
    let of_lists = |it: &Measured| OF_LISTS.contains(&it.name);
    Ok(usual(bomtrail, "approvals", LISTS, of_lists)? && all)
}

/// Measures some commands on synthetic locks of two sizes.
fn usual(
    bomtrail: &Path,
    title: &str,
    [small, large]: [u32; 2],
    wanted: impl Fn(&Measured) -> bool,
) -> Result<bool, Box<dyn Error>> {
    let folders = (tempfile::tempdir()?, tempfile::tempdir()?);
    let projects = [(small, &folders.0), (large, &folders.1)].map(|(size, it)| Sized {
        size,
        folder: it.path(),
    });
    for it in &projects {
        synth::write_project(it.size, it.folder)?;
    }
    Ok(compare(bomtrail, (title, SYNTHETIC), projects, wanted))
}

fn head(title: &str) -> Table<7> {
    Table::new([
        title, "CPU s", "larger", "wall s", "to half", "to sbom", "peak MiB",
    ])
}

/// Measures all commands on a project and a larger one of the same shape, which have a package of that name.
pub(super) fn shape(bomtrail: &Path, names: (&str, &str), projects: [Sized<'_>; 2]) -> bool {
    compare(bomtrail, names, projects, |_| true)
}

/// Whether every wanted command is linear, and not much slower than the SBOM of the larger project. The first is the SBOM.
fn compare(
    bomtrail: &Path,
    (title, package): (&str, &str),
    [small, large]: [Sized<'_>; 2],
    wanted: impl Fn(&Measured) -> bool,
) -> bool {
    let mut table = head(&format!("{title} {}, {}", small.size, large.size));
    let mut fits = true;
    let mut sbom = None;
    for command in COMMANDS.iter().filter(|it| wanted(it)) {
        let costs = cost(bomtrail, command, (small.folder, package))
            .and_then(|less| Ok((less, cost(bomtrail, command, (large.folder, package))?)));
        let (less, more) = match costs {
            Ok(costs) => costs,
            Err(error) => {
                fits = false;
                table.note(command.name, &error.to_string());
                continue;
            }
        };
        let base = *sbom.get_or_insert(more);
        let ratio = Ratio::of(more, base);
        let growth = Growth::of((small.size, less.cpu()), (large.size, more.cpu()));
        fits &= ratio.is_quick() && growth.is_linear();
        table.row([
            command.name.to_owned(),
            seconds(less.cpu()),
            seconds(more.cpu()),
            seconds(more.wall()),
            growth.to_string(),
            ratio.to_string(),
            mib(more.peak),
        ]);
    }
    print!("{table}");
    fits
}

/// How many times the time of the SBOM a command takes.
struct Ratio {
    cpu: f64,
    wall: f64,
}

impl Ratio {
    fn of(cost: Cost, base: Cost) -> Self {
        Self {
            cpu: cost.cpu() / base.cpu().max(f64::EPSILON),
            wall: cost.wall() / base.wall().max(f64::EPSILON),
        }
    }

    fn is_quick(&self) -> bool {
        self.cpu <= MOST
    }
}

impl fmt::Display for Ratio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.2}x", self.cpu)?;
        if self.is_quick() {
            return Ok(());
        }
        f.write_str(" OVER")?;
        if self.wall <= MOST {
            write!(f, ", wall {:.2}x fits", self.wall)?;
        }
        Ok(())
    }
}

/// How many times longer twice the size takes; `None` where the smaller run is too short.
struct Growth(Option<f64>);

impl Growth {
    fn of(less: (u32, f64), more: (u32, f64)) -> Self {
        Self((less.1 >= SHORTEST).then(|| factor(less, more)))
    }

    fn is_linear(&self) -> bool {
        self.0.is_none_or(|it| it < LINEAR)
    }
}

impl fmt::Display for Growth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            None => f.write_str("short"),
            Some(factor) if factor < LINEAR => write!(f, "{factor:.2}x"),
            Some(factor) => write!(f, "{factor:.2}x NOT LINEAR"),
        }
    }
}

/// The CPU seconds of the SBOM of a project.
pub(super) fn sbom(bomtrail: &Path, project: &Path) -> Result<f64, Box<dyn Error>> {
    let [first, ..] = &COMMANDS;
    Ok(cost(bomtrail, first, (project, ""))?.cpu())
}

/// What a command costs in a project, which has a package of that name.
fn cost(
    bomtrail: &Path,
    measured: &Measured,
    (project, package): (&Path, &str),
) -> Result<Cost, Box<dyn Error>> {
    if measured.of_halves {
        halves::prepare(project)?;
    }
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

#[cfg(test)]
mod tests {
    use super::{MOST, Ratio};

    #[test]
    fn cpu_time_decides_and_a_row_says_where_only_wall_time_fits() {
        let row = |cpu, wall| Ratio { cpu, wall }.to_string();
        assert_eq!(row(MOST, 9.0), "3.00x");
        assert_eq!(row(3.5, 2.0), "3.50x OVER, wall 2.00x fits");
        assert_eq!(row(3.5, 3.2), "3.50x OVER");
    }
}
