//! Third-party notices: the packages that are not first-party, grouped by licence, with their authors and the licence texts
//! they contain. Packages without a stated licence have a section of their own.

mod html;
mod text;

use std::collections::BTreeMap;
use std::io::{self, Write};

use bomtrail_graph::{Graph, License, NodeId, NodeMap, NodeRef, Statement, Tables, Tool};

/// A licence file of a package.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LicenseText {
    /// The name of the file (`LICENSE.md`).
    pub file: String,
    /// Its text.
    pub text: String,
}

/// The contents of notices.
#[derive(Clone, Copy)]
pub struct Notices<'g> {
    /// The graph.
    pub graph: &'g Graph,
    /// What the project states about components: its concluded licences win over declared ones.
    pub tables: Tables<'g>,
    /// The licence texts of the packages.
    pub texts: &'g NodeMap<Vec<LicenseText>>,
    /// The product's name and version.
    pub title: &'g str,
    /// The program that writes them.
    pub tool: Tool<'g>,
}

/// A format of notices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoticesFormat {
    /// Plain text.
    Text,
    /// One self-contained HTML file without scripts.
    Html,
}

impl Notices<'_> {
    /// Writes them.
    ///
    /// # Errors
    /// What the sink fails with.
    pub fn write(&self, format: NoticesFormat, out: &mut dyn Write) -> io::Result<()> {
        let groups = groups(self);
        match format {
            NoticesFormat::Text => text::write(self, &groups, out),
            NoticesFormat::Html => html::write(self, &groups, out),
        }
    }
}

/// The packages of one licence.
struct Group<'g> {
    /// The licence; `None` for packages that state none.
    license: Option<String>,
    packages: Vec<Package<'g>>,
    /// The distinct texts, each with the packages that contain it.
    texts: Vec<(Vec<String>, &'g LicenseText)>,
}

impl Group<'_> {
    fn title(&self) -> &str {
        self.license.as_deref().unwrap_or("Unknown")
    }
}

/// The text of the section of packages without a licence.
const UNKNOWN: &str = "No licence is stated for these packages, so they may not be used without permission. Find out the licence, and state it \
                       in a [[component]] of bomtrail.toml.";

struct Package<'g> {
    label: String,
    by: String,
    page: Option<&'g str>,
}

/// The packages by licence, sorted by name; packages without a licence come last. First-party components are left out.
fn groups<'g>(notices: &Notices<'g>) -> Vec<Group<'g>> {
    let mut groups: BTreeMap<(bool, String), Vec<NodeRef<'g>>> = BTreeMap::new();
    let others = notices.graph.nodes();
    for node in others.filter(|it| !it.component().role.is_first_party()) {
        let license = license(node, notices);
        let key = (license.is_none(), license.unwrap_or_default());
        groups.entry(key).or_default().push(node);
    }
    groups
        .into_iter()
        .map(|((is_unknown, license), nodes)| Group {
            license: Some(license).filter(|_| !is_unknown),
            packages: nodes.iter().map(|it| package(*it, notices)).collect(),
            texts: texts(&nodes, notices),
        })
        .collect()
}

/// The concluded licence, else the declared ones; `None` when unknown.
fn license(node: NodeRef<'_>, notices: &Notices<'_>) -> Option<String> {
    let statement = statement(node.id(), notices);
    if let Some(concluded) = statement.and_then(|it| it.license.as_ref()) {
        return Some(concluded.text().to_owned());
    }
    let declared = node.component().licenses.known()?;
    let texts: Vec<&str> = declared.iter().map(License::text).collect();
    Some(texts.join(", ")).filter(|it| !it.is_empty())
}

fn statement<'g>(id: NodeId, notices: &Notices<'g>) -> Option<&'g Statement> {
    notices.tables.statements.and_then(|it| it.get(id))
}

fn label(node: NodeRef<'_>) -> String {
    match node.version() {
        Some(version) => [node.name(), " ", version].concat(),
        None => node.name().to_owned(),
    }
}

fn package<'g>(node: NodeRef<'g>, notices: &Notices<'g>) -> Package<'g> {
    let details = node.component().details.as_deref();
    let authors = details.map_or(&[][..], |it| &it.authors).iter();
    let supplier = statement(node.id(), notices).and_then(|it| it.supplier.as_ref());
    let mut by: Vec<&str> = Vec::new();
    for person in supplier.into_iter().chain(authors) {
        let shown = if person.name.is_empty() {
            person.email.as_deref().unwrap_or_default()
        } else {
            &person.name
        };
        if !shown.is_empty() && !by.contains(&shown) {
            by.push(shown);
        }
    }
    Package {
        label: label(node),
        by: by.join(", "),
        page: details.and_then(|it| it.homepage.as_deref().or(it.repository.as_deref())),
    }
}

fn texts<'g>(nodes: &[NodeRef<'g>], notices: &Notices<'g>) -> Vec<(Vec<String>, &'g LicenseText)> {
    let mut seen: BTreeMap<&str, (Vec<String>, &'g LicenseText)> = BTreeMap::new();
    let mut order: Vec<&str> = Vec::new();
    for node in nodes {
        for text in notices.texts.get(node.id()).into_iter().flatten() {
            let slot = seen.entry(&text.text).or_insert_with(|| {
                order.push(&text.text);
                (Vec::new(), text)
            });
            slot.0.push(label(*node));
        }
    }
    order.into_iter().filter_map(|it| seen.remove(it)).collect()
}

#[cfg(test)]
mod tests;
