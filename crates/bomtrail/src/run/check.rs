//! Checking a project: its graph, what its approvals say of it, and what the rules find.
//!
//! ```
//! use bomtrail::approvals::Date;
//! use bomtrail::check::{CheckOptions, Checked};
//!
//! let today = Date::parse("2026-11-21").ok_or("invalid date")?;
//! let checked = Checked::run("../../fixtures/approvals/expired", &CheckOptions::on(today))?;
//! assert!(checked.failed);
//! for finding in &checked.findings {
//!     println!("{}: {}: {}", finding.place, finding.subject, finding.message);
//! }
//! assert_eq!(checked.findings[0].rule.id, "approvals/unreviewed");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod audit;
mod basis;
mod locate;
mod options;
mod refresh;

use std::path::Path;

use bomtrail_approvals::{List, RemoteLock, stale};
use bomtrail_graph::{Advisories, Approval, Diagnostics, Files, Graph, NodeMap, Place};
use bomtrail_npm::HIDDEN_LOCKFILE;
use bomtrail_policy::{Evidence, InputFacts, Mirror, Unused};

pub use basis::Basis;
pub use bomtrail_policy::{
    Exception, Facts, Finding, Options as PolicyOptions, PackageFacts, Policy, RULES, Rule,
    Scope as RuleScope, Script, Setting, Verdict, rule, words,
};
pub use bomtrail_report::{
    Check, CheckFormat, ProjectCheck, Summary, summary_markdown, write_check, write_checks,
    write_verdict,
};
pub use locate::ListPlace;
pub(crate) use locate::list as locate_list;
pub use options::CheckOptions;
pub use refresh::Refreshed;

use crate::TOOL;
use crate::formats::READERS;
use crate::project::npm_settings::{NpmSetting, NpmSettings, Origin};
use crate::project::{Project, Scan, ScanError};
use crate::provenance::{ProvenanceError, Verification, verify};
use crate::run::lines;
use crate::source::disk::load_file;
use crate::source::project_folder;
use crate::source::{DEFAULT_SIZE_LIMIT, Disk, ProjectFiles, ReadError, Source};
#[cfg(feature = "archives")]
use crate::source_match::{SourceError, match_all};

/// Where the policy of a project is.
pub const POLICY_FILE: &str = "bomtrail.toml";

