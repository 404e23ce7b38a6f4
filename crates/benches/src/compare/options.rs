//! The options of `cargo xtask compare`.

use std::error::Error;
use std::path::PathBuf;

use super::place::Place;

/// What to compare, and where the tools are.
pub(super) struct Options {
    /// Folders of projects; the chosen ones of the corpus where none is given.
    pub(super) projects: Vec<PathBuf>,
    /// Where programs are looked up.
    pub(super) place: Place,
    /// Whether to print a row for each project and tool as well.
    pub(super) each: bool,
}

impl Options {
    pub(super) fn parse(args: &[&str]) -> Result<Self, Box<dyn Error>> {
        let (mut projects, mut tools, mut bomtrail, mut each) =
            (Vec::new(), Vec::new(), None, false);
        let mut rest = args.iter();
        while let Some(arg) = rest.next() {
            let mut value = || rest.next().ok_or(format!("`{arg}` needs a value"));
            match *arg {
                "--tools" => tools.push(std::path::absolute(value()?)?),
                "--bomtrail" => bomtrail = Some(std::path::absolute(value()?)?),
                "--each" => each = true,
                option if option.starts_with('-') => {
                    return Err(format!("`{option}` is not an option of compare").into());
                }
                project => projects.push(std::path::absolute(project)?),
            }
        }
        Ok(Self {
            projects,
            place: Place::new(&tools, bomtrail)?,
            each,
        })
    }
}
