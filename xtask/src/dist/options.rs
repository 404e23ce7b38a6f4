//! What is asked for.

use std::error::Error;
use std::path::PathBuf;

use super::target::{TARGETS, Target};

/// The options of one run.
pub(crate) struct Options {
    pub(crate) target: &'static Target,
    /// The program, when it was built elsewhere.
    pub(crate) program: Option<PathBuf>,
    /// A program of the same version that runs here: it writes completions, pages and the SBOM.
    pub(crate) runner: Option<PathBuf>,
    /// The address under which the files will be published; recipes that need one are left out without it.
    pub(crate) address: Option<String>,
}

impl Options {
    pub(crate) fn parse(args: &[&str]) -> Result<Self, Box<dyn Error>> {
        let mut options = Self {
            target: Target::here()
                .ok_or("bomtrail is not released for this machine; give `--target`")?,
            program: None,
            runner: None,
            address: None,
        };
        let mut args = args.iter();
        while let Some(arg) = args.next() {
            let value = args
                .next()
                .ok_or_else(|| format!("`{arg}` needs a value"))?;
            match *arg {
                "--target" => {
                    options.target = Target::named(value).ok_or_else(|| unknown(value))?;
                }
                "--program" => options.program = Some(value.into()),
                "--runner" => options.runner = Some(value.into()),
                "--address" => options.address = Some(value.trim_end_matches('/').to_owned()),
                _ => return Err(format!("`{arg}` is not an option of `cargo xtask dist`").into()),
            }
        }
        Ok(options)
    }
}

fn unknown(triple: &str) -> String {
    let known: Vec<&str> = TARGETS.iter().map(|it| it.triple).collect();
    format!(
        "`{triple}` is not a target of a release; known: {}",
        known.join(", ")
    )
}
