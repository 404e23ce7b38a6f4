//! Checking a project: its graph, what its approvals say of it, and what the rules find.

mod install;
mod lines;
mod locate;
mod members;
mod refresh;

use std::path::{Path, PathBuf};

use bomtrail_approvals::{List, LoadOptions, RemoteLock, Requirements, stale};
use bomtrail_graph::{Approval, Date, Diagnostics, Files, Graph, Input, NodeMap, Place, link};
use bomtrail_policy::{Evidence, Facts, Finding, Mirror, Policy, Unused};

pub use bomtrail_policy::{RULES, Rule, Script, Verdict, rule, words};
pub use bomtrail_report::{
    Check, CheckFormat, Summary, summary_markdown, write_check, write_verdict,
};
pub use install::{differences, fingerprints, lockfile};
pub use locate::ListPlace;
pub(crate) use locate::list as locate_list;
pub(crate) use members::{Grounds, decided};
pub use refresh::Refreshed;

use crate::TOOL;
use crate::disk::{DEFAULT_SIZE_LIMIT, Disk, ReadError, Recorder};
use crate::inputs;
use crate::provenance::{ProvenanceError, ProvenanceSources, Verification, verify};
use crate::scan::{Scan, ScanError, ScanOptions};

/// Where the policy of a project is.
pub const POLICY_FILE: &str = "bomtrail.toml";

/// How a project is checked.
#[non_exhaustive]
pub struct CheckOptions<'a> {
    /// What to read of the project.
    pub scan: ScanOptions,
    /// The approvals list, a path or URL; where the project names it unless given.
    pub approvals: Option<String>,
    /// The policy; `bomtrail.toml` beside the manifest unless given.
    pub policy: Option<PathBuf>,
    /// What is known of packages beside what inputs say.
    pub facts: Option<PathBuf>,
    /// Attestations that the rules on provenance are to see, and what judges them.
    pub provenance: Option<ProvenanceSources>,
    /// Rules set over what the policy says.
    pub verdicts: Vec<(String, Verdict)>,
    /// From which verdict on the check fails, over what the policy says.
    pub fail_on: Option<Verdict>,
    /// Where approvals and policy are read from instead of the project's folder.
    pub from: Option<&'a dyn Files>,
    /// Notes every file that approvals and policy are read from.
    pub recorder: Option<Recorder>,
    /// Today.
    pub today: Date,
}

impl CheckOptions<'_> {
    /// As the project itself says, on this day.
    pub fn on(today: Date) -> Self {
        Self {
            scan: ScanOptions::default(),
            approvals: None,
            policy: None,
            facts: None,
            provenance: None,
            verdicts: Vec::new(),
            fail_on: None,
            from: None,
            recorder: None,
            today,
        }
    }
}

