//! The document around the components: format, version, metadata, services and roots.

use std::collections::BTreeMap;

use bomtrail_document::Json;
use bomtrail_document::{Object, Session};
use bomtrail_graph::{Fragment, Lifecycle, LocalId, Role, Text};

use super::component;
use super::dependencies;
use super::draft::{Draft, Placed, Unresolved};
use super::empty;
use super::maker;
use super::properties;
use crate::diags;
use crate::names::DOCUMENT_NAME;
use crate::spec::SpecVersion;

/// Fields of a document that are kept or used.
const KEPT: [&str; 10] = [
    "$schema",
    "bomFormat",
    "specVersion",
    "serialNumber",
    "version",
    "metadata",
    "components",
    "services",
    "dependencies",
    "compositions",
];
const KEPT_METADATA: [&str; 5] = [
    "timestamp",
    "lifecycles",
    "tools",
    "component",
    "properties",
];

/// Facts about a document that was read, as properties of the input.
const DOCUMENT: &str = "bomtrail:document";

/// The components of a document.
struct Components<'v> {
    placed: Vec<Placed<'v>>,
    main: Option<LocalId>,
    /// By their references.
    unresolved: BTreeMap<&'v str, Unresolved<'v>>,
}

/// True for what looks like a version of the specification, known or not: `1.` and a number.
pub(super) fn is_version(name: &str) -> bool {
    let minor = name.strip_prefix("1.");
    minor.is_some_and(|it| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit()))
}

/// The version whose table a document is compared with; nothing for an unknown version.
pub(crate) fn check_version(name: Option<&str>) -> Option<SpecVersion> {
    SpecVersion::from_name(name?)
}

/// Reads a whole document.
pub(super) fn read_document(document: &Object<'_>, session: &mut Session<'_>) -> Fragment {
    let mut fragment = empty(session.path());
    let version = document.text("specVersion", session).unwrap_or_default();
    if SpecVersion::from_name(version).is_none() && is_version(version) {
        session.tell(diags::unknown_version(session.path(), version));
    }
    document.rest("the document", &KEPT, session);
    let metadata = document.object("metadata", session);
    about(document, metadata.as_ref(), version, &mut fragment, session);
    services(document, &mut fragment, session);
    let all = components(document, metadata.as_ref(), &mut fragment, session);
    dependencies::read(
        document,
        &all.placed,
        &all.unresolved,
        &mut fragment,
        session,
    );
    roots(&all.placed, all.main, &mut fragment);
    check_orphans(&all.placed, &fragment, session);
    fragment
}

/// The facts about the document itself.
fn about(
    document: &Object<'_>,
    metadata: Option<&Object<'_>>,
    version: &str,
    fragment: &mut Fragment,
    session: &mut Session<'_>,
) {
    let mut add = |name: &str, value: &str| fragment.properties.push((name.into(), value.into()));
    add(DOCUMENT, &["CycloneDX ", version].concat());
    if let Some(serial) = document.text("serialNumber", session) {
        add("bomtrail:document:serial", serial);
    }
    if document.get("version").and_then(Json::as_u64) > Some(1) {
        session.unkept("`version` of the document");
    }
    fragment.lifecycle = Lifecycle::Unknown;
    let Some(metadata) = metadata else { return };
    metadata.rest("the metadata", &KEPT_METADATA, session);
    if let Some(time) = metadata.text("timestamp", session) {
        add("bomtrail:document:timestamp", time);
    }
    for (name, value) in maker::facts(metadata) {
        add(name, &value);
    }
    for property in metadata.objects("properties", session) {
        let name = property.text("name", session).unwrap_or_default();
        let value = property.text("value", session).unwrap_or_default();
        if !name.starts_with(DOCUMENT) || name == DOCUMENT_NAME {
            add(&properties::kept(name), value);
        }
    }
    let phases = metadata.objects("lifecycles", session);
    let phases: Vec<_> = phases
        .iter()
        .filter_map(|it| {
            it.rest("lifecycles", &["phase"], session);
            if it.is("phase", "decommission") {
                session.unkept("phase `decommission` of lifecycles");
            }
            it.text("phase", session)
        })
        .collect();
    fragment.lifecycle = lifecycle(&phases);
    maker::count_rest(metadata, session);
}

