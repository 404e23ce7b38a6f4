//! Writes statements as a VEX document.

mod csaf;
mod cyclonedx;
mod openvex;

use std::io::{self, Write};

use bomtrail_document::{Layout, print};
use bomtrail_graph::{Graph, NodeId, NodeRef, Purl, Tool};
use serde_json::Value;

use super::statement::Statement;

pub use cyclonedx::vulnerabilities as cyclonedx_vulnerabilities;

/// A format of VEX.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum VexFormat {
    /// CycloneDX 1.6 in JSON, which refers to the packages of an SBOM by BOM-Link.
    #[default]
    CycloneDx,
    /// OpenVEX 0.2.0.
    OpenVex,
    /// CSAF 2.0, profile 5 (VEX).
    Csaf,
}

impl VexFormat {
    /// Every format with its name on the command line.
    pub const NAMES: [(Self, &'static str); 3] = [
        (Self::CycloneDx, "cyclonedx"),
        (Self::OpenVex, "openvex"),
        (Self::Csaf, "csaf"),
    ];

    /// The versions that `FORMAT@VERSION` may name.
    #[must_use]
    pub fn version(self) -> &'static str {
        match self {
            Self::CycloneDx => "1.6",
            Self::OpenVex => "0.2.0",
            Self::Csaf => "2.0",
        }
    }

    /// The format of a name with or without its version; `-vex` at the end of the name changes nothing.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let (name, version) = match name.split_once('@') {
            Some((name, version)) => (name, Some(version)),
            None => (name, None),
        };
        let name = name.strip_suffix("-vex").unwrap_or(name);
        let found = Self::NAMES.iter().find(|(_, it)| *it == name);
        let (format, _) = found?;
        version
            .is_none_or(|it| it == format.version())
            .then_some(*format)
    }
}

/// Who writes a document, about what, and when.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Origin<'a> {
    /// The packages.
    pub graph: &'a Graph,
    /// The product: the Package URL that users know it by.
    pub product: Purl,
    /// The name of the product.
    pub product_name: String,
    /// Its version.
    pub product_version: String,
    /// Who makes the statements.
    pub author: String,
    /// A web address of the author (CSAF `publisher.namespace`).
    pub namespace: String,
    /// The time (RFC 3339).
    pub timestamp: String,
    /// The serial number and the version of the SBOM that CycloneDX refers to.
    pub sbom: (String, u32),
    /// The program that writes it.
    pub tool: Tool<'a>,
}

impl<'a> Origin<'a> {
    /// About a product at a time; who makes the statements is not known.
    pub fn new(graph: &'a Graph, product: Purl, timestamp: &str, tool: Tool<'a>) -> Self {
        let root = graph.roots().next();
        Self {
            graph,
            product_name: product.name().into_owned(),
            product_version: product.version().unwrap_or_default().into_owned(),
            product,
            author: root.map_or("", NodeRef::name).to_owned(),
            namespace: String::new(),
            timestamp: timestamp.to_owned(),
            sbom: (String::new(), 1),
            tool,
        }
    }

    /// Sets fields by name. A field that a later version adds keeps its default.
    #[must_use]
    pub fn with(mut self, set: impl FnOnce(&mut Self)) -> Self {
        set(&mut self);
        self
    }

    /// The Package URL of what a statement is about.
    pub(crate) fn package(&self, it: &Statement) -> String {
        if it.is_module {
            let purl = Purl::build("cpan", &it.package)
                .version(&it.version)
                .finish();
            return purl.map_or_else(|_| it.package.to_string(), |it| it.to_string());
        }
        self.purl(it.node)
    }

    fn purl(&self, node: NodeId) -> String {
        let node = self.graph.node(node);
        let purl = node.and_then(NodeRef::purl);
        purl.map(|it| it.as_str().to_owned()).unwrap_or_default()
    }

    /// A version 5 UUID of the statements and of what is known of the document.
    pub(crate) fn uuid(&self, format: VexFormat, statements: &[Statement]) -> String {
        let about = format!(
            "{format:?}\n{}\n{}\n{}\n{}\n{statements:?}",
            self.product, self.author, self.timestamp, self.sbom.0
        );
        self.graph.uuid(&about)
    }
}

/// Writes a document.
///
/// # Errors
/// When the sink refuses.
pub fn write(
    format: VexFormat,
    origin: &Origin<'_>,
    statements: &[Statement],
    out: &mut dyn Write,
) -> io::Result<()> {
    let document: Value = match format {
        VexFormat::CycloneDx => cyclonedx::document(origin, statements),
        VexFormat::OpenVex => openvex::document(origin, statements),
        VexFormat::Csaf => csaf::document(origin, statements),
    };
    print(&document, Layout::Pretty, out)
}

/// Adds a member to an object where there is a value.
pub(crate) fn set(object: &mut Value, key: &str, value: Option<Value>) {
    if let (Some(object), Some(value)) = (object.as_object_mut(), value) {
        object.insert(key.to_owned(), value);
    }
}

/// A text, unless it is empty.
pub(crate) fn filled(text: &str) -> Option<Value> {
    (!text.is_empty()).then(|| Value::from(text))
}
