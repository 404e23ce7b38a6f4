//! Remote lists fetched again: what the change does to a project, and writing it.

use std::io;
use std::path::{Path, PathBuf};

use bomtrail_approvals::{
    FILE_NAME, Fetch, LOCK_FILE, LoadOptions, Loaded, RemoteLock, write_lock,
};
use bomtrail_graph::{Approval, ApprovalStatus, Graph, NodeMap};

use super::basis::load_at;
use super::{Basis, CheckError, CheckOptions, ListPlace, locate};
use crate::project::Project;
use crate::source::{ReadError, project_folder};
use crate::write::{make_folder, write_atomic};

/// Remote lists as they are now, not yet written.
#[derive(Debug)]
pub struct Refreshed {
    graph: Graph,
    before: Option<(NodeMap<Approval>, RemoteLock)>,
    after: NodeMap<Approval>,
    loaded: Loaded,
    /// The folder of the list.
    folder: PathBuf,
}

impl Refreshed {
    /// Fetches every remote list that the project's list extends, through `fetch`.
    ///
    /// # Errors
    /// [`CheckError`] when the project has no list, or a list cannot be fetched or is not valid.
    pub fn fetch(
        path: &Path,
        options: &CheckOptions<'_>,
        fetch: &Fetch<'_>,
    ) -> Result<Self, CheckError> {
        let project = Project::open(path, &options.scan)?;
        let project = project.select(&options.scan.selection)?;
        let files = project.files().clone();
        // A refresh can repair lists that cannot be loaded; then nothing is compared with the state before.
        let (basis, is_known) = match Basis::load(&project, options) {
            Ok(basis) => (basis, true),
            Err(_) => (Basis::load_without_list(&project, options)?, false),
        };
        let load_options = LoadOptions {
            max_depth: basis.policy.options.max_extends_depth,
            fetch: Some(fetch),
        };
        let place = locate::list(options.approvals.as_deref(), &files)?;
        let folder = folder_of_list(&place, path);
        let loaded = load_at(&place, options, &files, &load_options)?;
        let (_, loaded) = loaded.ok_or_else(|| CheckError::Unreadable {
            path: FILE_NAME.to_owned(),
            cause: ReadError::NotFound,
        })?;
        let scan = project.link(&basis.member_places());
        let before = is_known.then(|| (basis.decide(&scan), basis.approvals.lock.clone()));
        let after = basis.with_list(&loaded).decide(&scan);
        let (graph, _) = scan.into_parts();
        Ok(Self {
            graph,
            before,
            after,
            loaded,
            folder,
        })
    }

    /// True when no remote list has changed.
    pub fn is_same(&self) -> bool {
        self.before
            .as_ref()
            .is_some_and(|(_, lock)| *lock == self.loaded.lock)
    }

    /// The number of remote lists.
    pub fn sources(&self) -> usize {
        self.loaded.lock.0.len()
    }

    /// The remote lists that are new, changed or gone, by URL.
    pub fn changed_sources(&self) -> Vec<(String, &'static str)> {
        let empty = RemoteLock::default();
        let old = self.before.as_ref().map_or(&empty, |(_, lock)| lock);
        let now = self
            .loaded
            .lock
            .0
            .iter()
            .filter_map(|(url, it)| match old.0.get(url) {
                None => Some((url.clone(), "new")),
                Some(before) => (before != it).then(|| (url.clone(), "changed")),
            });
        let gone = old
            .0
            .keys()
            .filter(|url| !self.loaded.lock.0.contains_key(*url));
        now.chain(gone.map(|url| (url.clone(), "gone"))).collect()
    }

    /// The name of every package that is not first-party, its status before (`None` if the lists could not be read before),
    /// and its status now.
    pub fn effect(&self) -> Vec<(String, Option<ApprovalStatus>, ApprovalStatus)> {
        let before = self.before.as_ref().map(|(table, _)| table);
        let mut all = Vec::new();
        for node in self.graph.nodes() {
            let Some(after) = self.after.get(node.id()).map(Approval::status) else {
                continue;
            };
            if after != ApprovalStatus::FirstParty {
                let before = before
                    .and_then(|it| it.get(node.id()))
                    .map(Approval::status);
                all.push((node.reference().into_owned(), before, after));
            }
        }
        all
    }

    /// Writes the vendored lists, then the lock that names them.
    ///
    /// # Errors
    /// The system's own; what the lock named before is still there then.
    pub fn write(&self) -> io::Result<()> {
        for (path, bytes) in &self.loaded.vendored {
            let path = self.folder.join(path);
            if let Some(folder) = path.parent() {
                make_folder(folder)?;
            }
            write_atomic::<io::Error>(&path, |out| out.write_all(bytes))?;
        }
        let text = write_lock(&self.loaded.lock);
        write_atomic::<io::Error>(&self.folder.join(LOCK_FILE), |out| {
            out.write_all(text.as_bytes())
        })
    }
}

/// The folder that a list is in.
fn folder_of_list(place: &ListPlace, path: &Path) -> PathBuf {
    let project = project_folder(path);
    match place {
        ListPlace::Elsewhere { folder, .. } => folder.clone(),
        ListPlace::Project(name) if !name.contains("://") => match name.rsplit_once('/') {
            Some((folder, _)) => project.join(folder),
            None => project,
        },
        ListPlace::Project(_) | ListPlace::None => project,
    }
}
