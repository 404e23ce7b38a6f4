//! `[[component]]`: statements about components of others, by Package URL.

use bomtrail_compliance::Element;
use bomtrail_document::{Table, nearest};
use bomtrail_graph::{Diagnostics, Graph, License, NodeMap, NodeRef, Person, Statement};

use super::diags;
use super::shape::{is_email, is_url};

/// A statement about the components that match a pattern.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ComponentRule {
    /// A pattern of Package URLs; `*` matches a part between slashes, `**` several. Without a version, every version matches.
    pub pattern: String,
    /// The statement.
    pub statement: Statement,
}

pub(super) fn read(table: &mut Table<'_, '_>) -> Option<ComponentRule> {
    table.only(&[
        "purl", "supplier", "license", "reason", "unknown", "withheld",
    ]);
    let pattern = table.required("purl", "the Package URL of the components, or a pattern")?;
    if !pattern.starts_with("pkg:") {
        table.wrong(
            "purl",
            "a Package URL, or a pattern of one, as in `pkg:npm/@acme/*`",
        );
    }
    let license = table.parsed("license", "an SPDX licence expression", |it| {
        License::declared(it).filter(License::is_expression)
    });
    let reason = table.text("reason").map(Into::into);
    if license.is_some() && reason.is_none() {
        table.required("reason", "why this licence is concluded");
    }
    let statement = Statement {
        supplier: supplier(table),
        license,
        reason,
        unknown: elements(table, "unknown"),
        withheld: elements(table, "withheld"),
    };
    Some(ComponentRule {
        pattern: pattern.to_owned(),
        statement,
    })
}

/// `supplier = { name, email, url }`.
fn supplier(table: &mut Table<'_, '_>) -> Option<Person> {
    let mut inner = table.table("supplier")?;
    inner.only(&["name", "email", "url"]);
    Some(Person {
        name: inner.required("name", "the name of the supplier")?.into(),
        email: inner.parsed("email", "an e-mail address", |it| {
            is_email(it).then(|| it.into())
        }),
        url: inner.parsed("url", "a web address", |it| is_url(it).then(|| it.into())),
    })
}

fn elements(table: &mut Table<'_, '_>, key: &str) -> Vec<Box<str>> {
    let names = Element::names();
    let mut stated = Vec::new();
    for (text, at) in table.texts(key) {
        if !names.contains(&text) {
            let meant = nearest(text, names.iter().copied());
            let help = match meant {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => format!("the elements are `{}`", names.join("`, `")),
            };
            let message = format!("`{text}` is not an element of `{key}`");
            table.page.wrong(at, &message, Some(&help));
        }
        stated.push(text.into());
    }
    stated
}

/// The statements about each node. An entry that matches no node is reported.
pub(super) fn apply(
    rules: &[ComponentRule],
    graph: &Graph,
    diagnostics: &mut Diagnostics,
) -> NodeMap<Statement> {
    let mut statements: NodeMap<Statement> = NodeMap::new(graph);
    for rule in rules {
        let mut matched = false;
        for node in graph.nodes().filter(|it| rule.is_about(*it)) {
            matched = true;
            let mut statement = statements.get(node.id()).cloned().unwrap_or_default();
            merge(&mut statement, &rule.statement);
            statements.insert(node.id(), statement);
        }
        if !matched {
            diagnostics.push(diags::no_match("component", &rule.pattern));
        }
    }
    statements
}

impl ComponentRule {
    fn is_about(&self, node: NodeRef<'_>) -> bool {
        let Some(purl) = node.purl() else {
            return false;
        };
        let whole = purl.decoded();
        let matches = |text: &str| fast_glob::glob_match(self.pattern.as_bytes(), text.as_bytes());
        if matches(&whole) || matches(purl.as_str()) {
            return true;
        }
        let plain = whole.split(['?', '#']).next().unwrap_or_default();
        let version = purl.version();
        let unversioned = version.and_then(|it| plain.strip_suffix(&*it)?.strip_suffix('@'));
        matches(plain) || unversioned.is_some_and(matches)
    }
}

fn merge(old: &mut Statement, new: &Statement) {
    if new.supplier.is_some() {
        old.supplier.clone_from(&new.supplier);
    }
    if new.license.is_some() {
        old.license.clone_from(&new.license);
        old.reason.clone_from(&new.reason);
    }
    for (old, new) in [
        (&mut old.unknown, &new.unknown),
        (&mut old.withheld, &new.withheld),
    ] {
        old.extend_from_slice(new);
        old.sort_unstable();
        old.dedup();
    }
}
