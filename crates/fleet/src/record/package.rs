//! The packages of an SBOM.

use bomtrail_graph::{Fact, Graph, License, Licenses, NodeRef, Purl};

/// A package version: its identity, and what an SBOM states about it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Package<'t> {
    /// What names it: the decoded Package URL, or its place where it has none.
    pub(crate) reference: &'t str,
    /// The Package URL.
    pub(crate) purl: Option<&'t str>,
    /// The type of the Package URL.
    pub(crate) kind: Option<&'t str>,
    /// Full name, as the ecosystem writes it.
    pub(crate) name: &'t str,
    pub(crate) version: Option<&'t str>,
    /// The declared licences; several are joined with `; `.
    pub(crate) license: Option<&'t str>,
    /// The message of a deprecated package.
    pub(crate) deprecated: Option<&'t str>,
    /// True for someone else's package.
    pub(crate) is_dependency: bool,
}

/// All packages of an SBOM. Their texts are in one piece, because one thread makes them and another one drops them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Packages {
    texts: String,
    rows: Vec<Row>,
}

/// A package with the places of its texts.
#[derive(Clone, Copy, Debug)]
struct Row {
    reference: Span,
    purl: Option<Span>,
    kind: Option<Span>,
    name: Span,
    version: Option<Span>,
    license: Option<Span>,
    deprecated: Option<Span>,
    is_dependency: bool,
}

/// A place in the texts, in bytes.
#[derive(Clone, Copy, Debug)]
struct Span {
    start: usize,
    end: usize,
}

impl Packages {
    /// The nodes of a graph, in their order.
    pub(crate) fn of(graph: &Graph) -> Self {
        let mut packages = Self::default();
        for node in graph.nodes() {
            packages.add(node);
        }
        packages
    }

    fn add(&mut self, node: NodeRef<'_>) {
        let component = node.component();
        let details = component.details.as_deref();
        let purl = node.purl();
        let license = license(&component.licenses);
        self.push(Package {
            reference: &node.reference(),
            purl: purl.map(Purl::as_str),
            kind: purl.map(Purl::package_type),
            name: node.name(),
            version: node.version(),
            license: license.as_deref(),
            deprecated: details.and_then(|it| it.deprecated.as_deref()),
            is_dependency: !component.role.is_first_party() && !node.is_root(),
        });
    }

    /// Adds a package as the last one.
    pub(crate) fn push(&mut self, it: Package<'_>) {
        let texts = &mut self.texts;
        let mut span = |text: &str| {
            let start = texts.len();
            texts.push_str(text);
            let end = texts.len();
            Span { start, end }
        };
        let reference = span(it.reference);
        let row = Row {
            reference,
            purl: it.purl.map(|purl| {
                if purl == it.reference {
                    reference
                } else {
                    span(purl)
                }
            }),
            kind: it.kind.map(&mut span),
            name: span(it.name),
            version: it.version.map(&mut span),
            license: it.license.map(&mut span),
            deprecated: it.deprecated.map(&mut span),
            is_dependency: it.is_dependency,
        };
        self.rows.push(row);
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    /// All of them, in order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = Package<'_>> {
        self.rows.iter().map(|it| self.package(it))
    }

    /// What names the package of a position; empty for a position without a package.
    pub(crate) fn reference(&self, position: u32) -> &str {
        let row = self.rows.get(position as usize);
        row.map_or("", |it| self.text(it.reference))
    }

    fn package(&self, row: &Row) -> Package<'_> {
        let text = |span: Span| self.text(span);
        Package {
            reference: text(row.reference),
            purl: row.purl.map(text),
            kind: row.kind.map(text),
            name: text(row.name),
            version: row.version.map(text),
            license: row.license.map(text),
            deprecated: row.deprecated.map(text),
            is_dependency: row.is_dependency,
        }
    }

    fn text(&self, Span { start, end }: Span) -> &str {
        self.texts.get(start..end).unwrap_or_default()
    }
}

/// Several licences without an operator may mean either.
fn license(licenses: &Fact<Licenses>) -> Option<String> {
    let known = licenses.known().filter(|it| !it.is_empty())?;
    let texts: Vec<&str> = known.iter().map(License::text).collect();
    Some(texts.join("; "))
}
