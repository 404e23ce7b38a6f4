//! A graph as lines that a person can judge: everything it says, sorted as the graph is, nothing else.

use std::borrow::Cow;
use std::fmt::Write as _;

use bomtrail_graph::{
    Completeness, Component, Details, Diagnostics, EdgeRef, Fact, Graph, Instance, License,
    NodeRef, Person, Reference,
};

/// One line for each input and node, and under the node one for each fact and each edge.
///
/// ```text
/// input package-lock.json pre-build
/// root pkg:npm/app@1.0.0 required application root directory at ""
///   -> ? d * runtime optional
///   -> pkg:npm/b@2.0.0 c ^2.0.0 runtime required alias=c
/// pkg:npm/b@2.0.0 required library registry at node_modules/c
///   hash SHA-1 ca978112ca1bbdcafac231b39a23dc4da786eff8
/// ```
pub fn graph_text(graph: &Graph) -> String {
    let mut text = String::new();
    for input in graph.inputs() {
        line(
            &mut text,
            &format!("input {} {}", show(&input.path), input.lifecycle.name()),
        );
        for (name, value) in &input.properties {
            fact(
                &mut text,
                "property",
                &format!("{}={}", show(name), show(value)),
            );
        }
    }
    for node in graph.nodes() {
        node_lines(&mut text, graph, node);
    }
    text
}

/// One line for each diagnostic, in order, as [`std::fmt::Display`] has it.
pub fn diagnostics_text(diagnostics: &Diagnostics) -> String {
    diagnostics.iter().map(|it| it.to_string() + "\n").collect()
}

fn node_lines(text: &mut String, graph: &Graph, node: NodeRef<'_>) {
    let component = node.component();
    let root = if node.is_root() { "root " } else { "" };
    let scope = node.scope().name().unwrap_or("unknown");
    let mut words = vec![format!(
        "{root}{} {scope} {}",
        show(&node.reference()),
        component.kind.name()
    )];
    if component.role.is_first_party() {
        words.push(component.role.name().to_owned());
    }
    words.push(component.origin.name().to_owned());
    match component.dependencies {
        Completeness::Complete => {}
        Completeness::Incomplete => words.push("edges-incomplete".to_owned()),
        Completeness::Unknown => words.push("edges-unknown".to_owned()),
    }
    words.extend(component.flags.names().map(str::to_owned));
    let several = graph.inputs().len() > 1;
    let places: Vec<String> = node
        .instances()
        .iter()
        .map(|it| place(it, node, several))
        .collect();
    words.push("at ".to_owned() + &places.join(", "));
    line(text, &words.join(" "));
    facts(text, node);
    for edge in node.edges() {
        edge_line(text, edge);
    }
}

fn place(instance: &Instance, node: NodeRef<'_>, several: bool) -> String {
    let mut text = show(&instance.place).into_owned();
    if several {
        write!(text, "#{}", instance.input).unwrap();
    }
    if instance.flags != node.flags() {
        let flags: Vec<&str> = instance.flags.names().collect();
        write!(text, "({})", flags.join(" ")).unwrap();
    }
    text
}

/// What the node says beyond its purl.
fn facts(text: &mut String, node: NodeRef<'_>) {
    let component = node.component();
    // The reference is decoded: two purls may look alike in it.
    let purl = node.purl().map(bomtrail_graph::Purl::as_str);
    if purl.is_none_or(|it| it.contains('%')) {
        fact(text, "purl", purl.unwrap_or("none"));
    }
    let plain = |name: &str| {
        let found = node.purl()?;
        let full = match found.namespace() {
            Some(scope) if found.package_type() == "npm" => format!("{scope}/{}", found.name()),
            _ => found.name().into_owned(),
        };
        (full == name && found.version().as_deref() == node.version()).then_some(())
    };
    if plain(node.name()).is_none() {
        fact(text, "name", &show(node.name()));
        fact(
            text,
            "version",
            &node.version().map_or(Cow::Borrowed("none"), show),
        );
    }
    if let Some(source) = &component.source {
        fact(text, "source", &show(source));
    }
    for hash in &component.hashes {
        fact(
            text,
            "hash",
            &format!("{} {}", hash.algorithm().name(), hash.hex()),
        );
    }
    licenses(text, component);
    for it in &component.provides {
        let version = it.version.as_deref().map_or(Cow::Borrowed("none"), show);
        fact(
            text,
            "provides",
            &format!("{} {} {version}", it.space, show(&it.name)),
        );
    }
    if let Some(details) = &component.details {
        detail_lines(text, details);
    }
}

