//! Colours of terminal text. Escape sequences are always written; [`crate::output`] removes them where they do not belong.

use anstyle::{AnsiColor, Effects};
use bomtrail::Level;
use bomtrail::diff::ChangeKind;
use bomtrail::views::{Mark, printable};
use clap::ValueEnum;

/// When colours are used. `Auto` means on a terminal, unless `NO_COLOR` is set, and everywhere if `CLICOLOR_FORCE` is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ColorWhen {
    Auto,
    Always,
    Never,
}

impl ColorWhen {
    /// Makes this the choice of the whole program.
    pub(crate) fn apply(self) {
        let choice = match self {
            Self::Auto => anstream::ColorChoice::Auto,
            Self::Always => anstream::ColorChoice::Always,
            Self::Never => anstream::ColorChoice::Never,
        };
        choice.write_global();
    }
}

/// The role of a text, which decides its colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    Plain,
    Title,
    FirstParty,
    Dim,
    Good,
    Notice,
    Problem,
}

impl Style {
    fn ansi(self) -> anstyle::Style {
        match self {
            Self::Plain => anstyle::Style::new(),
            Self::Title => Effects::BOLD.into(),
            Self::FirstParty => AnsiColor::BrightBlue.on_default(),
            Self::Dim => Effects::DIMMED.into(),
            Self::Good => AnsiColor::Green.on_default(),
            Self::Notice => AnsiColor::Yellow.on_default(),
            Self::Problem => AnsiColor::Red.on_default(),
        }
    }

    /// A text in this style.
    pub(crate) fn text(self, text: &str) -> String {
        let style = self.ansi();
        format!("{style}{text}{style:#}")
    }
}

impl From<Level> for Style {
    fn from(level: Level) -> Self {
        match level {
            Level::Error => Self::Problem,
            Level::Warning => Self::Notice,
            Level::Note => Self::Dim,
        }
    }
}

/// The text of a check or a validation with colours: the levels of findings and the verdict, which only our own lines begin with.
pub(crate) fn verdict(text: &str) -> String {
    let heads = [
        ("error[", "]", Style::Problem),
        ("warning[", "]", Style::Notice),
        ("note[", "]", Style::Dim),
        ("not validated:", "not validated", Style::Notice),
        ("not valid:", "not valid", Style::Problem),
        ("valid:", "valid", Style::Good),
        ("FAIL", "FAIL", Style::Problem),
        ("pass", "pass", Style::Good),
    ];
    let lines = text.split_inclusive('\n').map(|line| {
        let head = heads.iter().find(|(start, _, _)| line.starts_with(start));
        let parts = head.and_then(|(_, end, style)| {
            let middle = line.find(end)? + end.len();
            Some((line.get(..middle)?, line.get(middle..)?, style))
        });
        match parts {
            Some((head, rest, style)) => style.text(head) + rest,
            None => line.to_owned(),
        }
    });
    lines.collect()
}

/// The text of changes with colours: the kind of each, which is the first word of its line.
pub(crate) fn changes(text: &str) -> String {
    let lines = text.split_inclusive('\n').map(|line| {
        let (kind, rest) = line.split_once(' ').unwrap_or((line, ""));
        match ChangeKind::from_name(kind) {
            Some(it) => [&style_of(it).text(kind), " ", rest].concat(),
            None => line.to_owned(),
        }
    });
    lines.collect()
}

fn style_of(kind: ChangeKind) -> Style {
    match kind {
        ChangeKind::Added | ChangeKind::Repaired | ChangeKind::VulnerabilityGone => Style::Good,
        ChangeKind::Removed
        | ChangeKind::Hash
        | ChangeKind::IntegrityLost
        | ChangeKind::IntegrityWeakened
        | ChangeKind::InstallScript
        | ChangeKind::Missing
        | ChangeKind::Invalid
        | ChangeKind::Vulnerability => Style::Problem,
        _ => Style::Notice,
    }
}

/// A mark of a dependency in its style.
pub(crate) fn mark(mark: Mark<'_>) -> String {
    let style = match mark {
        it if it.is_problem() => Style::Problem,
        Mark::MissingOptional | Mark::Overridden { .. } | Mark::NoRequirer => Style::Notice,
        _ => Style::Dim,
    };
    style.text(&printable(&mark.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_and_verdicts_are_coloured() {
        assert_eq!(
            verdict("error[a/b]: c\n  error[x\nFAIL: 1 error\n"),
            "\u{1b}[31merror[a/b]\u{1b}[0m: c\n  error[x\n\u{1b}[31mFAIL\u{1b}[0m: 1 error\n"
        );
        assert_eq!(
            verdict("not validated: a\nvalid: b\nvalidated\n"),
            "\u{1b}[33mnot validated\u{1b}[0m: a\n\u{1b}[32mvalid\u{1b}[0m: b\nvalidated\n"
        );
    }

    #[test]
    fn kinds_of_changes_are_coloured() {
        assert_eq!(
            changes("added pkg:npm/a 1.0.0\nremoved pkg:npm/b 1.0.0\nother\n"),
            "\u{1b}[32madded\u{1b}[0m pkg:npm/a 1.0.0\n\u{1b}[31mremoved\u{1b}[0m pkg:npm/b 1.0.0\nother\n"
        );
    }

    #[test]
    fn marks_are_coloured_and_escaped() {
        assert_eq!(mark(Mark::Missing), "\u{1b}[31mUNMET DEPENDENCY\u{1b}[0m");
        let alias = mark(Mark::Alias("a\u{1b}"));
        assert_eq!(alias, "\u{1b}[2malias: a\\u{1b}\u{1b}[0m");
        assert_eq!(Style::Plain.text("a"), "a");
    }
}
