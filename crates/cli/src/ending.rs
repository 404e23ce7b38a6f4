//! The output format that the ending of a file name selects, so that a name never contradicts the content.

use crate::error::CliError;
use crate::output::Sink;

/// An ending of file names in lower case, and the formats it fits; the first one is selected by it.
pub(crate) type Ending<F> = (&'static str, &'static [F]);

/// Endings that everybody reads as a format. A command that does not write it refuses the name.
const WELL_KNOWN: [&str; 19] = [
    ".csv",
    ".dot",
    ".gv",
    ".htm",
    ".html",
    ".json",
    ".jsonl",
    ".markdown",
    ".md",
    ".mmd",
    ".pdf",
    ".sarif",
    ".spdx",
    ".svg",
    ".toml",
    ".xlsx",
    ".xml",
    ".yaml",
    ".yml",
];

/// The format of an output: the one given with `--format`, else the one its ending selects, else the default.
pub(crate) fn choose<F: Copy + PartialEq>(
    given: Option<F>,
    default: F,
    sink: &Sink,
    endings: &[Ending<F>],
) -> Result<F, CliError> {
    let Some(name) = sink.file_name() else {
        return Ok(given.unwrap_or(default));
    };
    let longest = endings
        .iter()
        .filter(|(ending, _)| name.ends_with(ending))
        .max_by_key(|(ending, _)| ending.len());
    match (longest, given) {
        (Some((_, fits)), Some(given)) if fits.contains(&given) => Ok(given),
        (Some((ending, _)), Some(_)) => Err(CliError::Usage(format!(
            "{sink}: `{ending}` is the ending of another format; leave out --format or use another name"
        ))),
        (Some((_, fits)), None) => Ok(fits.first().copied().unwrap_or(default)),
        (None, _) if WELL_KNOWN.iter().any(|it| name.ends_with(it)) => Err(unknown(sink, endings)),
        (None, Some(given)) => Ok(given),
        (None, None) if has_ending(&name) => Err(unknown(sink, endings)),
        (None, None) => Ok(default),
    }
}

fn unknown<F>(sink: &Sink, endings: &[Ending<F>]) -> CliError {
    let all: Vec<String> = endings.iter().map(|(it, _)| format!("`{it}`")).collect();
    let all = all.join(", ");
    CliError::Usage(format!(
        "{sink}: the ending does not name a format of this command; use --format, or a name that ends with {all}"
    ))
}

/// Whether a name has an ending that may mean a format: letters and digits, not digits alone, as in `app-1.2.0`.
fn has_ending(name: &str) -> bool {
    let ending = name.rsplit_once('.').filter(|(stem, _)| !stem.is_empty());
    ending.is_some_and(|(_, ending)| {
        ending.len() <= 10
            && ending.bytes().all(|it| it.is_ascii_alphanumeric())
            && ending.bytes().any(|it| it.is_ascii_alphabetic())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENDINGS: &[Ending<u8>] = &[(".json", &[1, 2]), (".sarif.json", &[2]), (".txt", &[0])];

    fn chosen(given: Option<u8>, name: &str) -> Option<u8> {
        choose(given, 0, &Sink::File(name.into()), ENDINGS).ok()
    }

    #[test]
    fn the_longest_ending_selects_the_format() {
        assert_eq!(chosen(None, "a.JSON"), Some(1));
        assert_eq!(chosen(None, "a.sarif.json"), Some(2));
        assert_eq!(chosen(None, "a"), Some(0));
        assert_eq!(chosen(None, "app-1.2.0"), Some(0));
        assert_eq!(chosen(None, ".hidden"), Some(0));
        assert_eq!(chosen(Some(2), "a.json"), Some(2));
        assert_eq!(chosen(Some(1), "a.odd"), Some(1));
    }

    #[test]
    fn a_name_that_contradicts_the_format_is_refused() {
        for (given, name) in [
            (Some(0), "a.json"),
            (Some(1), "a.sarif.json"),
            (Some(1), "a.html"),
            (None, "a.html"),
            (None, "a.odd"),
        ] {
            assert_eq!(chosen(given, name), None, "{name}");
        }
    }
}
