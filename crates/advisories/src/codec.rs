//! The bytes of an index: numbers in groups of seven bits, texts with their length. A reader never trusts a length.

use bomtrail_graph::{Rating, Timestamp};

use crate::clause::Clauses;
use crate::range::{Branch, End, Range};
use crate::record::{Affected, Modified, Record, Versions};

/// Most web pages that are kept of a record.
const MOST_REFERENCES: usize = 8;

/// Writes values one after the other.
#[derive(Debug, Default)]
pub(crate) struct Encoder(pub(crate) Vec<u8>);

impl Encoder {
    pub(crate) fn number(&mut self, mut value: u64) {
        while value >= 0x80 {
            self.0.push(low_byte(value) | 0x80);
            value >>= 7;
        }
        self.0.push(low_byte(value));
    }

    pub(crate) fn bytes(&mut self, bytes: &[u8]) {
        self.number(bytes.len() as u64);
        self.0.extend_from_slice(bytes);
    }

    pub(crate) fn text(&mut self, text: &str) {
        self.bytes(text.as_bytes());
    }

    pub(crate) fn texts<T: AsRef<str>>(&mut self, texts: &[T]) {
        self.number(texts.len() as u64);
        for text in texts {
            self.text(text.as_ref());
        }
    }

    pub(crate) fn optional(&mut self, text: Option<&str>) {
        self.number(u64::from(text.is_some()));
        if let Some(text) = text {
            self.text(text);
        }
    }

    pub(crate) fn modified(&mut self, it: Modified) {
        // Zero is an unknown time, so that a known one is stored one second later.
        let seconds = it.time.map_or(0, |it| it.seconds().max(0) + 1);
        self.number(u64::try_from(seconds).unwrap_or_default());
        self.number(u64::from(it.nanos));
    }

    fn rating(&mut self, rating: Rating) {
        let names = Rating::NAMES.iter();
        let found = names.zip(0_u64..).find(|((it, _), _)| *it == rating);
        self.number(found.map_or(0, |(_, number)| number));
    }

    /// What a record says about one package, with what is common to all its packages.
    pub(crate) fn entry(&mut self, record: &Record, affected: &Affected) {
        self.text(&record.id);
        self.modified(record.modified);
        self.number(u64::from(record.malicious));
        self.text(&record.summary);
        self.texts(&record.vectors);
        self.rating(affected.rating.or(record.rating).unwrap_or_default());
        self.number(record.cwes.len() as u64);
        for cwe in &record.cwes {
            self.number(u64::from(*cwe));
        }
        let references = record.references.get(..MOST_REFERENCES);
        self.texts(references.unwrap_or(&record.references));
        self.optional(affected.embedded.as_deref());
        match &affected.versions {
            Versions::Osv { listed, ranges } => {
                self.number(0);
                self.texts(listed);
                self.number(ranges.len() as u64);
                for range in ranges {
                    self.range(range);
                }
            }
            Versions::Cpan(clauses) => {
                self.number(1);
                self.texts(&clauses.affected);
                self.texts(&clauses.fixed);
            }
        }
    }

    fn range(&mut self, range: &Range) {
        self.number(range.branches.len() as u64);
        for Branch { from, end } in &range.branches {
            self.optional(from.as_deref());
            let (kind, text) = match end {
                End::Open => (0, ""),
                End::Fixed(text) => (1, &**text),
                End::LastAffected(text) => (2, &**text),
            };
            self.number(kind);
            self.text(text);
        }
        self.texts(&range.limits);
        self.texts(&range.ambiguous);
    }
}

/// The seven lowest bits of a number.
fn low_byte(value: u64) -> u8 {
    u8::try_from(value & 0x7f).unwrap_or_default()
}

/// What an index says about one package: a record without what concerns other packages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) id: String,
    pub(crate) modified: Modified,
    pub(crate) malicious: bool,
    pub(crate) summary: String,
    pub(crate) vectors: Vec<String>,
    pub(crate) rating: Rating,
    pub(crate) cwes: Vec<u32>,
    pub(crate) references: Vec<String>,
    pub(crate) embedded: Option<String>,
    pub(crate) versions: Versions,
    /// The position of its source.
    pub(crate) source: usize,
}

/// Reads values; `None` where the bytes do not hold one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Decoder<'b>(pub(crate) &'b [u8]);

impl<'b> Decoder<'b> {
    pub(crate) fn is_empty(self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn number(&mut self) -> Option<u64> {
        let mut value = 0_u64;
        for shift in (0..64).step_by(7) {
            let (byte, rest) = self.0.split_first()?;
            self.0 = rest;
            value |= u64::from(byte & 0x7f).checked_shl(shift)?;
            if byte & 0x80 == 0 {
                return Some(value);
            }
        }
        None
    }

    /// A number of things that take at least one byte each.
    pub(crate) fn count(&mut self) -> Option<usize> {
        let count = usize::try_from(self.number()?).ok()?;
        (count <= self.0.len()).then_some(count)
    }

    pub(crate) fn bytes(&mut self) -> Option<&'b [u8]> {
        let length = usize::try_from(self.number()?).ok()?;
        let (found, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(found)
    }

    pub(crate) fn text(&mut self) -> Option<&'b str> {
        std::str::from_utf8(self.bytes()?).ok()
    }

    pub(crate) fn texts(&mut self) -> Option<Vec<String>> {
        let count = self.count()?;
        (0..count).map(|_| self.text().map(str::to_owned)).collect()
    }

    pub(crate) fn modified(&mut self) -> Option<Modified> {
        let seconds = i64::try_from(self.number()?).ok()?;
        let nanos = u32::try_from(self.number()?).ok()?;
        let time = match seconds {
            0 => None,
            later => Some(Timestamp::from_seconds(later - 1)?),
        };
        Some(Modified { time, nanos })
    }

    fn rating(&mut self) -> Option<Rating> {
        let at = usize::try_from(self.number()?).ok()?;
        Rating::NAMES.get(at).map(|(rating, _)| *rating)
    }

    pub(crate) fn entry(&mut self, source: usize) -> Option<Entry> {
        Some(Entry {
            id: self.text()?.to_owned(),
            modified: self.modified()?,
            malicious: self.number()? == 1,
            summary: self.text()?.to_owned(),
            vectors: self.texts()?,
            rating: self.rating()?,
            cwes: {
                let count = self.count()?;
                let cwes = (0..count).map(|_| u32::try_from(self.number()?).ok());
                cwes.collect::<Option<_>>()?
            },
            references: self.texts()?,
            embedded: self.texts()?.pop(),
            versions: self.versions()?,
            source,
        })
    }

    fn versions(&mut self) -> Option<Versions> {
        if self.number()? == 1 {
            return Some(Versions::Cpan(Clauses {
                affected: self.texts()?,
                fixed: self.texts()?,
            }));
        }
        let listed = self.texts()?;
        let count = self.count()?;
        let ranges = (0..count).map(|_| self.range()).collect::<Option<_>>()?;
        Some(Versions::Osv { listed, ranges })
    }

    fn range(&mut self) -> Option<Range> {
        let count = self.count()?;
        let branches = (0..count).map(|_| self.branch());
        Some(Range {
            branches: branches.collect::<Option<_>>()?,
            limits: self.texts()?,
            ambiguous: self.texts()?,
        })
    }

    fn branch(&mut self) -> Option<Branch> {
        let from = self.texts()?.pop();
        let kind = self.number()?;
        let text = self.text()?.to_owned();
        let end = match kind {
            0 => End::Open,
            1 => End::Fixed(text),
            2 => End::LastAffected(text),
            _ => return None,
        };
        Some(Branch { from, end })
    }
}
