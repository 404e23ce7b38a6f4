//! The ecosystems whose versions can be evaluated, by the names that feeds and Package URLs have for them.

use bomtrail_graph::{NodeRef, Purl};

/// Names in OSV, and the Package URL types.
const OSV: [(&str, &str); 2] = [("npm", "npm"), ("crates.io", "cargo")];

/// The Package URL types that are evaluated.
pub(crate) const EVALUATED: [&str; 3] = ["cargo", CPAN, "npm"];

/// The type of CPAN's distributions.
pub(crate) const CPAN: &str = "cpan";

/// The Package URL type of an ecosystem of OSV, which may have a suffix (`Debian:12`); `None` for one that is not evaluated.
pub(crate) fn of_osv(name: &str) -> Option<&'static str> {
    let name = name.split(':').next().unwrap_or_default();
    let found = OSV.iter().find(|(it, _)| *it == name);
    found.map(|(_, package_type)| *package_type)
}

/// The name that feeds have for a package: `@scope/name` for npm, the distribution for CPAN.
pub(crate) fn feed_name(purl: &Purl) -> String {
    let name = purl.name().into_owned();
    match purl.namespace().filter(|_| purl.package_type() == "npm") {
        Some(scope) => [&*scope, "/", &name].concat(),
        None => name,
    }
}

/// The version of a node: the one of its Package URL, else the one of its input.
pub(crate) fn version(node: NodeRef<'_>) -> Option<String> {
    let stated = node.purl().and_then(Purl::version);
    let stated = stated.map(std::borrow::Cow::into_owned);
    stated.or_else(|| node.version().map(str::to_owned))
}
