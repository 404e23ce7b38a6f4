//! One component of a document, as a draft: its facts, and what is only decided when all components are read.

mod license;
mod people;
mod references;

use bomtrail_document::{Object, Session};
use bomtrail_graph::{Component, Ecosystem, Hash, HashAlgorithm, Kind, Purl, Scope};

use super::draft::Draft;
use super::properties;
use crate::diags;
use crate::name::full_name;

/// Fields of a component that are kept or used, in the order in which most documents have them.
const KEPT: [&str; 22] = [
    "type",
    "bom-ref",
    "isExternal",
    "supplier",
    "manufacturer",
    "authors",
    "author",
    "group",
    "name",
    "version",
    "versionRange",
    "description",
    "scope",
    "hashes",
    "licenses",
    "copyright",
    "cpe",
    "purl",
    "pedigree",
    "externalReferences",
    "properties",
    "components",
];

/// Reads one component; the caller reads those nested in it.
pub(super) fn read<'v>(object: &Object<'v>, session: &mut Session<'_>) -> Draft<'v> {
    let mut draft = Draft {
        pointer: object.pointer().clone(),
        ..Draft::default()
    };
    object.rest("components", &KEPT, session);
    let group = object.text("group", session);
    let name = object.text("name", session).unwrap_or_default();
    draft.component.name = full_name(group, name).into();
    draft.component.version = object.text("version", session).map(Into::into);
    draft.component.kind = kind(object, session);
    draft.scope = scope(object, session);
    draft.reference = object.text("bom-ref", session);
    draft.component.purl = purl(object, session);
    draft.component.ecosystem = draft
        .component
        .purl
        .as_ref()
        .and_then(|it| Ecosystem::of_type(it.package_type()));
    check_agreement(object, &draft.component, name, session);
    draft.component.hashes = hashes(object, session).into();
    if let Some(text) = object.text("description", session) {
        draft.component.details_mut().description = Some(text.into());
    }
    license::take(object, &mut draft.component, session);
    people::take(object, &mut draft.component, session);
    people::organisations(object, &mut draft.component, session);
    if let Some(text) = object.text("copyright", session) {
        draft.component.details_mut().copyright = Some(text.into());
    }
    if let Some(text) = object.text("cpe", session) {
        draft.component.details_mut().cpes.push(text.into());
    }
    references::take(object, &mut draft.component, session);
    references::external(object, &mut draft.component, session);
    for property in object.objects("properties", session) {
        let name = property.text("name", session).unwrap_or_default();
        let value = property.text("value", session).unwrap_or_default();
        properties::take(&mut draft, name, value);
    }
    references::patches(object, &mut draft, session);
    draft
}

fn kind(object: &Object<'_>, session: &mut Session<'_>) -> Kind {
    let Some(text) = object.text("type", session) else {
        return Kind::Library;
    };
    let kinds = [
        Kind::Application,
        Kind::Library,
        Kind::Platform,
        Kind::Framework,
        Kind::File,
    ];
    kinds
        .into_iter()
        .find(|it| it.name() == text)
        .unwrap_or_else(|| {
            session.unkept(&format!("type `{text}` of components"));
            Kind::Other
        })
}

fn scope(object: &Object<'_>, session: &mut Session<'_>) -> Option<Scope> {
    let text = object.text("scope", session)?;
    let scopes = [Scope::Required, Scope::Optional, Scope::Excluded];
    scopes.into_iter().find(|it| it.name() == Some(text))
}

fn purl(object: &Object<'_>, session: &mut Session<'_>) -> Option<Purl> {
    let text = object.text("purl", session).filter(|it| !it.is_empty())?;
    match Purl::normalize(text) {
        Ok(purl) => Some(purl),
        Err(error) => {
            let place = object.at("purl");
            session.tell(diags::bad_purl(
                session.path(),
                &place,
                text,
                &error.to_string(),
            ));
            None
        }
    }
}

/// Reports a Package URL that names another package than `name` and `version`: programs that match by one or the other would
/// disagree.
fn check_agreement(
    object: &Object<'_>,
    component: &Component,
    name: &str,
    session: &mut Session<'_>,
) {
    let Some(purl) = &component.purl else { return };
    let last = |text: &str| {
        text.rsplit(['/', ':'])
            .next()
            .unwrap_or_default()
            .to_lowercase()
    };
    let plain = |text: &str| last(text).replace(['_', '.'], "-");
    let version = component.version.as_deref().filter(|it| !it.is_empty());
    let stated = purl.name();
    let names_differ = stated != name && !name.is_empty() && plain(&stated) != plain(name);
    let versions_differ = purl
        .version()
        .zip(version)
        .is_some_and(|(a, b)| a.trim_start_matches('v') != b.trim_start_matches('v'));
    if names_differ || versions_differ {
        let stated = match version {
            Some(version) => format!("{}@{version}", component.name),
            None => component.name.to_string(),
        };
        let place = object.at("purl");
        session.tell(diags::purl_disagrees(
            session.path(),
            &place,
            purl.as_str(),
            &stated,
        ));
    }
}

/// The hashes of a component or of what it refers to.
fn hashes(object: &Object<'_>, session: &mut Session<'_>) -> Vec<Hash> {
    let mut hashes = Vec::new();
    for item in object.objects("hashes", session) {
        let Some(name) = item.text("alg", session) else {
            continue;
        };
        let content = item.text("content", session).unwrap_or_default();
        let Some(algorithm) = HashAlgorithm::from_name(name) else {
            session.unkept(&format!("`{name}` hashes"));
            continue;
        };
        if let Some(hash) = Hash::from_hex(algorithm, content) {
            hashes.push(hash);
        } else if matches!(content.len(), 32 | 40 | 64 | 96 | 128) {
            // Other lengths are not valid for any algorithm, and reported as such.
            let place = item.at("content");
            session.tell(diags::bad_hash(session.path(), &place, algorithm, content));
        }
    }
    hashes
}
