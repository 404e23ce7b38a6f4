//! Declared licences as SPDX 2.3 expressions (annex D), and the licences that are not on its list. Never guesses:
//! text that is not an expression becomes a reference with this text as its content.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use bomtrail_graph::{Bom, Component, Fact, License, NodeMap, Text};
use serde::ser::{Serialize, Serializer};

use crate::identifier::{Plain, short_hash};

/// Not stated (SPDX 2.3 clause 7.15).
const NO_ASSERTION: &str = "NOASSERTION";
/// How identifiers of licences outside the list begin.
const REFERENCE: &str = "LicenseRef-";
/// No licence.
pub(crate) const NONE: &str = "NONE";
/// The text of a licence that a package refers to and that is not available.
pub(crate) const ELSEWHERE: &str = "The package refers to a licence by this identifier. Its text was not available when this document was made.";

/// The comment on a licence that is withheld.
const WITHHELD: &str = "The declared licence is known and withheld.";
/// How the comment on several licences begins.
const LISTED: &str = "Declared, without stating whether one or all of them apply: ";

/// What a package declares.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Declared<'g> {
    /// An expression, `NONE` or `NOASSERTION`.
    pub(crate) expression: Cow<'g, str>,
    /// Facts that the expression does not express.
    pub(crate) comment: Option<String>,
}

/// The declared licence of a component.
pub(crate) fn declared(component: &Component) -> Declared<'_> {
    let said = |expression| Declared {
        expression,
        comment: None,
    };
    match &component.licenses {
        Fact::Unknown => said(NO_ASSERTION.into()),
        Fact::Withheld => Declared {
            expression: NO_ASSERTION.into(),
            comment: Some(WITHHELD.to_owned()),
        },
        Fact::Known(licenses) => match &**licenses {
            [] => said(NONE.into()),
            [license] => {
                said(expression(license).unwrap_or_else(|| reference(license.text()).into()))
            }
            several => Declared {
                expression: NO_ASSERTION.into(),
                comment: Some(listed(several)),
            },
        },
    }
}

/// The declared licence expression of a component; `None` for `NONE` and `NOASSERTION`.
pub(crate) fn declared_expression(component: &Component) -> Option<Cow<'_, str>> {
    let license = declared(component).expression;
    (!matches!(&*license, NO_ASSERTION | NONE)).then_some(license)
}

/// Several licences without an operator: an expression would have to guess between AND and OR.
fn listed(licenses: &[License]) -> String {
    let mut text = LISTED.to_owned();
    for (number, license) in licenses.iter().enumerate() {
        if number > 0 {
            text.push_str("; ");
        }
        text.push_str(license.text());
    }
    text
}

/// True for a comment of our own writer about the declared licence.
pub(crate) fn is_comment(text: &str) -> bool {
    text == WITHHELD || text.starts_with(LISTED)
}

/// A licence as an expression of SPDX 2.3; `None` for free text, and for syntax that only later versions have.
pub(crate) fn expression(license: &License) -> Option<Cow<'_, str>> {
    match license {
        License::Named(_) => None,
        License::Id(id) => is_term(id).then_some(Cow::Borrowed(successor(id).unwrap_or(id))),
        License::Expression(text) => normal(text).map(Cow::Owned),
    }
}

/// Identifiers of a licence with an exception, from before expressions had `WITH`, and what the SPDX licence list gives in
/// their place: not every program still accepts them.
const SUCCESSORS: [(&str, &str); 9] = [
    (
        "GPL-2.0-with-autoconf-exception",
        "GPL-2.0-only WITH Autoconf-exception-2.0",
    ),
    (
        "GPL-2.0-with-bison-exception",
        "GPL-2.0-only WITH Bison-exception-2.2",
    ),
    (
        "GPL-2.0-with-classpath-exception",
        "GPL-2.0-only WITH Classpath-exception-2.0",
    ),
    (
        "GPL-2.0-with-font-exception",
        "GPL-2.0-only WITH Font-exception-2.0",
    ),
    (
        "GPL-2.0-with-GCC-exception",
        "GPL-2.0-only WITH GCC-exception-2.0",
    ),
    (
        "GPL-3.0-with-autoconf-exception",
        "GPL-3.0-only WITH Autoconf-exception-3.0",
    ),
    (
        "GPL-3.0-with-GCC-exception",
        "GPL-3.0-only WITH GCC-exception-3.1",
    ),
    ("eCos-2.0", "GPL-2.0-or-later WITH eCos-exception-2.0"),
    (
        "wxWindows",
        "LGPL-2.0-or-later WITH WxWindows-exception-3.1",
    ),
];

fn successor(id: &str) -> Option<&'static str> {
    let found = SUCCESSORS
        .iter()
        .find(|(it, _)| it.eq_ignore_ascii_case(id));
    found.map(|(_, expression)| *expression)
}

/// An expression with its operators in upper case and single spaces, as SPDX 2.3 has them.
fn normal(text: &str) -> Option<String> {
    let mut normal = String::with_capacity(text.len());
    let mut last = "(";
    for token in tokens(text) {
        if token != ")" && last != "(" {
            normal.push(' ');
        }
        match operator(token) {
            // The expression that took the place of the identifier has an exception already.
            Some("WITH") if successor(last).is_some() => return None,
            Some(operator) => normal.push_str(operator),
            None if matches!(token, "(" | ")") || is_term(token) => {
                normal.push_str(successor(token).unwrap_or(token));
            }
            None => return None,
        }
        last = token;
    }
    (!normal.is_empty()).then_some(normal)
}

