//! A project in numbers: its components by type, scope and licence, and the problems of its inputs.

use std::collections::BTreeMap;
use std::io::{self, Write};

use bomtrail_graph::{Diagnostics, Fact, Graph, License, NodeRef, Purl, Scope};

use crate::count::count;
use crate::escape::printable;

/// How many values of one kind are listed.
const MOST: usize = 12;

/// A project in numbers.
#[derive(Clone, Copy, Debug)]
pub struct Overview<'g> {
    /// The graph.
    pub graph: &'g Graph,
    /// The problems of the inputs.
    pub diagnostics: &'g Diagnostics,
}

impl Overview<'_> {
    /// Writes a table: one line for each type, scope, licence and kind of problem, the most frequent first.
    ///
    /// # Errors
    /// What the sink fails with.
    pub fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let mut roots = self.graph.roots();
        if let (Some(root), None) = (roots.next(), roots.next()) {
            let version = root.version().map(|it| [" ", it].concat());
            let title = [root.name(), &version.unwrap_or_default()].concat();
            writeln!(out, "{}", printable(&title))?;
        }
        let dependencies = match self.graph.edges().len() {
            1 => "1 dependency".to_owned(),
            number => format!("{number} dependencies"),
        };
        let components = count(self.graph.nodes().len(), "component");
        writeln!(out, "{components}, {dependencies}")?;
        let nodes = || self.graph.nodes();
        section("types", nodes().map(kind), out)?;
        section("scopes", nodes().map(scope), out)?;
        section("licences", nodes().map(license), out)?;
        let problems = self.diagnostics.iter();
        let problems = problems.map(|it| format!("{} {}", it.code.level.name(), it.code.id));
        section("problems", problems, out)
    }
}

/// The type of the Package URL, else what the component is.
fn kind(node: NodeRef<'_>) -> String {
    let purl = node.purl().map(Purl::package_type);
    purl.unwrap_or_else(|| node.component().kind.name())
        .to_owned()
}

fn scope(node: NodeRef<'_>) -> String {
    match node.scope() {
        _ if node.is_root() => "the project itself",
        Scope::Excluded => "development only",
        Scope::Unknown => "unknown",
        it => it.name().unwrap_or("unknown"),
    }
    .to_owned()
}

fn license(node: NodeRef<'_>) -> String {
    match &node.component().licenses {
        Fact::Known(all) if all.is_empty() => "none".to_owned(),
        Fact::Known(all) => all.iter().map(License::text).collect::<Vec<_>>().join(", "),
        Fact::Withheld => "withheld".to_owned(),
        Fact::Unknown => "not stated".to_owned(),
    }
}

fn section(
    title: &str,
    values: impl Iterator<Item = String>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for value in values {
        *counts.entry(value).or_default() += 1;
    }
    let mut counts: Vec<(usize, String)> = counts
        .into_iter()
        .map(|(it, number)| (number, it))
        .collect();
    counts.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    writeln!(out, "\n{title}")?;
    if counts.is_empty() {
        writeln!(out, "{:>8}", "none")?;
    }
    for (number, value) in counts.iter().take(MOST) {
        writeln!(out, "{number:>8}  {}", printable(value))?;
    }
    let others = counts.get(MOST..).unwrap_or_default();
    if !others.is_empty() {
        let sum: usize = others.iter().map(|(number, _)| number).sum();
        writeln!(out, "{sum:>8}  in {}", count(others.len(), "other"))?;
    }
    Ok(())
}
