//! One advisory as a feed has it, whatever the feed.

use bomtrail_graph::{Rating, Timestamp};

use crate::clause::Clauses;
use crate::range::Range;

/// When a record was last changed: to the second for people, with the fraction for the order of two copies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Modified {
    /// The time.
    pub(crate) time: Option<Timestamp>,
    /// The fraction of a second in nanoseconds.
    pub(crate) nanos: u32,
}

impl Modified {
    /// Reads RFC 3339; the unknown time, which is the oldest, for any other text.
    pub(crate) fn parse(text: &str) -> Self {
        let fraction = text.split_once('.').map_or("", |(_, fraction)| fraction);
        let digits = fraction.bytes().take_while(u8::is_ascii_digit).take(9);
        let (sum, count) = digits.fold((0_u32, 0_u32), |(sum, count), byte| {
            (sum * 10 + u32::from(byte - b'0'), count + 1)
        });
        Self {
            time: Timestamp::parse(text),
            nanos: sum * 10_u32.pow(9 - count),
        }
    }
}

/// An advisory.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Record {
    pub(crate) id: String,
    pub(crate) modified: Modified,
    /// A withdrawn record matches nothing and joins no aliases.
    pub(crate) withdrawn: bool,
    pub(crate) aliases: Vec<String>,
    pub(crate) summary: String,
    /// CVSS vectors.
    pub(crate) vectors: Vec<String>,
    pub(crate) rating: Option<Rating>,
    pub(crate) cwes: Vec<u32>,
    pub(crate) references: Vec<String>,
    pub(crate) malicious: bool,
    pub(crate) affected: Vec<Affected>,
}

/// What a record says about one package.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Affected {
    /// The Package URL type.
    pub(crate) package_type: &'static str,
    pub(crate) name: String,
    pub(crate) versions: Versions,
    /// The library inside of the package that is vulnerable.
    pub(crate) embedded: Option<String>,
    pub(crate) rating: Option<Rating>,
}

/// Which versions are affected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Versions {
    /// As OSV has it: a list of versions, and ranges of events.
    Osv {
        listed: Vec<String>,
        ranges: Vec<Range>,
    },
    /// As CPANSA has it.
    Cpan(Clauses),
}

impl Default for Versions {
    fn default() -> Self {
        Self::Osv {
            listed: Vec::new(),
            ranges: Vec::new(),
        }
    }
}

/// Why a version is affected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Hit {
    /// The part of the record that applies, as comparators.
    pub(crate) range: String,
    /// The versions that end it.
    pub(crate) fixed: Vec<String>,
}

impl Versions {
    /// Everything that makes a version affected: ranges before lists.
    pub(crate) fn hits(&self, version: &str) -> Vec<Hit> {
        match self {
            Self::Osv { listed, ranges } => {
                let mut hits: Vec<Hit> = ranges.iter().filter_map(|it| it.hit(version)).collect();
                if listed.iter().any(|it| it == version) {
                    hits.push(Hit {
                        range: ["=", version].concat(),
                        fixed: Vec::new(),
                    });
                }
                hits
            }
            Self::Cpan(clauses) => clauses.hits(version),
        }
    }

    /// True when two events are at this version, so that the record does not say whether it is affected.
    pub(crate) fn is_ambiguous(&self, version: &str) -> bool {
        match self {
            Self::Osv { ranges, .. } => ranges.iter().any(|it| it.is_ambiguous(version)),
            Self::Cpan(_) => false,
        }
    }
}
