//! One run of a tool over a copy of a project.

use std::error::Error;
use std::fs::File;
use std::path::Path;
use std::process::Stdio;

use super::options::Options;
use super::project::Project;
use super::tool::{OUT, Tool};
use crate::bench::measure::{self, Cost};
use crate::checkout;

/// An SBOM and what it cost.
pub(super) struct Made {
    pub(super) cost: Cost,
    pub(super) text: String,
}

/// Runs a tool in a copy, so that it changes nothing in the project. Fails where it fails or writes nothing.
pub(super) fn sbom(
    tool: &Tool,
    project: &Project,
    options: &Options,
) -> Result<Made, Box<dyn Error>> {
    let scratch = tempfile::tempdir()?;
    let (folder, out) = (
        scratch.path().join("project"),
        scratch.path().join("sbom.json"),
    );
    copy(&project.folder, &folder)?;
    let file = options.place.find(tool).ok_or("it is not installed")?;
    let mut command = options.place.command(&file);
    command.current_dir(&folder);
    let out_text = out.to_string_lossy();
    command.args(tool.arguments.iter().map(|it| it.replace(OUT, &out_text)));
    if tool.arguments.iter().any(|it| it.contains(OUT)) {
        command.stdout(Stdio::null());
    } else {
        command.stdout(File::create(&out)?);
    }
    let cost = measure::once(&mut command)?;
    let text = checkout::read(&out).map_err(|_| "it wrote no SBOM")?;
    Ok(Made { cost, text })
}

/// Copies a folder with all that is in it. Links are followed.
pub(super) fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    let mut folders = vec![(from.to_owned(), to.to_owned())];
    while let Some((from, to)) = folders.pop() {
        std::fs::create_dir_all(&to)?;
        for entry in from.read_dir()? {
            let entry = entry?;
            let target = to.join(entry.file_name());
            if entry.path().is_dir() {
                folders.push((entry.path(), target));
            } else if entry.path().is_file() {
                checkout::write_bytes(&target, &checkout::read_bytes(&entry.path())?)?;
            }
        }
    }
    Ok(())
}
