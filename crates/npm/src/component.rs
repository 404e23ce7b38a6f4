//! A lock entry as a component: its identity, where it comes from, and its facts.

use bomtrail_graph::{
    Completeness, Component, Diagnostic, Diagnostics, Flags, Kind, Origin, Purl, Role, Taxonomy,
    Text,
};

use crate::diags;
use crate::facts::{self, Shared};
use crate::integrity;
use crate::paths;
use crate::source::{self, AskedBy, Source};
use crate::supply::{self, Supplied};
use crate::wire::{Bits, Entry};

/// What is known of an entry besides its own fields.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Standing<'p> {
    /// The lockfile, for messages.
    pub(crate) path: &'p str,
    pub(crate) location: &'p str,
    /// The real name, where the entry does not state it.
    pub(crate) fallback_name: &'p str,
    pub(crate) role: Role,
    pub(crate) asked: AskedBy,
    /// The place of the package whose archive carries this one.
    pub(crate) bundler: Option<&'p str>,
}

/// Makes the component of an entry.
pub(crate) fn component(
    entry: &Entry<'_>,
    standing: Standing<'_>,
    shared: &mut Shared,
    diagnostics: &mut Diagnostics,
) -> Component {
    let name = real_name(entry, standing.fallback_name);
    let source = source_of(entry, name, standing);
    let role = if source.origin == Origin::LocalArchive {
        Role::Local
    } else {
        standing.role
    };
    let (hashes, unreadable) = entry
        .integrity
        .as_deref()
        .map(integrity::parse)
        .unwrap_or_default();
    if unreadable {
        diagnostics.push(diags::integrity(standing.path, standing.location));
    }
    if let Some(mismatch) = mismatch(entry, name, &source, standing) {
        diagnostics.push(mismatch);
    }
    let supplied = Supplied {
        entry,
        name,
        role,
        source: &source,
        hashes: &hashes,
    };
    let flags = flags(entry).either(supply::flags(&supplied, standing));
    let version = entry.version.as_deref().filter(|it| !it.is_empty());
    let mut component = Component {
        name: name.into(),
        version: version.map(Text::from),
        purl: purl(entry, name, role, &source),
        place: standing.location.into(),
        kind: if role == Role::Root {
            Kind::Application
        } else {
            Kind::Library
        },
        role,
        origin: source.origin,
        flags,
        dependencies: if entry.is(Bits::EDGES_UNKNOWN) {
            Completeness::Unknown
        } else {
            Completeness::Complete
        },
        source: source.url.map(|it| it.into_owned().into()),
        hashes,
        licenses: facts::licenses(entry),
        details: facts::details(entry).map(|it| shared.one(it)),
        provides: Box::default(),
        taxonomy: Taxonomy::of_type("npm"),
    };
    if let Some(bundler) = standing.bundler {
        component.details_mut().bundled_by = Some(bundler.into());
    }
    component
}

/// The name a package really has: an alias only names the folder.
pub(crate) fn real_name<'e>(entry: &'e Entry<'_>, fallback: &'e str) -> &'e str {
    entry
        .name
        .as_deref()
        .filter(|it| !it.is_empty())
        .unwrap_or(fallback)
}

fn source_of<'e>(entry: &'e Entry<'_>, name: &str, standing: Standing<'_>) -> Source<'e> {
    let nowhere = |origin| Source {
        origin,
        url: None,
        qualifier: None,
        stated: None,
    };
    let resolved = entry.resolved.as_deref().filter(|it| !it.is_empty());
    if standing.role.is_first_party() {
        return nowhere(Origin::Directory);
    }
    match resolved {
        None if entry.is(Bits::IN_BUNDLE) => nowhere(Origin::Bundle),
        resolved => source::read(resolved, name, standing.asked),
    }
}

/// Members and the root may be published unless they say no; nothing else of ours looks like a registry package.
fn purl(entry: &Entry<'_>, name: &str, role: Role, source: &Source<'_>) -> Option<Purl> {
    let version = entry.version.as_deref().filter(|it| !it.is_empty());
    let published = match role {
        Role::Root | Role::Member => {
            version.is_some() && !entry.is(Bits::PRIVATE) && publishable(name)
        }
        Role::Local => false,
        Role::Dependency => true,
    };
    let npm = || {
        let purl = Purl::npm(name, version).ok()?;
        match &source.qualifier {
            Some((key, value)) => purl.with_qualifier(key, value).ok(),
            None => Some(purl),
        }
    };
    let purl = if published { npm() } else { None };
    purl.or_else(|| generic(name, version))
}

/// True when a registry could take a package of this name: every character stands for itself in a URL.
fn publishable(name: &str) -> bool {
    let bare = name.strip_prefix('@').unwrap_or(name);
    bare.chars()
        .all(|c| c.is_ascii_alphanumeric() || "-_.~!*'()/".contains(c))
}

fn generic(name: &str, version: Option<&str>) -> Option<Purl> {
    let (scope, bare) = name
        .split_once('/')
        .map_or((None, name), |(scope, bare)| (Some(scope), bare));
    let mut builder = Purl::build("generic", bare);
    if let Some(scope) = scope {
        builder = builder.namespace(scope);
    }
    if let Some(version) = version {
        builder = builder.version(version);
    }
    builder.finish().ok()
}

fn flags(entry: &Entry<'_>) -> Flags {
    let mut flags = Flags::default();
    for (bit, flag) in [
        (Bits::DEV, Flags::DEV),
        (Bits::OPTIONAL, Flags::OPTIONAL),
        (Bits::DEV_OPTIONAL, Flags::DEV_OPTIONAL),
        (Bits::PEER, Flags::PEER),
        (Bits::IN_BUNDLE, Flags::BUNDLED),
        (Bits::EXTRANEOUS, Flags::EXTRANEOUS),
        (Bits::INSTALL_SCRIPT, Flags::INSTALL_SCRIPT),
        (Bits::PRIVATE, Flags::PRIVATE),
        (Bits::SHRINKWRAP, Flags::HAS_SHRINKWRAP),
    ] {
        flags.set(flag, entry.is(bit));
    }
    flags
}

/// A lockfile that lies: the archive's address names another package or version than the entry.
fn mismatch(
    entry: &Entry<'_>,
    name: &str,
    source: &Source<'_>,
    standing: Standing<'_>,
) -> Option<Diagnostic> {
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
        standing.path,
        standing.location,
        &label(name, version),
        &stated,
    ))
}

/// The role of an entry that is neither root nor workspace, by its place alone.
pub(crate) fn role_by_place(location: &str) -> Role {
    if paths::split_modules(location).is_some() {
        Role::Dependency
    } else {
        Role::Local
    }
}
