//! The Perl that a project is meant to run on: as stated, or as its folder shows. Decides which modules need no distribution.

use std::fmt;

use bomtrail_graph::{Files, Purl};

use super::core::Release;
use crate::package::purl;

/// Where local modules are installed, relative to the project.
pub(crate) const LIBRARIES: [&str; 2] = ["local/lib/perl5", "lib/perl5"];

/// A release of Perl 5, shown as its archive is named: `5.36.0`, or `5.36` where no patch level is stated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Perl {
    minor: u32,
    patch: Option<u32>,
}

impl Perl {
    /// Reads a release as people and files write it: `5.36.0`, `v5.36.0`, `5.36`, `5.036`, `5.036001`, `perl-5.36.0`. `None`
    /// for anything that is no release of Perl 5.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let text = text.strip_prefix("perl-").unwrap_or(text);
        let text = text.strip_prefix('v').unwrap_or(text);
        let rest = text.strip_prefix("5.")?;
        let number = |it: &str| -> Option<u32> {
            let digits = !it.is_empty() && it.len() <= 6 && it.bytes().all(|c| c.is_ascii_digit());
            it.parse().ok().filter(|_| digits)
        };
        if let Some((minor, patch)) = rest.split_once('.') {
            let (minor, patch) = (number(minor)?, Some(number(patch)?));
            return Some(Self { minor, patch });
        }
        // `5.036001` and `5.036_001` have three digits for each part, `5.36` is written without padding.
        let rest = rest.replace('_', "");
        match rest.split_at_checked(3) {
            Some((minor, patch)) => {
                let padded = [patch, "000"].concat();
                let patch = padded.get(..3.max(patch.len())).unwrap_or_default();
                Some(Self {
                    minor: number(minor)?,
                    patch: Some(number(patch)?),
                })
            }
            None => Some(Self {
                minor: number(&rest)?,
                patch: None,
            }),
        }
    }

    /// The release a project's folder shows: the one that `.perl-version` names, or else the newest for which modules are
    /// installed in it.
    pub fn of_project(files: &dyn Files) -> Option<Self> {
        let stated = files.read(".perl-version");
        let stated = stated.and_then(|bytes| String::from_utf8(bytes).ok());
        let stated = stated.and_then(|text| Self::parse(release_in(text.lines().next()?)));
        stated.or_else(|| {
            let folders = LIBRARIES.iter().flat_map(|path| files.list(path));
            let releases = folders.filter_map(|name| Self::parse(&name));
            releases.max_by_key(|it| (it.minor, it.patch))
        })
    }

    /// The newest stable release that the table of core modules knows.
    pub(crate) fn newest_known() -> Option<Self> {
        Release::newest().map(|it| Self {
            minor: it.minor,
            patch: Some(it.patch),
        })
    }

    /// The release whose core modules count for it.
    pub(crate) fn release(self) -> Option<Release> {
        Release::at_most(self.minor, self.patch.unwrap_or_default())
    }

    /// True when the table of core modules ends before it.
    pub(crate) fn is_beyond_table(self) -> bool {
        let newest = Release::newest().map(|it| (it.minor, it.patch));
        newest < Some((self.minor, self.patch.unwrap_or_default()))
    }

    /// For comparing with a range: `v5.36.0`.
    pub(crate) fn version(self) -> String {
        format!("v5.{}.{}", self.minor, self.patch.unwrap_or_default())
    }

    /// `pkg:cpan/perl@5.36.0`.
    pub(crate) fn purl(self) -> Option<Purl> {
        purl::of_parts("perl", Some(&self.to_string()), None)
    }
}

impl fmt::Display for Perl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.patch {
            Some(patch) => write!(f, "5.{}.{patch}", self.minor),
            None => write!(f, "5.{}", self.minor),
        }
    }
}

/// The release in the name of an installation, which may go on behind it (`5.36.0-threads`, `5.36.0@app`).
fn release_in(line: &str) -> &str {
    let line = line.trim();
    let name = line.strip_prefix("perl-").unwrap_or(line);
    name.split(['-', '@', ' ', '#']).next().unwrap_or(name)
}

#[cfg(test)]
mod tests;
