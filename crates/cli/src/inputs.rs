//! The files that a command reads, so that its output never replaces one of them.

use std::path::{Path, PathBuf};

use bomtrail::source::Recorder;

use crate::error::CliError;
use crate::output::Sink;

/// Files of projects, which no command writes: an output of this name is a mistake, also where the file is not read.
const PROJECT_FILES: [&str; 21] = [
    ".npmrc",
    "Build.PL",
    "META.json",
    "META.yml",
    "MYMETA.json",
    "MYMETA.yml",
    "Makefile.PL",
    "bomtrail.toml",
    "bun.lock",
    "cpanfile",
    "cpanfile.snapshot",
    "cpm.yml",
    "dist.ini",
    "minil.toml",
    "npm-shrinkwrap.json",
    "package-advisories.json",
    "package-approvals.json",
    "package-lock.json",
    "package.json",
    "pnpm-lock.yaml",
    "yarn.lock",
];

/// The files that a command reads.
pub(crate) struct Inputs {
    recorder: Recorder,
    given: Vec<PathBuf>,
}

impl Inputs {
    /// Files that are named on the command line; what is read of projects is added through [`Inputs::recorder`].
    pub(crate) fn given<P: Into<PathBuf>>(files: impl IntoIterator<Item = P>) -> Self {
        Self {
            recorder: Recorder::of_paths(),
            given: files.into_iter().map(Into::into).collect(),
        }
    }

    /// Files that this recorder notes.
    pub(crate) fn recorded(recorder: Recorder) -> Self {
        let given = Vec::new();
        Self { recorder, given }
    }

    /// With these files, too.
    pub(crate) fn and<P: Into<PathBuf>>(mut self, files: impl IntoIterator<Item = P>) -> Self {
        self.given.extend(files.into_iter().map(Into::into));
        self
    }

    /// Notes what is read of a project.
    pub(crate) fn recorder(&self) -> Recorder {
        self.recorder.clone()
    }

    /// Fails if one of the files is in a folder that an output replaces.
    pub(crate) fn protect_folder(&self, folder: &Path) -> Result<(), CliError> {
        let output = real(folder);
        let read = self.recorder.paths();
        let mut inputs = read.iter().chain(&self.given).filter(|it| it.is_file());
        match inputs.find(|it| real(it).starts_with(&output)) {
            Some(input) => Err(CliError::Usage(format!(
                "`{}` is an input and in `{}`, which an output never replaces; choose another folder",
                input.display(),
                folder.display()
            ))),
            None => Ok(()),
        }
    }

    /// The paths of the files without symbolic links.
    fn real(&self) -> Vec<PathBuf> {
        let read = self.recorder.paths();
        read.iter().chain(&self.given).map(|it| real(it)).collect()
    }

    /// Fails if an output is one of the files, also through symbolic links, or if two outputs are one file.
    #[expect(
        single_use_lifetimes,
        reason = "an elided lifetime in `impl Trait` is not stable"
    )]
    pub(crate) fn protect<'s>(
        &self,
        outputs: impl IntoIterator<Item = &'s Sink>,
    ) -> Result<(), CliError> {
        // To look up each input takes longer than to read many of them, and only a file that is there can be one.
        let mut inputs: Option<Vec<PathBuf>> = None;
        let mut seen: Vec<PathBuf> = Vec::new();
        for sink in outputs {
            let Sink::File(path) = sink else { continue };
            let target = real(path);
            if target.is_file()
                && (is_project_file(&target)
                    || inputs.get_or_insert_with(|| self.real()).contains(&target))
            {
                return Err(CliError::Usage(format!(
                    "{sink} is an input, which an output never replaces; choose another name"
                )));
            }
            if seen.contains(&target) {
                return Err(CliError::Usage(format!("{sink} is given twice as output")));
            }
            seen.push(target);
        }
        Ok(())
    }
}

fn is_project_file(path: &Path) -> bool {
    let name = path.file_name().and_then(|it| it.to_str());
    name.is_some_and(|it| PROJECT_FILES.contains(&it))
}

/// A path without symbolic links; the file itself need not exist.
fn real(path: &Path) -> PathBuf {
    let folder = path.parent().filter(|it| !it.as_os_str().is_empty());
    let of_folder = || {
        let folder = std::fs::canonicalize(folder.unwrap_or(Path::new("."))).ok()?;
        Some(folder.join(path.file_name()?))
    };
    let real = std::fs::canonicalize(path).ok().or_else(of_folder);
    real.unwrap_or_else(|| path.to_path_buf())
}
