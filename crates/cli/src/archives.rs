//! The arguments about archives of packages, shared by all commands that read them.

use std::path::PathBuf;

use bomtrail::{ArchiveSources, ScanOptions};
use clap::Args;

/// Where the archives of packages are.
#[derive(Args)]
pub(crate) struct ArchiveArgs {
    /// Read the archives of packages from this folder: npm's cache (`_cacache`), pnpm's store, `vendor/cache`, a mirror, or a
    /// folder of .tgz and .tar.gz files; checks their digests and manifests, and fills in licences and SWHIDs; repeatable
    #[arg(long, value_name = "DIR")]
    archives: Vec<PathBuf>,
}

impl ArchiveArgs {
    /// How to read a project with these archives.
    pub(crate) fn add_to(&self, options: ScanOptions) -> ScanOptions {
        options.archives(self.sources())
    }

    /// True when no archives are given.
    pub(crate) fn is_empty(&self) -> bool {
        self.archives.is_empty()
    }

    /// Where the archives are, if any are given.
    fn sources(&self) -> Option<ArchiveSources> {
        let sources = ArchiveSources::of(&self.archives).keep_texts(true);
        (!self.archives.is_empty()).then_some(sources)
    }
}
