//! `bomtrail init`: writes a commented `bomtrail.toml` to fill in.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use bomtrail::settings::{Belt, Forge, SETTINGS_FILE, belt_files, settings_template};
use bomtrail::write::make_folder;
use clap::{Args, ValueEnum};

use crate::error::CliError;
use crate::output::{self, Sink};
use crate::report::Verbosity;

/// Create a commented bomtrail.toml, filled in from the metadata, or workflows
#[derive(Args)]
pub(crate) struct Arguments {
    /// Project folder
    #[arg(default_value = ".")]
    path: PathBuf,
    /// Print the files instead of writing them
    #[arg(long)]
    print: bool,
    /// Write the workflows of a library (small), an application (medium), or an organisation (large) instead
    #[arg(long, value_name = "SIZE")]
    belt: Option<Size>,
    /// Where the workflows run
    #[arg(
        long = "for",
        value_name = "FORGE",
        requires = "belt",
        default_value = "github"
    )]
    forge: On,
}

#[derive(Clone, Copy, ValueEnum)]
enum Size {
    Small,
    Medium,
    Large,
}

#[derive(Clone, Copy, ValueEnum)]
enum On {
    #[value(name = "github")]
    GitHub,
    #[value(name = "gitlab")]
    GitLab,
}

impl Arguments {
    pub(crate) fn run(&self, verbosity: Verbosity) -> Result<ExitCode, CliError> {
        match self.belt {
            Some(size) => self.write_belt(size, verbosity),
            None => self.write_settings(verbosity),
        }
    }

    fn write_belt(&self, size: Size, verbosity: Verbosity) -> Result<ExitCode, CliError> {
        let belt = match size {
            Size::Small => Belt::Small,
            Size::Medium => Belt::Medium,
            Size::Large => Belt::Large,
        };
        let forge = match self.forge {
            On::GitHub => Forge::GitHub,
            On::GitLab => Forge::GitLab,
        };
        let files = belt_files(belt, forge);
        let existing = files.iter().map(|(path, _)| self.path.join(path));
        let existing = existing.filter(|it| !self.print && it.symlink_metadata().is_ok());
        if let Some(file) = existing.into_iter().next() {
            return Err(exists(&file));
        }
        for (path, text) in files {
            let file = self.path.join(path);
            let sink = if self.print {
                Sink::Stdout
            } else {
                make_folder(file.parent().unwrap_or(&self.path)).map_err(|error| {
                    CliError::Write {
                        to: file.display().to_string(),
                        error: error.into(),
                    }
                })?;
                Sink::File(file)
            };
            output::write(&sink, |out| Ok(out.write_all(text.as_bytes())?))?;
            if !self.print {
                verbosity.say(&format!("wrote {sink}"));
            }
        }
        Ok(ExitCode::SUCCESS)
    }

    fn write_settings(&self, verbosity: Verbosity) -> Result<ExitCode, CliError> {
        let file = self.path.join(SETTINGS_FILE);
        if !self.print && file.symlink_metadata().is_ok() {
            return Err(exists(&file));
        }
        let scan = bomtrail::scan(&self.path)?;
        let text = settings_template(scan.graph());
        let sink = if self.print {
            Sink::Stdout
        } else {
            Sink::File(file)
        };
        output::write(&sink, |out| Ok(out.write_all(text.as_bytes())?))?;
        if !self.print {
            verbosity.say(&format!(
                "wrote {sink}; fill it in, then run `bomtrail report`"
            ));
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn exists(file: &Path) -> CliError {
    let message = format!(
        "`{}` already exists; use --print to print a new one",
        file.display()
    );
    CliError::Usage(message)
}
