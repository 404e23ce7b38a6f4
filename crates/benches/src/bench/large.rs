//! What it costs to write a graph of 50,000 components as CycloneDX: by us, and by `cyclonedx-bom`, each in a process of its
//! own. Both make the same graph first; what that costs alone is taken off, because every writer needs one.

use std::error::Error;
use std::path::Path;
use std::process::Command;

use super::built;
use super::measure::{Cost, least};
use super::table::{Table, mib, seconds, times};

const COMPONENTS: &str = "50000";
/// What writing may take of what the other takes: this part of its time and of its memory.
const TIME: f64 = 1.0 / 3.0;
const MEMORY: u64 = 5;
/// More runs tell nothing new.
const MOST_RUNS: usize = 5;

/// Whether we take no more than we may.
pub(super) fn run(runs: usize) -> Result<bool, Box<dyn Error>> {
    let program = built::example("bomtrail-interop", "large")?;
    let runs = runs.min(MOST_RUNS);
    let cost = |which: &str| cost(&program, which, runs);
    let (graph, ours, theirs) = (cost("graph")?, cost("ours")?, cost("theirs")?);
    let time = |it: &Cost| (it.cpu() - graph.cpu()).max(0.0);
    let memory = |it: &Cost| it.peak.saturating_sub(graph.peak);
    let quick = time(&ours) <= time(&theirs) * TIME;
    let small = memory(&ours) * MEMORY <= memory(&theirs);
    let mut table = Table::new([
        "50,000 components, 200,000 edges",
        "CPU s",
        "writing",
        "to theirs",
        "peak MiB",
        "writing",
    ]);
    for (name, cost) in [
        ("the graph alone", &graph),
        ("and written by us", &ours),
        ("and written by cyclonedx-bom", &theirs),
    ] {
        table.row([
            name.to_owned(),
            seconds(cost.cpu()),
            seconds(time(cost)),
            times(time(cost), Some(time(&theirs))),
            mib(cost.peak),
            mib(memory(cost)),
        ]);
    }
    if !quick {
        table.note("OVER", "a third of the time");
    }
    if !small {
        table.note("OVER", "a fifth of the memory");
    }
    print!("{table}");
    Ok(quick && small)
}

fn cost(program: &Path, which: &str, runs: usize) -> Result<Cost, Box<dyn Error>> {
    let mut command = Command::new(program);
    least(command.args([which, COMPONENTS]), runs)
}