/// Words and parentheses.
fn tokens(text: &str) -> impl Iterator<Item = &str> {
    text.split_whitespace()
        .flat_map(|word| word.split_inclusive(['(', ')']))
        .flat_map(|piece| {
            let end = piece.strip_suffix(['(', ')']).map_or(piece.len(), str::len);
            let (word, parenthesis) = piece.split_at_checked(end).unwrap_or((piece, ""));
            [word, parenthesis]
        })
        .filter(|token| !token.is_empty())
}

fn operator(token: &str) -> Option<&'static str> {
    ["AND", "OR", "WITH"]
        .into_iter()
        .find(|operator| operator.eq_ignore_ascii_case(token))
}

/// True for an operand: an identifier, or a reference within the document. A reference to another
/// document (`DocumentRef-…:`) would need that document's digest, and `AdditionRef-…` came with SPDX 3.
fn is_term(token: &str) -> bool {
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '+');
    token.starts_with(|c: char| c.is_ascii_alphanumeric())
        && token.chars().all(allowed)
        && !token.starts_with("AdditionRef-")
}

/// The reference for a licence text: the same text has the same reference in every document.
pub(crate) fn reference(words: &str) -> String {
    let plain = Plain(words).to_string();
    let hash = short_hash(words);
    if plain.is_empty() {
        format!("{REFERENCE}{hash}")
    } else {
        format!("{REFERENCE}{plain}-{hash}")
    }
}

/// The licences of a document that are not on the SPDX list, by reference (SPDX 2.3 clause 10).
#[derive(Debug, Default)]
pub(crate) struct Extracted<'g>(BTreeMap<Cow<'g, str>, Words<'g>>);

/// What is known of a licence outside the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Words<'g> {
    /// What packages call it.
    pub(crate) name: &'g str,
    /// Its text.
    pub(crate) text: &'g str,
}

impl<'g> Extracted<'g> {
    /// Those that the packages of a document refer to.
    pub(crate) fn of(bom: &Bom<'g>) -> Self {
        let mut all = Self::default();
        let concluded = bom.tables.statements.into_iter().flat_map(NodeMap::iter);
        for license in concluded.filter_map(|(_, it)| it.license.as_ref()) {
            if expression(license).is_some() {
                all.add_references(license.text(), &[]);
            }
        }
        for node in bom.graph.nodes() {
            let component = node.component();
            let [license] = component.licenses.known().map_or(&[][..], |it| it) else {
                continue;
            };
            let details = component.details.as_deref();
            let texts = details.map_or(&[][..], |it| &it.license_texts);
            match (license, expression(license)) {
                (License::Id(_), Some(_)) => {}
                (_, Some(_)) => all.add_references(license.text(), texts),
                (_, None) => {
                    let name = license.text();
                    let text = text_of(name, texts).unwrap_or(name);
                    all.add(reference(name).into(), Words { name, text });
                }
            }
        }
        all
    }

    fn add_references(&mut self, expression: &'g str, texts: &'g [(Text, Text)]) {
        for name in tokens(expression).filter(|it| it.starts_with(REFERENCE)) {
            let text = text_of(name, texts).unwrap_or(ELSEWHERE);
            self.add(name.into(), Words { name, text });
        }
    }

    /// The first text of a licence counts.
    fn add(&mut self, id: Cow<'g, str>, words: Words<'g>) {
        let known = self.0.entry(id).or_insert(words);
        if known.text == ELSEWHERE || known.text == known.name {
            *known = words;
        }
    }

    /// True when the document has this text for a licence of this name.
    pub(crate) fn holds(&self, name: &str, text: &str) -> bool {
        let found = if name.starts_with(REFERENCE) {
            self.0.get(name)
        } else {
            self.0.get(&*reference(name))
        };
        found.is_some_and(|it| it.text == text)
    }

    /// The references of an expression to licences outside the list, each once.
    pub(crate) fn references(expression: &str) -> impl Iterator<Item = &str> {
        let all: BTreeSet<&str> = tokens(expression)
            .filter(|it| it.starts_with(REFERENCE))
            .collect();
        all.into_iter()
    }

    /// Each with its words.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, Words<'g>)> {
        self.0.iter().map(|(id, words)| (&**id, *words))
    }

    /// True when all licences are on the list.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// The text of a licence among those that a package has.
fn text_of<'g>(name: &str, texts: &'g [(Text, Text)]) -> Option<&'g str> {
    let found = texts.iter().find(|(it, _)| **it == *name);
    found.map(|(_, text)| &**text)
}

/// What our own writer means by a licence outside the list: what packages call it, where that differs from the identifier, and its
/// text, where it is known and differs from that.
pub(crate) fn words_of<'t>(
    id: &str,
    name: Option<&'t str>,
    text: &'t str,
) -> (Option<&'t str>, Option<&'t str>) {
    let is_ours = |it: &&str| *it != ELSEWHERE && reference(it) == id;
    let called = name.into_iter().chain([text]).find(is_ours);
    let is_text = text != ELSEWHERE && !text.is_empty() && Some(text) != called;
    (called, is_text.then_some(text))
}

/// One licence outside the list.
#[derive(serde::Serialize)]
#[serde(rename_all = "camelCase")]
struct ExtractedLicense<'g> {
    license_id: &'g str,
    extracted_text: &'g str,
    name: &'g str,
}

impl Serialize for Extracted<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter().map(|(id, words)| ExtractedLicense {
            license_id: id,
            extracted_text: words.text,
            name: words.name,
        }))
    }
}

#[cfg(test)]
mod tests;
