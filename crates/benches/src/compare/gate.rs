//! Lockfiles that were tampered with, each as one of our fixtures, and which checks refuse them.

use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::options::Options;
use super::run::copy;
use super::tool::TOOLS;
use crate::checkout;

/// The fixtures, each a project with an approvals file.
const FIXTURES: &str = "fixtures/approvals";
/// The fixtures whose lockfile was changed by hand, by the beginning of their name.
const TAMPERED: &[&str] = &["address-", "alias-", "lock-", "lying-", "bundled-"];
/// A lockfile as npm writes it, which every check has to accept.
const CONTROL: &str = "lock-as-npm-writes";

/// A check of a lockfile before an installation.
struct Judge {
    name: &'static str,
    program: &'static str,
    arguments: &'static [&'static str],
    /// What it prints when it needs a network, and therefore did not check.
    offline: &'static str,
}

const JUDGES: &[Judge] = &[
    Judge {
        name: "`npm ci --dry-run`",
        program: "npm",
        arguments: &["ci", "--dry-run", "--ignore-scripts", "--no-audit"],
        offline: "ENOTCACHED",
    },
    Judge {
        name: "`lockfile-lint` with all validators for npm",
        program: "lockfile-lint",
        arguments: &[
            "--path",
            "package-lock.json",
            "--type",
            "npm",
            "--validate-https",
            "--validate-package-names",
            "--validate-integrity",
            "--allowed-hosts",
            "npmjs.org",
        ],
        offline: "ENOTFOUND",
    },
];

/// What a check says about a lockfile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    Accepts,
    Refuses,
    /// It needs a network, or did not start.
    Unknown,
}

/// A table of the checks that are installed.
pub(super) fn run(options: &Options) -> Result<String, Box<dyn Error>> {
    let fixtures = tampered(&checkout::root().join(FIXTURES))?;
    let bomtrail = TOOLS.first().and_then(|it| options.place.find(it));
    let ours = bomtrail.ok_or("bomtrail is not installed; build it, or give `--bomtrail FILE`")?;
    let check = |folder: &Path| {
        verdict(
            options.place.command(&ours).args(["check", "-q"]),
            folder,
            "\0",
        )
    };
    let mut denied = Vec::new();
    for fixture in fixtures {
        if check(&fixture)? == Verdict::Refuses {
            denied.push(fixture);
        }
    }
    let mut page = format!(
        "| check | refuses, of {} tampered lockfiles | accepts | not checked |\n|---|---|---|---|\n\
         | `bomtrail check` with an approvals file | {} | 0 | 0 |\n",
        denied.len(),
        denied.len()
    );
    for judge in JUDGES {
        let Some(program) = options.place.program(judge.program) else {
            eprintln!("skipped: {} is not installed", judge.program);
            continue;
        };
        let judged = |folder: &Path| {
            let mut command = options.place.command(&program);
            verdict(command.args(judge.arguments), folder, judge.offline)
        };
        if judged(&checkout::root().join(FIXTURES).join(CONTROL))? != Verdict::Accepts {
            eprintln!(
                "skipped: {} refuses a lockfile as npm writes it",
                judge.name
            );
            continue;
        }
        let verdicts: Vec<Verdict> = denied
            .iter()
            .map(|it| judged(it))
            .collect::<Result<_, _>>()?;
        let count = |wanted| verdicts.iter().filter(|it| **it == wanted).count();
        let _ = writeln!(
            page,
            "| {} | {} | {} | {} |",
            judge.name,
            count(Verdict::Refuses),
            count(Verdict::Accepts),
            count(Verdict::Unknown)
        );
    }
    Ok(page)
}

/// The fixtures for npm whose lockfile was changed.
fn tampered(fixtures: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fixtures.read_dir()? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let wanted = TAMPERED.iter().any(|it| name.starts_with(it));
        if wanted && entry.path().join("package-lock.json").is_file() {
            found.push(entry.path());
        }
    }
    found.sort();
    Ok(found)
}

/// Runs a check in a copy of a project.
fn verdict(
    command: &mut Command,
    project: &Path,
    offline: &str,
) -> Result<Verdict, Box<dyn Error>> {
    let scratch = tempfile::tempdir()?;
    let folder = scratch.path().join("project");
    copy(project, &folder)?;
    let output = command.current_dir(&folder).stdin(Stdio::null()).output()?;
    let said = [output.stdout, output.stderr].concat();
    Ok(if output.status.success() {
        Verdict::Accepts
    } else if String::from_utf8_lossy(&said).contains(offline) || output.status.code() != Some(1) {
        Verdict::Unknown
    } else {
        Verdict::Refuses
    })
}
