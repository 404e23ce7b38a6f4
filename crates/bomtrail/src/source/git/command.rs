//! Running `git`. Knows its arguments and nothing of what is read.

use std::io;
#[cfg(feature = "archives")]
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use bomtrail_graph::Timestamp;

use super::GitError;

/// The `git` program, for the repository around a folder.
#[derive(Clone, Debug)]
pub(super) struct Git {
    folder: PathBuf,
    /// Whether only a repository at that very folder counts.
    is_exact: bool,
}

/// Variables of the environment that lead git to another repository.
const LOCATIONS: [&str; 7] = [
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_COMMON_DIR",
    "GIT_DIR",
    "GIT_INDEX_FILE",
    "GIT_NAMESPACE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_WORK_TREE",
];

impl Git {
    pub(super) fn new(folder: &Path) -> Self {
        Self {
            folder: folder.to_path_buf(),
            is_exact: false,
        }
    }

    #[cfg(feature = "archives")]
    /// For the repository at a folder, whatever the environment names, and not for one around it.
    pub(super) fn at(folder: &Path) -> Self {
        Self {
            folder: folder.to_path_buf(),
            is_exact: true,
        }
    }

    /// The command with what all runs have in common. Objects that `git replace` puts in place of others are not taken, and a partial clone fetches nothing.
    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new("git");
        command.arg("--no-replace-objects");
        command.env("GIT_NO_LAZY_FETCH", "1").stdin(Stdio::null());
        if self.is_exact {
            // A repository that is only read from needs no program of its own, and no grafted history.
            for setting in ["core.fsmonitor=false", "core.hooksPath=/dev/null"] {
                command.args(["-c", setting]);
            }
            command.env("GIT_GRAFT_FILE", "/dev/null");
            for name in LOCATIONS {
                command.env_remove(name);
            }
            if let Ok(folder) = self.folder.canonicalize()
                && let Some(above) = folder.parent()
            {
                command.env("GIT_CEILING_DIRECTORIES", above);
            }
        }
        command.args(arguments).current_dir(&self.folder);
        command
    }

    /// Runs it.
    pub(super) fn run(&self, arguments: &[&str]) -> io::Result<Output> {
        self.command(arguments).output()
    }

    #[cfg(feature = "archives")]
    /// Runs it with a text as its input.
    pub(super) fn run_with(&self, arguments: &[&str], input: String) -> io::Result<Output> {
        let mut command = self.command(arguments);
        command.stdin(Stdio::piped());
        command.stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn()?;
        let stdin = child.stdin.take();
        // Written from another thread, because git answers before it has read everything.
        let writer = std::thread::spawn(move || {
            if let Some(mut stdin) = stdin {
                // A program that ends early has said all it has to.
                let _: io::Result<()> = stdin.write_all(input.as_bytes());
            }
        });
        let output = child.wait_with_output();
        let _: Result<(), _> = writer.join();
        output
    }

    #[cfg(feature = "archives")]
    /// Runs it, and passes on each line that it prints.
    pub(super) fn each_line(&self, arguments: &[&str], line: &mut dyn FnMut(&str)) {
        let mut command = self.command(arguments);
        command.stdout(Stdio::piped()).stderr(Stdio::null());
        let Ok(mut child) = command.spawn() else {
            return;
        };
        if let Some(stdout) = child.stdout.take() {
            let lines = BufReader::new(stdout).split(b'\n');
            for it in lines.map_while(Result::ok) {
                line(&String::from_utf8_lossy(&it));
            }
        }
        let _: io::Result<_> = child.wait();
    }

    /// The first line of what it prints; `None` when it fails.
    pub(super) fn line(&self, arguments: &[&str]) -> Option<String> {
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

    /// When a commit was made, by its committer.
    pub(super) fn time(&self, commit: &str) -> Option<Timestamp> {
        let arguments = [
            "log",
            "-1",
            "--no-show-signature",
            "--format=%ct",
            commit,
            "--",
        ];
        Timestamp::from_seconds(self.line(&arguments)?.parse().ok()?)
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