fn lifecycle(phases: &[&str]) -> Lifecycle {
    let has = |names: &[&str]| phases.iter().any(|it| names.contains(it));
    if has(&["design", "pre-build"]) {
        Lifecycle::PreBuild
    } else if has(&["build", "post-build", "operations", "discovery"]) {
        Lifecycle::Build
    } else {
        Lifecycle::Unknown
    }
}

/// The services, as properties: the graph holds only parts of the product.
fn services(document: &Object<'_>, fragment: &mut Fragment, session: &mut Session<'_>) {
    let known = [
        "bom-ref",
        "name",
        "version",
        "provider",
        "endpoints",
        "authenticated",
        "x-trust-boundary",
        "data",
    ];
    for service in document.objects("services", session) {
        service.rest("services", &known, session);
        let mut text = |key: &str| service.text(key, session).map(str::to_owned);
        let name = [text("name"), text("version")].into_iter().flatten();
        let mut parts = vec![name.collect::<Vec<_>>().join(" ")];
        let provider = service.object("provider", session);
        let provider = provider.and_then(|it| {
            it.rest("providers of services", &["name", "bom-ref"], session);
            it.text("name", session)
        });
        parts.extend(provider.map(|it| ["provider: ", it].concat()));
        let endpoints = service.texts("endpoints", session);
        parts.extend(endpoints.iter().map(|(_, it)| ["endpoint: ", it].concat()));
        for (key, words) in [
            ("authenticated", "authenticated"),
            ("x-trust-boundary", "crosses a trust boundary"),
        ] {
            if service.has(key) {
                parts.push(format!("{words}: {}", service.flag(key, session)));
            }
        }
        for data in service.objects("data", session) {
            let known = ["flow", "classification"];
            data.rest("data of services", &known, session);
            let mut text = |key: &str| data.text(key, session).unwrap_or_default().to_owned();
            parts.push([text("flow"), text("classification")].join(": "));
        }
        let property = ("bomtrail:service".into(), parts.join("; ").into());
        fragment.properties.push(property);
    }
}

