//! One approvals file as it is written. What several of them say together is for `list` to say.

mod denied;
mod extends;
mod packages;
mod reviews;

use bomtrail_graph::{Diagnostic, Hash};
use jsonc_parser::ast::Value;
use jsonc_parser::common::Ranged;

use crate::json::Page;
use crate::key::Key;
use bomtrail_graph::Date;
use bomtrail_version::Scheme;

/// The only version there is.
const VERSION: &str = "1";

/// A file that one file extends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extends {
    /// A path relative to the file, or a URL.
    pub reference: String,
    /// What the file's SHA-512 must be.
    pub integrity: Option<Hash>,
    /// The packages about which it is not heard.
    pub exclude: Vec<Key>,
    /// The line it stands on, from 1.
    pub line: usize,
}

/// An approved package, with one version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Package {
    pub(crate) key: Key,
    pub(crate) author: Option<String>,
    pub(crate) version: String,
    pub(crate) line: usize,
}

/// A refusal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Denial {
    /// Which package.
    pub key: Key,
    pub(crate) author: Option<String>,
    /// The versions it is about (for git also beginnings of commits); with no ranges either: all.
    pub versions: Vec<String>,
    /// The npm ranges it is about.
    pub ranges: Vec<String>,
    /// Why, in a word.
    pub reason: Option<String>,
    /// Why, in a sentence.
    pub note: Option<String>,
    /// Who said so.
    pub by: Vec<Reviewer>,
    /// When.
    pub on: Option<Date>,
    /// What to use in its place.
    pub use_instead: Option<String>,
    /// The line it stands on, from 1.
    pub line: usize,
}

impl Denial {
    /// True when it is about that version, or about all.
    pub(crate) fn names(&self, version: &str) -> bool {
        let scheme = Scheme::of_type(self.key.package_type());
        let blocks = |range: &String| scheme.is_some_and(|it| it.blocks(range, version));
        (self.versions.is_empty() && self.ranges.is_empty())
            || self.versions.iter().any(|it| it == version)
            || self.ranges.iter().any(blocks)
    }
}

/// Who reviewed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reviewer {
    /// The name.
    pub name: String,
    /// The e-mail address.
    pub email: Option<String>,
    /// `person`, `org` or `agent`.
    pub kind: Option<String>,
}

/// How an approval was reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Basis {
    /// All of it was read.
    Full,
    /// What changed since an approved version was read.
    Delta,
    /// Someone else's review was taken over.
    Imported,
    /// It was there when the list was started; nobody read it.
    Bulk,
    /// It was let through for the time being.
    Exemption,
}

impl Basis {
    /// Every basis with its name in the file.
    pub const NAMES: [(Self, &'static str); 5] = [
        (Self::Full, "full"),
        (Self::Delta, "delta"),
        (Self::Imported, "imported"),
        (Self::Bulk, "bulk"),
        (Self::Exemption, "exemption"),
    ];

    /// The name used in the file.
    pub fn name(self) -> &'static str {
        Self::NAMES
            .iter()
            .find(|(it, _)| *it == self)
            .map_or("", |(_, name)| name)
    }
}

/// What a package is used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Use {
    /// In the product.
    Prod,
    /// To develop, build or test it.
    Dev,
}

impl Use {
    /// Every use with its name in the file.
    pub const NAMES: [(Self, &'static str); 2] = [(Self::Prod, "prod"), (Self::Dev, "dev")];

    /// The name used in the file.
    pub fn name(self) -> &'static str {
        match self {
            Self::Prod => "prod",
            Self::Dev => "dev",
        }
    }
}

/// What is on record about an approved version.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Review {
    /// Digests of what was reviewed; the package's must be among them. Empty: any bytes.
    pub integrity: Vec<Hash>,
    /// Who reviewed.
    pub by: Vec<Reviewer>,
    /// When.
    pub on: Option<Date>,
    /// The last day it holds.
    pub expires: Option<Date>,
    /// How it was reached.
    pub basis: Option<Basis>,
    /// The version it was compared with.
    pub from: Option<String>,
    /// What it was reviewed against.
    pub criteria: Vec<String>,
    /// What it may be used for; empty: anything.
    pub scope: Vec<Use>,
    /// Whether its install scripts may run.
    pub install_scripts: Option<bool>,
    /// What was noted.
    pub note: Option<String>,
    /// Where to read more.
    pub refs: Vec<String>,
}

/// A review and the version it is of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reviewed {
    /// Which package.
    pub key: Key,
    pub(crate) author: Option<String>,
    /// Which version.
    pub version: String,
    /// What is on record.
    pub review: Review,
    /// The line it stands on, from 1.
    pub line: usize,
}

/// An approvals file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// The files it extends.
    pub extends: Vec<Extends>,
    pub(crate) packages: Vec<Package>,
    /// What it refuses.
    pub denied: Vec<Denial>,
    /// What is on record.
    pub reviews: Vec<Reviewed>,
}

impl Document {
    /// Reads the text of a file; `path` is what messages call it. Fails with all that is wrong, each with line and column.
    pub(crate) fn parse(path: &str, text: &str) -> Result<Self, Vec<Diagnostic>> {
        let mut page = Page::new(path, text.strip_prefix('\u{feff}').unwrap_or(text));
        let mut document = Self::default();
        if let Some(object) = page.object() {
            const KNOWN: [&str; 5] = ["version", "extends", "packages", "denied", "reviews"];
            let mut versioned = false;
            for (name, _, value) in page.properties(&object, Some(&KNOWN)) {
                match name {
                    "version" => {
                        versioned = true;
                        check_version(&mut page, value);
                    }
                    "extends" => document.extends = extends::read(&mut page, value),
                    "packages" => document.packages = packages::read(&mut page, value),
                    "denied" => document.denied = denied::read(&mut page, value),
                    _ => document.reviews = reviews::read(&mut page, value),
                }
            }
            if !versioned {
                let message = "`version` is missing".to_owned();
                page.wrong(object.range.start, message, Some("write `\"version\": 1`"));
            }
        }
        if page.problems.is_empty() {
            Ok(document)
        } else {
            Err(page.problems)
        }
    }
}

fn check_version(page: &mut Page<'_>, value: &Value<'_>) {
    if !matches!(value, Value::NumberLit(number) if number.value == VERSION) {
        let help = "a newer bomtrail may know it; this one does not guess";
        page.wrong(
            value.range().start,
            "`version` must be the number 1".to_owned(),
            Some(help),
        );
    }
}

#[cfg(test)]
mod tests;
