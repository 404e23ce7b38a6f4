//! Version ranges as `CPAN::Meta::Requirements` 2.140 reads, merges, prints and applies them.

use std::collections::BTreeSet;
use std::fmt;

use super::Version;

/// The versions of a module that are accepted. Without any rule (`0`) every version is.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Range(Rules);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Rules {
    /// This version only.
    Exactly(Version),
    /// From `least` to `most`, both included, except those in `without`.
    Between {
        least: Option<Version>,
        most: Option<Version>,
        without: Vec<Version>,
    },
}

impl Default for Rules {
    fn default() -> Self {
        Self::Between {
            least: None,
            most: None,
            without: Vec::new(),
        }
    }
}

/// Why a text is not a range.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RangeError {
    /// A part of it is not a version.
    #[error("`{0}` is not a version")]
    NoVersion(String),
    /// Its parts leave no version to accept.
    #[error("`{0}` contradicts the rest of the range")]
    Contradiction(String),
}

#[derive(Clone, Copy)]
enum Operator {
    Exactly,
    Not,
    AtLeast,
    AtMost,
    Above,
    Below,
}

/// Of two operators that start alike, the longer one comes first.
const OPERATORS: [(&str, Operator); 6] = [
    ("==", Operator::Exactly),
    (">=", Operator::AtLeast),
    (">", Operator::Above),
    ("<=", Operator::AtMost),
    ("<", Operator::Below),
    ("!=", Operator::Not),
];

/// What to do with text that is not a version.
#[derive(Clone, Copy)]
enum Policy {
    Refuse,
    Repair,
}

impl Range {
    /// Reads a range: rules joined by commas, where a bare version is the lowest accepted one. An empty text is `0`.
    ///
    /// # Errors
    /// [`RangeError`] when a part is not a version or when rules contradict each other.
    pub fn parse(text: &str) -> Result<Self, RangeError> {
        let mut range = Self::default();
        range.narrow(text, Policy::Refuse)?;
        Ok(range)
    }

    /// Like [`Range::parse`], with the repairs of `CPAN::Meta::Converter`: white space and letters after a version are
    /// removed, and text that still is not a version counts as 0.
    ///
    /// # Errors
    /// [`RangeError`] for rules that contradict each other.
    pub fn repaired(text: &str) -> Result<Self, RangeError> {
        let mut range = Self::default();
        range.narrow(text, Policy::Repair)?;
        Ok(range)
    }

    /// Keeps only the versions that are also in `other`.
    ///
    /// # Errors
    /// [`RangeError::Contradiction`] when no version is in both; the range is unchanged then.
    pub fn and(&mut self, other: &Self) -> Result<(), RangeError> {
        let before = self.clone();
        let merged = self.merge(other);
        if merged.is_err() {
            *self = before;
        }
        merged
    }

    fn merge(&mut self, other: &Self) -> Result<(), RangeError> {
        match &other.0 {
            Rules::Exactly(version) => self.exactly(version.clone()),
            Rules::Between {
                least,
                most,
                without,
            } => {
                if let Some(version) = least {
                    self.at_least(version.clone())?;
                }
                if let Some(version) = most {
                    self.at_most(version.clone())?;
                }
                without.iter().try_for_each(|it| self.not(it.clone()))?;
                self.simplify();
                Ok(())
            }
        }
    }

    /// True when every version is accepted.
    pub fn is_any(&self) -> bool {
        match &self.0 {
            Rules::Exactly(_) => false,
            Rules::Between {
                least,
                most,
                without,
            } => {
                let from_zero = least.as_ref().is_none_or(|it| *it == Version::zero());
                from_zero && most.is_none() && without.is_empty()
            }
        }
    }

    /// True when `version` is accepted.
    pub fn accepts(&self, version: &Version) -> bool {
        match &self.0 {
            Rules::Exactly(only) => only == version,
            Rules::Between {
                least,
                most,
                without,
            } => {
                least.as_ref().is_none_or(|it| version >= it)
                    && most.as_ref().is_none_or(|it| version <= it)
                    && !without.contains(version)
            }
        }
    }

    /// The constraints of a `vers` URI (VERS of purl-spec): `>=1.2|!=1.5|<2.0`, sorted, each version once.
    pub(crate) fn constraints(&self) -> String {
        let mut rules = self.rules();
        if self.is_any() || rules.is_empty() {
            return "*".to_owned();
        }
        rules.sort_by_key(|(_, version)| *version);
        rules.dedup_by_key(|(_, version)| *version);
        let part = |(operator, version): &(&str, &Version)| {
            let operator = if *operator == "==" { "" } else { operator };
            [operator, version.as_str()].concat()
        };
        let parts: Vec<String> = rules.iter().map(part).collect();
        parts.join("|")
    }

    fn narrow(&mut self, text: &str, policy: Policy) -> Result<(), RangeError> {
        let text = if text.is_empty() { "0" } else { text };
        let mut parts: Vec<&str> = text.split(',').collect();
        while parts.pop_if(|it| it.is_empty()).is_some() {}
        let count = parts.len();
        for (i, part) in parts.into_iter().enumerate() {
            // White space at a comma belongs to it; at the ends it belongs to the versions.
            let part = if i > 0 { part.trim_start() } else { part };
            let part = if i + 1 < count { part.trim_end() } else { part };
            let rule = part.trim_start();
            let found = OPERATORS.iter().find_map(|(sign, operator)| {
                Some((rule.strip_prefix(sign)?.trim_start(), *operator))
            });
            let (version, operator) = found.unwrap_or((part, Operator::AtLeast));
            self.apply(operator, read(version, policy)?)?;
        }
        self.simplify();
        Ok(())
    }

