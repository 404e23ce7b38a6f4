//! Facts that CycloneDX has no field for, as properties: under the official name of the ecosystem where there is one, else under
//! `bomtrail:`.

use std::borrow::Cow;

use bomtrail_graph::{
    Component, DetailLevel, Details, Ecosystem, EdgeRef, Fact, Flags, NodeRef, Origin, Problem,
    Role, Scope, Source,
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

/// A node, and what its document knows about it.
#[derive(Clone, Copy)]
pub(crate) struct Subject<'g> {
    pub(crate) node: NodeRef<'g>,
    /// True when the document is about it.
    pub(crate) is_main: bool,
    /// True when `group` and `name` give its full name.
    pub(crate) is_named: bool,
    /// True when an edge leads to it.
    pub(crate) is_required: bool,
    /// How much of the graph is written.
    pub(crate) detail: DetailLevel,
}

/// The properties of a node. `aliases` are the other names that edges give it.
pub(crate) fn of_node<'g>(
    subject: Subject<'g>,
    aliases: impl Iterator<Item = &'g str>,
) -> Vec<Property<'g>> {
    let Subject {
        node,
        is_main,
        detail,
        ..
    } = subject;
    let is_full = detail == DetailLevel::Full;
    let component = node.component();
    let mut properties = Properties::default();
    let taxonomy = component.ecosystem.and_then(Taxonomy::of);
    if is_full || component.role.is_first_party() {
        let place = taxonomy.map_or("bomtrail:place", |it| it.path);
        // A document that states no place is read with the reference as one.
        let reference = node.reference();
        let places = node.instances().iter().map(|it| &*it.place);
        properties.all(
            place,
            places.filter(|it| node.purl().is_none() || **it != *reference),
        );
    }
    if is_full {
        of_places(&mut properties, node);
    }
    if !subject.is_named {
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
    let usual = || Ecosystem::of_type(node.purl()?.package_type());
    if let Some(ecosystem) = component
        .ecosystem
        .filter(|it| taxonomy.is_none() && usual() != Some(*it))
    {
        properties.add("bomtrail:ecosystem", ecosystem.name());
    }
    let is_usual = component.origin == Origin::Registry && !is_full;
    if component.origin != Origin::Unknown && !is_usual {
        properties.add("bomtrail:origin", component.origin.name());
    }
    flags(&mut properties, &subject, taxonomy);
    licences(&mut properties, component);
    if let Some(details) = component.details.as_deref() {
        of_details(&mut properties, details, taxonomy, is_full);
    }
    properties.all("bomtrail:alias", aliases);
    for edge in node.edges() {
        of_edge(&mut properties, edge);
    }
    if let Some(lines) = is_full.then(|| edge::lines(node)).flatten() {
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
    subject: &Subject<'_>,
    taxonomy: Option<&'static Taxonomy>,
) {
    let is_full = subject.detail == DetailLevel::Full;
    let flags = subject.node.flags();
    let development = taxonomy.filter(|_| is_development(subject));
    if let Some(taxonomy) = development {
        properties.add(taxonomy.development, "true");
    }
    // In a lean document the scope says what these say.
    let of_scope = [Flags::OPTIONAL, Flags::DEV_OPTIONAL, Flags::PEER];
    for (flag, own, official) in FLAGS {
        let has = flags.has(flag);
        if taxonomy.is_some() && flag == Flags::DEV {
            // The graph decides; the flag of the input is only stated where it differs.
            if is_full && has != development.is_some() {
                properties.add(own, if has { "true" } else { "false" });
            }
        } else if has && (is_full || !of_scope.contains(&flag)) {
            let name = official.zip(taxonomy).map_or(own, |(name, it)| name(it));
            properties.add(name, "true");
        }
    }
}

/// True for what only development needs.
fn is_development(subject: &Subject<'_>) -> bool {
    let node = subject.node;
    let flags = node.flags();
    node.scope() == Scope::Excluded
        && !node.is_root()
        && !flags.has(Flags::EXTRANEOUS)
        && (flags.has(Flags::DEV) || subject.is_required)
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
    is_full: bool,
) {
    let engine = taxonomy.map_or("bomtrail:engine:", |it| it.engine);
    for (name, range) in details.engines.iter().filter(|_| is_full) {
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
fn of_edge(properties: &mut Properties<'_>, it: EdgeRef<'_>) {
    if it.problem().is_none() && it.detail().is_none() {
        return;
    }
    let name = it.name();
    if let Some(problem) = it.problem() {
        let key = match problem {
            Problem::Missing => edge::MISSING,
            Problem::Invalid => edge::INVALID,
        };
        let range = it.range().unwrap_or("*");
        properties.add(key, format!("{name} {range} {}", it.need().name()));
    }
    let Some(detail) = it.detail() else { return };
    if let Some(rule) = &detail.overridden {
        let declared = it.range().unwrap_or("*");
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
