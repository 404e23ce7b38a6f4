//! Security advisories of a project: reads the files that they come in, matches them with the graph, and applies what the
//! project decided.
//!
//! ```
//! use bomtrail::advisories::{AdvisoryOptions, Advised};
//!
//! let folder = std::path::Path::new("../../fixtures/advisories/first-match");
//! let options = AdvisoryOptions::at("2026-11-28T00:00:00Z")
//!     .ok_or("invalid time")?
//!     .sources(&[folder.join("advisories")]);
//! let advised = Advised::run(folder.join("project"), &options)?;
//! for it in &advised.advisories.matches {
//!     println!("{}: {}@{}", it.id, it.package, it.version);
//! }
//! assert_eq!(advised.advisories.matches.len(), 1);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod changes;
mod decide;
mod load;
mod locate;
mod vex;

use std::path::PathBuf;

use bomtrail_advisories::decisions::{Decisions, apply};
use bomtrail_advisories::{IndexError, mark_old};
use bomtrail_graph::{Advisories, Diagnostics, Graph, Places, Timestamp};

pub use bomtrail_advisories::decisions::{Conditions, Decision, FILE_NAME};
pub use bomtrail_graph::{Justification, Match, Rating, VexStatus};
pub use bomtrail_report::{AdvisoryFormat, AdvisoryReport};
pub use changes::vulnerability_changes;
pub use decide::{Decided, decide};
pub use load::{AdvisoryError, write_index};
pub use vex::{VexError, VexFormat, VexOptions, vex};

use crate::TOOL;
use crate::project::{Project, Scan, ScanError, ScanOptions};
use crate::source::Source;
pub(crate) use load::Loaded;

/// How a project is compared with advisories.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct AdvisoryOptions {
    /// What to read of the project.
    pub scan: ScanOptions,
    /// Files, folders, archives and indexes of advisories.
    pub sources: Vec<PathBuf>,
    /// The file of decisions; `package-advisories.json` of the project unless given.
    pub decisions: Option<PathBuf>,
    /// VEX documents of others, whose statements are shown as claims.
    pub claims: Vec<PathBuf>,
    /// The time that ages are measured at.
    pub now: Timestamp,
    /// The most days that the newest record of a source may be old.
    pub max_age: Option<i64>,
}

impl AdvisoryOptions {
    /// At a time (RFC 3339), without sources; `None` for what is not a time.
    pub fn at(now: &str) -> Option<Self> {
        Some(Self {
            scan: ScanOptions::default(),
            sources: Vec::new(),
            decisions: None,
            claims: Vec::new(),
            now: Timestamp::parse(now)?,
            max_age: None,
        })
    }

    /// With other options for reading the project.
    #[must_use]
    pub fn scan(mut self, options: ScanOptions) -> Self {
        self.scan = options;
        self
    }

    /// With these files of advisories.
    #[must_use]
    pub fn sources(mut self, sources: &[PathBuf]) -> Self {
        self.sources = sources.to_vec();
        self
    }

    /// With another file of decisions.
    #[must_use]
    pub fn decisions(mut self, path: Option<PathBuf>) -> Self {
        self.decisions = path;
        self
    }

    /// With VEX documents of others, whose statements are shown as claims.
    #[must_use]
    pub fn claims(mut self, documents: &[PathBuf]) -> Self {
        self.claims = documents.to_vec();
        self
    }

    /// With a limit on the age of the advisories, in days.
    #[must_use]
    pub fn max_age(mut self, days: Option<i64>) -> Self {
        self.max_age = days;
        self
    }
}

/// A project that was compared with advisories.
#[derive(Debug)]
#[non_exhaustive]
pub struct Advised {
    /// What was read of the project.
    pub scan: Scan,
    /// What advisories say about it.
    pub advisories: Advisories,
    /// What is odd about the advisories.
    pub diagnostics: Diagnostics,
}

impl Advised {
    /// Compares a project with advisories.
    ///
    /// # Errors
    /// [`AdvisoryError`] when the project or a file of advisories cannot be read.
    pub fn run(
        source: impl Into<Source>,
        options: &AdvisoryOptions,
    ) -> Result<Self, AdvisoryError> {
        let mut advised = Self::matches(source, options)?;
        advised.decide(options)?;
        Ok(advised)
    }