/// All components; nested ones follow the component that holds them. A work list instead of recursion.
fn components<'v>(
    document: &Object<'v>,
    metadata: Option<&Object<'v>>,
    fragment: &mut Fragment,
    session: &mut Session<'_>,
) -> Components<'v> {
    let main = metadata.and_then(|it| it.object("component", session));
    let has_main = main.is_some();
    let mut open: Vec<(Object<'v>, Option<Text>)> = main.into_iter().map(|it| (it, None)).collect();
    let listed = document.objects("components", session);
    open.extend(listed.into_iter().map(|it| (it, None)));
    open.reverse();
    let mut drafts: Vec<(bool, Box<Draft<'v>>)> = Vec::with_capacity(open.len());
    let mut unresolved = BTreeMap::new();
    while let Some((object, container)) = open.pop() {
        let mut draft = component::read(&object, session);
        let place = draft.places.first().cloned();
        let place = place.or_else(|| draft.reference.map(Into::into));
        let nested = object.objects("components", session);
        if place.is_none() {
            for _ in &nested {
                session.unkept("nesting in components without `bom-ref`");
            }
        }
        open.extend(nested.into_iter().rev().map(|it| (it, place.clone())));
        if let Some(container) = container {
            draft.component.details_mut().container = Some(container);
        }
        let is_main = has_main && drafts.is_empty();
        let assumed = if is_main {
            Role::Root
        } else {
            Role::Dependency
        };
        draft.component.role = draft.role.unwrap_or(assumed);
        match (draft.unresolved, draft.reference) {
            (Some(range), Some(reference)) if !is_main => {
                let name = draft.component.name;
                unresolved.insert(reference, Unresolved { name, range });
            }
            _ => drafts.push((is_main, Box::new(draft))),
        }
    }
    let (placed, main) = place_all(drafts, fragment);
    Components {
        placed,
        main,
        unresolved,
    }
}

/// Adds all components in the order of their references; returns the main component, too.
fn place_all<'v>(
    mut drafts: Vec<(bool, Box<Draft<'v>>)>,
    fragment: &mut Fragment,
) -> (Vec<Placed<'v>>, Option<LocalId>) {
    // Of several packages that share a name, the first has it as its reference: in a document of ours that is the first by
    // reference, in any order.
    drafts.sort_by_key(|(_, it)| (it.reference.is_none(), it.reference));
    fragment.components.reserve(drafts.len());
    let mut placed = Vec::with_capacity(drafts.len());
    let mut main = None;
    for (is_main, mut draft) in drafts {
        let Some(id) = place(&mut draft, fragment) else {
            break;
        };
        if is_main {
            main = Some(id);
        }
        placed.push(Placed { draft, id });
    }
    (placed, main)
}

/// Adds a component once for each of its places; returns the first.
fn place(draft: &mut Draft<'_>, fragment: &mut Fragment) -> Option<LocalId> {
    if draft.places.is_empty() {
        let place = draft.reference.unwrap_or_default();
        draft.places.push(place.into());
    }
    // The reference of a package that shares its name ends in its first place.
    let named = |place: &Text| {
        let rest = draft.reference.and_then(|it| it.strip_suffix(&**place));
        rest.is_some_and(|it| it.is_empty() || it.ends_with('#'))
    };
    draft.places.sort_by_key(|place| !named(place));
    let mut first = None;
    let everywhere = draft.component.flags;
    let last = draft.places.len() - 1;
    for (number, place) in draft.places.iter().enumerate() {
        let mut component = if number == last {
            std::mem::take(&mut draft.component)
        } else {
            draft.component.clone()
        };
        component.place = place.clone();
        let here = draft.flags_there.iter().find(|(it, _)| it == place);
        component.flags = everywhere.either(here.map_or_else(Default::default, |(_, it)| *it));
        let id = fragment.add(component)?;
        first.get_or_insert(id);
        if let Some(scope) = draft.scope {
            fragment.scopes.push((id, scope));
        }
    }
    first
}

fn roots(placed: &[Placed<'_>], main: Option<LocalId>, fragment: &mut Fragment) {
    let is_root = |it: &&Placed<'_>| {
        let component = fragment.components.get(it.id.index());
        let is_root = component.is_some_and(|it| it.role == Role::Root);
        let role = is_root && main.is_none();
        Some(it.id) == main || it.draft.is_root.unwrap_or(role)
    };
    fragment.roots = placed.iter().filter(is_root).map(|it| it.id).collect();
}

/// Reports components without a dependency on them, in a document that states dependencies.
fn check_orphans(placed: &[Placed<'_>], fragment: &Fragment, session: &mut Session<'_>) {
    if fragment.links.is_empty() || fragment.roots.is_empty() {
        return;
    }
    let mut reached = vec![false; fragment.components.len()];
    let targets = fragment.links.iter().filter_map(|link| match link.to {
        bomtrail_graph::Target::Here(id) => Some(id),
        bomtrail_graph::Target::Named(_) | bomtrail_graph::Target::Absent => None,
    });
    for id in targets.chain(fragment.roots.iter().copied()) {
        if let Some(slot) = reached.get_mut(id.index()) {
            *slot = true;
        }
    }
    for it in placed {
        let component = fragment.components.get(it.id.index());
        if let (Some(false), Some(component)) = (reached.get(it.id.index()), component) {
            let pointer = it.draft.pointer.to_string();
            session.tell(diags::orphan(session.path(), &pointer, &component.name));
        }
    }
}
