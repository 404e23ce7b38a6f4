//! `bomtrail why`: the chains of requirers that lead to a package.

use std::io::Write;
use std::process::ExitCode;

use bomtrail::{Chain, EdgeRef, Found, NodeRef, Why, WriteError, edge_marks, why};
use clap::Args;

use crate::error::CliError;
use crate::output;
use crate::paint::{Paint, Style};
use crate::part::ProjectArgs;
use crate::report::Verbosity;
use bomtrail::printable;

/// Print every shortest chain of requirers that leads to a package
#[derive(Args)]
pub(crate) struct Arguments {
    /// A Package URL, a name, `name@version`, or the alias it is asked for by
    #[arg(value_name = "PURL|NAME[@VERSION]")]
    query: String,
    #[command(flatten)]
    part: ProjectArgs,
    /// Print at most so many chains for each package
    #[arg(long, value_name = "N", default_value_t = 100)]
    limit: usize,
}

/// What one answer is written with.
struct Page<'w> {
    out: &'w mut dyn Write,
    paint: Paint,
    limit: usize,
}

impl Arguments {
    pub(crate) fn run(&self, verbosity: Verbosity) -> Result<ExitCode, CliError> {
        let scan = self.part.scan()?;
        let answer = why(scan.graph(), &self.query, self.limit);
        let answer = answer.map_err(|error| CliError::Usage(error.to_string()))?;
        let paint = Paint::for_stdout();
        let limit = self.limit;
        let written = output::print(|out| Page { out, paint, limit }.answer(&answer));
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
            let step = step(edge.name(), *edge, self.paint);
            writeln!(self.out, "{} > {step}", printable(&from))?;
        }
        Ok(())
    }

    fn found(&mut self, found: &Found<'_>) -> Result<(), WriteError> {
        let reference = found.node.reference();
        let title = self.paint.text(Style::Title, &printable(&reference));
        writeln!(self.out, "{title}")?;
        let chains = &found.chains;
        if found.node.is_root() {
            writeln!(self.out, "  is the project itself")?;
        } else if !chains.from_roots {
            writeln!(self.out, "  is reached from no root of the project")?;
        }
        let shown = chains.shown.iter().filter(|chain| !chain.edges.is_empty());
        for chain in shown {
            self.chain(chain)?;
        }
        let shown = u64::try_from(chains.shown.len()).unwrap_or(u64::MAX);
        if let Some(more @ 1..) = chains.total.checked_sub(shown) {
            writeln!(self.out, "  … and {more} more shortest chains")?;
        }
        self.others(&chains.other_requirers, found.node)
    }

    fn chain(&mut self, chain: &Chain<'_>) -> Result<(), WriteError> {
        write!(self.out, "  {}", printable(&name(chain.start)))?;
        for edge in &chain.edges {
            let reached = edge.to().map(name).unwrap_or_default();
            write!(self.out, " > {}", step(&reached, *edge, self.paint))?;
        }
        writeln!(self.out)?;
        Ok(())
    }

    /// Who else asks for it, farther from the roots.
    fn others(&mut self, others: &[NodeRef<'_>], node: NodeRef<'_>) -> Result<(), WriteError> {
        for other in others.iter().take(self.limit) {
            let edge = other.edges().find(|edge| edge.to() == Some(node));
            let words = edge.map(|edge| words(edge, self.paint)).unwrap_or_default();
            let name = name(*other);
            writeln!(self.out, "  also asked for by {}{words}", printable(&name))?;
        }
        if let Some(more @ 1..) = others.len().checked_sub(self.limit) {
            writeln!(self.out, "  also asked for by {more} more packages")?;
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

fn step(name: &str, edge: EdgeRef<'_>, paint: Paint) -> String {
    format!("{}{}", printable(name), words(edge, paint))
}

/// The range and whatever else is to be said, in brackets.
fn words(edge: EdgeRef<'_>, paint: Paint) -> String {
    let range = edge.range().filter(|range| !range.is_empty());
    let mut words: Vec<String> = range
        .map(|it| printable(it).into_owned())
        .into_iter()
        .collect();
    words.extend(edge_marks(edge).into_iter().map(|mark| paint.mark(mark)));
    if words.is_empty() {
        return String::new();
    }
    format!(" ({})", words.join(", "))
}
