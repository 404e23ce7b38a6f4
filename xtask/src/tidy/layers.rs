//! Which crate may use which: the arrows of the architecture as a table of layers. Tests may use anything.

use super::Violation;
use super::packages::{Dependency, Package};

/// Every crate and its layer: a crate may use what lies in a lower layer, so siblings never see each other.
const LAYERS: &[(&str, u8)] = &[
    ("bomtrail-purl", 0),
    ("bomtrail-version", 0),
    ("bomtrail-graph", 1),
    ("bomtrail-document", 2),
    ("bomtrail-npm", 3),
    ("bomtrail-cpan", 3),
    ("bomtrail-cargo", 3),
    ("bomtrail-cyclonedx", 3),
    ("bomtrail-spdx", 3),
    ("bomtrail-provenance", 3),
    ("bomtrail-advisories", 3),
    ("bomtrail-approvals", 3),
    ("bomtrail-policy", 3),
    ("bomtrail-compliance", 3),
    ("bomtrail-archive", 3),
    (FOR_TESTS, 3),
    ("bomtrail-report", 4),
    ("bomtrail", 5),
    ("bomtrail-fleet", 5),
    ("bomtrail-cli", 6),
    ("bomtrail-interop", 6),
    ("bomtrail-fuzz", 6),
    ("bomtrail-benches", 6),
    ("bomtrail-consumers", 6),
    ("xtask", 6),
];

/// Only tests may use it, whatever their layer.
const FOR_TESTS: &str = "bomtrail-testkit";

/// Whether one crate may use another outside its tests; `None` when the first has no row in the table.
fn may_use(user: &str, other: &str) -> Option<bool> {
    let layer = |name: &str| {
        LAYERS
            .iter()
            .find(|(it, _)| *it == name)
            .map(|(_, layer)| *layer)
    };
    let above = layer(user)?;
    Some(other != FOR_TESTS && layer(other).is_some_and(|below| below < above))
}

/// A dependency the table does not allow, or a crate the table does not know.
pub(super) fn arrows(package: &Package) -> Vec<Violation> {
    if may_use(&package.name, &package.name).is_none() {
        let message = format!(
            "`{}` has no layer; add a row to LAYERS in xtask/src/tidy/layers.rs",
            package.name
        );
        return vec![Violation::new(&package.manifest, 1, message)];
    }
    let shipped = package.dependencies.iter().filter(|it| it.own && !it.dev);
    let breaches = shipped.filter(|it| may_use(&package.name, &it.name) == Some(false));
    let say = |it: &Dependency| {
        let Package { name, manifest, .. } = package;
        let message = format!(
            "`{name}` may not use `{}`; move the code to the layer that may",
            &it.name
        );
        Violation::new(manifest, package.line_of(it), message)
    };
    breaches.map(say).collect()
}

/// A crate that does not take its lints from the workspace escapes the house style.
pub(super) fn shared_lints(package: &Package) -> Vec<Violation> {
    let lines: Vec<&str> = package.text.lines().map(str::trim).collect();
    let shared = lines
        .windows(2)
        .any(|pair| pair == ["[lints]", "workspace = true"]);
    let say = || {
        Violation::new(
            &package.manifest,
            1,
            "no shared lints; add `[lints]` with `workspace = true`",
        )
    };
    (!shared).then(say).into_iter().collect()
}

#[cfg(test)]
mod tests;