/// Why a project could not be checked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CheckError {
    /// The project cannot be read.
    #[error(transparent)]
    Scan(#[from] ScanError),
    /// The approvals, the policy or a lockfile is not valid.
    #[error("{}", first(.0))]
    Invalid(Diagnostics),
    /// The attestations cannot be read.
    #[error(transparent)]
    Provenance(#[from] ProvenanceError),
    /// The advisories cannot be looked up.
    #[cfg(feature = "advisories")]
    #[error(transparent)]
    Advisories(#[from] crate::advisories::AdvisoryError),
    #[cfg(feature = "archives")]
    /// The source of packages cannot be looked at.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// A file that the options name cannot be read.
    #[error("`{path}` cannot be read: {cause}")]
    Unreadable {
        /// The file, as it was given.
        path: String,
        /// Why.
        cause: ReadError,
    },
}

fn first(diagnostics: &Diagnostics) -> String {
    let worst = diagnostics.iter().max_by_key(|it| it.code.level);
    worst.map(ToString::to_string).unwrap_or_default()
}

/// The approvals of a project.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct Approvals {
    /// The name of the project's own list in messages; `None` without a list.
    pub name: Option<String>,
    /// The list, with all lists that it extends.
    pub list: List,
    /// The remote lists in use.
    pub lock: RemoteLock,
}

/// A project that was checked.
#[derive(Debug)]
#[non_exhaustive]
pub struct Checked {
    /// The project.
    pub scan: Scan,
    /// The policy and the approvals that it was checked against.
    pub basis: Basis,
    /// The approval of each package.
    pub table: NodeMap<Approval>,
    /// What attestations prove about them; `None` if none were given.
    pub verification: Option<Verification>,
    /// What advisories say about them; `None` if none were given.
    pub advisories: Option<Advisories>,
    /// The findings of the rules.
    pub findings: Vec<Finding>,
    /// True when the check fails.
    pub failed: bool,
}

/// A project with the approval of each package. The rules were not applied: whether a check passes is not known.
#[derive(Debug)]
#[non_exhaustive]
pub struct Decided {
    /// The project.
    pub scan: Scan,
    /// The policy and the approvals.
    pub basis: Basis,
    /// The approval of each package.
    pub table: NodeMap<Approval>,
}

impl Decided {
    /// Reads a project and its approvals. Of the options, only those about the project and its approvals apply.
    ///
    /// # Errors
    /// [`CheckError`] when one of them cannot be read.
    pub fn of(source: impl Into<Source>, options: &CheckOptions<'_>) -> Result<Self, CheckError> {
        let (project, basis) = opened(source, options)?;
        let scan = project.link(&basis.member_places());
        Ok(Self {
            table: basis.decide(&scan),
            scan,
            basis,
        })
    }
}

/// A project that can be checked, and what it is checked against.
fn opened(
    source: impl Into<Source>,
    options: &CheckOptions<'_>,
) -> Result<(Project, Basis), CheckError> {
    let project = Project::open(source, &options.scan)?;
    let project = project.select(&options.scan.selection)?;
    refuse_unreadable(project.diagnostics())?;
    let basis = Basis::load(&project, options)?;
    Ok((project, basis))
}

impl Checked {
    /// Checks a project.
    ///
    /// # Errors
    /// [`CheckError`] when the check cannot be completed.
    pub fn run(source: impl Into<Source>, options: &CheckOptions<'_>) -> Result<Self, CheckError> {
        let (project, basis) = opened(source, options)?;
        let facts = options.facts.as_deref().map(facts).transpose()?;
        let files = project.files().clone();
        let npm = project.npm_settings();
        let (scan, advisories) = compared(project, &basis, options)?;
        let sources = options.provenance.as_ref();
        let verification = sources.map(|it| verify(scan.graph(), it)).transpose()?;
        #[cfg(feature = "archives")]
        let scan = with_sources(scan, verification.as_ref(), options)?;
        let mut checked = Self {
            findings: Vec::new(),
            failed: false,
            table: basis.decide(&scan),
            scan,
            basis,
            verification,
            advisories,
        };
        let files = files.recorded(options.recorder.as_ref());
        checked.apply_rules(&files, &npm, facts.as_ref(), options);
        Ok(checked)
    }

    fn apply_rules(
        &mut self,
        files: &ProjectFiles,
        npm: &NpmSettings,
        facts: Option<&Facts>,
        options: &CheckOptions<'_>,
    ) {
        let graph = self.scan.graph();
        let approvals = &self.basis.approvals;
        let unused = unused(graph, &approvals.list);
        let manager = manager(files);
        let scripts = scripts(files, manager);
        let mirrors = mirrors(npm, graph);
        let inputs = inputs(graph);
        let loaded = audit::inputs_of(files, graph);
        let diagnostics = audit::with_audit(files, graph, &loaded, self.scan.diagnostics());
        let mut evidence = Evidence::new(graph, &self.table, &diagnostics, options.today);
        evidence.list = approvals.name.as_deref();
        evidence.unused = &unused;
        evidence.scripts = &scripts;
        evidence.scripts_run = manager != "yarn" || bomtrail_npm::yarn_runs_scripts(files);
        evidence.mirrors = &mirrors;
        evidence.facts = facts;
        evidence.provenance = self.verification.as_ref().map(|it| &it.provenance);
        evidence.advisories = self.advisories.as_ref();
        #[cfg(feature = "archives")]
        {
            evidence.archives = self.scan.archives().map(|it| &it.table);
        }
        evidence.inputs = &inputs;
        // An installation may leave out packages that other machines install.
        let mut read = graph.inputs().iter();
        let installed = read.all(|it| it.path.ends_with(HIDDEN_LOCKFILE));
        evidence.whole = options.scan.selection.is_everything() && !installed;
        let policy = &self.basis.policy;
        let mut findings = bomtrail_policy::check(&evidence, policy);
        let places = findings.iter_mut().map(|it| &mut it.place);
        lines::fill(files, &loaded, places);
        self.failed = bomtrail_policy::fails(&findings, policy);
        self.findings = findings;
    }

    /// The result, for reports.
    pub fn report(&self) -> Check<'_> {
        Check {
            graph: self.scan.graph(),
            approvals: &self.table,
            findings: &self.findings,
            failed: self.failed,
            list: self.basis.approvals.name.as_deref(),
            tool: TOOL,
        }
    }
}

/// The graph of a project, and what advisories say about it where they are given.
#[cfg(feature = "advisories")]
fn compared(
    project: Project,
    basis: &Basis,
    options: &CheckOptions<'_>,
) -> Result<(Scan, Option<Advisories>), CheckError> {
    let Some(asked) = &options.advisories else {
        return Ok((project.link(&basis.member_places()), None));
    };
    let asked = asked.clone().scan(options.scan.clone());
    let loaded = crate::run::advisories::Loaded::of(&asked.sources)?;
    let scan = project.link_with_places(&basis.member_places());
    let (advisories, _) = crate::run::advisories::look_up(&scan, &loaded, &asked)?;
    Ok((scan, Some(advisories)))
}

