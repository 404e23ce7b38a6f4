//! What an archive tells about a component: filled in where the lockfile does not say it.

use std::borrow::Cow;

use bomtrail_graph::{
    Component, Details, Diagnostics, Flags, Hash, HashAlgorithm, Input, NoFiles, Reader,
};

use super::reading::Reading;
use crate::source::archives::YarnCached;

/// What the reader of Yarn's lockfile calls the digest of a file in its cache.
const YARN_CHECKSUM: &str = "bomtrail:yarn:cache-checksum";

/// The names that the archive of a component may have.
pub(super) fn archive_names(component: &Component) -> Vec<String> {
    let mut names = Vec::new();
    let url = component.source.as_deref();
    let file = url.and_then(|it| it.split(['?', '#']).next()?.rsplit('/').next());
    names.extend(file.filter(|it| !it.is_empty()).map(str::to_owned));
    let purl = component.purl.as_ref();
    let path = purl.and_then(|it| it.qualifier("distpath"));
    names.extend(path.and_then(|it| it.rsplit('/').next().map(str::to_owned)));
    let version = component.version.as_deref().unwrap_or_default();
    // `npm pack` writes `@scope/name` as `scope-name`.
    let flat = component.name.trim_start_matches('@').replace('/', "-");
    let bare = component.name.rsplit('/').next().unwrap_or_default();
    for name in [bare, &flat] {
        for ending in ["tgz", "tar.gz"] {
            names.push(format!("{name}-{version}.{ending}"));
        }
    }
    names.sort_unstable();
    names.dedup();
    names
}

/// The file that Yarn's cache has of a package, since version 2. A lockfile states the SHA-512 of the file, before which newer
/// ones have the version of the cache's format (`10c0/…`).
pub(super) fn yarn_cached(component: &Component) -> Option<YarnCached> {
    let details = component.details.as_deref()?;
    let mut properties = details.properties.iter();
    let (_, checksum) = properties.find(|(name, _)| &**name == YARN_CHECKSUM)?;
    let (key, hex) = match checksum.rsplit_once('/') {
        Some((key, hex)) => (Some(key.to_owned()), hex),
        None => (None, &**checksum),
    };
    let name = component.name.replace('/', "-");
    let version = component.version.as_deref()?;
    Some(YarnCached {
        start: format!("{name}-npm-{version}-"),
        key,
        hash: Hash::from_hex(HashAlgorithm::Sha512, hex)?,
    })
}

/// The author of a distribution, by its Package URL.
pub(super) fn author(component: &Component) -> Option<String> {
    let purl = component
        .purl
        .as_ref()
        .filter(|it| it.package_type() == "cpan")?;
    let author = purl.qualifier("author").map(Cow::into_owned);
    author.or_else(|| purl.namespace().map(|it| it.to_string()))
}

/// Describes a package by the path and the bytes of its manifest.
type Describe = fn(&str, &[u8]) -> Option<Component>;

/// What reads the manifests of each ecosystem.
static DESCRIBERS: [(&str, Describe); 2] = [
    ("npm", |_, bytes| bomtrail_npm::manifest_facts(bytes)),
    ("cpan", of_distribution),
];

/// The facts in the bytes of a manifest, as a component without identity.
pub(super) fn described(package_type: &str, path: &str, bytes: &[u8]) -> Option<Component> {
    let mut all = DESCRIBERS.iter();
    let (_, describe) = all.find(|(it, _)| *it == package_type)?;
    describe(path, bytes)
}

fn of_distribution(path: &str, bytes: &[u8]) -> Option<Component> {
    let input = Input {
        path,
        bytes,
        files: &NoFiles,
    };
    let fragment = bomtrail_cpan::MetaFile.read(&input, &mut Diagnostics::new());
    fragment.components.into_iter().next()
}

/// Completes a component. `states_scripts` is true when the lockfile marks packages with install scripts.
pub(super) fn fill(component: &mut Component, reading: &Reading, states_scripts: bool) {
    if !states_scripts && reading.runs_scripts() {
        component.flags.set(Flags::INSTALL_SCRIPT, true);
    }
    let Some(described) = &reading.described else {
        return;
    };
    if component.licenses.is_unknown() {
        component.licenses = described.licenses.clone();
    }
    let found = described.details.as_deref().cloned().unwrap_or_default();
    let details = component.details.as_deref().cloned().unwrap_or_default();
    let filled = with_unknown(details.clone(), &found, reading);
    if filled != details {
        *component.details_mut() = filled;
    }
}

/// Details with what they do not have yet.
fn with_unknown(mut details: Details, found: &Details, reading: &Reading) -> Details {
    let fill = |to: &mut Option<Box<str>>, from: &Option<Box<str>>| {
        if to.is_none() {
            to.clone_from(from);
        }
    };
    fill(&mut details.description, &found.description);
    fill(&mut details.homepage, &found.homepage);
    fill(&mut details.repository, &found.repository);
    fill(&mut details.bugs, &found.bugs);
    fill(&mut details.copyright, &reading.copyright);
    if details.authors.is_empty() {
        details.authors.clone_from(&found.authors);
    }
    if details.funding.is_empty() {
        details.funding.clone_from(&found.funding);
    }
    details
}
