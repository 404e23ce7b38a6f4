//! Decisions of a project: where they are, and writing one.

use std::path::{Path, PathBuf};

use bomtrail_advisories::decisions::{
    Decision, Decisions, EditError, FILE_NAME, apply, load, write_decision,
};
use bomtrail_graph::{Advisories, Files, VexStatus};

use super::{Advised, AdvisoryError, AdvisoryOptions};
use crate::project::Scan;
use crate::source::disk::load_file;
use crate::source::{DEFAULT_SIZE_LIMIT, Disk, ReadError, Source};

/// The decisions of a project: of the file that is given, else of the one next to its manifest; `None` without one.
pub(crate) fn decisions(
    scan: &Scan,
    given: Option<&Path>,
) -> Result<Option<Decisions>, AdvisoryError> {
    if let Some(path) = given {
        let unreadable = |cause| AdvisoryError::Unreadable {
            path: path.to_path_buf(),
            cause,
        };
        let name = path.file_name().and_then(|it| it.to_str());
        let name = name.ok_or_else(|| unreadable(ReadError::NotAFile))?;
        let folder = path.parent().filter(|it| !it.as_os_str().is_empty());
        let disk = Disk::open(folder.unwrap_or(Path::new(".")), DEFAULT_SIZE_LIMIT);
        let disk = disk.map_err(unreadable)?;
        return load(name, &disk).map(Some).map_err(AdvisoryError::Invalid);
    }
    let Some(files) = scan.files() else {
        return Ok(None);
    };
    // A file that is there and cannot be read must not count as none.
    let there = files.list("").iter().any(|it| it == FILE_NAME) || files.read(FILE_NAME).is_some();
    if !there {
        return Ok(None);
    }
    load(FILE_NAME, files)
        .map(Some)
        .map_err(AdvisoryError::Invalid)
}

/// Applies the decisions of a project to its matches.
pub(crate) fn apply_own(
    scan: &Scan,
    advisories: &mut Advisories,
    given: Option<&Path>,
    whole: bool,
) -> Result<(), AdvisoryError> {
    if let Some(decisions) = decisions(scan, given)? {
        apply(advisories, scan.graph(), scan.places(), &decisions, whole);
    }
    Ok(())
}

/// A decision that was made, and the text of its file.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Decided {
    /// The new text of the file.
    pub text: String,
    /// The packages that the decision is about, as `name@version`.
    pub packages: Vec<String>,
    /// Why the decision does not count for one of them.
    pub void: Option<String>,
}

/// The text of `file` with a decision about a match of the project. Nothing is written.
///
/// # Errors
/// [`AdvisoryError`] when the decision is about no match, or the file is not valid.
pub fn decide(
    source: impl Into<Source>,
    options: &AdvisoryOptions,
    file: &Path,
    decision: &Decision,
) -> Result<Decided, AdvisoryError> {
    if let Some(target) = crate::write::change::leads_outside(file, &folder_of(file)) {
        return Err(AdvisoryError::Decision(format!(
            "`{}` is a link to `{}`, which is outside the project",
            file.display(),
            target.display()
        )));
    }
    let mut advised = Advised::matches(source, options)?;
    let label = file.display().to_string();
    let decisions = Decisions::of(&label, vec![decision.clone()]);
    advised.apply(&decisions);
    let matches = advised.advisories.matches.iter();
    let about: Vec<_> = matches.filter(|it| it.decision.is_some()).collect();
    if about.is_empty() {
        return Err(no_match(&advised, decision));
    }
    let void = about
        .iter()
        .find_map(|it| match &it.decision.as_ref()?.validity {
            bomtrail_graph::Validity::Void(why) => Some(why.to_string()),
            bomtrail_graph::Validity::Expired(day) => Some(format!("its last day is {day}")),
            bomtrail_graph::Validity::Valid => None,
        });
    let mut packages: Vec<String> = about
        .iter()
        .map(|it| format!("{}@{}", it.package, it.version))
        .collect();
    packages.dedup();
    let old = existing(file)?;
    let written = write_decision(&label, old.as_deref(), decision);
    let text = written.map_err(|error| match error {
        EditError::Invalid(problems) => AdvisoryError::Invalid(problems),
        other => AdvisoryError::Decision(other.to_string()),
    })?;
    Ok(Decided {
        text,
        packages,
        void,
    })
}

/// The folder that a file of decisions belongs to.
fn folder_of(file: &Path) -> PathBuf {
    let folder = file.parent().filter(|it| !it.as_os_str().is_empty());
    folder.unwrap_or(Path::new(".")).to_path_buf()
}

/// The text of a file; `None` when the file does not exist.
fn existing(file: &Path) -> Result<Option<String>, AdvisoryError> {
    let unreadable = |cause| AdvisoryError::Unreadable {
        path: file.to_path_buf(),
        cause,
    };
    if !file.exists() {
        return Ok(None);
    }
    let bytes = load_file(file, DEFAULT_SIZE_LIMIT).map_err(unreadable)?;
    let text = String::from_utf8(bytes);
    text.map(Some).map_err(|_| unreadable(ReadError::NotAFile))
}

/// Why a decision is about nothing.
fn no_match(advised: &Advised, decision: &Decision) -> AdvisoryError {
    let matches = &advised.advisories.matches;
    let about = matches.iter().filter(|it| it.has_id(&decision.advisory));
    let purl = |node| Some(advised.scan.graph().node(node)?.purl()?.to_string());
    let mut packages: Vec<String> = about.filter_map(|it| purl(it.node)).collect();
    packages.dedup();
    AdvisoryError::NoMatch {
        advisory: decision.advisory.clone(),
        package: decision.package.to_string(),
        status: decision.status,
        packages,
    }
}

/// What the message about a decision without a match says about the advisory.
pub(super) fn hint(packages: &[String], status: VexStatus) -> String {
    if packages.is_empty() {
        format!(
            "no package of the project has it, so there is nothing that is {}",
            status.name()
        )
    } else {
        format!("it matches `{}`", packages.join("`, `"))
    }
}
