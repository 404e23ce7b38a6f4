//! One approvals file. What several of them say together is in [`crate::List`].

mod denied;
mod extends;
mod packages;
mod reviews;

use bomtrail_document::{Page, Table, Value};
use bomtrail_graph::Diagnostics;

use crate::diags;
use crate::entry::{Denial, Extends, Package, Review, Reviewed};
use crate::key::{NameError, Stated};
use crate::version;

/// The only version of the format.
const VERSION: u32 = 1;
/// The keys of a file.
const KNOWN: [&str; 5] = ["version", "extends", "packages", "denied", "reviews"];

/// An approvals file: read with [`crate::parse`], or made in memory.
///
/// ```
/// # use bomtrail_approvals::{Denial, Document, List};
/// let document = Document::default()
///     .approve("lodash", "4.17.21")?
///     .deny(Denial::of("event-stream@3.3.6")?);
/// let list = List::of("in memory", &document);
/// assert_eq!(list.len(), 1);
/// # Ok::<(), bomtrail_approvals::NameError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Document {
    /// The files it extends.
    pub extends: Vec<Extends>,
    pub(crate) packages: Vec<Package>,
    /// What it denies.
    pub denied: Vec<Denial>,
    /// What it records about approved versions.
    pub reviews: Vec<Reviewed>,
}

impl Document {
    /// Approves one exact version of a package; for git the commit.
    ///
    /// # Errors
    /// [`NameError`] when `name` does not name a package, or `version` is not one exact version.
    pub fn approve(mut self, name: &str, version: &str) -> Result<Self, NameError> {
        let Stated { key, author, .. } = Stated::parse(name)?;
        if let Some(why) = version::inexact(key.package_type(), key.is_git(), version) {
            let version = version.to_owned();
            return Err(NameError::Inexact { version, why });
        }
        self.packages.push(Package {
            key,
            author,
            version: version.to_owned(),
            line: 0,
        });
        Ok(self)
    }

    /// Denies a package.
    #[must_use]
    pub fn deny(mut self, denial: Denial) -> Self {
        self.denied.push(denial);
        self
    }

    /// Records a review of the version that a Package URL names. It approves nothing by itself.
    ///
    /// # Errors
    /// [`NameError`] when `purl` is not a Package URL with a version.
    pub fn review(mut self, purl: &str, review: Review) -> Result<Self, NameError> {
        let stated = Stated::parse(purl)?;
        self.reviews.push(Reviewed {
            version: stated.version.ok_or(NameError::NoVersion)?,
            key: stated.key,
            author: stated.author,
            review,
            line: 0,
        });
        Ok(self)
    }

    /// Reads the text of a file; `path` is its name in messages. Fails with every problem, each with line and column.
    pub(crate) fn parse(path: &str, text: &str) -> Result<Self, Diagnostics> {
        let mut page = Page::new(path, text, diags::CODES);
        let document = page.json().and_then(|it| Self::read(&mut page, &it));
        page.finish(document.unwrap_or_default())
    }

    /// Reads the value of a whole file.
    pub(crate) fn read<'t>(page: &mut Page<'t>, value: &Value<'t>) -> Option<Self> {
        let mut table = Table::document(page, value)?;
        table.only_or_own(&KNOWN);
        match table.get("version") {
            None => table
                .page
                .missing_key("version", table.start, "write `\"version\": 1`"),
            Some(it) if it.as_count() == Some(VERSION) => {}
            Some(it) => {
                let help = "a newer bomtrail may support it";
                let message = "`version` must be the number 1";
                table.page.wrong(it.start, message, Some(help));
            }
        }
        Some(Self {
            extends: extends::read(&mut table),
            packages: packages::read(&mut table),
            denied: denied::read(&mut table),
            reviews: reviews::read(&mut table),
        })
    }
}

#[cfg(test)]
mod tests;
