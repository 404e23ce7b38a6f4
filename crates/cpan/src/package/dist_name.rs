//! The parts of an archive's path name: author, distribution and version, as `CPAN::DistnameInfo` 0.12 reads them. Does not
//! open the archive.

use std::borrow::Cow;

/// The parts of a path name such as `H/HA/HAARG/Moo-2.005005.tar.gz`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DistName<'a> {
    /// The path as given, without the part before its author's folders (`authors/id/`).
    pub pathname: &'a str,
    /// The path below the author's folder: the name of the file, after any folders it is in.
    pub file: &'a str,
    /// The author (PAUSE id); `None` when the path does not start with an author's folders.
    pub author: Option<&'a str>,
    /// The distribution (`Moo`); `None` when the file is not an archive.
    pub name: Option<Cow<'a, str>>,
    /// The version as written (`2.005005`); `None` when the name has none.
    pub version: Option<Cow<'a, str>>,
    /// The kind of archive (`tar.gz`).
    pub ext: Option<&'a str>,
    /// True for a developer release.
    pub developer: bool,
}

/// The endings of archives, the longer first.
const ENDINGS: [&str; 5] = [".tar.gz", ".tar.z", ".tar.bz2", ".zip", ".tgz"];

impl<'a> DistName<'a> {
    /// Reads a path name.
    pub fn parse(path: &'a str) -> Self {
        let (author, pathname, file) = split_author(path);
        let mut parsed = Self {
            pathname,
            file,
            author,
            ..Self::default()
        };
        let last = path.rsplit('/').next().unwrap_or(path);
        if let Some((stem, ext)) = split_ending(last) {
            let named = of_stem(stem);
            parsed.ext = Some(ext);
            parsed.developer = named.developer;
            parsed.name = named.name;
            parsed.version = named.version;
        }
        parsed
    }

    /// Reads an archive's name without its ending (`Moo-2.005005`).
    pub fn of_stem(stem: &'a str) -> Self {
        of_stem(stem)
    }
}

/// The author, the path from the author's folders on, and the path below them.
fn split_author(path: &str) -> (Option<&str>, &str, &str) {
    let start = match path.find("authors/id/") {
        Some(at) if at == 0 || path.get(..at).is_some_and(|it| it.ends_with('/')) => {
            path.get(at + "authors/id/".len()..)
        }
        _ => path.strip_prefix("id/"),
    };
    let start = start.unwrap_or(path);
    let mut parts = start.splitn(4, '/');
    let found = (parts.next(), parts.next(), parts.next(), parts.next());
    if let (Some(a), Some(b), Some(author), Some(file)) = found
        && is_author(a, b, author)
    {
        return (Some(author), start, file);
    }
    (None, path, path)
}

fn is_author(a: &str, b: &str, author: &str) -> bool {
    let upper = |it: &str| it.bytes().all(|c| c.is_ascii_uppercase());
    let rest = |c: u8| c.is_ascii_uppercase() || c.is_ascii_digit() || c == b'-';
    a.len() == 1
        && b.len() == 2
        && upper(b)
        && b.starts_with(a)
        && author.starts_with(b)
        && author.bytes().all(rest)
}

fn split_ending(file: &str) -> Option<(&str, &str)> {
    ENDINGS.iter().find_map(|ending| {
        let (stem, found) = file.split_at_checked(file.len().checked_sub(ending.len())?)?;
        let fits = found.eq_ignore_ascii_case(ending) && !stem.is_empty();
        fits.then(|| (stem, found.strip_prefix('.').unwrap_or(found)))
    })
}

fn of_stem(stem: &str) -> DistName<'_> {
    let (name, version) = split_version(stem);
    let developer = version
        .as_deref()
        .is_some_and(|version| is_developer(stem, version));
    DistName {
        pathname: stem,
        file: stem,
        name: Some(name),
        version,
        developer,
        ..DistName::default()
    }
}

