//! One decision, as its file has it.

use bomtrail_graph::{Date, Justification, Purl, VexStatus};
use bomtrail_version::{Scheme, cargo, cpan, npm};

use crate::ecosystem::feed_name;

/// What a decision depends on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Conditions {
    /// It counts while only development needs the package.
    pub develop_only: bool,
    /// It counts while every chain that leads to the package goes through one of these packages; empty for any chain.
    pub via: Vec<Purl>,
}

/// A decision about one advisory and one package.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Decision {
    /// The id of the advisory, or one of its aliases.
    pub advisory: String,
    /// The package, without a version.
    pub package: Purl,
    /// The versions, as one of them or a range; `None` for all.
    pub versions: Option<String>,
    /// What was decided.
    pub status: VexStatus,
    /// Why the product is not affected.
    pub why: Option<Justification>,
    /// The reason, in the words of who decided.
    pub reason: String,
    /// What users are to do about an affected product.
    pub action: Option<String>,
    /// What it depends on.
    pub conditions: Conditions,
    /// The day of the decision.
    pub decided: Option<Date>,
    /// Who decided.
    pub by: Option<String>,
    /// The last day on which it counts.
    pub until: Option<Date>,
    /// Its line in the file, from 1; 0 where it was made in memory.
    pub line: usize,
}

impl Decision {
    /// A decision with a reason, about all versions of a package.
    pub fn new(advisory: &str, package: Purl, status: VexStatus, reason: &str) -> Self {
        Self {
            advisory: advisory.to_owned(),
            package,
            versions: None,
            status,
            why: None,
            reason: reason.to_owned(),
            action: None,
            conditions: Conditions::default(),
            decided: None,
            by: None,
            until: None,
            line: 0,
        }
    }

    /// Sets fields by name. A field that a later version adds keeps its default.
    #[must_use]
    pub fn with(mut self, set: impl FnOnce(&mut Self)) -> Self {
        set(&mut self);
        self
    }

    /// True when it is about a version of a package, which may have an author or an address that the decision leaves open only
    /// for CPAN.
    pub fn is_about(&self, package: &Purl, version: &str) -> bool {
        is_same_package(&self.package, package) && self.covers(version)
    }

    /// True when it is about a version.
    pub(crate) fn covers(&self, version: &str) -> bool {
        let Some(versions) = &self.versions else {
            return true;
        };
        if versions == version {
            return true;
        }
        match Scheme::of_type(self.package.package_type()) {
            Some(Scheme::Cargo) => {
                // One version is not a range from it on.
                let is_range = versions.contains(['<', '>', '=', '^', '~', '*']);
                is_range && cargo::satisfies(version, versions)
            }
            Some(Scheme::Npm) => npm::satisfies(version, versions),
            Some(Scheme::Cpan) => cpan::Version::parse(version).is_some_and(|it| {
                // One version is not a range from it on.
                let is_range = versions.contains(['<', '>', '=', '!']);
                is_range && cpan::Range::parse(versions).is_ok_and(|range| range.accepts(&it))
            }),
            None => false,
        }
    }

    /// True when it is about a core module of Perl.
    pub(crate) fn is_about_module(&self, distribution: &str, version: &str) -> bool {
        self.package.package_type() == "cpan"
            && feed_name(&self.package) == distribution
            && self.covers(version)
    }
}

/// True for two Package URLs of one package, whatever their versions.
fn is_same_package(wanted: &Purl, found: &Purl) -> bool {
    let same =
        wanted.package_type() == found.package_type() && feed_name(wanted) == feed_name(found);
    if wanted.package_type() == "cpan" {
        let authors = wanted.cpan_author().zip(found.cpan_author());
        return same && authors.is_none_or(|(wanted, found)| wanted == found);
    }
    same && wanted.namespace() == found.namespace() && wanted.qualifiers().eq(found.qualifiers())
}
