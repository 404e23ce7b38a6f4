//! Versions as `version.pm` 0.9929 reads and compares them: decimal ones in groups of three digits, dotted ones part by
//! part. Keeps the text as written.

use std::cmp::Ordering;
use std::fmt;

/// The largest number a part can have; a larger one makes the version infinite.
const MAX_PART: u32 = 2_147_483_647;

/// A version. Compared by value: `1.10`, `1.1` and `v1.100.0` are equal.
#[derive(Clone, Debug)]
pub struct Version {
    text: Box<str>,
    parts: Vec<u32>,
    dotted: bool,
    alpha: bool,
    infinite: bool,
}

impl Version {
    /// Reads a version; `undef` is 0, leading white space is skipped. `None` for text that `version.pm` refuses or warns about.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim_start_matches(is_space);
        if text == "undef" {
            return Some(Self::zero());
        }
        if let Some(rest) = text.strip_prefix('v') {
            return rest
                .starts_with(|c: char| c.is_ascii_digit())
                .then(|| Self::dotted(text, rest))?;
        }
        let dots = text.bytes().filter(|c| *c == b'.').count();
        if dots > 1 {
            Self::dotted(text, text)
        } else {
            Self::decimal(text)
        }
    }

    /// The version `0`.
    pub fn zero() -> Self {
        Self {
            text: "0".into(),
            parts: vec![0],
            dotted: false,
            alpha: false,
            infinite: false,
        }
    }

    /// `1.2.3`: parts of any length; `_` only marks it.
    fn dotted(text: &str, numbers: &str) -> Option<Self> {
        let (head, tail) = match numbers.split_once('_') {
            Some((head, tail)) => (head, Some(tail)),
            None => (numbers, None),
        };
        let digits = |it: &str| it.bytes().all(|c| c.is_ascii_digit());
        // An underscore may be in or after any part but the first.
        let marked = |tail: &str| {
            digits(tail) && head.contains('.') && head.ends_with(|c: char| c.is_ascii_digit())
        };
        if !tail.is_none_or(marked) {
            return None;
        }
        let mut written: Vec<&str> = head.split('.').collect();
        // A dot may end it, and only a version without `v` may start with one.
        if written.len() > 1 && written.last() == Some(&"") {
            written.pop();
        }
        if !written.iter().all(|it| digits(it)) || written.iter().skip(1).any(|it| it.is_empty()) {
            return None;
        }
        let mut version = Self {
            text: text.into(),
            parts: Vec::with_capacity(written.len().max(3)),
            dotted: true,
            alpha: tail.is_some(),
            infinite: false,
        };
        let last = written.len().saturating_sub(1);
        for (i, part) in written.iter().enumerate() {
            let tail = tail.filter(|_| i == last).unwrap_or_default();
            if !version.push(part.bytes().chain(tail.bytes())) {
                break;
            }
        }
        while version.parts.len() < 3 {
            version.parts.push(0);
        }
        Some(version)
    }

    /// `1.23_04`: a fraction in groups of three digits.
    fn decimal(text: &str) -> Option<Self> {
        let (integer, fraction) = match text.split_once('.') {
            Some((integer, fraction)) => (integer, Some(fraction)),
            None => (text, None),
        };
        let digits = |it: &str| it.bytes().all(|c| c.is_ascii_digit());
        let (head, tail) = match fraction.unwrap_or_default().split_once('_') {
            Some((head, tail)) => (head, Some(tail)),
            None => (fraction.unwrap_or_default(), None),
        };
        if !digits(integer)
            || !digits(head)
            || (integer.is_empty() && head.is_empty() && fraction.is_none())
        {
            return None;
        }
        if tail.is_some_and(|it| head.is_empty() || it.is_empty() || !digits(it)) {
            return None;
        }
        let mut version = Self {
            text: text.into(),
            parts: Vec::with_capacity(4),
            dotted: false,
            alpha: tail.is_some(),
            infinite: false,
        };
        if version.push(integer.bytes()) && fraction.is_some() {
            let all = [head, tail.unwrap_or_default()].concat();
            version.push_fraction(all.as_bytes());
        }
        Some(version)
    }

    fn push_fraction(&mut self, digits: &[u8]) {
        if digits.is_empty() {
            self.parts.push(0);
        }
        for group in digits.chunks(3) {
            let zeros = std::iter::repeat_n(b'0', 3 - group.len());
            self.push(group.iter().copied().chain(zeros));
        }
    }

    /// Adds one part; false when it is too large, which makes it the last part that counts.
    fn push(&mut self, digits: impl Iterator<Item = u8>) -> bool {
        let digit = |c: u8| u32::from(c.saturating_sub(b'0'));
        let sum = digits.fold(0_u32, |sum, c| {
            sum.saturating_mul(10).saturating_add(digit(c))
        });
        self.infinite |= sum > MAX_PART;
        self.parts.push(sum.min(MAX_PART));
        sum <= MAX_PART
    }

    /// The text as written; `0` for `undef`, `v.Inf` when a part is too large.
    pub fn as_str(&self) -> &str {
        if self.infinite { "v.Inf" } else { &self.text }
    }

    /// True for a dotted version (`v1.2`, `1.2.3`), false for a decimal one.
    pub fn is_dotted(&self) -> bool {
        self.dotted
    }

    /// True when it has an underscore, which comparisons ignore.
    pub fn is_alpha(&self) -> bool {
        self.alpha
    }

    /// True when a part is too large to represent.
    pub fn is_infinite(&self) -> bool {
        self.infinite
    }

    /// The dotted form, with at least three parts: `v1.230.0`.
    pub fn normal(&self) -> String {
        let zeros = std::iter::repeat_n(&0, 3_usize.saturating_sub(self.parts.len()));
        let parts: Vec<String> = self.parts.iter().chain(zeros).map(u32::to_string).collect();
        ["v", &parts.join(".")].concat()
    }

    /// The decimal form, with at least three digits after the point: `1.230`.
    pub fn numify(&self) -> String {
        let (first, rest) = self.parts.split_first().unwrap_or((&0, &[]));
        let mut rest: Vec<String> = rest.iter().map(|part| format!("{part:03}")).collect();
        if rest.is_empty() {
            rest.push("000".to_owned());
        }
        [&first.to_string(), ".", &rest.concat()].concat()
    }

    /// True when `text` follows the strict rules of versions: `1.23`, or `v1.2.3` with three digits a part at most.
    pub fn is_strict(text: &str) -> bool {
        let digits = |it: &str| !it.is_empty() && it.bytes().all(|c| c.is_ascii_digit());
        let integer = |it: &str| digits(it) && (it == "0" || !it.starts_with('0'));
        if let Some(rest) = text.strip_prefix('v') {
            let mut parts = rest.split('.');
            let first = parts.next().is_some_and(integer);
            let rest: Vec<&str> = parts.collect();
            return first && rest.len() >= 2 && rest.iter().all(|it| digits(it) && it.len() <= 3);
        }
        match text.split_once('.') {
            Some((head, fraction)) => integer(head) && digits(fraction),
            None => integer(text),
        }
    }

    /// True when `text` follows the lax rules of versions, which most tools accept.
    pub fn is_lax(text: &str) -> bool {
        let digits = |it: &str| it.bytes().all(|c| c.is_ascii_digit());
        let (head, alpha) = match text.split_once('_') {
            Some((head, tail)) => (head, Some(tail)),
            None => (text, None),
        };
        if text == "undef" {
            return true;
        }
        if alpha.is_some_and(|it| it.is_empty() || !digits(it)) {
            return false;
        }
        let v = head.strip_prefix('v');
        let parts: Vec<&str> = v.unwrap_or(head).split('.').collect();
        let (first, rest) = parts.split_first().map_or(("", &[][..]), |(a, b)| (*a, b));
        let filled = rest.iter().all(|it| !it.is_empty());
        if !parts.iter().all(|it| digits(it)) {
            return false;
        }
        match (v.is_some(), rest.len()) {
            (true, 0) => !first.is_empty() && alpha.is_none(),
            (true, _) => !first.is_empty() && filled,
            (false, 0) => !first.is_empty(),
            (false, 1) => !first.is_empty() || filled,
            (false, _) => filled,
        }
    }
}

/// What `version.pm` skips before a version.
fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\x0b' | '\x0c')
}

impl Ord for Version {
    fn cmp(&self, other: &Self) -> Ordering {
        let part = |version: &Self, i: usize| version.parts.get(i).copied().unwrap_or_default();
        let length = self.parts.len().max(other.parts.len());
        (0..length)
            .map(|i| part(self, i).cmp(&part(other, i)))
            .find(|it| it.is_ne())
            .unwrap_or(Ordering::Equal)
    }
}

impl PartialOrd for Version {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Version {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Version {}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

#[cfg(test)]
mod tests;