/// Where the distribution ends: the end of the last run of words that each end in a letter, or in a digit before a dash.
fn end_of_name(stem: &str) -> usize {
    let bytes = stem.as_bytes();
    let at = |i: usize| bytes.get(i).copied();
    let mut end = 0;
    loop {
        let mut i = end;
        while at(i).is_some_and(|c| matches!(c, b'-' | b'+' | b'.')) {
            i += 1;
        }
        let mut last = None;
        while let Some(c) = at(i) {
            let before = i.checked_sub(1).and_then(at);
            if c == b'_' {
                let inner = before.is_some_and(|c| !c.is_ascii_digit());
                if !inner && at(i + 1).is_none_or(|c| c.is_ascii_digit()) {
                    break;
                }
            } else if !c.is_ascii_alphanumeric() {
                break;
            }
            if is_end(c, before, at(i + 1)) {
                last = Some(i + 1);
            }
            i += 1;
        }
        match last {
            Some(found) => end = found,
            None => return end,
        }
    }
}

/// True when a name may end with `c`.
fn is_end(c: u8, before: Option<u8>, after: Option<u8>) -> bool {
    let version_mark =
        matches!(c, b'v' | b'V') && before.is_some_and(|c| matches!(c, b'.' | b'_' | b'-'));
    let letter = c.is_ascii_alphabetic() && after.is_none_or(|c| !c.is_ascii_alphabetic());
    let digit = c.is_ascii_digit() && after == Some(b'-');
    (letter || digit) && !version_mark
}

/// Distribution and version of a name such as `Moo-2.005005`.
fn split_version(stem: &str) -> (Cow<'_, str>, Option<Cow<'_, str>>) {
    let Some((name, rest)) = stem
        .split_at_checked(end_of_name(stem))
        .filter(|it| !it.0.is_empty())
    else {
        return (Cow::Borrowed(stem), None);
    };
    let mut end = name.len();
    let mut start = end;
    if rest.is_empty()
        && let Some(kept) = name.strip_suffix("-undef")
    {
        end = kept.len();
    }
    let rest = rest.strip_suffix("-withoutworldwriteables").unwrap_or(rest);
    let stop = start + rest.len();
    let version = |from: usize| stem.get(from..stop).unwrap_or_default();
    // `Unicode-Collate-Standard-V3_1_1-0.1`: the first number belongs to the name.
    if let Some(cut) = last_dash_digit(version(start), |head| {
        head.starts_with("-v") || head.starts_with("-V")
    }) {
        start += cut + 1;
        end = start - 1;
    }
    // `Task-Deprecations5_14-1.00`: likewise, but not an `_` that only separates.
    if let Some(cut) = last_dash_digit(version(start), |head| {
        head.char_indices().skip(1).any(|(_, c)| c == '_')
    }) {
        start += cut + 1;
        end = start - 1;
    }
    finish(stem.get(..end).unwrap_or_default(), version(start))
}

/// The place of the last dash before a digit for which `head` accepts the text before it.
fn last_dash_digit(text: &str, head: impl Fn(&str) -> bool) -> Option<usize> {
    let dashes = text.rmatch_indices('-').map(|(at, _)| at);
    let mut fitting = dashes.filter(|at| {
        let digit = text.as_bytes().get(at + 1).is_some_and(u8::is_ascii_digit);
        digit && text.get(..*at).is_some_and(&head)
    });
    fitting.next()
}

