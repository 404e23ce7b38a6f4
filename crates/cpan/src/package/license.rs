//! Licences as CPAN metadata names them: the closed list of `CPAN::Meta::Spec`, and the expressions of `x_spdx_expression`.
//! Never guesses: an identifier that names no licence stays unknown, and is kept as written in a property.

use bomtrail_graph::{Fact, License, Licenses, Text};

/// The declared licences of a distribution.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Declared {
    /// As SPDX identifiers and expressions where they name a licence.
    pub(crate) licenses: Fact<Licenses>,
    /// The statements that their translation does not match exactly.
    pub(crate) kept: Vec<Text>,
}

/// An identifier of `CPAN::Meta::Spec`, its SPDX expression, and whether the two match exactly.
const IDS: [(&str, &str, bool); 23] = [
    ("agpl_3", "AGPL-3.0-only", false),
    ("apache_1_1", "Apache-1.1", true),
    ("apache_2_0", "Apache-2.0", true),
    ("artistic_1", "Artistic-1.0", false),
    ("artistic_2", "Artistic-2.0", true),
    ("bsd", "BSD-3-Clause", true),
    ("freebsd", "BSD-2-Clause", true),
    ("gfdl_1_2", "GFDL-1.2-only", false),
    ("gfdl_1_3", "GFDL-1.3-only", false),
    ("gpl_1", "GPL-1.0-only", false),
    ("gpl_2", "GPL-2.0-only", false),
    ("gpl_3", "GPL-3.0-only", false),
    ("lgpl_2_1", "LGPL-2.1-only", false),
    ("lgpl_3_0", "LGPL-3.0-only", false),
    ("mit", "MIT", true),
    ("mozilla_1_0", "MPL-1.0", true),
    ("mozilla_1_1", "MPL-1.1", true),
    ("openssl", "OpenSSL", true),
    ("perl_5", "Artistic-1.0-Perl OR GPL-1.0-or-later", true),
    ("qpl_1_0", "QPL-1.0", true),
    ("ssleay", "SSLeay-standalone", true),
    ("sun", "SISSL", true),
    ("zlib", "Zlib", true),
];

/// The identifiers of the specifications before 2. Their `gpl`, `lgpl` and `mozilla` name no version, so no licence.
const OLD_IDS: [(&str, &str); 4] = [
    ("apache", "apache_2_0"),
    ("artistic", "artistic_1"),
    ("artistic2", "artistic_2"),
    ("perl", "perl_5"),
];

/// Identifiers that `Software::License` writes and SPDX does not have, or no longer has.
const REPAIRS: [(&str, &str); 14] = [
    ("AGPL-1.0", "AGPL-1.0-only"),
    ("AGPL-3.0", "AGPL-3.0-only"),
    ("BSD", "BSD-3-Clause"),
    ("BSD-2-Clause-FreeBSD", "BSD-2-Clause"),
    ("GFDL-1.2", "GFDL-1.2-only"),
    ("GFDL-1.3", "GFDL-1.3-only"),
    ("GPL-1.0", "GPL-1.0-only"),
    ("GPL-2.0", "GPL-2.0-only"),
    ("GPL-3.0", "GPL-3.0-only"),
    ("LGPL-2.0", "LGPL-2.0-only"),
    ("LGPL-2.1", "LGPL-2.1-only"),
    ("LGPL-3.0", "LGPL-3.0-only"),
    ("SSLeay", "SSLeay-standalone"),
    ("Artistic-1.0-perl", "Artistic-1.0-Perl"),
];

/// The licences that `license` lists, or that `expression` (`x_spdx_expression`) states better. Several ids mean that each
/// applies to some or all of the files, which is neither AND nor OR.
pub(crate) fn declared(ids: &[&str], expression: Option<&str>) -> Declared {
    if let Some(stated) = expression {
        let repaired = repaired(stated);
        if let Some(license) = License::declared(&repaired).filter(License::is_expression) {
            let kept = (repaired != stated).then(|| stated.into());
            return Declared {
                licenses: Fact::Known([license].into()),
                kept: kept.into_iter().collect(),
            };
        }
    }
    let mut declared = of_ids(ids);
    declared.kept.extend(expression.map(Into::into));
    declared
}

fn of_ids(ids: &[&str]) -> Declared {
    let mut found = Vec::new();
    let mut kept: Vec<Text> = Vec::new();
    let mut named = false;
    for id in ids {
        let lower = id.to_ascii_lowercase();
        match translated(&lower) {
            Some((expression, exact)) => {
                found.extend(License::declared(expression));
                named = true;
                if !exact {
                    kept.push((*id).into());
                }
            }
            None if matches!(&*lower, "" | "unknown") => {}
            None => {
                found.push(License::Named((*id).into()));
                kept.push((*id).into());
            }
        }
    }
    // Words that name no licence state none; next to a licence they say that there are others.
    let licenses = if named {
        Fact::Known(found.into())
    } else {
        Fact::Unknown
    };
    Declared { licenses, kept }
}

fn translated(id: &str) -> Option<(&'static str, bool)> {
    let old = OLD_IDS.iter().find(|(old, _)| *old == id);
    let id = old.map_or(id, |(_, new)| new);
    let found = IDS.iter().find(|(it, ..)| *it == id);
    found.map(|(_, expression, exact)| (*expression, *exact))
}

/// The expression with current identifiers.
fn repaired(expression: &str) -> String {
    let mut text = String::with_capacity(expression.len());
    let is_mark = |c: char| c.is_whitespace() || matches!(c, '(' | ')');
    for piece in expression.trim().split_inclusive(is_mark) {
        let word = piece.trim_end_matches(is_mark);
        text.push_str(&repaired_id(word));
        text.push_str(piece.strip_prefix(word).unwrap_or_default());
    }
    text
}

fn repaired_id(word: &str) -> String {
    let fresh = |id: &str| {
        REPAIRS
            .iter()
            .find(|(old, _)| *old == id)
            .map(|(_, new)| *new)
    };
    if let Some(id) = word.strip_suffix('+') {
        let later = fresh(id).and_then(|it| it.strip_suffix("-only"));
        if let Some(later) = later {
            return [later, "-or-later"].concat();
        }
    }
    fresh(word).unwrap_or(word).to_owned()
}

#[cfg(test)]
mod tests;
