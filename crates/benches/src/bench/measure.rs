//! What a process costs, as the system counted it: CPU time of it and of those it waited for, and peak memory.
//! Independent of the program.

use std::error::Error;
use std::fs::File;
use std::io::{Read, Seek};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use wait4::Wait4;

/// The cost of one run.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cost {
    /// User and system time.
    cpu: Duration,
    /// From start to end.
    wall: Duration,
    /// The largest resident set, in bytes.
    pub(crate) peak: u64,
}

impl Cost {
    /// Seconds of CPU time.
    pub(crate) fn cpu(&self) -> f64 {
        self.cpu.as_secs_f64()
    }

    /// Seconds from start to end.
    pub(super) fn wall(&self) -> f64 {
        self.wall.as_secs_f64()
    }
}

/// The least times and the largest peak of all runs: what else a machine does only ever adds to a run, and adds
/// the more the shorter it is. Fails where a run fails.
pub(crate) fn least(command: &mut Command, runs: usize) -> Result<Cost, Box<dyn Error>> {
    command.stdout(Stdio::null());
    let costs: Vec<Cost> = (0..runs).map(|_| once(command)).collect::<Result<_, _>>()?;
    of(&costs)
}

/// The least CPU time, the least time from start to end and the largest peak of several runs.
pub(super) fn of(costs: &[Cost]) -> Result<Cost, Box<dyn Error>> {
    let cpu = costs.iter().map(|cost| cost.cpu).min().ok_or("no runs")?;
    let wall = costs.iter().map(|cost| cost.wall).min().ok_or("no runs")?;
    let peak = costs.iter().map(|cost| cost.peak).max().unwrap_or_default();
    Ok(Cost { cpu, wall, peak })
}

/// The line of standard error that says why: the first that calls itself an error, else the first.
fn reason(said: &str) -> Option<&str> {
    let mut lines = said.lines().filter(|it| !it.trim().is_empty());
    let first = lines.clone().next();
    lines
        .find(|it| it.to_ascii_lowercase().contains("error"))
        .or(first)
}

/// One run, whose standard output goes where `command` sends it. Fails with the first line of standard error where the run fails.
pub(crate) fn once(command: &mut Command) -> Result<Cost, Box<dyn Error>> {
    ended(command, &[0])
}

/// One run that ends with one of these exit codes, whose standard output goes where `command` sends it.
pub(super) fn ended(command: &mut Command, codes: &[i32]) -> Result<Cost, Box<dyn Error>> {
    let mut complaints: File = tempfile::tempfile()?;
    let start = Instant::now();
    let mut child = command
        .stdin(Stdio::null())
        .stderr(complaints.try_clone()?)
        .spawn()?;
    let used = child.wait4()?;
    let wall = start.elapsed();
    if !used.status.code().is_some_and(|it| codes.contains(&it)) {
        let mut said = String::new();
        complaints.rewind()?;
        complaints.read_to_string(&mut said)?;
        return Err(format!(
            "{}: {}",
            used.status,
            reason(&said).unwrap_or("it said nothing")
        )
        .into());
    }
    Ok(Cost {
        cpu: used.rusage.utime + used.rusage.stime,
        wall,
        peak: used.rusage.maxrss,
    })
}
