//! The arguments that say which project, and which part of it; shared by all commands that read one.

use std::path::PathBuf;

use bomtrail::{Platform, Project, Scan, ScanOptions, Selection};
use clap::{Args, ValueEnum};

use crate::failure::Failure;

/// Which project, and which part of it.
#[derive(Args)]
pub(crate) struct Part {
    /// A project's folder, or one input file
    #[arg(default_value = ".")]
    path: PathBuf,
    /// Only what this workspace member needs; may be repeated
    #[arg(long, value_name = "NAME")]
    workspace: Vec<String>,
    /// Leave out what only such dependencies need; may be repeated
    #[arg(long, value_name = "KIND", value_enum, value_delimiter = ',')]
    omit: Vec<Omit>,
    /// Leave out optional packages that do not install on this platform, such as linux-x64-glibc
    #[arg(long, value_name = "OS-CPU[-LIBC]", value_parser = platform)]
    platform: Option<Platform>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Omit {
    Dev,
    Optional,
    Peer,
}

fn platform(text: &str) -> Result<Platform, &'static str> {
    Platform::parse(text).ok_or("a platform is `os-cpu` or `os-cpu-libc`, as in `linux-x64-glibc`")
}

impl Part {
    /// The project, read as a whole.
    pub(crate) fn open(&self) -> Result<Project, Failure> {
        Ok(Project::open(&self.path, &ScanOptions::default())?)
    }

    /// The graph of the part asked for.
    pub(crate) fn scan(&self) -> Result<Scan, Failure> {
        let options = ScanOptions::default().selection(self.selection());
        Ok(Scan::with(&self.path, &options)?)
    }

    /// What to keep of the project.
    pub(crate) fn selection(&self) -> Selection {
        Selection {
            members: self.workspace.clone(),
            omit_dev: self.omit.contains(&Omit::Dev),
            omit_optional: self.omit.contains(&Omit::Optional),
            omit_peer: self.omit.contains(&Omit::Peer),
            platform: self.platform.clone(),
        }
    }
}
