//! What advisories say about a project, in every format.

mod json;
mod markdown;
mod sarif;
mod text;
pub(crate) mod words;

use std::io::{self, Write};

use bomtrail_graph::{Advisories, Graph, Match, Place, Tool};

/// What advisories say about a project.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct AdvisoryReport<'a> {
    /// The packages.
    pub graph: &'a Graph,
    /// The matches, decisions and sources.
    pub advisories: &'a Advisories,
    /// The program that compared them.
    pub tool: Tool<'a>,
    /// The place of each match in the inputs.
    pub places: Vec<Place>,
}

/// A format of an advisory report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AdvisoryFormat {
    /// For people.
    #[default]
    Text,
    /// `bomtrail/advisories/v1`, described by `schemas/advisories-v1.schema.json`.
    Json,
    /// SARIF 2.1.0 (OASIS), for code scanning.
    Sarif,
    /// For issues and pull requests.
    Markdown,
}

impl AdvisoryFormat {
    /// Every format with its name on the command line.
    pub const NAMES: [(Self, &'static str); 4] = [
        (Self::Text, "text"),
        (Self::Json, "json"),
        (Self::Sarif, "sarif"),
        (Self::Markdown, "markdown"),
    ];
}

impl AdvisoryFormat {
    /// The format of a name on the command line.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let found = Self::NAMES.iter().find(|(_, it)| *it == name);
        found.map(|(format, _)| *format)
    }
}

impl<'a> AdvisoryReport<'a> {
    /// What advisories say about a graph; the places are not known.
    #[must_use]
    pub fn new(graph: &'a Graph, advisories: &'a Advisories, tool: Tool<'a>) -> Self {
        Self {
            graph,
            advisories,
            tool,
            places: Vec::new(),
        }
    }

    /// With the place of each match.
    #[must_use]
    pub fn places(mut self, places: Vec<Place>) -> Self {
        self.places = places;
        self
    }

    /// True when a match needs a decision, a decision does not count, or the data is not complete.
    #[must_use]
    pub fn has_failed(&self) -> bool {
        let it = self.advisories;
        it.is_incomplete() || it.matches.iter().any(Match::is_open) || !it.unused.is_empty()
    }

    /// Writes it.
    ///
    /// # Errors
    /// When the sink refuses.
    pub fn write(&self, format: AdvisoryFormat, out: &mut dyn Write) -> io::Result<()> {
        match format {
            AdvisoryFormat::Text => text::write(self, out),
            AdvisoryFormat::Json => json::write(self, out),
            AdvisoryFormat::Sarif => sarif::write(self, out),
            AdvisoryFormat::Markdown => markdown::write(self, out),
        }
    }

    /// The matches of one package that are one vulnerability to people: those that share an id.
    pub(crate) fn groups(&self) -> Vec<Vec<&'a Match>> {
        let mut groups: Vec<Vec<&Match>> = Vec::new();
        for it in &self.advisories.matches {
            let same = |group: &&mut Vec<&Match>| {
                let first = group.first();
                first.is_some_and(|first| {
                    first.node == it.node && first.module == it.module && first.has_id(&it.id)
                })
            };
            match groups.iter_mut().rev().take(MOST_COMPARED).find(same) {
                Some(group) => group.push(it),
                None => groups.push(vec![it]),
            }
        }
        groups
    }
}

/// The most groups before a match that may be about the same vulnerability: matches are sorted by package.
const MOST_COMPARED: usize = 256;

/// What `bomtrail check --advisories` and other reports say about a match, in one sentence.
#[must_use]
pub fn reach_sentence(graph: &Graph, it: &Match) -> String {
    words::reach(graph, it)
}

/// What to do about a match, in one sentence.
#[must_use]
pub fn fix_sentence(graph: &Graph, it: &Match) -> String {
    words::fix(graph, it)
}
