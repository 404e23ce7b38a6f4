//! A package of the dictionary of all SBOMs.

use bomtrail_graph::{Fact, License, NodeRef};

/// A package version: its identity, and what SBOMs state about it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Package {
    /// What names it: the decoded Package URL, or its place where it has none.
    pub(crate) reference: String,
    /// The Package URL.
    pub(crate) purl: Option<String>,
    /// The type of the Package URL.
    pub(crate) kind: Option<String>,
    /// Full name, as the ecosystem writes it.
    pub(crate) name: String,
    pub(crate) version: Option<String>,
    /// The declared licences; several are joined with `; `.
    pub(crate) license: Option<String>,
    /// The message of a deprecated package.
    pub(crate) deprecated: Option<String>,
    /// True for someone else's package.
    pub(crate) is_dependency: bool,
}

impl Package {
    pub(crate) fn of(node: NodeRef<'_>) -> Self {
        let component = node.component();
        let details = component.details.as_deref();
        let deprecated = details.and_then(|it| it.deprecated.as_deref());
        let purl = node.purl();
        Self {
            reference: node.reference().into_owned(),
            purl: purl.map(|it| it.as_str().to_owned()),
            kind: purl.map(|it| it.package_type().to_owned()),
            name: node.name().to_owned(),
            version: node.version().map(str::to_owned),
            license: license(&component.licenses),
            deprecated: deprecated.map(str::to_owned),
            is_dependency: !component.role.is_first_party() && !node.is_root(),
        }
    }
}

/// Several licences without an operator may mean either.
fn license(licenses: &Fact<Box<[License]>>) -> Option<String> {
    let known = licenses.known().filter(|it| !it.is_empty())?;
    let texts: Vec<&str> = known.iter().map(License::text).collect();
    Some(texts.join("; "))
}
