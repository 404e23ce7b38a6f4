//! Where programs are: the folders of `--tools` first, then `PATH`.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::tool::Tool;
use crate::checkout;

/// Seconds until a tool that does not end is stopped.
const LIMIT: &str = "180";

/// The folders that are searched for programs, and an empty folder in place of the user's.
pub(super) struct Place {
    path: OsString,
    bomtrail: PathBuf,
    home: tempfile::TempDir,
}

impl Place {
    /// Each folder of `tools` is searched itself, and its `bin` and `node_modules/.bin`.
    pub(super) fn new(
        tools: &[PathBuf],
        bomtrail: Option<PathBuf>,
    ) -> Result<Self, Box<dyn std::error::Error>> {
        let own = tools
            .iter()
            .flat_map(|it| [it.join("node_modules/.bin"), it.join("bin"), it.clone()]);
        let inherited = env::var_os("PATH").unwrap_or_default();
        Ok(Self {
            path: env::join_paths(own.chain(env::split_paths(&inherited)))?,
            bomtrail: bomtrail.unwrap_or_else(|| checkout::root().join("target/release/bomtrail")),
            home: tempfile::tempdir()?,
        })
    }

    /// The file of a tool's program.
    pub(super) fn find(&self, tool: &Tool) -> Option<PathBuf> {
        if tool.name == "bomtrail" && self.bomtrail.is_file() {
            return Some(self.bomtrail.clone());
        }
        tool.programs.iter().find_map(|it| self.program(it))
    }

    /// The file of a program.
    pub(super) fn program(&self, name: &str) -> Option<PathBuf> {
        env::split_paths(&self.path)
            .map(|folder| folder.join(name))
            .find(|file| file.is_file())
    }

    /// The version that a tool prints.
    pub(super) fn version(&self, tool: &Tool) -> String {
        let Some(file) = self.find(tool) else {
            return String::new();
        };
        let output = self.command(&file).args(tool.version).output();
        let text = output.map(|it| String::from_utf8_lossy(&it.stdout).into_owned());
        let version = |text: &str| {
            text.split(|it: char| it.is_whitespace() || it.is_control())
                .map(|word| word.trim_start_matches('v'))
                .find(|word| word.starts_with(|it: char| it.is_ascii_digit()) && word.contains('.'))
                .map(str::to_owned)
        };
        text.ok().as_deref().and_then(version).unwrap_or_default()
    }

    /// A program with these folders, a home of its own, and no network where it can be asked to stay off it.
    pub(super) fn command(&self, file: &Path) -> Command {
        let mut command = match self.program("timeout") {
            Some(timeout) => {
                let mut command = Command::new(timeout);
                command.arg(LIMIT).arg(file);
                command
            }
            None => Command::new(file),
        };
        command
            .env("PATH", &self.path)
            .env("HOME", self.home.path());
        for (name, value) in [
            ("npm_config_offline", "true"),
            ("npm_config_update_notifier", "false"),
            ("NO_COLOR", "1"),
            ("pnpm_config_manage_package_manager_versions", "false"),
            ("SYFT_JAVASCRIPT_INCLUDE_DEV_DEPENDENCIES", "true"),
            ("YARN_ENABLE_NETWORK", "0"),
            ("YARN_ENABLE_TELEMETRY", "0"),
            ("YARN_IGNORE_PATH", "1"),
            ("SYFT_CHECK_FOR_APP_UPDATE", "false"),
            ("TRIVY_OFFLINE_SCAN", "true"),
        ] {
            command.env(name, value);
        }
        command
    }
}
