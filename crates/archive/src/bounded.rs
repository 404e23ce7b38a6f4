//! A reader that stops at a limit and remembers that it did.

use std::io::{self, Read};

/// Passes at most `limit` bytes on; what would follow is an error.
pub(crate) struct Bounded<R> {
    inner: R,
    limit: u64,
    count: u64,
    exceeded: bool,
}

impl<R: Read> Bounded<R> {
    pub(crate) fn new(inner: R, limit: u64) -> Self {
        Self {
            inner,
            limit,
            count: 0,
            exceeded: false,
        }
    }

    /// True when the limit was exceeded.
    pub(crate) fn is_exceeded(&self) -> bool {
        self.exceeded
    }

    /// How many bytes were read.
    pub(crate) fn count(&self) -> u64 {
        self.count
    }

    pub(crate) fn into_inner(self) -> R {
        self.inner
    }
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.count += u64::try_from(count).unwrap_or_default();
        if self.count > self.limit {
            self.exceeded = true;
            return Err(io::Error::other("more bytes than the limit"));
        }
        Ok(count)
    }
}