/// The graph of a project.
#[cfg(not(feature = "advisories"))]
#[expect(clippy::unnecessary_wraps, reason = "with advisories it can fail")]
fn compared(
    project: Project,
    basis: &Basis,
    _: &CheckOptions<'_>,
) -> Result<(Scan, Option<Advisories>), CheckError> {
    Ok((project.link(&basis.member_places()), None))
}

/// A scan with how its packages match the source repositories in a folder of clones, where one is given.
#[cfg(feature = "archives")]
fn with_sources(
    mut scan: Scan,
    verification: Option<&Verification>,
    options: &CheckOptions<'_>,
) -> Result<Scan, CheckError> {
    if let Some(folder) = &options.clones {
        let provenance = verification.map(|it| &it.provenance);
        match_all(&mut scan, folder, provenance)?;
    }
    Ok(scan)
}

/// A part of an input that could not be read may hold anything, so the check cannot be completed.
fn refuse_unreadable(diagnostics: &Diagnostics) -> Result<(), CheckError> {
    let mut all = Diagnostics::new();
    for it in diagnostics {
        if it.code.id.ends_with("/unreadable") {
            all.push(it.clone());
        }
    }
    if all.is_empty() {
        Ok(())
    } else {
        Err(CheckError::Invalid(all))
    }
}

/// The folder of the project at `path` on the disk.
pub(crate) fn project_disk(path: &Path) -> Result<Disk, CheckError> {
    let folder = project_folder(path);
    Disk::open(&folder, DEFAULT_SIZE_LIMIT).map_err(|cause| CheckError::Unreadable {
        path: folder.display().to_string(),
        cause,
    })
}

/// Reads a file that was named.
pub(crate) fn named_file(path: &Path) -> Result<Vec<u8>, CheckError> {
    load_file(path, DEFAULT_SIZE_LIMIT).map_err(|cause| CheckError::Unreadable {
        path: path.display().to_string(),
        cause,
    })
}

fn facts(path: &Path) -> Result<Facts, CheckError> {
    let bytes = named_file(path)?;
    let text = String::from_utf8_lossy(&bytes);
    Facts::parse(&path.display().to_string(), &text).map_err(CheckError::Invalid)
}

/// What the readers say about the inputs of a graph.
fn inputs(graph: &Graph) -> Vec<InputFacts> {
    let facts = |path: &str| {
        let mut readers = READERS.iter();
        let reader = readers.find(|it| it.claims(path));
        reader.map_or_else(InputFacts::default, |it| {
            InputFacts::new(it.manager(), it.is_manifest())
        })
    };
    graph.inputs().iter().map(|it| facts(&it.path)).collect()
}

fn unused(graph: &Graph, list: &List) -> Vec<Unused> {
    let all = stale(graph, list).into_iter();
    all.map(|it| Unused::new(it.key.as_str().to_owned(), it.version, it.line))
        .collect()
}

/// The registries that the settings of npm name instead of the public one.
fn mirrors(npm: &NpmSettings, graph: &Graph) -> Vec<Mirror> {
    let settings: Vec<_> = npm.all.iter().map(|it| it.setting.clone()).collect();
    let found = bomtrail_npm::configured_registries(&settings).into_iter();
    let input = graph.inputs().first().map_or("", |it| &*it.path);
    found
        .filter_map(|it| {
            let NpmSetting {
                origin,
                setting,
                source,
            } = npm.all.get(it.setting)?;
            let own = *origin == Origin::Project;
            let place = if own {
                Place::line(".npmrc", setting.line, None)
            } else {
                Place::file(input)
            };
            Some(Mirror::new(it.scope, it.url, place).with(|mirror| {
                mirror.set_by = (!own).then(|| source.clone());
            }))
        })
        .collect()
}

/// What the manifest among the files of a project says of install scripts to its package manager (npm's `allowScripts`).
pub fn allowed_scripts(files: &dyn Files) -> Vec<Script> {
    scripts(files, manager(files))
}

/// The package manager whose lockfile is read; npm without one.
fn manager(files: &dyn Files) -> &'static str {
    let choice = bomtrail_npm::LockfileChoice::of(files);
    choice.map_or("npm", |it| it.manager())
}

fn scripts(files: &dyn Files, manager: &str) -> Vec<Script> {
    let manifest = files.read("package.json").unwrap_or_default();
    let all = bomtrail_npm::allowed_scripts(&manifest, manager).into_iter();
    all.map(|it| Script::new(it.name, it.versions, it.allowed))
        .collect()
}
