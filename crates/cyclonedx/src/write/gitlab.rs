//! Properties of GitLab's taxonomy (`cyclonedx_property_taxonomy`, 18.10): with them, GitLab shows each package with its lockfile
//! and looks for its vulnerabilities.

use std::borrow::Cow;

use bomtrail_graph::{Bom, Ecosystem, NodeRef, Scope};

use crate::write::wire::{Component, Metadata, Property};

/// The name of the set of properties.
pub(crate) const NAME: &str = "gitlab";

const SCHEMA: &str = "gitlab:meta:schema_version";
const INPUT: &str = "gitlab:dependency_scanning:input_file:path";
const MANAGER: &str = "gitlab:dependency_scanning:package_manager:name";
const LANGUAGE: &str = "gitlab:dependency_scanning:language:name";
const CATEGORY: &str = "gitlab:dependency_scanning:category";

/// Package managers that have another name than their ecosystem, by the name of their lockfile.
const MANAGERS: [(&str, &str); 4] = [
    ("pnpm-lock.yaml", "pnpm"),
    ("yarn.lock", "yarn"),
    ("bun.lock", "bun"),
    ("cpanfile.snapshot", "carton"),
];

/// The languages of ecosystems, by the name of the ecosystem.
const LANGUAGES: [(&str, &str); 3] = [("npm", "JavaScript"), ("cpan", "Perl"), ("cargo", "Rust")];

/// Adds the version of the taxonomy to `metadata`; a document of one lockfile names it, too.
pub(crate) fn add_to_metadata(metadata: &mut Metadata<'_>, bom: &Bom<'_>) {
    let mut own = vec![property(SCHEMA, "1")];
    if let [input] = bom.graph.inputs() {
        own.push(property(INPUT, bom.input_path(input)));
    }
    metadata.properties.extend(own);
    metadata.properties.sort_unstable();
}

/// Adds the lockfile of a package, its package manager and its category.
pub(crate) fn add_to_component(component: &mut Component<'_>, node: NodeRef<'_>, bom: &Bom<'_>) {
    let category = match node.scope() {
        Scope::Excluded => "development",
        Scope::Required | Scope::Optional | Scope::Unknown => "production",
    };
    let mut own = vec![property(CATEGORY, category)];
    let ecosystem = node.component().ecosystem.map(Ecosystem::name);
    let input = node.instances().first().and_then(|it| {
        let position = usize::try_from(it.input).ok()?;
        bom.graph.inputs().get(position)
    });
    if let Some(input) = input {
        own.push(property(INPUT, bom.input_path(input)));
        let file = input.path.rsplit('/').next().unwrap_or_default();
        let named = MANAGERS.iter().find(|(it, _)| *it == file);
        let manager = named.map(|(_, name)| *name).or(ecosystem);
        own.extend(manager.map(|it| property(MANAGER, it)));
    }
    let language = LANGUAGES.iter().find(|(it, _)| Some(*it) == ecosystem);
    own.extend(language.map(|(_, name)| property(LANGUAGE, *name)));
    component.properties.extend(own);
    component.properties.sort_unstable();
}

fn property<'g>(name: &'static str, value: impl Into<Cow<'g, str>>) -> Property<'g> {
    Property {
        name: Cow::Borrowed(name),
        value: value.into(),
    }
}