    fn apply(&mut self, operator: Operator, version: Version) -> Result<(), RangeError> {
        match operator {
            Operator::Exactly => self.exactly(version),
            Operator::Not => self.not(version),
            Operator::AtLeast => self.at_least(version),
            Operator::AtMost => self.at_most(version),
            Operator::Above => {
                self.at_least(version.clone())?;
                self.not(version)
            }
            Operator::Below => {
                self.at_most(version.clone())?;
                self.not(version)
            }
        }
    }

    fn exactly(&mut self, version: Version) -> Result<(), RangeError> {
        if !self.accepts(&version) {
            return Err(contradiction("==", &version));
        }
        if let Rules::Between { .. } = self.0 {
            self.0 = Rules::Exactly(version);
        }
        Ok(())
    }

    fn at_least(&mut self, version: Version) -> Result<(), RangeError> {
        match &mut self.0 {
            Rules::Exactly(only) if *only < version => Err(contradiction(">=", &version)),
            Rules::Exactly(_) => Ok(()),
            Rules::Between { least, .. } => {
                // With a lower bound, a bare `0` has no effect.
                let bare = version.as_str() == "0" && least.is_some();
                if !bare && least.as_ref().is_none_or(|it| version >= *it) {
                    *least = Some(version);
                }
                self.meet()
            }
        }
    }

    fn at_most(&mut self, version: Version) -> Result<(), RangeError> {
        match &mut self.0 {
            Rules::Exactly(only) if *only > version => Err(contradiction("<=", &version)),
            Rules::Exactly(_) => Ok(()),
            Rules::Between { most, .. } => {
                if most.as_ref().is_none_or(|it| version <= *it) {
                    *most = Some(version);
                }
                self.meet()
            }
        }
    }

    fn not(&mut self, version: Version) -> Result<(), RangeError> {
        match &mut self.0 {
            Rules::Exactly(only) if *only == version => Err(contradiction("!=", &version)),
            Rules::Exactly(_) => Ok(()),
            Rules::Between { without, .. } => {
                without.push(version);
                Ok(())
            }
        }
    }

    /// Bounds that meet are an exact version.
    fn meet(&mut self) -> Result<(), RangeError> {
        let Rules::Between {
            least: Some(low),
            most: Some(high),
            without,
        } = &self.0
        else {
            return Ok(());
        };
        if low > high {
            return Err(contradiction(">=", low));
        }
        if low == high {
            if without.contains(low) {
                return Err(contradiction("!=", low));
            }
            self.0 = Rules::Exactly(low.clone());
        }
        Ok(())
    }

    /// Removes exclusions that are outside of the bounds or repeated in the same spelling.
    fn simplify(&mut self) {
        if let Rules::Between {
            least,
            most,
            without,
        } = &mut self.0
        {
            let mut seen: BTreeSet<String> = BTreeSet::new();
            without.retain(|it| {
                least.as_ref().is_none_or(|low| it >= low)
                    && most.as_ref().is_none_or(|high| it <= high)
                    && seen.insert(it.as_str().to_owned())
            });
        }
    }

    /// The rules as operators and versions, in the order they are printed.
    fn rules(&self) -> Vec<(&'static str, &Version)> {
        let (least, most, without) = match &self.0 {
            Rules::Exactly(only) => return vec![("==", only)],
            Rules::Between {
                least,
                most,
                without,
            } => (least, most, without),
        };
        let mut without: Vec<&Version> = without.iter().collect();
        let mut rules = Vec::new();
        for (bound, included, excluded) in [(least, ">=", ">"), (most, "<=", "<")] {
            let Some(version) = bound else {
                continue;
            };
            let count = without.len();
            without.retain(|it| *it != version);
            let sign = if without.len() == count {
                included
            } else {
                excluded
            };
            rules.push((sign, version));
        }
        rules.extend(without.into_iter().map(|it| ("!=", it)));
        rules
    }
}

impl fmt::Display for Range {
    /// As `CPAN::Meta::Requirements` prints it: `1.2`, `>= 1.2, < 2.0, != 1.5`, `== 1.0`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rules = self.rules();
        match &*rules {
            [] => f.write_str("0"),
            [(">=", version)] => f.write_str(version.as_str()),
            rules => {
                let part =
                    |(sign, version): &(&str, &Version)| [sign, " ", version.as_str()].concat();
                let parts: Vec<String> = rules.iter().map(part).collect();
                f.write_str(&parts.join(", "))
            }
        }
    }
}

fn contradiction(sign: &str, version: &Version) -> RangeError {
    RangeError::Contradiction([sign, " ", version.as_str()].concat())
}

/// A version in the spelling of ranges: dotted versions in full, a leading `0` before a point.
fn read(text: &str, policy: Policy) -> Result<Version, RangeError> {
    let found = Version::parse(text).filter(|it| !it.is_infinite());
    let version = match (found, policy) {
        (Some(version), _) => version,
        (None, Policy::Repair) => repair(text),
        (None, Policy::Refuse) => return Err(RangeError::NoVersion(text.to_owned())),
    };
    let respelled = if version.is_dotted() {
        Some(version.normal())
    } else if version.as_str().starts_with('.') {
        Some(["0", version.as_str()].concat())
    } else {
        None
    };
    Ok(respelled
        .and_then(|it| Version::parse(&it))
        .unwrap_or(version))
}

fn repair(text: &str) -> Version {
    let kept = text
        .trim()
        .trim_end_matches(|c: char| c.is_ascii_lowercase());
    let found = Version::parse(kept).filter(|it| !it.is_infinite());
    found.unwrap_or_else(Version::zero)
}

#[cfg(test)]
mod tests;
