//! The arguments that select a project and a part of it, shared by all commands that read one.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use bomtrail::cpan::Perl;
use bomtrail::npm::{PlatformError, parse_platform};
use bomtrail::source::DEFAULT_SIZE_LIMIT;
use bomtrail::source::{Memory, Source, project_folder};
use bomtrail::{Platform, Project, Scan, ScanOptions, Selection};
use clap::{Args, ValueEnum};
use clap_complete::engine::ArgValueCompleter;

use crate::archives::ArchiveArgs;
use crate::commands::workspaces;
use crate::error::CliError;
use crate::inputs::Inputs;

/// Which project, and which part of it.
#[derive(Args)]
pub(crate) struct ProjectArgs {
    /// Project folder, input file, `-` for standard input, or `git:REF[:PATH]` for a revision
    #[arg(default_value = ".")]
    path: PathBuf,
    /// Include only what this workspace member needs; repeatable
    #[arg(long, value_name = "NAME", add = ArgValueCompleter::new(workspaces))]
    workspace: Vec<String>,
    /// Leave out dependencies of this kind and what only they need; repeatable
    #[arg(long, value_name = "KIND", value_enum, value_delimiter = ',')]
    omit: Vec<Omit>,
    /// Leave out optional packages that are not installed on this platform, such as linux-x64-glibc
    #[arg(long, value_name = "OS-CPU[-LIBC]", value_parser = platform)]
    platform: Option<Platform>,
    /// Include what this optional feature of a CPAN project needs; repeatable
    #[arg(long, value_name = "NAME")]
    feature: Vec<String>,
    #[command(flatten)]
    around: Around,
}

/// The Perl environment of a CPAN project.
#[derive(Args)]
pub(crate) struct Around {
    /// Perl version the project runs on, such as 5.36.0; its core modules need no distribution
    #[arg(long, value_name = "VERSION", value_parser = perl)]
    perl: Option<Perl>,
    /// Find CPAN distributions in this 02packages.details.txt file (plain or .gz)
    #[arg(long, value_name = "FILE")]
    cpan_index: Option<PathBuf>,
    /// Use this list of the core modules of each Perl: lines of release, module and version, with tabs
    #[arg(long, value_name = "FILE")]
    core_list: Option<PathBuf>,
}

impl Around {
    /// How to read a project in this environment.
    pub(crate) fn options(&self) -> ScanOptions {
        ScanOptions::default()
            .perl(self.perl)
            .cpan_index(self.cpan_index.clone())
            .core_list(self.core_list.clone())
    }
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Omit {
    Dev,
    Optional,
    Peer,
}

fn platform(text: &str) -> Result<Platform, PlatformError> {
    parse_platform(text)
}

fn perl(text: &str) -> Result<Perl, &'static str> {
    Perl::parse(text).ok_or("expected a Perl 5 release such as `5.36.0`")
}

impl ProjectArgs {
    /// The whole project, with the archives of packages.
    pub(crate) fn open(&self, archives: &ArchiveArgs) -> Result<Project, CliError> {
        let options = archives.add_to(self.options());
        Ok(Project::open(self.source()?, &options)?)
    }

    /// The path as given on the command line.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Where the project is read from.
    pub(crate) fn source(&self) -> Result<Source, CliError> {
        source(&self.path)
    }

    /// The project's folder on the disk; the current one for a project that is not on the disk.
    pub(crate) fn folder(&self) -> PathBuf {
        folder(&self.path)
    }

    /// How to read the selected part.
    pub(crate) fn scan_options(&self) -> ScanOptions {
        self.options().selection(self.selection())
    }

    /// How to read the project.
    fn options(&self) -> ScanOptions {
        self.around.options().features(self.feature.clone())
    }

    /// The graph of the selected part.
    pub(crate) fn scan(&self) -> Result<Scan, CliError> {
        Ok(Scan::with(self.source()?, &self.scan_options())?)
    }

    /// The graph of the selected part; the files that are read are added to `inputs`.
    pub(crate) fn scan_noting(&self, inputs: &Inputs) -> Result<Scan, CliError> {
        let options = self.scan_options().recorder(Some(inputs.recorder()));
        Ok(Scan::with(self.source()?, &options)?)
    }

    /// The same with the archives of packages.
    pub(crate) fn scan_archives(
        &self,
        inputs: &Inputs,
        archives: &ArchiveArgs,
    ) -> Result<Scan, CliError> {
        let options = archives.add_to(self.scan_options());
        let options = options.recorder(Some(inputs.recorder()));
        Ok(Scan::with(self.source()?, &options)?)
    }

    /// Which part of the project is selected.
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

/// What a path on the command line means: a folder, a file, `-` for standard input, or `git:REF[:PATH]`.
pub(crate) fn source(path: &Path) -> Result<Source, CliError> {
    match path.to_str() {
        Some("-") => Ok(Source::Memory(Memory::input("-", standard_input()?))),
        Some(text) => Ok(Source::parse(text)?),
        None => Ok(Source::at(path)),
    }
}

/// The folder on the disk that a path on the command line means; the current one where it means no file of the disk.
pub(crate) fn folder(path: &Path) -> PathBuf {
    let folder = project_folder(path);
    if folder.is_dir() {
        folder
    } else {
        PathBuf::from(".")
    }
}

/// The bytes of standard input, which can be read only once.
fn standard_input() -> Result<&'static [u8], CliError> {
    static BYTES: OnceLock<Vec<u8>> = OnceLock::new();
    if let Some(bytes) = BYTES.get() {
        return Ok(bytes);
    }
    let mut bytes = Vec::new();
    let read = std::io::stdin()
        .lock()
        .take(DEFAULT_SIZE_LIMIT)
        .read_to_end(&mut bytes);
    read.map_err(|error| CliError::Usage(format!("standard input cannot be read: {error}")))?;
    Ok(BYTES.get_or_init(|| bytes))
}
