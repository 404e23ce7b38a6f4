//! The product of a project with several roots: one component above them, so that its documents have one main component.

use bomtrail_graph::{
    Completeness, Component, Files, Fragment, Kind, Origin, ProductFacts, ProductKey, Purl, Role,
};

use crate::source::ProjectFiles;

/// A component that depends on what it is made of, all of which is known.
pub(crate) fn above(name: &str, version: Option<&str>, kind: Kind) -> Component {
    let purl = Purl::build("generic", name).version(version.unwrap_or_default());
    Component::new(name).with(|it| {
        it.version = version.map(Into::into);
        it.purl = purl.finish().ok();
        it.kind = kind;
        it.role = Role::Root;
        it.origin = Origin::Unknown;
        it.dependencies = Completeness::Complete;
    })
}

/// The product as `bomtrail.toml` names it, else the folder; `None` for files without a folder.
pub(crate) fn of(files: &ProjectFiles, stated: Option<&ProductFacts>) -> Option<Component> {
    let text = |key| stated.and_then(|it| it.text(key));
    let name = text(ProductKey::Name).or_else(|| files.folder_name())?;
    let kind = stated.and_then(ProductFacts::kind);
    Some(above(
        name,
        text(ProductKey::Version),
        kind.unwrap_or(Kind::Application),
    ))
}

/// True for roots that are not all one package.
pub(crate) fn has_several(fragments: &[Fragment]) -> bool {
    let roots = fragments.iter().flat_map(|it| {
        it.roots
            .iter()
            .filter_map(|id| it.components.get(id.index()))
    });
    let mut identities = roots.map(|it| it.purl.as_ref().map(Purl::identity));
    let first = identities.next();
    identities.any(|it| it.is_none() || Some(it) != first)
}
