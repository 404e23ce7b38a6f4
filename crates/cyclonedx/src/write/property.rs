//! Facts that CycloneDX has no field for, as properties: under the official name of the ecosystem where there is one, else under
//! `bomtrail:`.

use std::borrow::Cow;

use bomtrail_graph::{
    Component, Details, Ecosystem, EdgeRef, Fact, Flags, NodeRef, Origin, Problem, Role, Scope,
    Source,
};

use crate::edge;
use crate::names::{COMMENT, FLAGS, SUPPLIER_IS_PERSON};
use crate::taxonomy::Taxonomy;
use crate::write::wire::Property;

/// Properties as they are collected; sorted and distinct in the end.
#[derive(Default)]
struct Properties<'g>(Vec<Property<'g>>);

impl<'g> Properties<'g> {
    fn add(&mut self, name: impl Into<Cow<'g, str>>, value: impl Into<Cow<'g, str>>) {
        self.0.push(Property {
            name: name.into(),
            value: value.into(),
        });
    }

    fn all(&mut self, name: &'g str, values: impl IntoIterator<Item: Into<Cow<'g, str>>>) {
        for value in values {
            self.add(name, value);
        }
    }

    fn sorted(self) -> Vec<Property<'g>> {
        let Self(mut properties) = self;
        properties.sort_unstable();
        properties.dedup();
        properties
    }
}

/// The properties of a node. `aliases` are the other names that edges give it; `is_main` is true when the document is about
/// it, `named` when `group` and `name` give its full name, `is_required` when an edge leads to it.
pub(crate) fn of_node<'g>(
    node: NodeRef<'g>,
    aliases: impl Iterator<Item = &'g str>,
    is_main: bool,
    named: bool,
    is_required: bool,
) -> Vec<Property<'g>> {
    let component = node.component();
    let mut properties = Properties(Vec::with_capacity(4));
    let taxonomy = component.ecosystem.and_then(Taxonomy::of);
    let place = taxonomy.map_or("bomtrail:place", |it| it.path);
    properties.all(place, node.instances().iter().map(|it| &*it.place));
    of_places(&mut properties, node);
    if !named {
        properties.add("bomtrail:name", node.name());
    }
    if component.role.is_first_party() || is_main {
        properties.add("bomtrail:role", component.role.name());
    }
    if node.scope() == Scope::Unknown && !is_main {
        // A missing `scope` means required.
        properties.add("bomtrail:scope", "unknown");
    }
    if !is_main && node.is_root() != (component.role == Role::Root) {
        let value = if node.is_root() { "true" } else { "false" };
        properties.add("bomtrail:root", value);
    }
    let usual = node
        .purl()
        .and_then(|it| Ecosystem::of_type(it.package_type()));
    if let Some(ecosystem) = component
        .ecosystem
        .filter(|it| taxonomy.is_none() && usual != Some(*it))
    {
        properties.add("bomtrail:ecosystem", ecosystem.name());
    }
    if component.origin != Origin::Unknown {
        properties.add("bomtrail:origin", component.origin.name());
    }
    flags(&mut properties, (node, is_required), taxonomy);
    licences(&mut properties, component);
    if let Some(details) = component.details.as_deref() {
        of_details(&mut properties, details, taxonomy);
    }
    properties.all("bomtrail:alias", aliases);
    for edge in node.edges() {
        of_edge(&mut properties, edge);
    }
    if let Some(lines) = edge::lines(node) {
        properties.add(edge::PROPERTY, lines);
    }
    properties.sorted()
}

/// The flags that hold at some places only.
fn of_places(properties: &mut Properties<'_>, node: NodeRef<'_>) {
    for instance in node.instances() {
        let mut here = instance.flags;
        here.set(node.flags(), false);
        let names: Vec<&str> = here.names().collect();
        if !names.is_empty() {
            let value = format!("{} {}", names.join(","), instance.place);
            properties.add("bomtrail:flags-there", value);
        }
    }
}

/// The properties of the document: what its inputs are.
pub(crate) fn of_inputs(inputs: &[Source]) -> Vec<Property<'_>> {
    let mut properties = Properties::default();
    for input in inputs {
        properties.add("bomtrail:input", &*input.path);
        for (name, value) in &input.properties {
            properties.add(&**name, &**value);
        }
    }
    properties.sorted()
}

