//! What every command costs on projects of extreme shapes, at a size that takes long enough to be measured and at twice that size.

use std::error::Error;
use std::path::Path;
use std::process::{Command, ExitCode};

use super::commands::{self, Sized};
use crate::Outcome;
use crate::synth::SHAPES;

/// The hidden task that writes a project of a shape, as a process of its own: a command that is started later counts the memory
/// of the process that starts it as its own peak.
pub(crate) const WRITE_ALONE: &str = "write-shape";

/// Packages of the project from which the sizes are estimated.
const TRIED: u32 = 20_000;
/// The CPU seconds that the SBOM of the larger project should take.
const SECONDS: f64 = 0.12;
/// The sizes of the larger project, whatever the estimate.
const LARGER: (f64, f64) = (20_000.0, 640_000.0);

/// Whether every command is linear on every shape, and not much slower than its SBOM.
pub(super) fn run(bomtrail: &Path) -> Result<bool, Box<dyn Error>> {
    let mut fits = true;
    for (shape, package, _) in SHAPES {
        let tried = tempfile::tempdir()?;
        write(shape, TRIED, tried.path())?;
        let large = larger(commands::sbom(bomtrail, tried.path())?);
        let folders = (tempfile::tempdir()?, tempfile::tempdir()?);
        let projects = [(large / 2, &folders.0), (large, &folders.1)].map(|(size, it)| Sized {
            size,
            folder: it.path(),
        });
        for it in &projects {
            write(shape, it.size, it.folder)?;
        }
        fits &= commands::shape(bomtrail, (shape, package), projects);
        println!();
    }
    Ok(fits)
}

fn write(shape: &str, count: u32, folder: &Path) -> Result<(), Box<dyn Error>> {
    let mut command = Command::new(std::env::current_exe()?);
    command.args([WRITE_ALONE, shape, &count.to_string()]);
    let status = command.arg(folder).status()?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("the shape `{shape}` was not written: {status}").into())
    }
}

/// Writes a project of a shape.
pub(crate) fn write_alone(shape: &str, count: &str, folder: &str) -> Outcome {
    let mut shapes = SHAPES.iter();
    let found = shapes.find(|(name, ..)| *name == shape);
    let (.., write) = found.ok_or_else(|| format!("`{shape}` is not a shape"))?;
    write(count.parse()?, Path::new(folder))?;
    Ok(ExitCode::SUCCESS)
}

/// How many packages the larger project has, from the seconds of the one that was tried.
fn larger(seconds: f64) -> u32 {
    let (least, most) = LARGER;
    let size = f64::from(TRIED) * SECONDS / seconds.max(f64::EPSILON);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "it is between the two limits"
    )]
    let thousands = (size.clamp(least, most) / 1_000.0) as u32;
    thousands * 1_000
}

#[cfg(test)]
mod tests {
    use super::larger;

    #[test]
    fn sizes_follow_the_time_within_limits() {
        assert_eq!(larger(0.06), 40_000);
        assert_eq!(larger(0.12), 20_000);
        assert_eq!(larger(0.0), 640_000);
        assert_eq!(larger(9.0), 20_000);
    }
}
