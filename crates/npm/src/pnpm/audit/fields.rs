//! The fields that pnpm 3 to 12 write, by the kind of entry, and their types.

use bomtrail_document::{Kind, Value};

/// The type of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    Text,
    Flag,
    Map,
    /// A map of strings or maps.
    Texts,
    List,
    /// A string or a list of strings, as the manifests of packages have it.
    Words,
    Anything,
}

impl Shape {
    pub(super) fn fits(self, value: &Value<'_>) -> bool {
        let is_scalar = |it: &Value<'_>| it.as_scalar().is_some();
        match self {
            Self::Text => is_scalar(value),
            Self::Flag => matches!(value.kind, Kind::Bool(_)),
            Self::Map => value.as_entries().is_some(),
            Self::Texts => {
                value.as_entries().is_some() && value.pairs().iter().all(|it| is_scalar(&it.value))
            }
            Self::List => value.as_list().is_some_and(|it| it.iter().all(is_scalar)),
            Self::Words => is_scalar(value) || Self::List.fits(value),
            Self::Anything => true,
        }
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Text => "a string",
            Self::Flag => "true or false",
            Self::Map => "a map",
            Self::Texts => "a map of strings",
            Self::List | Self::Words => "a list of strings",
            Self::Anything => "a value",
        }
    }
}

/// Fields and their types.
pub(super) type Fields = [(&'static str, Shape)];

/// At the top; a single project has its sections there before version 9.
pub(super) const TOP: [(&str, Shape); 22] = [
    ("lockfileVersion", Shape::Text),
    ("settings", Shape::Map),
    ("catalogs", Shape::Map),
    ("overrides", Shape::Texts),
    ("packageExtensionsChecksum", Shape::Text),
    ("pnpmfileChecksum", Shape::Text),
    ("ignoredOptionalDependencies", Shape::List),
    ("patchedDependencies", Shape::Map),
    ("importers", Shape::Map),
    ("packages", Shape::Map),
    ("snapshots", Shape::Map),
    ("time", Shape::Texts),
    ("neverBuiltDependencies", Shape::List),
    ("onlyBuiltDependencies", Shape::List),
    ("specifiers", Shape::Texts),
    ("dependencies", Shape::Map),
    ("optionalDependencies", Shape::Map),
    ("devDependencies", Shape::Map),
    ("dependenciesMeta", Shape::Map),
    ("publishDirectory", Shape::Text),
    ("registry", Shape::Text),
    ("shrinkwrapMinorVersion", Shape::Text),
];

/// The project and its workspaces.
pub(super) const IMPORTER: [(&str, Shape); 9] = [
    ("specifiers", Shape::Texts),
    ("dependencies", Shape::Map),
    ("optionalDependencies", Shape::Map),
    ("devDependencies", Shape::Map),
    ("dependenciesMeta", Shape::Map),
    ("publishDirectory", Shape::Text),
    ("configDependencies", Shape::Map),
    ("packageManagerDependencies", Shape::Map),
    ("skippedOptionalDependencies", Shape::Map),
];

/// A dependency of an importer.
pub(super) const DECLARED: [(&str, Shape); 2] =
    [("specifier", Shape::Text), ("version", Shape::Text)];

/// A package of version 9 and later.
pub(super) const PACKAGE: [(&str, Shape); 12] = [
    ("resolution", Shape::Map),
    ("version", Shape::Text),
    ("engines", Shape::Texts),
    ("cpu", Shape::Words),
    ("os", Shape::Words),
    ("libc", Shape::Words),
    ("deprecated", Shape::Text),
    ("hasBin", Shape::Flag),
    ("peerDependencies", Shape::Texts),
    ("peerDependenciesMeta", Shape::Map),
    ("bundledDependencies", Shape::Anything),
    ("id", Shape::Text),
];

/// A package before version 9, which is its only instance or one of several.
pub(super) const OLD_PACKAGE: [(&str, Shape); 21] = [
    ("resolution", Shape::Map),
    ("name", Shape::Text),
    ("version", Shape::Text),
    ("engines", Shape::Texts),
    ("cpu", Shape::Words),
    ("os", Shape::Words),
    ("libc", Shape::Words),
    ("deprecated", Shape::Text),
    ("hasBin", Shape::Flag),
    ("peerDependencies", Shape::Texts),
    ("peerDependenciesMeta", Shape::Map),
    ("bundledDependencies", Shape::Anything),
    ("id", Shape::Text),
    ("dependencies", Shape::Texts),
    ("optionalDependencies", Shape::Texts),
    ("transitivePeerDependencies", Shape::List),
    ("dev", Shape::Flag),
    ("optional", Shape::Flag),
    ("requiresBuild", Shape::Flag),
    ("prepare", Shape::Flag),
    ("patched", Shape::Flag),
];

/// An instance of a package.
pub(super) const SNAPSHOT: [(&str, Shape); 6] = [
    ("dependencies", Shape::Texts),
    ("optionalDependencies", Shape::Texts),
    ("transitivePeerDependencies", Shape::List),
    ("optional", Shape::Flag),
    ("patched", Shape::Flag),
    ("id", Shape::Text),
];

/// Where a package comes from.
pub(super) const RESOLUTION: [(&str, Shape); 14] = [
    ("integrity", Shape::Text),
    ("tarball", Shape::Text),
    ("gitHosted", Shape::Flag),
    ("path", Shape::Text),
    ("type", Shape::Text),
    ("repo", Shape::Text),
    ("commit", Shape::Text),
    ("directory", Shape::Text),
    ("registry", Shape::Text),
    ("variants", Shape::Anything),
    ("url", Shape::Text),
    ("bin", Shape::Anything),
    ("archive", Shape::Text),
    ("prefix", Shape::Text),
];