fn flags(
    properties: &mut Properties<'_>,
    (node, is_required): (NodeRef<'_>, bool),
    taxonomy: Option<&'static Taxonomy>,
) {
    let flags = node.flags();
    let development = taxonomy.filter(|_| is_development(node, is_required));
    if let Some(taxonomy) = development {
        properties.add(taxonomy.development, "true");
    }
    for (flag, own, official) in FLAGS {
        let has = flags.has(flag);
        if taxonomy.is_some() && flag == Flags::DEV {
            // The graph decides; the flag of the input is only stated where it differs.
            if has != development.is_some() {
                properties.add(own, if has { "true" } else { "false" });
            }
        } else if has {
            let name = official.zip(taxonomy).map_or(own, |(name, it)| name(it));
            properties.add(name, "true");
        }
    }
}

/// True for what only development needs.
fn is_development(node: NodeRef<'_>, is_required: bool) -> bool {
    let flags = node.flags();
    node.scope() == Scope::Excluded
        && !node.is_root()
        && !flags.has(Flags::EXTRANEOUS)
        && (flags.has(Flags::DEV) || is_required)
}

/// States whether there is no licence or it is withheld: an empty `licenses` could mean both.
fn licences(properties: &mut Properties<'_>, component: &Component) {
    match &component.licenses {
        Fact::Known(licenses) if licenses.is_empty() => properties.add("bomtrail:licenses", "none"),
        Fact::Withheld => properties.add("bomtrail:licenses", "withheld"),
        Fact::Known(_) | Fact::Unknown => {}
    }
}

fn of_details<'g>(
    properties: &mut Properties<'g>,
    details: &'g Details,
    taxonomy: Option<&'static Taxonomy>,
) {
    let engine = taxonomy.map_or("bomtrail:engine:", |it| it.engine);
    for (name, range) in &details.engines {
        properties.add(format!("{engine}{name}"), &**range);
    }
    let os = taxonomy.map_or("bomtrail:os", |it| it.os);
    properties.all(os, details.os.iter().map(|it| &**it));
    properties.all("bomtrail:cpu", details.cpu.iter().map(|it| &**it));
    properties.all("bomtrail:libc", details.libc.iter().map(|it| &**it));
    properties.all("bomtrail:deprecated", details.deprecated.as_deref());
    properties.all("bomtrail:bundled-by", details.bundled_by.as_deref());
    // `cpe` holds one.
    properties.all("bomtrail:cpe", details.cpes.iter().skip(1).map(|it| &**it));
    properties.all("bomtrail:container", details.container.as_deref());
    for patch in &details.patches {
        for hash in &patch.hashes {
            let value = format!("{} {} {}", patch.path, hash.algorithm().name(), hash.hex());
            properties.add("bomtrail:patch", value);
        }
    }
    properties.all(COMMENT, details.comment.as_deref());
    if details.supplier_is_person {
        properties.add(SUPPLIER_IS_PERSON, "true");
    }
    for (name, value) in &details.properties {
        properties.add(&**name, &**value);
    }
}

/// What is unusual about an edge.
fn of_edge(properties: &mut Properties<'_>, edge: EdgeRef<'_>) {
    let name = edge.name();
    if let Some(problem) = edge.problem() {
        let key = match problem {
            Problem::Missing => "bomtrail:edge:missing",
            Problem::Invalid => "bomtrail:edge:invalid",
        };
        let range = edge.range().unwrap_or("*");
        properties.add(key, format!("{name} {range} {}", edge.need().name()));
    }
    let Some(detail) = edge.detail() else { return };
    if let Some(rule) = &detail.overridden {
        let declared = edge.range().unwrap_or("*");
        let value = format!("{name}: {declared} -> {} ({})", rule.effective, rule.rule);
        properties.add("bomtrail:edge:overridden", value);
    }
    if let Some(rule) = &detail.added_by {
        properties.add("bomtrail:edge:added-by", format!("{name}: {rule}"));
    }
    if let Some(condition) = &detail.condition {
        properties.add("bomtrail:edge:condition", format!("{name}: {condition}"));
    }
}
