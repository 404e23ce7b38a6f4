//! What BSI TR-03183-2 v2.1.0 asks for beyond other readers, in its SPDX tables: what an archive is, where it and the source code
//! are. Said only where the profile is asked for.

use bomtrail_graph::{Bom, NodeRef};

use super::document::Document;
use super::element::{Element, ExternalRef};
use super::shared::Agent;
use crate::location;
use crate::product;

/// What kind of file an archive of source files is (table 8): executable, and structured, which is `container` there.
pub(super) fn nature(bom: &Bom<'_>) -> Vec<&'static str> {
    if bom.bsi {
        vec!["container", "executable"]
    } else {
        Vec::new()
    }
}

fn reference<'d>(kind: &'static str, url: &'d str) -> ExternalRef<'d> {
    ExternalRef {
        kind: "ExternalRef",
        external_ref_type: kind,
        locator: [url],
    }
}

/// Where the archive is (5.2.4, URI of the deployable form).
pub(super) fn deployable<'d>(bom: &Bom<'_>, node: NodeRef<'d>) -> Vec<ExternalRef<'d>> {
    let source = node.component().source.as_deref();
    let source = source.filter(|it| bom.bsi && location::is_location(it));
    let source = source.map(|it| reference("binaryArtifact", it));
    source.into_iter().collect()
}

/// Who supplies the archive: who supplies the package.
pub(super) fn supplier(document: &Document<'_>, node: NodeRef<'_>) -> Option<String> {
    let supplier = product::supplier(document.bom, node).and_then(Agent::organisation);
    let supplier = supplier.filter(|_| document.bom.bsi)?;
    Some(document.iri(&supplier.id()))
}

/// Where the source code is (5.2.4, source code URI).
pub(super) fn repository<'d>(bom: &Bom<'_>, node: NodeRef<'d>) -> Option<&'d str> {
    let details = node.component().details.as_deref()?;
    let repository = details.repository.as_deref();
    repository.filter(|it| bom.bsi && location::is_location(it))
}

/// The name of the element of a package's source code.
pub(super) fn source_name(package: &str) -> String {
    ["Source-", package].concat()
}

/// The source code of a package, as far as it is known where it is.
pub(super) fn source<'d>(document: &Document<'d>, node: NodeRef<'d>) -> Option<Element<'d>> {
    let repository = repository(document.bom, node)?;
    let name = source_name(&document.package_name(node));
    Some(Element {
        name: Some(repository),
        external_ref: vec![reference("sourceArtifact", repository)],
        purpose: Some("source"),
        ..document.element("software_File", &name)
    })
}
