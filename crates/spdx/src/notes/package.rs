//! Facts about a package that SPDX has no field for, as the text of an annotation.

use bomtrail_graph::{
    Component, Details, Ecosystem, Fact, Flags, Graph, Instance, Kind, License, NodeRef, Origin,
    Patch, Person, Reference, Role,
};

use crate::agent;
use crate::license::Extracted;
use crate::location::{self, is_locator, pages};
use crate::notes::lines::Lines;

/// Flags that say what a package is needed for.
const OF_SCOPE: [Flags; 4] = [
    Flags::DEV,
    Flags::OPTIONAL,
    Flags::DEV_OPTIONAL,
    Flags::PEER,
];

/// What the fields of a package already hold, and is not repeated in the note; and what they do not hold.
pub(crate) struct Said<'s> {
    /// The supplier, where a field does not hold all of it.
    pub(crate) supplier: Option<&'s Person>,
    /// The download location.
    pub(crate) location: Option<&'s str>,
    /// True when everything that the graph knows is written.
    pub(crate) is_full: bool,
    /// The licence expression.
    pub(crate) declared: &'s str,
    /// True for an author by its number, from 0, that a field holds whole.
    pub(crate) author: &'s dyn Fn(usize, &Person) -> bool,
    /// The manufacturer, where a field does not hold all of it.
    pub(crate) manufacturer: Option<&'s Person>,
    /// True for a reference that a field holds whole.
    pub(crate) reference: fn(&Reference) -> bool,
    /// The texts of licences that the document has.
    pub(crate) extracted: &'s Extracted<'s>,
}

/// The facts of a node, in a fixed order of keys; `None` when the fields hold everything.
pub(crate) fn facts(graph: &Graph, node: NodeRef<'_>, said: &Said<'_>) -> Option<String> {
    let component = node.component();
    let mut lines = Lines::default();
    lines.add_known(
        "role",
        Some(component.role.name()).filter(|_| component.role != Role::Dependency),
    );
    lines.add_known("scope", node.scope().name().filter(|_| said.is_full));
    lines.add_known(
        "kind",
        Some(component.kind.name()).filter(|_| component.kind == Kind::Platform),
    );
    lines.add_known(
        "origin",
        Some(component.origin.name()).filter(|_| {
            let is_usual = component.origin == Origin::Registry && !said.is_full;
            component.origin != Origin::Unknown && !is_usual
        }),
    );
    let usual = component.purl.as_ref();
    let usual = usual.and_then(|it| Ecosystem::of_type(it.package_type()));
    if let Some(ecosystem) = component.ecosystem.filter(|it| usual != Some(*it)) {
        lines.add("ecosystem", ecosystem.name());
    }
    let source = component.source.as_deref();
    lines.add_known("source", source.filter(|it| said.location != Some(it)));
    for license in licenses_apart(component, said.declared) {
        lines.add("license", license.text());
    }
    if component.licenses == Fact::Withheld {
        lines.add("withheld", "licenses");
    }
    if let Some(details) = &component.details {
        add_details(&mut lines, component, details, said);
        add_pages(&mut lines, component, said.is_full);
    }
    let mut flags = node.flags();
    if !said.is_full {
        // The relationships say what these say.
        for of_scope in OF_SCOPE {
            flags.set(of_scope, false);
        }
    }
    for name in flags.names() {
        lines.add("flag", name);
    }
    let is_placed = said.is_full || component.role.is_first_party();
    for instance in node.instances().iter().filter(|_| is_placed) {
        add_place(&mut lines, graph, instance, node.flags());
    }
    lines.finish()
}

/// An author on one line, unless that line would be read as a different person.
fn add_author(lines: &mut Lines, author: &Person) {
    let words = agent::words(author);
    if agent::of_words(&words) == *author {
        return lines.add("author", &words);
    }
    lines.add("author-name", &author.name);
    lines.add_known("author-email", author.email.as_deref());
    lines.add_known("author-url", author.url.as_deref());
}