/// The name without `.pm`; a version that is still part of it is moved to the version.
fn finish<'a>(name: &'a str, version: &'a str) -> (Cow<'a, str>, Option<Cow<'a, str>>) {
    let mut name = name.strip_suffix(".pm").unwrap_or(name);
    let mut version = Cow::Borrowed(version);
    if version.is_empty()
        && let Some((kept, tail)) = name.rsplit_once('-')
        && is_number_with_letter(tail)
    {
        name = kept;
        version = Cow::Borrowed(tail);
    }
    if !version.is_empty()
        && version.bytes().all(|c| c.is_ascii_digit())
        && let Some((kept, tail)) = name.rsplit_once('-')
        && !tail.is_empty()
        && tail.bytes().all(|c| c.is_ascii_alphanumeric() || c == b'_')
    {
        name = kept;
        version = Cow::Owned([tail, &version].concat());
    }
    let marks: &[char] = if has_decimal(&version) {
        &['-', '_', '.']
    } else {
        &['-', '_']
    };
    let version = match version {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim_start_matches(marks)),
        Cow::Owned(text) => Cow::Owned(text.trim_start_matches(marks).to_owned()),
    };
    (
        Cow::Borrowed(name),
        (!version.is_empty()).then_some(version),
    )
}

/// `12a`, or digits only (the last digit counts as the letter).
fn is_number_with_letter(text: &str) -> bool {
    let Some((last, digits)) = text.as_bytes().split_last() else {
        return false;
    };
    let word = last.is_ascii_alphanumeric() || *last == b'_';
    word && !digits.is_empty() && digits.iter().all(u8::is_ascii_digit)
}

/// True when a dot is between digits.
fn has_decimal(version: &str) -> bool {
    let digits = |it: &[u8]| matches!(it, [a, b'.', b] if a.is_ascii_digit() && b.is_ascii_digit());
    version.as_bytes().windows(3).any(digits)
}

fn is_developer(stem: &str, version: &str) -> bool {
    match perl_release(stem) {
        Some(developer) => developer,
        None => version.contains("-TRIAL") || has_underscored(version),
    }
}

/// For a release of perl itself: whether it is a developer release (odd minor, `-RC1`, a high patch level).
fn perl_release(stem: &str) -> Option<bool> {
    let rest = stem.strip_prefix("perl")?;
    let rest = rest.strip_prefix('-').unwrap_or(rest);
    let (numbers, suffix) = match rest.split_once('-') {
        Some((numbers, suffix)) if suffix.starts_with(|c: char| !c.is_ascii_digit()) => {
            (numbers, Some(suffix))
        }
        _ => (rest, None),
    };
    let (major, rest) = numbers.split_once('.')?;
    let digits = |it: &str| !it.is_empty() && it.bytes().all(|c| c.is_ascii_digit());
    let (minor, patch) = match rest.split_once(|c: char| !c.is_ascii_digit()) {
        Some((minor, patch)) => (minor, Some(patch)),
        None => (rest, None),
    };
    let tested = suffix.map(|it| it.strip_prefix("TRIAL").or_else(|| it.strip_prefix("RC")));
    if !digits(major) || !digits(minor) || patch.is_some_and(|it| !digits(it)) {
        return None;
    }
    if tested.is_some_and(|it| !it.is_some_and(digits)) {
        return None;
    }
    // Numbers too long to hold are certainly high.
    let number = |it: &str| it.parse::<u32>().unwrap_or(u32::MAX);
    let odd = number(minor) > 6 && minor.ends_with(['1', '3', '5', '7', '9']);
    Some(odd || patch.is_some_and(|it| number(it) >= 50) || tested.is_some())
}

/// True for a digit, something else, digits, `_` and a digit: `1.23_04`.
fn has_underscored(version: &str) -> bool {
    let bytes = version.as_bytes();
    let digit = |i: usize| bytes.get(i).is_some_and(u8::is_ascii_digit);
    let marks = version.match_indices('_').map(|(at, _)| at);
    marks.filter(|at| digit(at + 1)).any(|at| {
        let head = version.get(..at).unwrap_or_default();
        let rest = head.trim_end_matches(|c: char| c.is_ascii_digit());
        let mut before = rest.chars().rev();
        rest.len() < head.len()
            && before.next().is_some()
            && before.next().is_some_and(|c| c.is_ascii_digit())
    })
}

#[cfg(test)]
mod tests;
