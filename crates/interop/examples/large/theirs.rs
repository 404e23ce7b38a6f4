//! The model of `cyclonedx-bom`, made of the same graph.

use std::io::{BufWriter, Write};

use bomtrail_graph::{Graph, NodeRef};
use cyclonedx_bom::external_models::uri::{Purl, Uri};
use cyclonedx_bom::models::bom::{Bom, SpecVersion};
use cyclonedx_bom::models::component::{Classification, Component, Components, Scope};
use cyclonedx_bom::models::dependency::{Dependencies, Dependency};
use cyclonedx_bom::models::external_reference::{
    ExternalReference, ExternalReferenceType, ExternalReferences, Uri as Link,
};
use cyclonedx_bom::models::hash::{Hash, HashAlgorithm, HashValue, Hashes};
use cyclonedx_bom::models::license::{License, LicenseChoice, Licenses};
use cyclonedx_bom::models::property::{Properties, Property};

pub(crate) fn write(graph: &Graph, out: &mut dyn Write) {
    let reference = |node: NodeRef<'_>| node.reference().into_owned();
    let dependency = |node: NodeRef<'_>| Dependency {
        dependency_ref: reference(node),
        dependencies: node.dependencies().map(reference).collect(),
    };
    let bom = Bom {
        components: Some(Components(graph.nodes().map(component).collect())),
        dependencies: Some(Dependencies(graph.nodes().map(dependency).collect())),
        ..Bom::default()
    };
    let mut out = BufWriter::new(out);
    bom.output_as_json(&mut out, SpecVersion::V1_5).unwrap();
    out.flush().unwrap();
}

fn component(node: NodeRef<'_>) -> Component {
    let (name, version) = (node.name(), node.version().unwrap());
    let hashes = || {
        let hash = node.component().hashes.first().unwrap();
        Hashes(vec![Hash {
            alg: HashAlgorithm::SHA_512,
            content: HashValue(hash.hex()),
        }])
    };
    let archive = ExternalReference {
        external_reference_type: ExternalReferenceType::Distribution,
        url: Link::Url(Uri::new(node.component().source.as_deref().unwrap())),
        comment: None,
        hashes: Some(hashes()),
    };
    let reference = node.reference().into_owned();
    let mut it = Component::new(Classification::Library, name, version, Some(reference));
    it.scope = Some(Scope::Required);
    it.purl = Some(Purl::new("npm", name, version).unwrap());
    it.hashes = Some(hashes());
    it.licenses = Some(Licenses(vec![LicenseChoice::License(License::license_id(
        "MIT",
    ))]));
    it.external_references = Some(ExternalReferences(vec![archive]));
    let place = &node.instances().first().unwrap().place;
    it.properties = Some(Properties(vec![
        Property::new("bomtrail:origin", "registry"),
        Property::new("bomtrail:place", place),
    ]));
    it
}
