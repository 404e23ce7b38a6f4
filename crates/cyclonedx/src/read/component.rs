//! One component of a document, as a draft: its facts, and what can only be settled when all are read.

use bomtrail_graph::{
    Component, Fact, Flags, Hash, HashAlgorithm, Kind, License, Patch, Person, Purl, Role, Scope,
    Taxonomy, Text,
};
use bomtrail_json::{Object, Session};

use super::properties;
use crate::diags;
use crate::document::full_name;
use crate::edge::unescape;
use crate::iri::is_email;
use crate::outside::{CONCLUDED, EXTERNAL, VERSION_RANGE};
use crate::provenance::ATTESTED_SOURCE;

/// What is kept of a component, or looked at.
const KEPT: [&str; 18] = [
    "type",
    "bom-ref",
    "name",
    "group",
    "version",
    "description",
    "scope",
    "hashes",
    "licenses",
    "purl",
    "externalReferences",
    "properties",
    "author",
    "authors",
    "pedigree",
    "components",
    "isExternal",
    "versionRange",
];

/// Types that the specification has and the graph has not.
const OTHER_KINDS: [&str; 9] = [
    "container",
    "operating-system",
    "device",
    "device-driver",
    "firmware",
    "machine-learning-model",
    "data",
    "cryptographic-asset",
    "other",
];

/// A component that was read.
#[derive(Default)]
pub(crate) struct Draft<'v> {
    pub(super) component: Component,
    pub(super) reference: Option<&'v str>,
    pub(super) scope: Option<Scope>,
    /// The role the document states.
    pub(super) role: Option<Role>,
    /// Whether it is a root, where the document says so.
    pub(super) is_root: Option<bool>,
    pub(super) places: Vec<Text>,
    pub(super) flags_there: Vec<(Text, Flags)>,
    pub(super) patch_hashes: Vec<(Text, Hash)>,
    /// The range asked for, when it only stands for a name that nothing provides.
    pub(super) unresolved: Option<&'v str>,
    /// Lines about its edges.
    pub(super) edges: Vec<&'v str>,
    pub(super) pointer: String,
}

/// Reads one component; those nested in it are left to the caller.
pub(super) fn read<'v>(object: &Object<'v>, session: &mut Session<'_>) -> Draft<'v> {
    let mut draft = Draft {
        pointer: object.pointer().to_owned(),
        ..Draft::default()
    };
    object.rest("components", &KEPT, session);
    let group = object.text("group", session);
    let name = object.required("name", session).unwrap_or_default();
    draft.component.name = full_name(group, name).into();
    draft.component.version = object.text("version", session).map(Into::into);
    draft.component.kind = kind(object, session);
    draft.scope = scope(object, session);
    draft.reference = object.text("bom-ref", session);
    if draft.reference == Some("") {
        session.invalid(&object.at("bom-ref"), "a bom-ref is not empty");
    }
    draft.component.purl = purl(object, session);
    draft.component.taxonomy = draft
        .component
        .purl
        .as_ref()
        .and_then(|it| Taxonomy::of_type(it.package_type()));
    check_agreement(object, &draft.component, name, session);
    draft.component.hashes = hashes(object, session).into();
    if let Some(text) = object.text("description", session) {
        draft.component.details_mut().description = Some(text.into());
    }
    licenses(object, &mut draft.component, session);
    people(object, &mut draft.component, session);
    references(object, &mut draft.component, session);
    external(object, &mut draft.component, session);
    for property in object.objects("properties", session) {
        let name = property.text("name", session).unwrap_or_default();
        let value = property.text("value", session).unwrap_or_default();
        properties::take(&mut draft, name, value);
    }
    patches(object, &mut draft, session);
    draft
}

fn kind(object: &Object<'_>, session: &mut Session<'_>) -> Kind {
    let Some(text) = object.required("type", session) else {
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
            if OTHER_KINDS.contains(&text) {
                session.unkept(&format!("type `{text}` of components"));
            } else {
                session.invalid(
                    &object.at("type"),
                    &format!("`{text}` is no component type"),
                );
            }
            Kind::Other
        })
}

