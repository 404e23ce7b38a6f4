//! Builds (SPDX 3.0.1, profile Build): what the certificate of a verified attestation states about where a package was built.
//! Claims that only the text of the attestation makes are left out, and an attestation that is not verified gives no build.

use std::collections::BTreeMap;

use bomtrail_graph::{Bom, BuildIdentity, NodeRef};

use super::element::Element;
use crate::identifier::short_hash;
use crate::location::is_locator;

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

/// The build of a package, if its build platform has a name.
fn build<'g>(bom: &'g Bom<'_>, node: NodeRef<'_>) -> Option<&'g BuildIdentity> {
    let build = bom.tables.provenance?.get(node.id())?.build.as_deref()?;
    is_locator(&build.issuer).then_some(build)
}

/// Where the run is unknown, as in certificates issued before April 2023, two packages never share a build.
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

/// The parameters of the run.
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

/// Adds the fields of a build to an element.
pub(super) fn fill<'d>(build: &'d BuildIdentity, element: Element<'d>) -> Element<'d> {
    let config = build.build_config.as_deref().filter(|it| is_locator(it));
    let parameters = parameters(build).map(|(key, value)| Element::entry(key, value));
    let runner = build.runner.as_deref();
    element
        .text("build_buildType", &*build.issuer)
        .known("build_buildId", build.run.as_deref())
        .texts("build_configSourceUri", config)
        .texts("build_configSourceEntrypoint", entrypoint(build))
        .objects("build_parameter", parameters)
        .objects(
            "build_environment",
            runner.map(|it| Element::entry("runner", it)),
        )
}
