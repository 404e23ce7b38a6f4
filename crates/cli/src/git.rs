//! Files as a commit has them, read through the `git` that is installed.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use bomtrail::Files;

use crate::error::CliError;

/// The files of a project's folder in one commit.
#[derive(Debug)]
pub(crate) struct Commit {
    folder: PathBuf,
    id: String,
}

impl Commit {
    /// The commit that `git:REF` names, for the project in `folder`.
    pub(crate) fn named(folder: &Path, text: &str) -> Result<Self, CliError> {
        let name = text.strip_prefix("git:").filter(|it| !it.is_empty());
        let name =
            name.ok_or_else(|| CliError::Usage(format!("`{text}` is not of the form git:REF")))?;
        let wanted = format!("{name}^{{commit}}");
        let unknown = |why: &str| CliError::Usage(format!("git knows no commit `{name}`: {why}"));
        let arguments = [
            "rev-parse",
            "--verify",
            "--quiet",
            "--end-of-options",
            &wanted,
        ];
        let output = git(folder, &arguments).map_err(|error| unknown(&error.to_string()))?;
        let id = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        let hex = id.len() >= 40 && id.bytes().all(|it| it.is_ascii_hexdigit());
        if !output.status.success() || !hex {
            return Err(unknown("it must be in this clone; fetch it first"));
        }
        Ok(Self {
            folder: folder.to_path_buf(),
            id,
        })
    }

    fn show(&self, path: &str) -> Option<Vec<u8>> {
        // `./` is relative to the folder, which need not be the repository's own.
        let object = format!("{}:./{path}", self.id);
        let output = git(&self.folder, &["cat-file", "blob", &object]).ok()?;
        output.status.success().then_some(output.stdout)
    }
}

fn git(folder: &Path, arguments: &[&str]) -> std::io::Result<std::process::Output> {
    let mut command = Command::new("git");
    command.current_dir(folder).args(arguments);
    command.stdin(Stdio::null()).output()
}

/// The name that git has for its user.
pub(crate) fn user_name(folder: &Path) -> Option<String> {
    let output = git(folder, &["config", "user.name"]).ok()?;
    let name = String::from_utf8(output.stdout).ok()?;
    Some(name.trim().to_owned()).filter(|it| output.status.success() && !it.is_empty())
}

impl Files for Commit {
    fn read(&self, path: &str) -> Option<Vec<u8>> {
        self.show(path)
    }

    fn is_dir(&self, path: &str) -> bool {
        let object = format!("{}:./{path}", self.id);
        let output = git(&self.folder, &["cat-file", "-t", &object]);
        output.is_ok_and(|it| it.status.success() && it.stdout.starts_with(b"tree"))
    }

    fn list(&self, path: &str) -> Vec<String> {
        let object = format!("{}:./{path}", self.id);
        let Ok(output) = git(&self.folder, &["ls-tree", "--name-only", "-z", &object]) else {
            return Vec::new();
        };
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let mut names: Vec<String> = text
            .split('\0')
            .filter(|it| !it.is_empty())
            .map(str::to_owned)
            .collect();
        names.sort_unstable();
        names
    }
}