fn scope(object: &Object<'_>, session: &mut Session<'_>) -> Option<Scope> {
    let text = object.text("scope", session)?;
    let scopes = [Scope::Required, Scope::Optional, Scope::Excluded];
    let found = scopes.into_iter().find(|it| it.name() == Some(text));
    if found.is_none() {
        session.invalid(&object.at("scope"), &format!("`{text}` is no scope"));
    }
    found
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

/// A Package URL that names another package than `name` and `version` do is a trap for every program that matches by one
/// of the two.
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
    let names_differ = plain(&purl.name()) != plain(name) && !name.is_empty();
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

fn hashes(object: &Object<'_>, session: &mut Session<'_>) -> Vec<Hash> {
    let mut hashes = Vec::new();
    for item in object.objects("hashes", session) {
        let Some(name) = item.required("alg", session) else {
            continue;
        };
        let content = item.required("content", session).unwrap_or_default();
        let Some(algorithm) = HashAlgorithm::from_name(name) else {
            if name.starts_with("Streebog-") {
                session.unkept(&format!("`{name}` hashes"));
            } else {
                session.invalid(&item.at("alg"), &format!("`{name}` is no hash algorithm"));
            }
            continue;
        };
        match Hash::from_hex(algorithm, content) {
            Some(hash) => hashes.push(hash),
            None => session.invalid(
                &item.at("content"),
                &format!(
                    "a {name} hash is {} hexadecimal digits",
                    algorithm.digest_len() * 2
                ),
            ),
        }
    }
    hashes
}

/// Declared licences, and those that do not say what they are. Concluded ones are someone's opinion: they are kept beside,
/// and stand for declared ones where there are none.
fn licenses(object: &Object<'_>, component: &mut Component, session: &mut Session<'_>) {
    let mut declared = Vec::new();
    let mut concluded = Vec::new();
    for choice in object.objects("licenses", session) {
        let Some((text, acknowledgement)) = license(&choice, session) else {
            continue;
        };
        let list = if acknowledgement == Some("concluded") {
            &mut concluded
        } else {
            &mut declared
        };
        list.extend(License::declared(text));
    }
    for license in &concluded {
        let properties = &mut component.details_mut().properties;
        properties.push((CONCLUDED.into(), license.text().into()));
    }
    let all = if declared.is_empty() {
        concluded
    } else {
        declared
    };
    if !all.is_empty() {
        component.licenses = Fact::Known(all.into());
    }
}

/// The text of one licence choice, and whether it is declared or concluded.
pub(super) fn license<'v>(
    choice: &Object<'v>,
    session: &mut Session<'_>,
) -> Option<(&'v str, Option<&'v str>)> {
    let known = ["license", "expression", "acknowledgement", "bom-ref"];
    choice.rest("licenses", &known, session);
    if choice.has("license") == choice.has("expression") {
        let message = "exactly one of `license` and `expression` belongs here";
        session.invalid(choice.pointer(), message);
    }
    if let Some(text) = choice.text("expression", session) {
        if !License::declared(text).is_some_and(|it| it.is_expression()) {
            let place = choice.at("expression");
            session.tell(diags::bad_license(session.path(), &place, text));
        }
        return Some((text, choice.text("acknowledgement", session)));
    }
    let license = choice.object("license", session)?;
    let known = ["id", "name", "acknowledgement", "bom-ref"];
    license.rest("licenses", &known, session);
    if license.has("id") == license.has("name") {
        let message = "exactly one of `id` and `name` belongs here";
        session.invalid(license.pointer(), message);
    }
    let id = license.text("id", session);
    if let Some(id) = id.filter(|id| !matches!(License::declared(id), Some(License::Id(_)))) {
        let message = format!("`{id}` is no identifier of the SPDX list");
        session.invalid(&license.at("id"), &message);
    }
    let text = id.or_else(|| license.text("name", session))?;
    Some((text, license.text("acknowledgement", session)))
}

fn people(object: &Object<'_>, component: &mut Component, session: &mut Session<'_>) {
    let mut authors = Vec::new();
    for contact in object.objects("authors", session) {
        contact.rest("authors", &["name", "email", "bom-ref"], session);
        let name = contact.text("name", session).unwrap_or_default();
        let email = contact.text("email", session).map(Into::into);
        // We put a valid address into its field, so one in a name is either none or a part of it.
        let split = email.is_none() && !address(name).is_some_and(is_email);
        authors.push(if split {
            person(name)
        } else {
            Person {
                name: name.into(),
                email,
                url: None,
            }
        });
    }
    if authors.is_empty()
        && let Some(line) = object.text("author", session)
    {
        authors.extend(line.split(", ").map(person));
    }
    authors.retain(|it| *it != Person::default());
    if !authors.is_empty() {
        component.details_mut().authors = authors;
    }
}

