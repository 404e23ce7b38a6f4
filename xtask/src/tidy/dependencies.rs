//! Every crate from outside is named, with its reason, in the architecture text.

use std::collections::BTreeSet;

use super::Violation;
use super::packages::Package;

/// The page that gives the reasons.
pub(super) const ARCHITECTURE: &str = "crates/README.md";

/// Dependencies from outside that `architecture` does not name in backticks; each is reported once.
pub(super) fn named(packages: &[Package], architecture: &str) -> Vec<Violation> {
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for package in packages {
        let unnamed = |name: &str| !architecture.contains(&format!("`{name}`"));
        for it in package
            .dependencies
            .iter()
            .filter(|it| !it.own && unnamed(&it.name))
        {
            if seen.insert(&it.name) {
                let message = format!(
                    "`{}` comes from outside; name it with its reason in {ARCHITECTURE}",
                    it.name
                );
                found.push(Violation::new(
                    &package.manifest,
                    package.line_of(it),
                    message,
                ));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests;
