//! `bomtrail completions`: shell completion scripts. A script asks the program itself, so it completes the formats, rules and
//! profiles of the installed version and the workspaces of the present project.

use std::ffi::OsStr;
use std::process::ExitCode;

use bomtrail::Project;
use bomtrail::ScanOptions;
use clap::{Args, ValueEnum};
use clap_complete::engine::CompletionCandidate;
use clap_complete::env::{Bash, CompleteEnv, Elvish, EnvCompleter, Fish, Powershell, Zsh};

use crate::error::CliError;
use crate::report::Verbosity;
use crate::{layout, output};

/// The environment variable by which a script asks for candidates.
const VARIABLE: &str = "BOMTRAIL_COMPLETE";

/// Print a shell completion script
///
/// Install it with `source <(bomtrail completions bash)` in ~/.bashrc, `source <(bomtrail completions zsh)` in ~/.zshrc,
/// `bomtrail completions fish | source` in ~/.config/fish/config.fish, or `bomtrail completions powershell | Out-String |
/// Invoke-Expression` in $PROFILE.
#[derive(Args)]
pub(crate) struct Arguments {
    /// Shell to write the script for
    shell: Shell,
}

#[derive(Clone, Copy, ValueEnum)]
enum Shell {
    Bash,
    Elvish,
    Fish,
    Powershell,
    Zsh,
}

impl Arguments {
    pub(crate) fn run(&self, _: Verbosity) -> Result<ExitCode, CliError> {
        let shell: &dyn EnvCompleter = match self.shell {
            Shell::Bash => &Bash,
            Shell::Elvish => &Elvish,
            Shell::Fish => &Fish,
            Shell::Powershell => &Powershell,
            Shell::Zsh => &Zsh,
        };
        let mut script = Vec::new();
        let name = "bomtrail";
        output::print(|out| {
            shell.write_registration(VARIABLE, name, name, name, &mut script)?;
            Ok(out.write_all(&script)?)
        })?;
        Ok(ExitCode::SUCCESS)
    }
}

/// Answers a completion script; false when no script asks.
pub(crate) fn answer() -> Result<bool, clap::Error> {
    let here = std::env::current_dir().ok();
    let script = CompleteEnv::with_factory(layout::command).var(VARIABLE);
    script.try_complete(std::env::args_os(), here.as_deref())
}

/// The workspaces of the project in the present folder that begin with what is typed.
pub(crate) fn workspaces(typed: &OsStr) -> Vec<CompletionCandidate> {
    let Some(typed) = typed.to_str() else {
        return Vec::new();
    };
    let Ok(project) = Project::open(".", &ScanOptions::default()) else {
        return Vec::new();
    };
    let members = project.members().iter();
    let members = members.filter(|it| it.starts_with(typed));
    members.map(CompletionCandidate::new).collect()
}
