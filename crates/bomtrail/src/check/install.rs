//! Around an installation: which files it goes by, whether they changed meanwhile, and whether what is installed is what was
//! checked.

use std::collections::BTreeMap;
use std::path::Path;

use bomtrail_graph::{Approval, ApprovalStatus, Files, HashAlgorithm, NodeRef, Role};
use sha2::{Digest as _, Sha256};

use super::{CheckError, Checked, project_disk, words};
use crate::project::{Project, ScanOptions};

/// The lockfiles npm goes by, the one that wins first.
const LOCKFILES: [&str; 2] = ["npm-shrinkwrap.json", "package-lock.json"];
/// What npm keeps of what it installed.
const INSTALLED: &str = "node_modules/.package-lock.json";

/// The lockfile that npm will install from.
///
/// # Errors
/// [`CheckError`] when the folder cannot be entered.
pub fn lockfile(project: &Path) -> Result<Option<&'static str>, CheckError> {
    let disk = project_disk(project)?;
    Ok(LOCKFILES.into_iter().find(|it| disk.has(it)))
}

/// The SHA-256 of every file that npm goes by, in hexadecimal; nothing for one that is not there.
///
/// # Errors
/// [`CheckError`] when the folder cannot be entered.
pub fn fingerprints(
    project: &Path,
    checked: &Checked,
) -> Result<BTreeMap<String, Option<[u8; 32]>>, CheckError> {
    let disk = project_disk(project)?;
    let members = checked.scan.graph().nodes();
    let members = members.filter(|it| matches!(it.component().role, Role::Member | Role::Local));
    let manifests = members
        .flat_map(NodeRef::instances)
        .map(|it| format!("{}/package.json", it.place));
    let fixed = LOCKFILES.into_iter().chain(["package.json", ".npmrc"]);
    let all = fixed.map(str::to_owned).chain(manifests);
    let digest = |bytes: Vec<u8>| -> [u8; 32] { Sha256::digest(&bytes).into() };
    Ok(all
        .map(|path| {
            let bytes = disk.read(&path);
            (path, bytes.map(digest))
        })
        .collect())
}

/// What of the installed packages is not what was checked, in words; empty when all is.
///
/// # Errors
/// [`CheckError`] when what is installed cannot be read.
pub fn differences(project: &Path, checked: &Checked) -> Result<Vec<String>, CheckError> {
    if !project_disk(project)?.has(INSTALLED) {
        return Ok(Vec::new());
    }
    let installed = Project::open(project.join(INSTALLED), &ScanOptions::default())?;
    let scan = installed.link(&checked.basis.member_places());
    let table = checked.basis.decide(&scan);
    let graph = checked.scan.graph();
    let known: BTreeMap<String, NodeRef<'_>> = graph
        .nodes()
        .map(|it| (it.reference().into_owned(), it))
        .collect();
    let mut found = Vec::new();
    for node in scan.graph().nodes().filter(|it| !it.is_root()) {
        let reference = node.reference();
        let before = known.get(&*reference).copied();
        found.extend(difference(node, before).map(|what| format!("`{reference}` {what}")));
        let denied = table
            .get(node.id())
            .filter(|it| it.status() == ApprovalStatus::Denied);
        let denied_before = before
            .and_then(|it| checked.table.get(it.id()))
            .is_some_and(|it| it.status() == ApprovalStatus::Denied);
        if let Some(approval) = denied.filter(|_| !denied_before) {
            found.push(told(&reference, approval));
        }
    }
    Ok(found)
}

fn told(reference: &str, approval: &Approval) -> String {
    format!("`{reference}` is installed and denied: {}", words(approval))
}

fn difference(node: NodeRef<'_>, before: Option<NodeRef<'_>>) -> Option<&'static str> {
    let Some(before) = before else {
        return Some("is installed and was not checked");
    };
    let strong = |node: NodeRef<'_>| -> Vec<String> {
        let hashes = node.component().hashes.iter();
        hashes
            .filter(|it| !matches!(it.algorithm(), HashAlgorithm::Sha1 | HashAlgorithm::Md5))
            .map(|it| format!("{it:?}"))
            .collect()
    };
    let (now, then) = (strong(node), strong(before));
    (!now.iter().all(|it| then.contains(it)))
        .then_some("is installed with another digest than was checked")
}
