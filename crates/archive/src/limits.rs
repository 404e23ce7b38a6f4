//! How much an archive may ask for before reading stops. An archive is written by others, and a few bytes of gzip can stand for
//! gigabytes.

/// Limits on one archive. The default accepts every package that was measured, with room to spare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// The largest archive, in bytes.
    pub size: u64,
    /// The most that it may unpack to, in bytes.
    pub unpacked: u64,
    /// The most that it may unpack to, in multiples of its own size.
    pub ratio: u64,
    /// Up to this many bytes the ratio does not matter.
    pub free: u64,
    /// The most entries.
    pub entries: usize,
    /// The longest path, in bytes.
    pub path: usize,
    /// The most that all paths may have together, in bytes.
    pub names: usize,
    /// How many bytes of file contents are kept in memory.
    pub kept: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            size: 1 << 30,
            unpacked: 4 << 30,
            ratio: 200,
            free: 32 << 20,
            entries: 200_000,
            path: 4096,
            names: 16 << 20,
            kept: 16 << 20,
        }
    }
}

impl Limits {
    /// Sets limits by name.
    #[must_use]
    pub fn with(mut self, set: impl FnOnce(&mut Self)) -> Self {
        set(&mut self);
        self
    }

    /// The most that an archive of `size` bytes may unpack to.
    pub(crate) fn unpacked_of(&self, size: u64) -> u64 {
        self.unpacked
            .min(self.free.max(size.saturating_mul(self.ratio)))
    }
}
