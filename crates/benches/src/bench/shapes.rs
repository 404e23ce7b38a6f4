//! What every command costs on projects of extreme shapes, at a size that takes long enough to be measured and at twice that size.

use std::error::Error;
use std::path::Path;

use super::commands::{self, Sized};
use crate::synth::SHAPES;

/// Packages of the project from which the sizes are estimated.
const TRIED: u32 = 20_000;
/// The CPU seconds that the SBOM of the larger project should take.
const SECONDS: f64 = 0.15;
/// The sizes of the larger project, whatever the estimate.
const LARGER: (f64, f64) = (20_000.0, 640_000.0);

/// Whether every command is linear on every shape, and not much slower than its SBOM.
pub(super) fn run(bomtrail: &Path) -> Result<bool, Box<dyn Error>> {
    let mut fits = true;
    for (shape, package, write) in SHAPES {
        let tried = tempfile::tempdir()?;
        write(TRIED, tried.path())?;
        let large = larger(commands::sbom(bomtrail, tried.path())?);
        let folders = (tempfile::tempdir()?, tempfile::tempdir()?);
        let projects = [(large / 2, &folders.0), (large, &folders.1)].map(|(size, it)| Sized {
            size,
            folder: it.path(),
        });
        for it in &projects {
            write(it.size, it.folder)?;
        }
        fits &= commands::shape(bomtrail, (shape, package), projects);
        println!();
    }
    Ok(fits)
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
        assert_eq!(larger(0.05), 60_000);
        assert_eq!(larger(0.15), 20_000);
        assert_eq!(larger(0.0), 640_000);
        assert_eq!(larger(9.0), 20_000);
    }
}
