//! `bomtrail why`: the dependency chains that lead to a package.

use std::io::Write;
use std::process::ExitCode;

use bomtrail::graph::Chain;
use bomtrail::views::{Found, Why, edge_marks, why};
use bomtrail::{EdgeRef, NodeRef, TOOL, WriteError};
use clap::Args;

use super::tree::Form;
use crate::error::CliError;
use crate::output;
use crate::part::ProjectArgs;
use crate::report::Verbosity;
use crate::style::{self, Style};
use crate::text::count;
use bomtrail::views::printable;

/// Show why a package is included: all shortest dependency chains from the project to it
#[derive(Args)]
pub(crate) struct Arguments {
    /// Package URL, name, `name@version` or alias
    #[arg(value_name = "PURL|NAME[@VERSION]")]
    query: String,
    #[command(flatten)]
    part: ProjectArgs,
    /// Maximum number of chains for each package
    #[arg(long, value_name = "N", default_value_t = 100)]
    limit: usize,
    /// Output format
    #[arg(short, long, value_enum, default_value_t = Form::Text)]
    format: Form,
}

/// Where and how an answer is written.
struct Page<'w> {
    out: &'w mut dyn Write,
    limit: usize,
}

impl Arguments {
    pub(crate) fn run(&self, verbosity: Verbosity) -> Result<ExitCode, CliError> {
        let scan = self.part.scan()?;
        let answer = why(scan.graph(), &self.query, self.limit);
        let answer = answer.map_err(|error| CliError::Usage(error.to_string()))?;
        let limit = self.limit;
        let written = match self.format {
            Form::Json => output::print(|out| Ok(answer.write_json(TOOL, out)?)),
            Form::Text => output::print_text(|out| Page { out, limit }.answer(&answer)),
        };
        verbosity.report(scan.diagnostics());
        written?;
        Ok(ExitCode::SUCCESS)
    }
}

impl Page<'_> {
    fn answer(&mut self, why: &Why<'_>) -> Result<(), WriteError> {
        for found in &why.found {
            self.found(found)?;
        }
        for edge in &why.missing {
            let from = edge.from().map(name).unwrap_or_default();
            let step = step(edge.name(), *edge);
            writeln!(self.out, "{} > {step}", printable(&from))?;
        }
        Ok(())
    }

    fn found(&mut self, found: &Found<'_>) -> Result<(), WriteError> {
        let reference = found.node.reference();
        let title = Style::Title.text(&printable(&reference));
        writeln!(self.out, "{title}")?;
        let chains = &found.chains;
        if found.node.is_root() {
            writeln!(self.out, "  is the project itself")?;
        } else if !chains.from_roots {
            writeln!(self.out, "  is not reachable from the project's root")?;
        }
        let shown = chains.shown.iter().filter(|chain| !chain.edges.is_empty());
        for chain in shown {
            self.chain(chain)?;
        }
        let shown = u64::try_from(chains.shown.len()).unwrap_or(u64::MAX);
        if let Some(more @ 1..) = chains.total.checked_sub(shown) {
            let more = usize::try_from(more).unwrap_or(usize::MAX);
            let chains = count(more, "more shortest chain");
            writeln!(self.out, "  … and {chains}")?;
        }
        self.others(&chains.other_requirers, found.node)
    }

    fn chain(&mut self, chain: &Chain<'_>) -> Result<(), WriteError> {
        write!(self.out, "  {}", printable(&name(chain.start)))?;
        for edge in &chain.edges {
            let reached = edge.to().map(name).unwrap_or_default();
            write!(self.out, " > {}", step(&reached, *edge))?;
        }
        writeln!(self.out)?;
        Ok(())
    }

    /// Other packages that require it, farther from the roots.
    fn others(&mut self, others: &[NodeRef<'_>], node: NodeRef<'_>) -> Result<(), WriteError> {
        for other in others.iter().take(self.limit) {
            let edge = other.edges().find(|edge| edge.to() == Some(node));
            let words = edge.map(words).unwrap_or_default();
            let name = name(*other);
            writeln!(self.out, "  also required by {}{words}", printable(&name))?;
        }
        if let Some(more @ 1..) = others.len().checked_sub(self.limit) {
            let packages = count(more, "more package");
            writeln!(self.out, "  also required by {packages}")?;
        }
        Ok(())
    }
}

fn name(node: NodeRef<'_>) -> String {
    match node.version() {
        Some(version) => format!("{}@{version}", node.name()),
        None => String::from(node.name()),
    }
}

fn step(name: &str, edge: EdgeRef<'_>) -> String {
    format!("{}{}", printable(name), words(edge))
}

/// The range and further remarks, in brackets.
fn words(edge: EdgeRef<'_>) -> String {
    let range = edge.range().filter(|range| !range.is_empty());
    let mut words: Vec<String> = range
        .map(|it| printable(it).into_owned())
        .into_iter()
        .collect();
    words.extend(edge_marks(edge).into_iter().map(style::mark));
    if words.is_empty() {
        return String::new();
    }
    format!(" ({})", words.join(", "))
}
