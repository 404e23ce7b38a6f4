//! One node of the JSON graph.

use bomtrail_graph::{
    Completeness, Details, Fact, Hash, Instance, License, NodeRef, Patch, Person, Purl, Scope, Text,
};
use serde::{Serialize, Serializer};

use super::{Property, properties};
use crate::wire::HashView;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct NodeView<'g> {
    #[serde(rename = "ref")]
    reference: &'g str,
    /// The same as `ref`, for programs written before it.
    id: &'g str,
    purl: Option<&'g str>,
    name: &'g str,
    version: Option<&'g str>,
    kind: &'static str,
    role: &'static str,
    origin: &'static str,
    scope: &'static str,
    flags: Vec<&'static str>,
    places: Vec<&'g str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    instances: Vec<InstanceView<'g>>,
    hashes: Vec<ArchiveHash>,
    licenses: Licenses<'g>,
    source: Option<&'g str>,
    dependencies: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    details: Option<DetailsView<'g>>,
}

impl<'g> NodeView<'g> {
    pub(super) fn new(node: NodeRef<'g>, reference: &'g str) -> Self {
        let component = node.component();
        Self {
            reference,
            id: reference,
            purl: node.purl().map(Purl::as_str),
            name: node.name(),
            version: node.version(),
            kind: component.kind.name(),
            role: component.role.name(),
            origin: component.origin.name(),
            scope: scope(node.scope()),
            flags: node.flags().names().collect(),
            places: node.instances().iter().map(|it| &*it.place).collect(),
            instances: instances(node),
            hashes: hashes(&component.hashes),
            licenses: Licenses(&component.licenses),
            source: component.source.as_deref(),
            dependencies: completeness(component.dependencies),
            details: component.details.as_deref().map(DetailsView::new),
        }
    }
}

fn scope(scope: Scope) -> &'static str {
    scope.name().unwrap_or("unknown")
}

fn completeness(completeness: Completeness) -> &'static str {
    match completeness {
        Completeness::Complete => "complete",
        Completeness::Incomplete => "incomplete",
        Completeness::Unknown => "unknown",
    }
}

/// One place of a node; written only when the places differ in more than their path.
#[derive(Serialize)]
struct InstanceView<'g> {
    place: &'g str,
    input: u32,
    flags: Vec<&'static str>,
}

fn instances(node: NodeRef<'_>) -> Vec<InstanceView<'_>> {
    let alike = |it: &Instance| it.input == 0 && it.flags == node.flags();
    let all = node.instances();
    if all.iter().all(alike) {
        return Vec::new();
    }
    all.iter()
        .map(|it| InstanceView {
            place: &it.place,
            input: it.input,
            flags: it.flags.names().collect(),
        })
        .collect()
}

/// A digest, also under the key `hex` for programs written before `content`.
#[derive(Serialize)]
struct ArchiveHash {
    alg: &'static str,
    content: String,
    hex: String,
}

fn hashes(hashes: &[Hash]) -> Vec<ArchiveHash> {
    let view = |hash: &Hash| {
        let HashView { alg, content } = hash.into();
        ArchiveHash {
            alg,
            hex: content.clone(),
            content,
        }
    };
    hashes.iter().map(view).collect()
}

/// An array when known, `null` when unknown, `"withheld"` when withheld.
struct Licenses<'g>(&'g Fact<bomtrail_graph::Licenses>);

impl Serialize for Licenses<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Fact::Known(licenses) => serializer.collect_seq(licenses.iter().map(license)),
            Fact::Unknown => serializer.serialize_none(),
            Fact::Withheld => serializer.serialize_str("withheld"),
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
enum LicenseView<'g> {
    Id(&'g str),
    Expression(&'g str),
    Name(&'g str),
}

fn license(license: &License) -> LicenseView<'_> {
    match license {
        License::Id(text) => LicenseView::Id(text),
        License::Expression(text) => LicenseView::Expression(text),
        License::Named(text) => LicenseView::Name(text),
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct DetailsView<'g> {
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'g str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    authors: Vec<PersonView<'g>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    homepage: Option<&'g str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    repository: Option<&'g str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    bugs: Option<&'g str>,
    #[serde(skip_serializing_if = "<[Text]>::is_empty")]
    funding: &'g [Text],
    #[serde(skip_serializing_if = "Option::is_none")]
    deprecated: Option<&'g str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    engines: Vec<EngineView<'g>>,
    #[serde(skip_serializing_if = "<[Text]>::is_empty")]
    os: &'g [Text],
    #[serde(skip_serializing_if = "<[Text]>::is_empty")]
    cpu: &'g [Text],
    #[serde(skip_serializing_if = "<[Text]>::is_empty")]
    libc: &'g [Text],
    #[serde(skip_serializing_if = "Option::is_none")]
    bundled_by: Option<&'g str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    patches: Vec<PatchView<'g>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    properties: Vec<Property<'g>>,
}

impl<'g> DetailsView<'g> {
    fn new(details: &'g Details) -> Self {
        Self {
            description: details.description.as_deref(),
            authors: details.authors.iter().map(PersonView::new).collect(),
            homepage: details.homepage.as_deref(),
            repository: details.repository.as_deref(),
            bugs: details.bugs.as_deref(),
            funding: &details.funding,
            deprecated: details.deprecated.as_deref(),
            engines: engines(&details.engines),
            os: &details.os,
            cpu: &details.cpu,
            libc: &details.libc,
            bundled_by: details.bundled_by.as_deref(),
            patches: details.patches.iter().map(PatchView::new).collect(),
            properties: properties(&details.properties),
        }
    }
}

#[derive(Serialize)]
struct PersonView<'g> {
    name: &'g str,
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<&'g str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'g str>,
}

impl<'g> PersonView<'g> {
    fn new(person: &'g Person) -> Self {
        Self {
            name: &person.name,
            email: person.email.as_deref(),
            url: person.url.as_deref(),
        }
    }
}

#[derive(Serialize)]
struct EngineView<'g> {
    name: &'g str,
    range: &'g str,
}

fn engines(pairs: &[(Text, Text)]) -> Vec<EngineView<'_>> {
    pairs
        .iter()
        .map(|(name, range)| EngineView { name, range })
        .collect()
}

#[derive(Serialize)]
struct PatchView<'g> {
    path: &'g str,
    hashes: Vec<ArchiveHash>,
}

impl<'g> PatchView<'g> {
    fn new(patch: &'g Patch) -> Self {
        Self {
            path: &patch.path,
            hashes: hashes(&patch.hashes),
        }
    }
}
