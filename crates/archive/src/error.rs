//! Why an archive cannot be read.

/// Why an archive cannot be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ArchiveError {
    /// It is larger than the limit.
    #[error("the archive has {size} bytes; the limit is {limit}")]
    TooLarge {
        /// Its length in bytes.
        size: u64,
        /// The limit in bytes.
        limit: u64,
    },
    /// It unpacks to more than the limit.
    #[error("the archive unpacks to more than {limit} bytes")]
    Bomb {
        /// The limit in bytes for an archive of its size.
        limit: u64,
    },
    /// It has too many entries.
    #[error("the archive has more than {limit} entries")]
    TooManyEntries {
        /// The limit.
        limit: usize,
    },
    /// A path is too long.
    #[error("the archive has a path of {length} bytes; the limit is {limit}")]
    LongPath {
        /// Its length in bytes.
        length: u64,
        /// The limit in bytes.
        limit: usize,
    },
    /// The paths are too long together.
    #[error("the paths of the archive have more than {limit} bytes together")]
    LongNames {
        /// The limit in bytes.
        limit: usize,
    },
    /// Two headers contradict each other, so that programs disagree on what is in the archive.
    #[error("the headers of `{path}` state two different {what}")]
    Contradiction {
        /// The entry.
        path: String,
        /// What they state.
        what: &'static str,
    },
    /// Entries follow the end of the archive, so that programs disagree on where it ends.
    #[error("the archive has entries after its end")]
    AfterEnd,
    /// A header that applies to all entries changes their names or sizes.
    #[error("a global header of the archive changes the `{key}` of all entries")]
    GlobalHeader {
        /// Which field.
        key: String,
    },
    /// An entry of a kind that is not supported.
    #[error("`{path}` is a sparse file, which is not supported")]
    Sparse {
        /// The entry.
        path: String,
    },
    /// It is not a gzip file.
    #[error("the archive is not in gzip format")]
    NotGzip,
    /// It is a zip file that programs read in different ways, or that is damaged; what it has, after "the zip file".
    #[error("the zip file {0}")]
    Zip(&'static str),
    /// It is cut off, or not a tar archive in gzip format.
    #[error("the archive cannot be unpacked: {0}")]
    Damaged(#[source] std::io::Error),
    /// It cannot be read.
    #[error("the archive cannot be read: {0}")]
    Io(#[source] std::io::Error),
    /// It changed while it was read.
    #[error("the archive changed while it was read")]
    Changed,
}
