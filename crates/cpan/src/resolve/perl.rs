//! A release of Perl 5, as people and files write it.

use std::fmt;

/// A release of Perl 5, displayed as its archive is named: `5.36.0`, or `5.36` where no patch level is stated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Perl {
    pub(super) minor: u32,
    pub(super) patch: Option<u32>,
}

impl Perl {
    /// Reads a release as people and files write it: `5.36.0`, `v5.36.0`, `5.36`, `5.036`, `5.036001`, `perl-5.36.0`. `None`
    /// for anything that is not a release of Perl 5.
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
        // `5.036001` and `5.036_001` have three digits for each part; `5.36` is written without padding.
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

    /// For comparison with a range: `v5.36.0`.
    pub(crate) fn version(self) -> String {
        format!("v5.{}.{}", self.minor, self.patch.unwrap_or_default())
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

#[cfg(test)]
mod tests;