    /// Compares two states of a project with the same advisories, which are read once.
    ///
    /// # Errors
    /// As for [`Advised::run`].
    pub fn pair(
        old: Source,
        new: Source,
        options: &AdvisoryOptions,
    ) -> Result<[Self; 2], AdvisoryError> {
        let loaded = Loaded::of(&options.sources)?;
        let one = |source| {
            let mut advised = Self::matched(source, &loaded, options)?;
            advised.decide(options)?;
            Ok::<_, AdvisoryError>(advised)
        };
        Ok([one(old)?, one(new)?])
    }

    /// Applies the decisions of the project.
    fn decide(&mut self, options: &AdvisoryOptions) -> Result<(), AdvisoryError> {
        let whole = options.scan.selection.is_everything();
        decide::apply_own(
            &self.scan,
            &mut self.advisories,
            options.decisions.as_deref(),
            whole,
        )
    }

    /// Like [`Advised::run`], without the decisions of the project.
    pub(crate) fn matches(
        source: impl Into<Source>,
        options: &AdvisoryOptions,
    ) -> Result<Self, AdvisoryError> {
        let loaded = Loaded::of(&options.sources)?;
        Self::matched(source.into(), &loaded, options)
    }

    fn matched(
        source: Source,
        loaded: &Loaded,
        options: &AdvisoryOptions,
    ) -> Result<Self, AdvisoryError> {
        let project = Project::open(source, &options.scan)?;
        let project = project.select(&options.scan.selection)?;
        let scan = project.link_with_places(&[]);
        let (advisories, diagnostics) = found(&scan, loaded, options)?;
        Ok(Self {
            scan,
            advisories,
            diagnostics,
        })
    }

    /// Applies decisions; those without a match are not reported.
    pub(crate) fn apply(&mut self, decisions: &Decisions) {
        let (graph, places) = (self.scan.graph(), self.scan.places());
        apply(&mut self.advisories, graph, places, decisions, false);
    }

    /// As reports take it.
    pub fn report(&self) -> AdvisoryReport<'_> {
        let places = locate::places(&self.scan, &self.advisories);
        AdvisoryReport::new(self.scan.graph(), &self.advisories, TOOL).places(places)
    }
}

/// What advisories say about any graph, by its nodes. Only the sources, the time and the largest age of the options count; how
/// the product reaches a package is not looked at.
///
/// # Errors
/// [`AdvisoryError`] when a file of advisories cannot be read.
pub fn in_graph(
    graph: &Graph,
    options: &AdvisoryOptions,
) -> Result<(Advisories, Diagnostics), AdvisoryError> {
    let loaded = Loaded::of(&options.sources)?;
    let mut diagnostics = loaded.diagnostics;
    let (database, today) = (&loaded.database, options.now.date());
    let places = Places::default();
    let found = bomtrail_advisories::find(graph, &places, database, today, &mut diagnostics);
    let mut advisories = found.map_err(AdvisoryError::from)?;
    if let Some(days) = options.max_age {
        mark_old(&mut advisories, options.now, days);
    }
    Ok((advisories, diagnostics))
}

/// Matches what was loaded with a graph that has its places.
pub(crate) fn look_up(
    scan: &Scan,
    loaded: &Loaded,
    options: &AdvisoryOptions,
) -> Result<(Advisories, Diagnostics), AdvisoryError> {
    let (mut advisories, diagnostics) = found(scan, loaded, options)?;
    let whole = options.scan.selection.is_everything();
    decide::apply_own(scan, &mut advisories, options.decisions.as_deref(), whole)?;
    Ok((advisories, diagnostics))
}

/// The matches without decisions.
fn found(
    scan: &Scan,
    loaded: &Loaded,
    options: &AdvisoryOptions,
) -> Result<(Advisories, Diagnostics), AdvisoryError> {
    let mut diagnostics = loaded.diagnostics.clone();
    let today = options.now.date();
    let (graph, places) = (scan.graph(), scan.places());
    let found = bomtrail_advisories::find(graph, places, &loaded.database, today, &mut diagnostics);
    let mut advisories = found.map_err(AdvisoryError::from)?;
    if let Some(days) = options.max_age {
        mark_old(&mut advisories, options.now, days);
    }
    vex::add_claims(&mut advisories, scan, &options.claims)?;
    Ok((advisories, diagnostics))
}

impl From<ScanError> for AdvisoryError {
    fn from(error: ScanError) -> Self {
        Self::Scan(Box::new(error))
    }
}

impl From<IndexError> for AdvisoryError {
    fn from(error: IndexError) -> Self {
        Self::Index {
            path: None,
            cause: error,
        }
    }
}
