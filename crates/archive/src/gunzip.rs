//! Gzip files of several members, as the programs that unpack packages read them: members follow each other, zeros may follow
//! the last one, and nothing else.

use std::io::{self, BufRead, Read};

use flate2::bufread::GzDecoder;

/// The first byte of every member.
const START: u8 = 0x1f;

/// Unpacks all members.
pub(crate) struct Gunzip<R> {
    /// `None` only while a member is replaced by the next one.
    member: Option<GzDecoder<R>>,
    has_ended: bool,
}

impl<R: BufRead> Gunzip<R> {
    pub(crate) fn new(inner: R) -> Self {
        Self {
            member: Some(GzDecoder::new(inner)),
            has_ended: false,
        }
    }

    /// The compressed source, as far as it was not read.
    pub(crate) fn into_inner(self) -> Option<R> {
        self.member.map(GzDecoder::into_inner)
    }

    /// Goes to the next member. Fails when something else follows.
    fn advance(&mut self) -> io::Result<()> {
        let Some(member) = self.member.take() else {
            return Ok(());
        };
        let mut inner = member.into_inner();
        let next = inner.fill_buf()?.first().copied();
        self.has_ended = match next {
            None => true,
            Some(START) => false,
            Some(_) => {
                only_zeros(&mut inner)?;
                true
            }
        };
        self.member = Some(GzDecoder::new(inner));
        Ok(())
    }
}

impl<R: BufRead> Read for Gunzip<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while !self.has_ended && !buffer.is_empty() {
            let Some(member) = &mut self.member else {
                break;
            };
            let count = member.read(buffer)?;
            if count > 0 {
                return Ok(count);
            }
            self.advance()?;
        }
        Ok(0)
    }
}

/// Reads to the end. Fails on anything but zeros.
fn only_zeros(inner: &mut impl BufRead) -> io::Result<()> {
    loop {
        let bytes = inner.fill_buf()?;
        if bytes.iter().any(|it| *it != 0) {
            return Err(io::Error::other("something follows the compressed data"));
        }
        let count = bytes.len();
        if count == 0 {
            return Ok(());
        }
        inner.consume(count);
    }
}
