//! The release binaries that are measured: built from this workspace, run on a folder, and their answer looked at, so
//! that a program that does nothing is not taken for a fast one.

use std::error::Error;
use std::fs::{self, File};
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use super::measure::{Cost, least};
use crate::checkout;

/// The binaries that are measured, from this workspace: copies, because what users run was copied when it was installed. A file
/// as the linker leaves it is in the memory of the system in small pieces, which makes each start slower.
pub(super) struct Built {
    bomtrail: Option<PathBuf>,
    benches: PathBuf,
    /// Has the copies, and deletes them in the end.
    _folder: TempDir,
}

/// One SBOM and its cost.
pub(super) struct Sbom {
    pub(super) cost: Cost,
    /// How many components it lists.
    pub(super) components: usize,
}

/// What of an SBOM is counted.
#[derive(serde::Deserialize)]
struct Listed {
    #[serde(default)]
    components: Vec<serde::de::IgnoredAny>,
}

impl Built {
    /// Builds both for release; says so where bomtrail does not build.
    pub(super) fn new() -> Result<Self, Box<dyn Error>> {
        build("bomtrail-benches")?;
        let release = release_folder()?;
        let folder = tempfile::tempdir()?;
        let installed = |name: &str| -> Result<PathBuf, Box<dyn Error>> {
            let copy = folder.path().join(name);
            fs::copy(release.join(name), &copy)?;
            Ok(copy)
        };
        let bomtrail = match build("bomtrail-cli") {
            Ok(()) => Some(installed("bomtrail")?),
            Err(error) => {
                println!("bomtrail is not measured: {error}");
                None
            }
        };
        Ok(Self {
            bomtrail,
            benches: installed("bomtrail-benches")?,
            _folder: folder,
        })
    }

    /// The program itself; `None` when it does not build.
    pub(super) fn bomtrail(&self) -> Option<&Path> {
        self.bomtrail.as_deref()
    }

    /// What a project's SBOM costs; nothing without the binary.
    pub(super) fn sbom(&self, project: &Path, runs: usize) -> Option<Result<Sbom, Box<dyn Error>>> {
        self.bomtrail
            .as_ref()
            .map(|bomtrail| sbom(bomtrail, project, runs))
    }

    /// The process that parses a lock and does nothing else.
    pub(super) fn parse(&self, lock: &Path) -> Command {
        self.alone(super::PARSE_ALONE, lock)
    }

    /// The process that does a hidden task with a file.
    pub(super) fn alone(&self, task: &str, file: &Path) -> Command {
        let mut command = self.task(task);
        command.arg(file);
        command
    }

    /// The process that does a hidden task.
    pub(super) fn task(&self, task: &str) -> Command {
        let mut command = Command::new(&self.benches);
        command.arg(task);
        command
    }
}

/// Measured as npm is, writing to standard output. A first run tells the components, and has the system hand out the memory that
/// the measured ones then use again: a page that is used for the first time costs a virtual machine far more than the program's own work.
fn sbom(bomtrail: &Path, project: &Path, runs: usize) -> Result<Sbom, Box<dyn Error>> {
    let scratch = tempfile::tempdir()?;
    let out = scratch.path().join("out.json");
    let sbom = |sink: &Path| {
        let mut command = Command::new(bomtrail);
        command.arg("sbom").arg(project).arg("-o").arg(sink);
        command
    };
    least(&mut sbom(&out), 1)?;
    let components = components(&out)?;
    let cost = least(&mut sbom(Path::new("-")), runs)?;
    Ok(Sbom { cost, components })
}

/// How many components an SBOM lists. An SBOM without any was not worth measuring.
pub(super) fn components(file: &Path) -> Result<usize, Box<dyn Error>> {
    let open = File::open(file).map_err(|error| format!("it wrote no SBOM: {error}"))?;
    let Listed { components } = serde_json::from_reader(BufReader::new(open))?;
    if components.is_empty() {
        Err("its SBOM lists no component".into())
    } else {
        Ok(components.len())
    }
}

/// An example of a package, built for release.
pub(super) fn example(package: &str, name: &str) -> Result<PathBuf, Box<dyn Error>> {
    build_with(package, &["--all-features", "--example", name])?;
    Ok(release_folder()?.join("examples").join(name))
}

/// The program itself, built for release.
pub(super) fn program() -> Result<PathBuf, Box<dyn Error>> {
    build("bomtrail-cli")?;
    Ok(release_folder()?.join("bomtrail"))
}

fn build(package: &str) -> Result<(), Box<dyn Error>> {
    build_with(package, &[])
}

fn build_with(package: &str, more: &[&str]) -> Result<(), Box<dyn Error>> {
    let status = cargo()
        .args(["build", "--quiet", "--release", "-p", package])
        .args(more)
        .status()?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("`cargo build --release -p {package}` failed").into())
    }
}

fn release_folder() -> Result<PathBuf, Box<dyn Error>> {
    let output = cargo()
        .args([
            "metadata",
            "--no-deps",
            "--offline",
            "--format-version",
            "1",
        ])
        .output()?;
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout)?;
    let target = metadata
        .get("target_directory")
        .and_then(serde_json::Value::as_str);
    Ok(Path::new(target.ok_or("cargo metadata states no target directory")?).join("release"))
}

fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(checkout::root());
    command
}