/// The address behind a name (`Name <address>`).
fn address(name: &str) -> Option<&str> {
    let (_, address) = name.strip_suffix('>')?.rsplit_once(" <")?;
    Some(address)
}

/// A person, whose address may stand behind the name.
fn person(name: &str) -> Person {
    let address = address(name);
    let length = address.map_or(0, |it| it.len() + " <>".len());
    let end = name.len().saturating_sub(length);
    Person {
        name: name.get(..end).unwrap_or(name).into(),
        email: address.map(Into::into),
        url: None,
    }
}

fn references(object: &Object<'_>, component: &mut Component, session: &mut Session<'_>) {
    for reference in object.objects("externalReferences", session) {
        let Some(url) = reference.required("url", session) else {
            continue;
        };
        let kind = reference.required("type", session).unwrap_or_default();
        let comment = reference.text("comment", session);
        let details =
            |component: &mut Component,
             slot: fn(&mut bomtrail_graph::Details) -> &mut Option<Text>| {
                let slot = slot(component.details_mut());
                let free = slot.is_none();
                slot.get_or_insert_with(|| url.into());
                free
            };
        let kept = match kind {
            "distribution" if component.source.is_none() => {
                component.source = Some(url.into());
                true
            }
            "issue-tracker" => details(component, |it| &mut it.bugs),
            // What was found out of an attestation is no word of the package: it would agree with the attestation.
            "vcs" if comment == Some(ATTESTED_SOURCE) => false,
            "vcs" => details(component, |it| &mut it.repository),
            "website" => details(component, |it| &mut it.homepage),
            "other" if comment == Some("funding") => {
                component.details_mut().funding.push(url.into());
                true
            }
            _ => false,
        };
        if !kept {
            session.unkept(&format!("external references of type `{kind}`"));
        }
    }
}

/// What 1.7 says of components that are required and not shipped.
fn external(object: &Object<'_>, component: &mut Component, session: &mut Session<'_>) {
    let is_external = object.flag("isExternal", session);
    let range = object.text("versionRange", session);
    if range.is_some() && object.has("version") {
        session.invalid(
            &object.at("versionRange"),
            "a `version` excludes a `versionRange`",
        );
    }
    if range.is_some() && !is_external {
        let message = "only an external component has a `versionRange`";
        session.invalid(&object.at("versionRange"), message);
    }
    let kind = component.kind;
    let mut add = |name: &str, value: &str| {
        let properties = &mut component.details_mut().properties;
        properties.push((name.into(), value.into()));
    };
    // What a platform provides is external by its nature.
    if is_external && kind != Kind::Platform {
        add(EXTERNAL, "true");
    }
    if let Some(range) = range {
        add(VERSION_RANGE, range);
    }
}

/// Patches by where they lie; their digests are properties of ours.
fn patches(object: &Object<'_>, draft: &mut Draft<'_>, session: &mut Session<'_>) {
    let Some(pedigree) = object.object("pedigree", session) else {
        return;
    };
    pedigree.rest("pedigrees", &["patches"], session);
    for patch in pedigree.objects("patches", session) {
        let kinds = ["unofficial", "monkey", "backport", "cherry-pick"];
        let kind = patch.required("type", session);
        if kind.is_some_and(|it| !kinds.contains(&it)) {
            session.invalid(&patch.at("type"), "that is no type of patch");
        }
        let diff = patch.object("diff", session);
        let url = diff.and_then(|it| it.text("url", session));
        let Some(path) = url.filter(|it| !it.contains("://")).map(unescape) else {
            session.unkept("patches without a path");
            continue;
        };
        let path = path.strip_prefix("./").unwrap_or(&path);
        let path = path
            .strip_prefix("/.//")
            .map_or(path.into(), |it| ["//", it].concat().into());
        draft.component.details_mut().patches.push(Patch {
            path,
            hashes: Vec::new(),
        });
    }
    for (path, hash) in std::mem::take(&mut draft.patch_hashes) {
        let details = draft.component.details_mut();
        let patch = details.patches.iter_mut().find(|it| it.path == path);
        if let Some(patch) = patch {
            patch.hashes.push(hash);
        }
    }
}
