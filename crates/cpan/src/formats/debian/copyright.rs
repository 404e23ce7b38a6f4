//! What `usr/share/doc/PACKAGE/copyright` states about a package in the machine-readable form (DEP-5): the name of the software,
//! where it is from, and the licence of its files.

use bomtrail_graph::{Fact, Files, License, Licenses};

use super::status::paragraphs;
use crate::formats::text;

/// The facts that are used.
#[derive(Debug, Default)]
pub(super) struct Copyright {
    /// The distribution that the address of the source names.
    pub(super) distribution: Option<String>,
    /// True when the file names CPAN.
    pub(super) is_of_cpan: bool,
    /// The licence of most files.
    pub(super) licenses: Fact<Licenses>,
}

/// How Debian writes the licence of Perl, in lower case.
const PERL: [&str; 4] = [
    "artistic or gpl-1+",
    "gpl-1+ or artistic",
    "artistic or gpl-1",
    "gpl-1 or artistic",
];

/// The names of Debian for licences that SPDX names otherwise.
const NAMES: [(&str, &str); 10] = [
    ("expat", "MIT"),
    ("gpl-1+", "GPL-1.0-or-later"),
    ("gpl-2", "GPL-2.0-only"),
    ("gpl-2+", "GPL-2.0-or-later"),
    ("gpl-3", "GPL-3.0-only"),
    ("gpl-3+", "GPL-3.0-or-later"),
    ("lgpl-2.1", "LGPL-2.1-only"),
    ("lgpl-2.1+", "LGPL-2.1-or-later"),
    ("artistic-2.0", "Artistic-2.0"),
    ("isc", "ISC"),
];

/// Reads the file of a package.
pub(super) fn read(files: &dyn Files, folder: &str) -> Copyright {
    let bytes = files
        .read(&[folder, "/copyright"].concat())
        .unwrap_or_default();
    let (text, _) = text::decode(&bytes);
    let is_of_cpan = text.contains("cpan.org");
    let paragraphs = paragraphs(&text);
    let Some(head) = paragraphs.first().filter(|it| it.contains_key("format")) else {
        return Copyright {
            is_of_cpan,
            ..Copyright::default()
        };
    };
    let of_all = paragraphs
        .iter()
        .find(|it| it.get("files").is_some_and(|it| it == "*"));
    let stated = of_all.and_then(|it| it.get("license"));
    Copyright {
        is_of_cpan,
        distribution: head.get("source").and_then(|it| distribution(it)),
        licenses: stated.map_or(Fact::Unknown, |it| license(it)),
    }
}

/// The distribution in an address of the pages of CPAN: `…/release/NAME`, `…/dist/NAME`.
fn distribution(address: &str) -> Option<String> {
    let mut parts = address.trim_end_matches('/').split('/');
    parts.find(|it| matches!(*it, "release" | "dist"))?;
    let name = parts.next()?;
    let is_name = name.starts_with(|it: char| it.is_ascii_alphabetic());
    let plain = |it: char| it.is_ascii_alphanumeric() || matches!(it, '-' | '_' | '.' | '+');
    (is_name && name.chars().all(plain) && parts.next().is_none()).then(|| name.to_owned())
}

fn license(stated: &str) -> Fact<Licenses> {
    let lower = stated.to_ascii_lowercase();
    let known = NAMES.iter().find(|(it, _)| *it == lower);
    let name = if PERL.contains(&&*lower) {
        "Artistic-1.0-Perl OR GPL-1.0-or-later"
    } else {
        known.map_or(stated, |(_, name)| name)
    };
    License::declared(name).map_or(Fact::Unknown, |it| Fact::Known([it].into()))
}
