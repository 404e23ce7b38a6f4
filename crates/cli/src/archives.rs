//! The arguments about what packages contain, archived and installed, shared by all commands that read it.

use std::path::PathBuf;

use bomtrail::provenance::Verification;
use bomtrail::source_match::match_all;
use bomtrail::{ArchiveSources, Scan, ScanOptions};
use clap::Args;

use crate::error::CliError;

/// Where the source repositories of packages are.
#[derive(Args)]
pub(crate) struct SourceArgs {
    /// Compare the archives with the source of every package whose repository is in this folder of clones (see `bomtrail
    /// source`)
    #[arg(long, value_name = "DIR", requires = "archives")]
    pub(crate) all_sources: Option<PathBuf>,
}

impl SourceArgs {
    /// Adds to a scan how its packages match their source.
    pub(crate) fn add_to(
        &self,
        scan: &mut Scan,
        verified: Option<&Verification>,
    ) -> Result<(), CliError> {
        let Some(folder) = &self.all_sources else {
            return Ok(());
        };
        let provenance = verified.map(|it| &it.provenance);
        let reports = match_all(scan, folder, provenance);
        reports.map_err(|error| CliError::Usage(error.to_string()))?;
        Ok(())
    }
}

/// Where the archives of packages are.
#[derive(Args)]
pub(crate) struct ArchiveFolders {
    /// Read the archives of packages from this folder: npm's cache (`_cacache`), pnpm's store, Yarn's cache, `vendor/cache`, a
    /// mirror, or a folder of .tgz and .tar.gz files; checks their digests and manifests, and fills in licences and SWHIDs; repeatable
    #[arg(long, value_name = "DIR")]
    archives: Vec<PathBuf>,
}

impl ArchiveFolders {
    /// How to read a project with these archives.
    pub(crate) fn add_to(&self, options: ScanOptions) -> ScanOptions {
        let sources = ArchiveSources::of(&self.archives).keep_texts(true);
        options.archives((!self.archives.is_empty()).then_some(sources))
    }
}

/// What packages contain.
#[derive(Args)]
pub(crate) struct ArchiveArgs {
    #[command(flatten)]
    folders: ArchiveFolders,
    /// Add the texts of declared licences, from the files of installed packages
    #[arg(long)]
    license_texts: bool,
}

impl ArchiveArgs {
    /// How to read a project with these archives.
    pub(crate) fn add_to(&self, options: ScanOptions) -> ScanOptions {
        let options = self.folders.add_to(options);
        options.license_texts(self.license_texts)
    }

    /// True when no archives are given.
    pub(crate) fn is_empty(&self) -> bool {
        self.folders.archives.is_empty()
    }
}
