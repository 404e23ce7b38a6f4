//! Colour, on a terminal only and not where `NO_COLOR` asks for none (no-color.org).

use std::io::{IsTerminal, stdout};

use bomtrail::Mark;

use bomtrail::printable;

/// What a text is, for the eye.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    Plain,
    Title,
    /// First-party code.
    Own,
    Dim,
    Notice,
    Problem,
}

impl Style {
    /// The SGR parameters of ECMA-48.
    fn code(self) -> Option<&'static str> {
        match self {
            Self::Plain => None,
            Self::Title => Some("1"),
            Self::Own => Some("94"),
            Self::Dim => Some("2"),
            Self::Notice => Some("33"),
            Self::Problem => Some("31"),
        }
    }
}

/// Whether text is coloured.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Paint(bool);

impl Paint {
    /// For standard output.
    pub(crate) fn for_stdout() -> Self {
        let refused = std::env::var_os("NO_COLOR").is_some_and(|it| !it.is_empty());
        let dumb = std::env::var_os("TERM").is_some_and(|it| it == "dumb");
        Self(!refused && !dumb && stdout().is_terminal())
    }

    /// A text in a style.
    pub(crate) fn text(self, style: Style, text: &str) -> String {
        match style.code().filter(|_| self.0) {
            Some(code) => format!("\u{1b}[{code}m{text}\u{1b}[0m"),
            None => text.to_owned(),
        }
    }

    /// A mark in its style.
    pub(crate) fn mark(self, mark: Mark<'_>) -> String {
        let style = match mark {
            it if it.is_problem() => Style::Problem,
            Mark::MissingOptional | Mark::Overridden { .. } | Mark::NoRequirer => Style::Notice,
            _ => Style::Dim,
        };
        self.text(style, &printable(&mark.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colour_is_there_or_not_at_all() {
        assert_eq!(
            Paint(true).mark(Mark::Missing),
            "\u{1b}[31mUNMET DEPENDENCY\u{1b}[0m"
        );
        assert_eq!(Paint(false).mark(Mark::Missing), "UNMET DEPENDENCY");
        assert_eq!(Paint(false).mark(Mark::Alias("a\u{1b}")), "alias: a\\u{1b}");
        assert_eq!(Paint(true).text(Style::Plain, "a"), "a");
    }
}
