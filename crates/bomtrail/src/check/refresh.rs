//! Remote lists fetched anew: what the change does to a project, and writing it.

use std::io;
use std::path::{Path, PathBuf};

use bomtrail_approvals::{
    Fetch, LOCK_FILE, LoadOptions, Loaded, RemoteLock, decide, load, write_lock,
};
use bomtrail_graph::{Approval, ApprovalStatus, Files, Graph, NodeMap};

use super::{CheckError, CheckOptions, ListPlace, approvals, locate, policy, requirements};
use super::{project_disk, project_folder};
use crate::disk::{DEFAULT_SIZE_LIMIT, Disk, make_folder, write_atomic};
use crate::scan::Scan;

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
    /// [`CheckError`] when there is no list, or one of them cannot be had or is not what it should be.
    pub fn fetch(
        path: &Path,
        options: &CheckOptions<'_>,
        fetch: &Fetch<'_>,
    ) -> Result<Self, CheckError> {
        let scan = Scan::with(path, &options.scan)?;
        let disk = project_disk(path)?;
        let policy = policy(options, &disk)?;
        let requirements = requirements(&policy, options.today);
        let depth = policy.options.max_extends_depth;
        let (graph, _) = scan.into_parts();
        let before = approvals(options, &disk, depth).ok();
        let before = before.map(|it| (decide(&graph, &it.list, &requirements), it.lock));
        let load_options = LoadOptions {
            max_depth: depth,
            fetch: Some(fetch),
        };
        let project = project_folder(path);
        let (folder, loaded) = match locate::list(options.approvals.as_deref(), &disk)? {
            ListPlace::None => {
                return Err(CheckError::Unreadable {
                    path: bomtrail_approvals::FILE_NAME.to_owned(),
                    cause: crate::disk::ReadError::NotFound,
                });
            }
            ListPlace::Project(name) => {
                let folder = match name.rsplit_once('/') {
                    Some((folder, _)) if !name.contains("://") => project.join(folder),
                    _ => project.to_path_buf(),
                };
                (folder, load(&name, &disk, &load_options))
            }
            ListPlace::Elsewhere { folder, name } => {
                let disk = Disk::open(&folder, DEFAULT_SIZE_LIMIT);
                let disk: Box<dyn Files> = match disk {
                    Ok(disk) => Box::new(disk),
                    Err(cause) => {
                        let path = folder.display().to_string();
                        return Err(CheckError::Unreadable { path, cause });
                    }
                };
                (folder, load(&name, &*disk, &load_options))
            }
        };
        let loaded = loaded.map_err(CheckError::Invalid)?;
        let after = decide(&graph, &loaded.list, &requirements);
        Ok(Self {
            graph,
            before,
            after,
            loaded,
            folder,
        })
    }

    /// True when every remote list is as it was.
    pub fn is_same(&self) -> bool {
        self.before
            .as_ref()
            .is_some_and(|(_, lock)| *lock == self.loaded.lock)
    }

    /// How many remote lists there are.
    pub fn sources(&self) -> usize {
        self.loaded.lock.0.len()
    }

    /// The remote lists that are new, other or gone, by URL.
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

    /// What becomes of every package that is not the project's own: its name, its status before (nothing when the lists could
    /// not be read before), its status then.
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
