//! What every command costs on projects of extreme shapes, at two sizes: which of them grows most, and which takes longest.

use std::error::Error;
use std::path::Path;

use super::commands::{COMMANDS, cost};
use super::table::{Table, seconds, times};
use super::{LINEAR, factor};
use crate::synth::SHAPES;

/// Packages of the smaller and of the larger project. The smaller one takes long enough to be measured.
const SIZES: [u32; 2] = [20_000, 40_000];
/// A run below this many seconds is too short for a statement on its growth.
const SHORTEST: f64 = 0.03;

/// Whether every command is linear on every shape.
pub(super) fn run(bomtrail: &Path) -> Result<bool, Box<dyn Error>> {
    let mut table = Table::new([
        "shapes",
        "sbom s",
        "larger",
        "to half",
        "grows most",
        "to half",
        "takes longest",
        "to sbom",
    ]);
    let mut fits = true;
    let [small, large] = SIZES;
    for (shape, package, write) in SHAPES {
        let folders = (tempfile::tempdir()?, tempfile::tempdir()?);
        write(small, folders.0.path())?;
        write(large, folders.1.path())?;
        let mut costs = Vec::new();
        for command in &COMMANDS {
            let less = cost(bomtrail, command, (folders.0.path(), package))?;
            let more = cost(bomtrail, command, (folders.1.path(), package))?;
            costs.push((command.name, less.cpu(), more.cpu()));
        }
        let Some((_, less, base)) = costs.first().copied() else {
            continue;
        };
        let growth = |less: f64, more: f64| factor((small, less), (large, more));
        let measured = costs.iter().filter(|(_, less, _)| *less >= SHORTEST);
        let steepest = measured.map(|(name, less, more)| (*name, growth(*less, *more)));
        let steepest = steepest.max_by(|a, b| a.1.total_cmp(&b.1));
        let (steepest, most) = steepest.unwrap_or(("-", 0.0));
        let longest = costs.iter().max_by(|a, b| a.2.total_cmp(&b.2));
        let (longest, _, longest_cpu) = longest.copied().unwrap_or(("-", 0.0, 0.0));
        fits &= most < LINEAR;
        table.row([
            shape.to_owned(),
            seconds(less),
            seconds(base),
            format!("{:.2}x", growth(less, base)),
            steepest.to_owned(),
            format!(
                "{most:.2}x{}",
                if most < LINEAR { "" } else { " NOT LINEAR" }
            ),
            longest.to_owned(),
            times(longest_cpu, Some(base)),
        ]);
    }
    print!("{table}");
    Ok(fits)
}
