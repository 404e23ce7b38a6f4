//! `cargo xtask compare`: bomtrail and the SBOM tools that are installed, on the same projects, against what the package manager
//! itself makes of them; and what `check` refuses, against what other checks refuse. Prints the Markdown of
//! `crates/cli/docs/comparison.md`. A tool that is not installed is named and left out.

mod answer;
mod difference;
mod gate;
mod options;
mod page;
mod place;
mod project;
mod run;
mod sbom;
mod tool;

use std::error::Error;
use std::process::ExitCode;

use self::difference::Difference;
use self::options::Options;
use self::page::Tally;
use self::project::Project;
use self::tool::{TOOLS, Tool};
use crate::Outcome;

/// Compares and prints.
pub(crate) fn run(args: &[&str]) -> Outcome {
    let options = Options::parse(args)?;
    let projects = Project::all(&options)?;
    let tools: Vec<&Tool> = TOOLS
        .iter()
        .filter(|tool| installed(tool, &options))
        .collect();
    let mut tallies: Vec<Tally> = tools
        .iter()
        .map(|tool| Tally::new(tool.name, options.place.version(tool)))
        .collect();
    for project in &projects {
        eprintln!("{}", project.name);
        for (tool, tally) in tools.iter().zip(&mut tallies) {
            if tool.reads(project.manager) {
                tally.add(&project.name, measured(tool, project, &options));
            }
        }
    }
    print!("{}", page::tools(&projects, &tallies));
    if options.each {
        print!("\n{}", page::each(&tallies));
    }
    print!("\n{}", gate::run(&options)?);
    Ok(ExitCode::SUCCESS)
}

fn installed(tool: &Tool, options: &Options) -> bool {
    let found = options.place.find(tool).is_some();
    if !found {
        eprintln!("skipped: {} is not installed", tool.name);
    }
    found
}

/// What a tool made of a project, and how that differs from the right answer.
fn measured(
    tool: &Tool,
    project: &Project,
    options: &Options,
) -> Result<page::Measured, Box<dyn Error>> {
    let made = run::sbom(tool, project, options)?;
    let listed = sbom::parse(&made.text)?;
    Ok(page::Measured {
        cost: made.cost,
        bytes: made.text.len(),
        difference: Difference::between(&project.answer, &listed),
    })
}

#[cfg(test)]
mod tests;
