//! Diagnostics: what is odd, incomplete, refused or lossy. Values only; nothing here prints.

use std::fmt;

/// How much a diagnostic matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Worth knowing.
    Note,
    /// The result may not be what was meant.
    Warning,
    /// A part of the input could not be used, or contradicts itself.
    Error,
}

impl Level {
    /// The name used in documents.
    pub fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// A kind of diagnostic. Its id is part of the stable interface.
#[derive(Debug, PartialEq, Eq, Hash)]
pub struct Code {
    /// Stable id, `area/kebab-case`.
    pub id: &'static str,
    /// How much it matters.
    pub level: Level,
    /// One sentence fragment on what it means.
    pub about: &'static str,
}

impl Code {
    /// A kind of diagnostic.
    pub const fn new(id: &'static str, level: Level, about: &'static str) -> Self {
        Self { id, level, about }
    }
}

/// Where a diagnostic points.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The input, relative to the project.
    pub path: String,
    /// The entry within it, in the input's own terms (`node_modules/foo`).
    pub entry: Option<String>,
    /// Line, from 1.
    pub line: Option<usize>,
    /// Column, from 1.
    pub column: Option<usize>,
}

impl Place {
    /// A whole file.
    pub fn file(path: &str) -> Self {
        Self {
            path: path.to_owned(),
            ..Self::default()
        }
    }

    /// An entry of a file.
    pub fn entry(path: &str, entry: &str) -> Self {
        Self {
            entry: Some(entry.to_owned()),
            ..Self::file(path)
        }
    }

    /// A line of a file, from 1.
    pub fn line(path: &str, line: usize, column: Option<usize>) -> Self {
        Self {
            line: Some(line),
            column,
            ..Self::file(path)
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.path)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
            if let Some(column) = self.column {
                write!(f, ":{column}")?;
            }
        }
        // The root of an input has an empty place.
        if let Some(entry) = self.entry.as_ref().filter(|it| !it.is_empty()) {
            write!(f, " ({entry})")?;
        }
        Ok(())
    }
}

/// One finding about an input or an output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// What kind it is.
    pub code: &'static Code,
    /// Lower-case fragment, literals in backticks, no full stop.
    pub message: String,
    /// Where.
    pub place: Place,
    /// What to do.
    pub help: Option<String>,
}

impl Diagnostic {
    /// A finding without advice.
    pub fn new(code: &'static Code, place: Place, message: String) -> Self {
        Self {
            code,
            message,
            place,
            help: None,
        }
    }

    /// With advice on what to do.
    #[must_use]
    pub fn help(mut self, help: &str) -> Self {
        self.help = Some(help.to_owned());
        self
    }
}

impl fmt::Display for Diagnostic {
    /// One line: `level[id] place: message (help: …)`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}[{}] {}: {}",
            self.code.level.name(),
            self.code.id,
            self.place,
            self.message
        )?;
        if let Some(help) = &self.help {
            write!(f, " (help: {help})")?;
        }
        Ok(())
    }
}

/// The diagnostics of one run, in the order they were found.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics(Vec<Diagnostic>);

impl Diagnostics {
    /// None yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.0.push(diagnostic);
    }

    /// All, in order.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.0.iter()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// True when empty.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The highest level found.
    pub fn worst(&self) -> Option<Level> {
        self.0.iter().map(|it| it.code.level).max()
    }

    /// Moves all of `other` to the end.
    pub fn append(&mut self, mut other: Self) {
        self.0.append(&mut other.0);
    }
}

/// How many diagnostics are written one by one.
const MOST_WRITTEN: usize = 20;

impl fmt::Display for Diagnostics {
    /// One line for each of the first 20, then how many more there are.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, it) in self.0.iter().take(MOST_WRITTEN).enumerate() {
            let end = if number == 0 { "" } else { "\n" };
            write!(f, "{end}{it}")?;
        }
        match self.0.len().saturating_sub(MOST_WRITTEN) {
            0 => Ok(()),
            more => write!(f, "\nand {more} more"),
        }
    }
}

impl std::error::Error for Diagnostics {}

impl<'a> IntoIterator for &'a Diagnostics {
    type Item = &'a Diagnostic;
    type IntoIter = std::slice::Iter<'a, Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}
