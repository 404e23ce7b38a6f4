//! The Markdown that a comparison prints.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write as _;

use super::difference::Difference;
use super::project::Project;
use crate::bench::measure::Cost;
use crate::bench::table::mib;

/// What a tool made of one project.
pub(super) struct Measured {
    pub(super) cost: Cost,
    pub(super) bytes: usize,
    pub(super) difference: Difference,
}

/// What a tool made of all projects.
pub(super) struct Tally {
    tool: &'static str,
    version: String,
    projects: Vec<(String, Result<Measured, String>)>,
}

impl Tally {
    pub(super) fn new(tool: &'static str, version: String) -> Self {
        Self {
            tool,
            version,
            projects: Vec::new(),
        }
    }

    pub(super) fn add(&mut self, project: &str, measured: Result<Measured, Box<dyn Error>>) {
        let measured = measured.map_err(|error| error.to_string());
        if let Err(error) = &measured {
            eprintln!("  {}: no SBOM: {error}", self.tool);
        }
        self.projects.push((project.to_owned(), measured));
    }

    fn row(&self) -> String {
        let made: Vec<&Measured> = self
            .projects
            .iter()
            .filter_map(|(_, it)| it.as_ref().ok())
            .collect();
        let mut sum = Difference::default();
        for it in &made {
            sum += it.difference;
        }
        let mut line = format!(
            "| {} {} | {} | {} ",
            self.tool,
            self.version,
            self.projects.len(),
            self.projects.len() - made.len()
        );
        if made.is_empty() {
            line.push_str("| - | - | - | - | - | - |");
            return line;
        }
        let cpu = |it: &&Measured| it.cost.cpu();
        let _ = write!(
            line,
            "| {} | {} | {} | {} | {} | {} |",
            sum.components,
            sum.edges,
            sum.own,
            span(made.iter().map(cpu), |it| format!("{it:.2}")),
            made.iter()
                .map(|it| mib(it.cost.peak))
                .max_by(|a, b| a.len().cmp(&b.len()).then(a.cmp(b)))
                .unwrap_or_default(),
            made.iter().map(|it| it.bytes).sum::<usize>() / 1024
        );
        line
    }
}

fn span(values: impl Iterator<Item = f64> + Clone, print: impl Fn(f64) -> String) -> String {
    let least = values.clone().fold(f64::INFINITY, f64::min);
    let most = values.fold(0.0, f64::max);
    format!("{} to {}", print(least), print(most))
}

/// The date, the projects, and a row for each tool.
pub(super) fn tools(projects: &[Project], tallies: &[Tally]) -> String {
    let today = jiff::Timestamp::now().to_string();
    let today = today.get(..10).unwrap_or_default();
    let mut managers: BTreeMap<_, usize> = BTreeMap::new();
    for project in projects {
        *managers.entry(project.manager).or_default() += 1;
    }
    let managers: Vec<String> = managers
        .iter()
        .map(|(manager, count)| format!("{count} of {}", manager.name()))
        .collect();
    let mut page = format!(
        "Made on {today} by `cargo xtask compare --tools DIR` on these projects: {}.\n\n",
        managers.join(", ")
    );
    page.push_str(
        "| tool | projects | no SBOM | components missing / extra | dependencies of packages missing / extra \
         | dependencies of workspaces missing / extra | CPU seconds | peak MiB | SBOM KiB in all |\n\
         |---|---|---|---|---|---|---|---|---|\n",
    );
    for tally in tallies {
        page.push_str(&tally.row());
        page.push('\n');
    }
    page
}

/// A row for each project and tool.
pub(super) fn each(tallies: &[Tally]) -> String {
    let mut page = "| project | tool | components | dependencies of packages | of workspaces | CPU seconds | peak MiB | SBOM bytes |\n\
                    |---|---|---|---|---|---|---|---|\n"
        .to_owned();
    for tally in tallies {
        for (project, measured) in &tally.projects {
            let row = match measured {
                Ok(it) => format!(
                    "| {} | {} | {} | {:.2} | {} | {} |",
                    it.difference.components,
                    it.difference.edges,
                    it.difference.own,
                    it.cost.cpu(),
                    mib(it.cost.peak),
                    it.bytes
                ),
                Err(error) => format!("| no SBOM: {} | | | | | |", error.replace('|', "\\|")),
            };
            let _ = writeln!(page, "| {project} | {} {row}", tally.tool);
        }
    }
    page
}
