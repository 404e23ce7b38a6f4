//! What a Cargo package is: where it comes from, its Package URL and its facts. Reads no files.

pub(crate) mod facts;
pub(crate) mod source;

use bomtrail_graph::{
    Component, Ecosystem, Flags, Fragment, Kind, Link, LocalId, Origin, Purl, Role, Target,
};

use self::facts::Facts;
use self::source::Source;

/// A package of a workspace or at a path.
pub(crate) struct OwnPackage<'a> {
    pub(crate) name: &'a str,
    pub(crate) version: Option<&'a str>,
    /// Its folder.
    pub(crate) place: &'a str,
    pub(crate) role: Role,
    /// `None` where no manifest was read.
    pub(crate) facts: Option<&'a Facts>,
}

impl OwnPackage<'_> {
    /// Its component. A root or a member that may be published has the Package URL of a published package.
    pub(crate) fn component(&self) -> Component {
        let role = self.role;
        let is_published = matches!(role, Role::Root | Role::Member)
            && self.facts.is_some_and(Facts::may_be_published);
        let kind = if is_published { "cargo" } else { "generic" };
        let mut component = component(self.name, self.version).with(|it| {
            it.purl = purl(kind, self.name, self.version);
            it.place = self.place.into();
            it.kind = if role == Role::Root {
                Kind::Application
            } else {
                Kind::Library
            };
            it.role = role;
            it.origin = Origin::Directory;
        });
        if let Some(facts) = self.facts {
            facts.describe(&mut component);
        }
        component
    }
}

/// Makes the packages of a workspace the project: one of them is its root, and several are below a root that has the name of
/// the folder.
pub(crate) fn add_roots(fragment: &mut Fragment, members: &[LocalId], folder: Option<&str>) {
    if members.len() < 2 {
        fragment.roots = members.to_vec();
        return;
    }
    let name = folder.unwrap_or("project");
    let mut root = component(name, None).with(|it| {
        it.purl = purl("generic", name, None);
        it.kind = Kind::Application;
        it.role = Role::Root;
        it.origin = Origin::Directory;
    });
    root.flags.set(Flags::PRIVATE, true);
    if let Some(root) = fragment.add(root) {
        let links = members.iter().map(|it| Link::new(root, Target::Here(*it)));
        fragment.links.extend(links);
        fragment.roots = vec![root];
    }
}

/// The place and the part of a package of the workspace in `folder`; `is_alone` where it is the only one.
pub(crate) fn member_at(folder: &str, is_alone: bool) -> (&str, Role) {
    match folder {
        folder if is_alone => (folder, Role::Root),
        // The root that has the name of the folder is at the empty place.
        "" => (".", Role::Member),
        folder => (folder, Role::Member),
    }
}

/// A package from elsewhere at `place`.
pub(crate) fn dependency(name: &str, version: &str, place: &str, source: &Source) -> Component {
    component(name, Some(version)).with(|it| {
        it.purl = dependency_purl(name, version, source);
        it.place = place.into();
        it.kind = Kind::Library;
        it.role = Role::Dependency;
        it.origin = source.origin();
        it.source = source.address().map(Into::into);
    })
}

fn component(name: &str, version: Option<&str>) -> Component {
    Component::new(name).with(|it| {
        it.version = version.map(Into::into);
        it.ecosystem = Ecosystem::of_type("cargo");
    })
}

/// A package whose registry cannot be named must not look like one of the public registry.
fn dependency_purl(name: &str, version: &str, source: &Source) -> Option<Purl> {
    let plain = purl("cargo", name, Some(version))?;
    match source {
        Source::Registry => Some(plain),
        Source::OtherRegistry(Some(address)) => {
            plain.with_qualifier("repository_url", address).ok()
        }
        Source::Git { location, .. } => plain.with_qualifier("vcs_url", location).ok(),
        Source::OtherRegistry(None) | Source::Unknown => purl("generic", name, Some(version)),
    }
}

fn purl(kind: &str, name: &str, version: Option<&str>) -> Option<Purl> {
    let version = version.unwrap_or_default();
    Purl::build(kind, name).version(version).finish().ok()
}
