//! How a project is read.

#[cfg(feature = "cpan")]
use std::path::PathBuf;

#[cfg(feature = "cpan")]
use bomtrail_cpan::Perl;
use bomtrail_graph::Selection;

#[cfg(feature = "archives")]
use super::archives::ArchiveSources;
#[cfg(feature = "npm")]
use super::npm_settings::NpmEnvironment;
use crate::source::{DEFAULT_SIZE_LIMIT, Recorder};

/// What to read and which part of it to keep. The default reads files of up to 1 GiB and keeps everything.
///
/// ```
/// use bomtrail::{ScanOptions, Selection};
///
/// let without_development = Selection { omit_dev: true, ..Selection::default() };
/// let options = ScanOptions::default().selection(without_development).size_limit(1 << 20);
/// # let _ = options;
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ScanOptions {
    /// The part of the project to keep.
    pub selection: Selection,
    /// The largest file that is read, in bytes.
    pub size_limit: u64,
    #[cfg(feature = "cpan")]
    /// The Perl that the project runs on; when it is `None`, the one that its folder shows, else the newest known.
    pub perl: Option<Perl>,
    #[cfg(feature = "cpan")]
    /// An index of CPAN (`02packages.details.txt`, plain or compressed with gzip), which leads from modules to distributions
    /// where the inputs do not.
    pub cpan_index: Option<PathBuf>,
    #[cfg(feature = "cpan")]
    /// A list of the core modules of each Perl that is newer than the one of the program: rows of release (`5.036000`), module
    /// and version with tabs between them.
    pub core_list: Option<PathBuf>,
    #[cfg(feature = "npm")]
    /// The environment of npm, whose settings apply to the project. `None` for the settings of the project alone, so that the
    /// result does not depend on the machine.
    pub npm: Option<NpmEnvironment>,
    /// The optional features to include, by name.
    pub features: Vec<String>,
    /// Notes every file that is read.
    pub recorder: Option<Recorder>,
    /// Whether the texts of declared licences are taken from the files of installed packages.
    pub license_texts: bool,
    #[cfg(feature = "archives")]
    /// Where the archives of packages are; nothing to read none.
    pub archives: Option<ArchiveSources>,
}

impl Default for ScanOptions {
    fn default() -> Self {
        Self {
            selection: Selection::default(),
            size_limit: DEFAULT_SIZE_LIMIT,
            #[cfg(feature = "cpan")]
            perl: None,
            #[cfg(feature = "cpan")]
            cpan_index: None,
            #[cfg(feature = "cpan")]
            core_list: None,
            #[cfg(feature = "npm")]
            npm: None,
            features: Vec::new(),
            recorder: None,
            license_texts: false,
            #[cfg(feature = "archives")]
            archives: None,
        }
    }
}

impl ScanOptions {
    /// With only a part of the project kept.
    #[must_use]
    pub fn selection(mut self, selection: Selection) -> Self {
        self.selection = selection;
        self
    }

    /// With another limit on the size of a file, in bytes.
    #[must_use]
    pub fn size_limit(mut self, bytes: u64) -> Self {
        self.size_limit = bytes;
        self
    }

    #[cfg(feature = "cpan")]
    /// For this Perl, whose core modules need no distribution.
    #[must_use]
    pub fn perl(mut self, perl: Option<Perl>) -> Self {
        self.perl = perl;
        self
    }

    #[cfg(feature = "cpan")]
    /// With an index of CPAN.
    #[must_use]
    pub fn cpan_index(mut self, path: Option<PathBuf>) -> Self {
        self.cpan_index = path;
        self
    }

    #[cfg(feature = "cpan")]
    /// With a list of the core modules of each Perl.
    #[must_use]
    pub fn core_list(mut self, path: Option<PathBuf>) -> Self {
        self.core_list = path;
        self
    }

    #[cfg(feature = "npm")]
    /// With the settings of npm from outside of the project: of the environment, the user and the machine.
    #[must_use]
    pub fn npm(mut self, environment: Option<NpmEnvironment>) -> Self {
        self.npm = environment;
        self
    }

    /// With every file noted that is read.
    #[must_use]
    pub fn recorder(mut self, recorder: Option<Recorder>) -> Self {
        self.recorder = recorder;
        self
    }

    /// With the texts of declared licences, from the files of installed packages.
    #[must_use]
    pub fn license_texts(mut self, wanted: bool) -> Self {
        self.license_texts = wanted;
        self
    }

    #[cfg(feature = "archives")]
    /// With the archives of packages.
    #[must_use]
    pub fn archives(mut self, sources: Option<ArchiveSources>) -> Self {
        self.archives = sources;
        self
    }

    /// With optional features, by name.
    #[must_use]
    pub fn features(mut self, names: Vec<String>) -> Self {
        self.features = names;
        self
    }
}
