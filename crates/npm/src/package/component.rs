//! A lock entry as a component: its identity, where it comes from, and its facts.

use std::sync::LazyLock;

use bomtrail_graph::{
    Completeness, Component, Diagnostic, Diagnostics, Ecosystem, Flags, Kind, Origin, Role, Text,
};

use crate::diags;
use crate::package::context::{EntryContext, EntryFacts};
use crate::package::entry::{Entry, EntryFlags};
use crate::package::facts::Shared;
use crate::package::identity::{purl, real_name};
use crate::package::integrity;
use crate::package::source::{self, Source};
use crate::package::trust;

/// The ecosystem of all of them, looked up once.
static NPM: LazyLock<Option<Ecosystem>> = LazyLock::new(|| Ecosystem::of_type("npm"));

/// Makes the component of an entry.
pub(crate) fn component<'a>(
    entry: &Entry<'a>,
    context: EntryContext<'_>,
    shared: &mut Shared<'a>,
    diagnostics: &mut Diagnostics,
) -> Component {
    let name = real_name(entry, context.fallback_name);
    let source = source_of(entry, name, context);
    of_source(entry, source, context, shared, diagnostics)
}

/// Makes the component of an entry whose source is known.
pub(crate) fn of_source<'a>(
    entry: &Entry<'a>,
    source: Source<'_>,
    context: EntryContext<'_>,
    shared: &mut Shared<'a>,
    diagnostics: &mut Diagnostics,
) -> Component {
    let name = real_name(entry, context.fallback_name);
    let role = if source.origin == Origin::LocalArchive {
        Role::Local
    } else {
        context.role
    };
    let (hashes, unreadable) = entry
        .integrity
        .as_deref()
        .map(integrity::parse)
        .unwrap_or_default();
    if unreadable {
        diagnostics.push(diags::integrity(context.path, context.location));
    }
    if let Some(mismatch) = mismatch(entry, name, &source, context) {
        diagnostics.push(mismatch);
    }
    let facts = EntryFacts {
        entry,
        name,
        role,
        source: &source,
        hashes: &hashes,
    };
    let flags = flags(entry).either(trust::flags(&facts, context));
    let version = entry.version.as_deref().filter(|it| !it.is_empty());
    let mut component = Component::default().with(|it| {
        it.name = name.into();
        it.version = version.map(Text::from);
        it.purl = purl(entry, name, role, &source);
        it.place = context.location.into();
        it.kind = if role == Role::Root {
            Kind::Application
        } else {
            Kind::Library
        };
        it.role = role;
        it.origin = source.origin;
        it.flags = flags;
        it.dependencies = if entry.is(EntryFlags::EDGES_UNKNOWN) {
            Completeness::Unknown
        } else {
            Completeness::Complete
        };
        it.source = source.url.map(|it| it.into_owned().into());
        it.hashes = hashes;
        it.licenses = shared.licenses(entry);
        it.details = shared.details(entry);
        it.provides = Box::default();
        it.ecosystem = *NPM;
    });
    if let Some(bundler) = context.bundler {
        component.details_mut().bundled_by = Some(bundler.into());
    }
    component
}

fn source_of<'e>(entry: &'e Entry<'_>, name: &'e str, context: EntryContext<'_>) -> Source<'e> {
    let resolved = entry.resolved.as_deref().filter(|it| !it.is_empty());
    if context.role.is_first_party() {
        return Source::folder();
    }
    // Nearly all are.
    if let Some(usual) = Source::usual(resolved, name, entry.version.as_deref()) {
        return usual;
    }
    match resolved {
        None if context.bundler.is_some() || entry.is(EntryFlags::IN_BUNDLE) => {
            Source::only(Origin::Bundle)
        }
        resolved => source::read(resolved, name, context.asked, context.registries),
    }
}

fn flags(entry: &Entry<'_>) -> Flags {
    let mut flags = Flags::default();
    for (bit, flag) in [
        (EntryFlags::DEV, Flags::DEV),
        (EntryFlags::OPTIONAL, Flags::OPTIONAL),
        (EntryFlags::DEV_OPTIONAL, Flags::DEV_OPTIONAL),
        (EntryFlags::PEER, Flags::PEER),
        (EntryFlags::IN_BUNDLE, Flags::BUNDLED),
        (EntryFlags::EXTRANEOUS, Flags::EXTRANEOUS),
        (EntryFlags::INSTALL_SCRIPT, Flags::INSTALL_SCRIPT),
        (EntryFlags::PRIVATE, Flags::PRIVATE),
        (EntryFlags::SHRINKWRAP, Flags::HAS_SHRINKWRAP),
    ] {
        flags.set(flag, entry.is(bit));
    }
    flags
}

/// Reports an archive address that names another package or version than the entry.
fn mismatch(
    entry: &Entry<'_>,
    name: &str,
    source: &Source<'_>,
    context: EntryContext<'_>,
) -> Option<Diagnostic> {
    if source.is_usual {
        return None;
    }
    let (stated_name, stated_version) = source.stated.as_ref()?;
    let version = entry.version.as_deref();
    let other_version = stated_version
        .as_deref()
        .is_some_and(|stated| version.is_some_and(|it| it != stated));
    if stated_name == name && !other_version {
        return None;
    }
    let label = |name: &str, version: Option<&str>| {
        version.map_or(name.to_owned(), |it| format!("{name}@{it}"))
    };
    let stated = label(stated_name, stated_version.as_deref());
    Some(diags::resolved_mismatch(
        context.path,
        context.location,
        &label(name, version),
        &stated,
    ))
}