/// Why a project could not be checked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CheckError {
    /// There is no graph.
    #[error(transparent)]
    Scan(#[from] ScanError),
    /// Approvals, policy or a lockfile are not what they should be.
    #[error("{}", first(.0))]
    Invalid(Diagnostics),
    /// The attestations cannot be looked at.
    #[error(transparent)]
    Provenance(#[from] ProvenanceError),
    /// A file that was named cannot be read.
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

/// The approvals of a project as they were read.
#[derive(Debug)]
pub struct Approvals {
    /// What messages call the project's own list; nothing when there is none.
    pub name: Option<String>,
    /// What it and all it extends say.
    pub list: List,
    /// The remote lists in use.
    pub lock: RemoteLock,
}

/// A project that was checked.
#[derive(Debug)]
pub struct Checked {
    /// What was read.
    pub scan: Scan,
    /// The approvals.
    pub approvals: Approvals,
    /// What they say of each package.
    pub table: NodeMap<Approval>,
    /// What attestations prove of them; nothing when none were given.
    pub verification: Option<Verification>,
    /// What the rules found.
    pub findings: Vec<Finding>,
    /// True when the check fails.
    pub failed: bool,
}

impl Checked {
    /// Checks the project at `path`, which is a folder or one input file.
    ///
    /// # Errors
    /// [`CheckError`] when it cannot be told whether the project passes.
    pub fn run(path: &Path, options: &CheckOptions<'_>) -> Result<Self, CheckError> {
        let scan = Scan::with(path, &options.scan)?;
        refuse_unreadable(&scan)?;
        let disk = project_disk(path)?.recorded(options.recorder.as_ref());
        let files: &dyn Files = options.from.unwrap_or(&disk);
        let policy = policy(options, files)?;
        let depth = policy.options.max_extends_depth;
        let mut approvals = approvals(options, files, depth)?;
        let facts = options.facts.as_deref().map(facts).transpose()?;
        let sources = options.provenance.as_ref();
        let verification = sources.map(|it| verify(scan.graph(), it)).transpose()?;
        let grounds = Grounds {
            path,
            files,
            policy: &policy,
            today: options.today,
        };
        let table = decided(scan.graph(), &mut approvals.list, &grounds)?;
        let mut checked = Self {
            findings: Vec::new(),
            failed: false,
            scan,
            approvals,
            table,
            verification,
        };
        checked.look(&disk, &policy, facts.as_ref(), options);
        Ok(checked)
    }

    fn look(
        &mut self,
        disk: &Disk,
        policy: &Policy,
        facts: Option<&Facts>,
        options: &CheckOptions<'_>,
    ) {
        let graph = self.scan.graph();
        let unused = unused(graph, &self.approvals.list);
        let scripts = scripts(disk);
        let mirror = mirror(disk);
        let evidence = Evidence {
            graph,
            approvals: &self.table,
            diagnostics: self.scan.diagnostics(),
            list: self.approvals.name.as_deref(),
            unused: &unused,
            scripts: &scripts,
            mirror: mirror.as_ref(),
            facts,
            provenance: self.verification.as_ref().map(|it| &it.provenance),
            whole: options.scan.selection.is_everything(),
            today: options.today,
        };
        let mut findings = bomtrail_policy::check(&evidence, policy);
        lines::fill(disk, &mut findings);
        self.failed = bomtrail_policy::fails(&findings, policy);
        self.findings = findings;
    }

    /// As reports take it.
    pub fn report(&self) -> Check<'_> {
        Check {
            graph: self.scan.graph(),
            approvals: &self.table,
            findings: &self.findings,
            failed: self.failed,
            list: self.approvals.name.as_deref(),
            tool: TOOL,
        }
    }
}

/// What the project's approvals say of each package of a graph that was read of it; no rule is looked at.
///
/// # Errors
/// [`CheckError`] when approvals or policy cannot be used.
pub fn statuses(
    path: &Path,
    graph: &Graph,
    options: &CheckOptions<'_>,
) -> Result<NodeMap<Approval>, CheckError> {
    let disk = project_disk(path)?;
    let files: &dyn Files = options.from.unwrap_or(&disk);
    let policy = policy(options, files)?;
    let mut list = approvals(options, files, policy.options.max_extends_depth)?.list;
    let grounds = Grounds {
        path,
        files,
        policy: &policy,
        today: options.today,
    };
    decided(graph, &mut list, &grounds)
}

/// What a policy requires of approvals.
pub(crate) fn requirements(policy: &Policy, today: Date) -> Requirements {
    let mut requirements = Requirements::on(today);
    requirements.criteria.clone_from(&policy.options.criteria);
    requirements.trust_lock_version = policy.options.trust_lock_version;
    requirements.require_integrity = policy.options.require_integrity;
    requirements
}

/// A part of an input that could not be read may hold anything, so nothing can be said of the project.
fn refuse_unreadable(scan: &Scan) -> Result<(), CheckError> {
    let mut all = Diagnostics::new();
    for it in scan.diagnostics() {
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

/// The folder of a project that is given by its folder or by one input file.
pub(crate) fn project_folder(path: &Path) -> &Path {
    if path.is_dir() {
        return path;
    }
    inputs::split_folder(path).map_or(path, |(folder, _)| folder)
}

pub(crate) fn project_disk(path: &Path) -> Result<Disk, CheckError> {
    let folder = project_folder(path);
    Disk::open(folder, DEFAULT_SIZE_LIMIT).map_err(|cause| CheckError::Unreadable {
        path: folder.display().to_string(),
        cause,
    })
}

/// The policy that is given or that the project has, with what the command line sets over it.
pub(crate) fn policy(options: &CheckOptions<'_>, files: &dyn Files) -> Result<Policy, CheckError> {
    let (name, bytes) = match &options.policy {
        Some(path) => {
            let name = path.display().to_string();
            let bytes = named_file(path)?;
            if let Some(recorder) = &options.recorder {
                recorder.note(&name, &bytes);
            }
            (name, Some(bytes))
        }
        None => (POLICY_FILE.to_owned(), files.read(POLICY_FILE)),
    };
    let mut policy = match bytes {
        Some(bytes) => {
            let text = String::from_utf8_lossy(&bytes);
            Policy::parse(&name, &text).map_err(CheckError::Invalid)?
        }
        None => Policy::default(),
    };
    for (rule, verdict) in &options.verdicts {
        policy.set(rule, *verdict);
    }
    policy.options.fail_on = options.fail_on.unwrap_or(policy.options.fail_on);
    Ok(policy)
}

/// Reads a file that was named on the command line.
pub(crate) fn named_file(path: &Path) -> Result<Vec<u8>, CheckError> {
    let unreadable = |cause| CheckError::Unreadable {
        path: path.display().to_string(),
        cause,
    };
    let name = path.file_name().and_then(|it| it.to_str());
    let name = name.ok_or_else(|| unreadable(ReadError::NotAFile))?;
    let folder = path.parent().filter(|it| !it.as_os_str().is_empty());
    let disk = Disk::open(folder.unwrap_or(Path::new(".")), DEFAULT_SIZE_LIMIT);
    disk.and_then(|it| it.load(name)).map_err(unreadable)
}

fn facts(path: &Path) -> Result<Facts, CheckError> {
    let bytes = named_file(path)?;
    let text = String::from_utf8_lossy(&bytes);
    Facts::parse(&path.display().to_string(), &text).map_err(CheckError::Invalid)
}

/// The approvals that are given or that the project names; none is a list that says nothing.
pub(crate) fn approvals(
    options: &CheckOptions<'_>,
    files: &dyn Files,
    max_depth: usize,
) -> Result<Approvals, CheckError> {
    let place = locate::list(options.approvals.as_deref(), files)?;
    let load_options = LoadOptions {
        max_depth,
        ..LoadOptions::default()
    };
    let (name, loaded) = match &place {
        ListPlace::None => {
            return Ok(Approvals {
                name: None,
                list: List::default(),
                lock: RemoteLock::default(),
            });
        }
        ListPlace::Project(path) => (
            path.clone(),
            bomtrail_approvals::load(path, files, &load_options),
        ),
        ListPlace::Elsewhere { folder, name } => {
            let disk = Disk::open(folder, DEFAULT_SIZE_LIMIT);
            let disk = disk.map_err(|cause| CheckError::Unreadable {
                path: folder.join(name).display().to_string(),
                cause,
            })?;
            let recorder = options.recorder.as_ref();
            let recorder = recorder.map(|it| it.under(&folder.to_string_lossy()));
            let disk = disk.recorded(recorder.as_ref());
            (
                name.clone(),
                bomtrail_approvals::load(name, &disk, &load_options),
            )
        }
    };
    let loaded = loaded.map_err(CheckError::Invalid)?;
    Ok(Approvals {
        name: Some(name),
        list: loaded.list,
        lock: loaded.lock,
    })
}

/// The folder of a project that is given by its folder or by one input file.
pub fn folder_of(path: &Path) -> &Path {
    project_folder(path)
}

/// The graph of the lockfiles among some files, which need not be on a disk: those of a commit.
pub fn graph_of(files: &dyn Files) -> Graph {
    let mut diagnostics = Diagnostics::new();
    let mut fragments = Vec::new();
    for name in inputs::lockfiles(files) {
        let (Some(bytes), Some(reader)) = (files.read(name), inputs::reader_of(name)) else {
            continue;
        };
        let input = Input {
            path: name,
            bytes: &bytes,
            files,
        };
        fragments.push(reader.read(&input, &mut diagnostics));
    }
    link(fragments, &mut diagnostics)
}

fn unused(graph: &Graph, list: &List) -> Vec<Unused> {
    let all = stale(graph, list).into_iter();
    all.map(|it| Unused {
        package: it.key.as_str().to_owned(),
        version: it.version,
        line: it.line,
    })
    .collect()
}

fn mirror(disk: &Disk) -> Option<Mirror> {
    const NPMRC: &str = ".npmrc";
    let found = bomtrail_npm::configured_registry(&disk.read(NPMRC)?)?;
    Some(Mirror {
        place: Place::line(NPMRC, found.line, None),
        url: found.url,
    })
}

/// What the manifest of the project at `path` says of install scripts (`allowScripts`).
///
/// # Errors
/// [`CheckError`] when the folder cannot be entered.
pub fn allowed_scripts(path: &Path) -> Result<Vec<Script>, CheckError> {
    Ok(scripts(&project_disk(path)?))
}

fn scripts(disk: &Disk) -> Vec<Script> {
    let manifest = disk.read("package.json").unwrap_or_default();
    let all = bomtrail_npm::allowed_scripts(&manifest).into_iter();
    all.map(|it| Script {
        name: it.name,
        versions: it.versions,
        allowed: it.allowed,
    })
    .collect()
}
