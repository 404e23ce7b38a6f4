//! What BSI TR-03183-2 v2.1.0 asks for beyond other readers, in its SPDX tables: what an archive is, where it is, and where the
//! source code is. Written only where the profile is asked for.

use bomtrail_graph::{Bom, NodeRef};

use super::agent::Agent;
use super::context::Context;
use super::element::Element;
use crate::location;

/// What kind of file an archive of source files is (table 8): executable, and structured, which is `container` there.
pub(super) fn nature(bom: &Bom<'_>) -> &'static [&'static str] {
    if bom.has_extra("bsi") {
        &["container", "executable"]
    } else {
        &[]
    }
}

/// Where the archive is (5.2.4, URI of the deployable form).
pub(super) fn deployable<'d>(bom: &Bom<'_>, node: NodeRef<'d>) -> Option<Element<'d>> {
    let source = node.component().source.as_deref();
    let source = source.filter(|it| bom.has_extra("bsi") && location::is_location(it))?;
    Some(Element::external_ref("binaryArtifact", source))
}

/// The supplier of the archive: that of the package.
pub(super) fn supplier(context: &Context<'_>, node: NodeRef<'_>) -> Option<String> {
    let supplier = Agent::supplier(context.bom, node);
    let supplier = supplier.filter(|_| context.bom.has_extra("bsi"))?;
    Some(context.iri(&supplier.element_name()))
}

/// Where the source code is (5.2.4, source code URI).
pub(super) fn repository<'d>(bom: &Bom<'_>, node: NodeRef<'d>) -> Option<&'d str> {
    let details = node.component().details.as_deref()?;
    let repository = details.repository.as_deref();
    repository.filter(|it| bom.has_extra("bsi") && location::is_location(it))
}

/// The name of the element of a package's source code.
pub(super) fn source_name(package: &str) -> String {
    ["Source-", package].concat()
}

/// The source code of a package, if its place is known.
pub(super) fn source<'d>(context: &Context<'d>, node: NodeRef<'d>) -> Option<Element<'d>> {
    let repository = repository(context.bom, node)?;
    let name = source_name(&context.package_name(node));
    let reference = Element::external_ref("sourceArtifact", repository);
    Some(
        context
            .element("software_File", &name)
            .text("name", repository)
            .objects("externalRef", [reference])
            .text("software_primaryPurpose", "source"),
    )
}