/// The licences of a component, unless there is one and its text is what is declared.
fn licenses_apart<'c>(component: &'c Component, declared: &str) -> &'c [License] {
    match component.licenses.known().map_or(&[][..], |it| &**it) {
        [License::Id(text) | License::Expression(text)] if &**text == declared => &[],
        [License::Named(_)] if declared.starts_with("LicenseRef-") => &[],
        other => other,
    }
}

fn add_details(lines: &mut Lines, component: &Component, details: &Details, said: &Said<'_>) {
    for (number, author) in details.authors.iter().enumerate() {
        if !(said.author)(number, author) {
            add_author(lines, author);
        }
    }
    if let Some(supplier) = said.supplier {
        lines.add("supplier-name", &supplier.name);
        lines.add_known("supplier-email", supplier.email.as_deref());
        lines.add_known("supplier-url", supplier.url.as_deref());
        let kind = details.supplier_is_person.then_some("person");
        lines.add_known("supplier-kind", kind);
    }
    if let Some(manufacturer) = said.manufacturer {
        lines.add("manufacturer-name", &manufacturer.name);
        lines.add_known("manufacturer-email", manufacturer.email.as_deref());
        lines.add_known("manufacturer-url", manufacturer.url.as_deref());
    }
    for it in details.references.iter().filter(|it| !(said.reference)(it)) {
        lines.add("reference-type", &it.kind);
        lines.add("reference-url", &it.url);
        lines.add_known("reference-comment", it.comment.as_deref());
        for hash in &it.hashes {
            lines.add_parts("reference-hash", &[hash.algorithm().name(), &hash.hex()]);
        }
    }
    for (license, text) in &details.license_texts {
        if !said.extracted.holds(license, text) {
            lines.add("license-text-of", license);
            lines.add("license-text", text);
        }
    }
    for cpe in &details.cpes {
        if !location::cpes(component).any(|(_, it)| it == &**cpe) {
            lines.add("cpe", cpe);
        }
    }
    lines.add_known("deprecated", details.deprecated.as_deref());
    for (engine, range) in details.engines.iter().filter(|_| said.is_full) {
        lines.add_parts("engine", &[engine, range]);
    }
    let platforms = [
        ("os", &details.os),
        ("cpu", &details.cpu),
        ("libc", &details.libc),
    ];
    for (key, values) in platforms {
        for value in values {
            lines.add(key, value);
        }
    }
    lines.add_known("bundled-by", details.bundled_by.as_deref());
    for Patch { path, hashes } in &details.patches {
        lines.add("patch", path);
        for hash in hashes {
            lines.add_parts("patch-hash", &[hash.algorithm().name(), &hash.hex()]);
        }
    }
    for (name, value) in &details.properties {
        lines.add_property(name, value);
    }
}

/// Addresses that SPDX does not accept in its fields.
fn add_pages(lines: &mut Lines, component: &Component, is_full: bool) {
    let homepage = component
        .details
        .as_ref()
        .and_then(|it| it.homepage.as_deref());
    lines.add_known("homepage", homepage.filter(|it| !location::is_location(it)));
    for (key, page) in pages(component, is_full).filter(|(_, page)| !is_locator(page)) {
        lines.add(key, page);
    }
}

/// A place, and the flags that hold there and not everywhere.
fn add_place(lines: &mut Lines, graph: &Graph, instance: &Instance, everywhere: Flags) {
    let input = usize::try_from(instance.input)
        .ok()
        .and_then(|it| graph.inputs().get(it));
    let place = format!("{}#{}", input.map_or("", |it| &*it.path), instance.place);
    lines.add("place", &place);
    let mut here = instance.flags;
    here.set(everywhere, false);
    let flags: Vec<&str> = here.names().collect();
    if !flags.is_empty() {
        lines.add_parts("flags-there", &flags);
    }
}
