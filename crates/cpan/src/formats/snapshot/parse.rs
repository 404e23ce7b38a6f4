//! The grammar of `cpanfile.snapshot`, as `Carton::Snapshot::Parser` reads format 1.0: the indentation of a line says
//! what it is. Does not know what a line means to the project.

/// A snapshot, borrowed from its text.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Snapshot<'a> {
    /// The version of the format; `None` where the first line does not state one.
    pub(super) format: Option<&'a str>,
    pub(super) entries: Vec<Entry<'a>>,
    /// Lines that do not belong to the format.
    pub(super) odd: OddLines,
}

/// One distribution.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Entry<'a> {
    /// Where it starts, from 1.
    pub(super) line: usize,
    /// Distribution and version (`Moo-2.005005`).
    pub(super) name: &'a str,
    /// The archive, below `authors/id`.
    pub(super) pathname: Option<&'a str>,
    /// Modules and their versions; `None` for `undef`.
    pub(super) provides: Vec<(&'a str, Option<&'a str>)>,
    /// Modules and ranges.
    pub(super) requirements: Vec<(&'a str, &'a str)>,
}

/// How many lines could not be read, and the first of them.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct OddLines {
    pub(super) count: usize,
    pub(super) first: usize,
}

/// The kind of the lines with the deepest indentation.
#[derive(Clone, Copy)]
enum Property {
    Provides,
    Requirements,
}

/// The start of the first line.
const HEAD: &str = "# carton snapshot format: version ";

/// Reads a snapshot. Lines that cannot be read are counted.
pub(super) fn parse(text: &str) -> Snapshot<'_> {
    let mut snapshot = Snapshot::default();
    let mut inside = false;
    let mut property = None;
    for (line, number) in text.lines().zip(1..) {
        let line = line.trim_ascii_end();
        let indentation = line.bytes().take_while(|it| *it == b' ').count();
        let rest = line.get(indentation..).unwrap_or_default();
        let understood = match indentation {
            0 => match rest {
                "" => true,
                "__EOF__" => break,
                "DISTRIBUTIONS" => {
                    inside = true;
                    true
                }
                _ => {
                    let format = rest.strip_prefix(HEAD).filter(|_| number == 1);
                    snapshot.format = snapshot.format.or(format);
                    format.is_some()
                }
            },
            2 if inside && !rest.bytes().any(|it| it == b' ') => {
                property = None;
                snapshot.entries.push(Entry {
                    line: number,
                    name: rest,
                    ..Entry::default()
                });
                true
            }
            4 => heading(rest, snapshot.entries.last_mut(), &mut property),
            6 => row(rest, snapshot.entries.last_mut(), property),
            _ => false,
        };
        if !understood {
            snapshot.odd.count += 1;
            if snapshot.odd.first == 0 {
                snapshot.odd.first = number;
            }
        }
    }
    snapshot
}

/// `pathname: …`, `provides:` or `requirements:`.
fn heading<'a>(
    rest: &'a str,
    entry: Option<&mut Entry<'a>>,
    property: &mut Option<Property>,
) -> bool {
    let Some(entry) = entry else { return false };
    *property = None;
    match rest {
        "provides:" => *property = Some(Property::Provides),
        "requirements:" => *property = Some(Property::Requirements),
        _ => match rest.strip_prefix("pathname: ") {
            Some(path) => entry.pathname = Some(path.trim_start()),
            None => return false,
        },
    }
    true
}

/// A module and its version or range.
fn row<'a>(rest: &'a str, entry: Option<&mut Entry<'a>>, property: Option<Property>) -> bool {
    let (Some(entry), Some(property)) = (entry, property) else {
        return false;
    };
    let Some((module, text)) = rest.split_once(' ').filter(|(it, _)| is_module(it)) else {
        return false;
    };
    let end = text.bytes().position(|it| !is_range(it));
    let version = end
        .map_or(text, |end| text.get(..end).unwrap_or_default())
        .trim_ascii_end();
    match property {
        Property::Provides if text == "undef" => entry.provides.push((module, None)),
        _ if version.is_empty() => return false,
        Property::Provides => entry.provides.push((module, Some(version))),
        Property::Requirements => entry.requirements.push((module, version)),
    }
    true
}

fn is_module(text: &str) -> bool {
    let word = |c: u8| c.is_ascii_alphanumeric() || matches!(c, b'_' | b':');
    !text.is_empty() && text.bytes().all(word)
}

/// True for a character of a range. The rest of a line after it is ignored, as in Carton.
fn is_range(c: u8) -> bool {
    c.is_ascii_digit()
        || matches!(
            c,
            b'v' | b'.' | b'_' | b',' | b'=' | b'!' | b'<' | b'>' | b' ' | b'\t'
        )
}

#[cfg(test)]
mod tests;
