//! The components and dependencies of a CycloneDX document of any tool.

use std::collections::BTreeMap;
use std::error::Error;

use bomtrail_purl::Purl;
use serde::Deserialize;

/// A component as a tool names it.
#[derive(Debug)]
pub(super) struct Component {
    /// With its scope.
    pub(super) name: String,
    pub(super) version: Option<String>,
    /// Whether it has a Package URL of npm, which says that it is a package of JavaScript.
    pub(super) is_package: bool,
    /// The Package URL, decoded.
    pub(super) text: String,
}

/// What a document lists.
pub(super) struct Listed {
    /// The reference of the main component.
    pub(super) main: Option<String>,
    /// By reference. A component without one is under a name of its own.
    pub(super) components: BTreeMap<String, Component>,
    /// From reference to reference.
    pub(super) edges: Vec<(String, String)>,
}

#[derive(Deserialize)]
struct Document {
    metadata: Option<Metadata>,
    #[serde(default)]
    components: Vec<Entry>,
    #[serde(default)]
    dependencies: Vec<Dependency>,
}

#[derive(Deserialize)]
struct Metadata {
    component: Option<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    #[serde(rename = "bom-ref")]
    reference: Option<String>,
    group: Option<String>,
    #[serde(default)]
    name: String,
    version: Option<String>,
    purl: Option<String>,
    #[serde(default)]
    components: Vec<Entry>,
}

#[derive(Deserialize)]
struct Dependency {
    #[serde(rename = "ref")]
    from: String,
    #[serde(default, rename = "dependsOn")]
    to: Vec<String>,
}

/// Reads a document, with components inside components.
pub(super) fn parse(text: &str) -> Result<Listed, Box<dyn Error>> {
    let document: Document =
        serde_json::from_str(text).map_err(|error| format!("its SBOM is not readable: {error}"))?;
    let mut listed = Listed {
        main: None,
        components: BTreeMap::new(),
        edges: Vec::new(),
    };
    let mut open = document.components;
    if let Some(main) = document.metadata.and_then(|it| it.component) {
        listed.main.clone_from(&main.reference);
        open.push(main);
    }
    while let Some(mut entry) = open.pop() {
        open.append(&mut entry.components);
        let reference = entry.reference.take();
        let reference = reference.unwrap_or_else(|| format!("#{}", listed.components.len()));
        listed.components.insert(reference, entry.into());
    }
    for dependency in document.dependencies {
        let from = &dependency.from;
        let edges = dependency.to.into_iter().map(|to| (from.clone(), to));
        listed.edges.extend(edges);
    }
    Ok(listed)
}

impl From<Entry> for Component {
    fn from(entry: Entry) -> Self {
        let written = entry.purl.unwrap_or_default();
        let purl = Purl::normalize(&written).ok();
        let purl = purl.filter(|it| it.package_type() == "npm");
        let full = |group: Option<&str>, name: &str| match group {
            Some(group) if !group.is_empty() => format!("{group}/{name}"),
            Some(_) | None => name.to_owned(),
        };
        match purl {
            Some(purl) => Self {
                name: full(purl.namespace().as_deref(), &purl.name()),
                version: purl.version().map(std::borrow::Cow::into_owned),
                is_package: true,
                text: purl.decoded().into_owned(),
            },
            None => Self {
                name: full(entry.group.as_deref(), &entry.name),
                version: entry.version.filter(|it| !it.is_empty()),
                is_package: false,
                text: written,
            },
        }
    }
}