fn licenses(text: &mut String, component: &Component) {
    match &component.licenses {
        Fact::Unknown => {}
        Fact::Withheld => fact(text, "license", "withheld"),
        Fact::Known(list) if list.is_empty() => fact(text, "license", "none"),
        Fact::Known(list) => {
            for license in list {
                let kind = match license {
                    License::Id(_) => "id",
                    License::Expression(_) => "expression",
                    License::Named(_) => "name",
                };
                fact(text, "license", &format!("{kind} {}", show(license.text())));
            }
        }
    }
}

/// What documents state and lockfiles do not.
fn stated(text: &mut String, details: &Details) {
    if let Some(supplier) = &details.supplier {
        let name = if details.supplier_is_person {
            "supplier (a person)"
        } else {
            "supplier"
        };
        fact(text, name, &person_text(supplier));
    }
    if let Some(manufacturer) = &details.manufacturer {
        fact(text, "manufacturer", &person_text(manufacturer));
    }
    for Reference {
        kind,
        url,
        comment,
        hashes,
    } in &details.references
    {
        let comment = comment.as_deref().map(show).unwrap_or_default();
        let hashes: Vec<String> = hashes.iter().map(|it| format!(" {it:?}")).collect();
        fact(
            text,
            "reference",
            &format!("{kind} {} {comment}{}", show(url), hashes.concat()),
        );
    }
    for (license, words) in &details.license_texts {
        fact(text, "license-text", &format!("{license} {}", show(words)));
    }
}

fn detail_lines(text: &mut String, details: &Details) {
    let Details {
        description,
        authors,
        homepage,
        repository,
        bugs,
        funding,
        deprecated,
        engines,
        os,
        cpu,
        libc,
        bundled_by,
        container,
        comment,
        copyright,
        cpes,
        patches,
        properties,
        ..
    } = details;
    let single = [
        ("description", description),
        ("homepage", homepage),
        ("repository", repository),
        ("bugs", bugs),
        ("deprecated", deprecated),
        ("bundled-by", bundled_by),
        ("container", container),
        ("copyright", copyright),
        ("comment", comment),
    ];
    for (name, value) in single {
        if let Some(value) = value {
            fact(text, name, &show(value));
        }
    }
    for person in authors {
        fact(text, "author", &person_text(person));
    }
    stated(text, details);
    for (name, list) in [
        ("funding", funding),
        ("os", os),
        ("cpu", cpu),
        ("libc", libc),
        ("cpe", cpes),
    ] {
        for value in list {
            fact(text, name, &show(value));
        }
    }
    for patch in patches {
        let hashes: Vec<String> = patch.hashes.iter().map(|it| format!(" {it:?}")).collect();
        fact(
            text,
            "patch",
            &format!("{}{}", show(&patch.path), hashes.concat()),
        );
    }
    for (kind, pairs) in [("engine", engines), ("property", properties)] {
        for (name, value) in pairs {
            fact(text, kind, &format!("{}={}", show(name), show(value)));
        }
    }
}

fn person_text(person: &Person) -> String {
    let Person { name, email, url } = person;
    let part = |text: &Option<Box<str>>| {
        text.as_deref()
            .map(|it| format!(" <{it}>"))
            .unwrap_or_default()
    };
    format!("{}{}{}", show(name), part(email), part(url))
}

fn edge_line(text: &mut String, edge: EdgeRef<'_>) {
    let to = edge.to().map_or(Cow::Borrowed("?"), |node| {
        Cow::Owned(show(&node.reference()).into_owned())
    });
    let range = edge.range().map_or(Cow::Borrowed("-"), show);
    let (phase, need) = (edge.phase().name(), edge.need().name());
    let mut words = vec![format!(
        "  -> {to} {} {range} {phase} {need}",
        show(edge.name())
    )];
    words.extend(edge.problem().map(|it| it.name().to_owned()));
    if let Some(detail) = edge.detail() {
        let mark = |name: &str, value: &Option<Box<str>>| {
            value.as_deref().map(|it| format!("{name}={}", show(it)))
        };
        words.extend(mark("alias", &detail.alias));
        if let Some(rule) = &detail.overridden {
            words.push(format!(
                "overridden={:?} effective={}",
                rule.rule,
                show(&rule.effective)
            ));
        }
        words.extend(mark("added-by", &detail.added_by));
        words.extend(mark("condition", &detail.condition));
    }
    line(text, &words.join(" "));
}

fn fact(text: &mut String, name: &str, value: &str) {
    line(text, &format!("  {name} {value}"));
}

fn line(text: &mut String, line: &str) {
    text.push_str(line);
    text.push('\n');
}

/// The text itself where it is one plain word, quoted and escaped where it is not.
fn show(text: &str) -> Cow<'_, str> {
    let odd = |c: char| c.is_whitespace() || c.is_control() || c == '"';
    if text.is_empty() || text.contains(odd) {
        Cow::Owned(format!("{text:?}"))
    } else {
        Cow::Borrowed(text)
    }
}

#[cfg(test)]
mod tests;
