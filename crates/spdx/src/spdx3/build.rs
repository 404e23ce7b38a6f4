//! Builds (SPDX 3.0.1, profile Build): what the certificate of a verified attestation states of where a package was made.
//! What only the attestation's own text says is no part of them, and what is not verified makes none.

use std::collections::BTreeMap;

use bomtrail_graph::{Bom, BuildIdentity, NodeRef};
use serde::ser::SerializeSeq;

use super::document::Document;
use super::element::{DictionaryEntry, Element};
use crate::identifier::short_hash;
use crate::spdx2::is_locator;

/// Builds by the name of their element.
pub(super) type Builds<'g> = BTreeMap<String, &'g BuildIdentity>;

/// The builds of all packages; packages of one run share one.
pub(super) fn of<'g>(bom: &'g Bom<'g>) -> Builds<'g> {
    let builds = bom
        .graph
        .nodes()
        .filter_map(|it| Some((it, build(bom, it)?)));
    builds.map(|(node, it)| (name(node, it), it)).collect()
}

/// The name of the element of a package's build.
pub(super) fn name_of(bom: &Bom<'_>, node: NodeRef<'_>) -> Option<String> {
    build(bom, node).map(|it| name(node, it))
}

/// The build of a package, if the platform that vouches for it has a name.
fn build<'g>(bom: &'g Bom<'_>, node: NodeRef<'_>) -> Option<&'g BuildIdentity> {
    let build = bom.provenance?.get(node.id())?.build.as_deref()?;
    is_locator(&build.issuer).then_some(build)
}

/// Where the run is not known, as in certificates of before April 2023, nothing tells that two packages are of one build.
fn name(node: NodeRef<'_>, build: &BuildIdentity) -> String {
    let of_one = build.run.is_none().then(|| node.reference());
    let claims: String = [("issuer", &*build.issuer)]
        .into_iter()
        .chain(build.run.as_deref().map(|it| ("run", it)))
        .chain(parameters(build))
        .chain(build.build_config.as_deref().map(|it| ("config", it)))
        .chain(build.runner.as_deref().map(|it| ("runner", it)))
        .chain(of_one.as_deref().map(|it| ("package", it)))
        .flat_map(|(name, value)| [name, "=", value, "\n"])
        .collect();
    ["Build-", &short_hash(&claims)].concat()
}

/// What the run was given.
fn parameters(build: &BuildIdentity) -> impl Iterator<Item = (&'static str, &str)> {
    let all = [
        ("commit", &build.commit),
        ("ref", &build.git_ref),
        ("repository", &build.repository),
        ("trigger", &build.trigger),
    ];
    all.into_iter()
        .filter_map(|(name, it)| Some((name, it.as_deref()?)))
}

/// The path of the workflow in the repository it was built from: `.github/workflows/release.yml`.
fn entrypoint(build: &BuildIdentity) -> Option<&str> {
    let (file, _) = build.build_config.as_deref()?.rsplit_once('@')?;
    let path = file.strip_prefix(build.repository.as_deref()?)?;
    path.strip_prefix('/').filter(|it| !it.is_empty())
}

/// Prints every build.
pub(super) fn write<S: SerializeSeq>(
    document: &Document<'_>,
    list: &mut S,
) -> Result<(), S::Error> {
    for (name, build) in &document.builds {
        let entry = |(key, value): (&str, &str)| DictionaryEntry::new(key, value.to_owned());
        let config = build.build_config.as_deref();
        let runner = build.runner.as_deref().map(|it| ("runner", it));
        list.serialize_element(&Element {
            build_type: Some(&build.issuer),
            build_id: build.run.as_deref(),
            config_source: config.into_iter().filter(|it| is_locator(it)).collect(),
            entrypoint: entrypoint(build).into_iter().collect(),
            parameters: parameters(build).map(entry).collect(),
            environment: runner.into_iter().map(entry).collect(),
            ..document.element("build_Build", name)
        })?;
    }
    Ok(())
}
