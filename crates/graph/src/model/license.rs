//! Licence statements as packages make them. Never guesses: what is not a valid SPDX expression stays a name.

pub(crate) mod file;

use crate::model::facts::Text;

/// One declared licence.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum License {
    /// A single identifier of the SPDX licence list.
    Id(Text),
    /// A compound SPDX licence expression (SPDX 2.3 annex D).
    Expression(Text),
    /// Words that are neither, as written.
    Named(Text),
}

impl License {
    /// Sorts a declared licence text into identifier, expression or name. Identifiers are compared without case and
    /// printed as the list writes them; deprecated identifiers are valid.
    pub fn declared(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.is_empty() {
            return None;
        }
        // The four that most packages state need no parser.
        if matches!(text, "MIT" | "ISC" | "Apache-2.0" | "BSD-3-Clause") {
            return Some(Self::Id(text.into()));
        }
        Some(Self::parse(text))
    }

    fn parse(text: &str) -> Self {
        if let Some(id) = list_id(text) {
            return Self::Id(id.into());
        }
        let mode = spdx::ParseMode {
            allow_deprecated: true,
            ..spdx::ParseMode::STRICT
        };
        match spdx::Expression::parse_mode(text, mode) {
            Ok(_) => Self::Expression(with_operators(text).into()),
            Err(_) => Self::Named(text.into()),
        }
    }

    /// The text of the statement.
    pub fn text(&self) -> &str {
        match self {
            Self::Id(text) | Self::Expression(text) | Self::Named(text) => text,
        }
    }

    /// True when the text is a valid SPDX licence expression (a single identifier is one).
    pub fn is_expression(&self) -> bool {
        matches!(self, Self::Id(_) | Self::Expression(_))
    }
}

/// An expression with its operators in upper case, as SPDX 2.3 requires.
fn with_operators(expression: &str) -> String {
    let word = |it: &str| {
        let upper = it.to_ascii_uppercase();
        if matches!(&*upper, "AND" | "OR" | "WITH") {
            upper
        } else {
            it.to_owned()
        }
    };
    let words: Vec<String> = expression.split(' ').map(word).collect();
    words.join(" ")
}

/// The identifier of the SPDX list that `text` is, whatever its case.
fn list_id(text: &str) -> Option<&'static str> {
    // The crate's look-up takes `X+` for `X`, which is another licence.
    if let Some(id) = spdx::license_id(text).filter(|id| id.name == text) {
        return Some(id.name);
    }
    spdx::identifiers::LICENSES
        .iter()
        .map(|license| license.name)
        .find(|name| name.eq_ignore_ascii_case(text))
}

#[cfg(test)]
mod tests;
