//! Running `git`. Knows its arguments and nothing of what is read.

use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use super::GitError;

/// The `git` program, for the repository around a folder.
#[derive(Clone, Debug)]
pub(super) struct Git {
    folder: PathBuf,
}

impl Git {
    pub(super) fn new(folder: &Path) -> Self {
        Self {
            folder: folder.to_path_buf(),
        }
    }

    /// Runs it. Objects that `git replace` puts in place of others are not taken, and a partial clone fetches nothing.
    pub(super) fn run(&self, arguments: &[&str]) -> io::Result<Output> {
        let mut command = Command::new("git");
        command.arg("--no-replace-objects").args(arguments);
        command.env("GIT_NO_LAZY_FETCH", "1").stdin(Stdio::null());
        command.current_dir(&self.folder).output()
    }

    /// The first line of what it prints; `None` when it fails.
    fn line(&self, arguments: &[&str]) -> Option<String> {
        let output = self.run(arguments).ok()?;
        let text = String::from_utf8(output.stdout).ok()?;
        output.status.success().then(|| text.trim().to_owned())
    }

    /// The id of the commit that a name means.
    pub(super) fn commit(&self, name: &str) -> Result<String, GitError> {
        let wanted = format!("{name}^{{commit}}");
        let arguments = [
            "rev-parse",
            "--verify",
            "--quiet",
            "--end-of-options",
            &wanted,
        ];
        let output = self.run(&arguments).map_err(GitError::NotRun)?;
        let id = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        let is_id = id.len() >= 40 && id.bytes().all(|it| it.is_ascii_hexdigit());
        if output.status.success() && is_id {
            return Ok(id);
        }
        Err(GitError::UnknownCommit {
            name: name.to_owned(),
            message: String::from_utf8_lossy(&output.stderr).trim().to_owned(),
        })
    }

    /// The folder's path in the repository; empty for the repository's own.
    pub(super) fn prefix(&self) -> String {
        let prefix = self.line(&["rev-parse", "--show-prefix"]);
        prefix.unwrap_or_default().trim_end_matches('/').to_owned()
    }

    /// The name of the folder that the repository's work tree is.
    pub(super) fn top_name(&self) -> Option<String> {
        let path = self.line(&["rev-parse", "--show-toplevel"])?;
        let name = path.rsplit('/').next()?;
        (!name.is_empty()).then(|| name.to_owned())
    }

    pub(super) fn user_name(&self) -> Option<String> {
        let name = self.line(&["config", "user.name"])?;
        (!name.is_empty()).then_some(name)
    }
}
