//! A package, its archive, and the notes about what has no field of its own.

use bomtrail_graph::{Bom, HashAlgorithm, NodeRef, Purl};

use super::agent::{Agent, is_whole, is_whole_organisation};
use super::bsi;
use super::context::Context;
use super::element::Element;
use super::names::file_name;
use crate::license::declared;
use crate::location::{self, cpes, is_locator, pages};
use crate::notes::document::{
    approval as approval_note, archive as archive_note, provenance as provenance_note,
};
use crate::notes::package::{Said, facts};
use crate::product;
use crate::references;

/// A package.
pub(super) fn package<'d>(context: &Context<'d>, node: NodeRef<'d>) -> Element<'d> {
    let bom = context.bom;
    let component = node.component();
    let details = component.details.as_deref();
    let purl = component.purl.as_ref().map(Purl::as_str);
    let makers = Agent::makers(bom, node);
    let supplier = Agent::supplier(bom, node);
    let homepage = details.and_then(|it| it.homepage.as_deref());
    let identifiers = purl.map(|it| ("packageUrl", it)).into_iter();
    let archive = bom.tables.archives.and_then(|it| it.get(node.id()));
    let swhids = archive.into_iter().flat_map(|it| &it.swhids);
    let swhids = swhids.map(|it| ("swhid", &**it));
    let identifiers = identifiers.chain(cpes(component)).chain(swhids);
    let identifiers = identifiers.map(|(kind, it)| Element::external_identifier(kind, it));
    let pages = pages(component, bom.is_full()).filter(|(_, url)| is_locator(url));
    let references = pages.map(|(kind, url)| {
        let kind = if kind == "issue-tracker" {
            "issueTracker"
        } else {
            kind
        };
        Element::external_ref(kind, url)
    });
    let others = references::of(component).iter();
    let others = others.filter(|it| references::fits_v3(it)).map(|it| {
        let (kind, comment) = references::v3_type(it);
        Element::external_ref(kind, &*it.url).known("comment", comment)
    });
    let contacts = product::security_contacts(bom, node).into_iter();
    let references = contacts
        .map(|it| Element::external_ref("securityOther", it))
        .chain(others)
        .chain(references);
    let copyright = details.and_then(|it| it.copyright.as_deref());
    let iri = |agent: Agent<'_>| context.iri(&agent.element_name());
    context
        .element("software_Package", &context.package_name(node))
        .text("name", product::name(bom, node))
        .known("comment", details.and_then(|it| it.comment.as_deref()))
        .known(
            "description",
            details.and_then(|it| it.description.as_deref()),
        )
        .objects("externalIdentifier", identifiers)
        .objects("externalRef", references)
        .objects("verifiedUsing", hashes(bom, node))
        .texts("originatedBy", makers.map(iri))
        .known("suppliedBy", supplier.map(iri))
        .known("validUntilTime", product::valid_until(bom, node))
        .known("software_copyrightText", copyright)
        .text("software_primaryPurpose", product::kind(bom, node).name())
        .known("software_packageVersion", product::version(bom, node))
        .known("software_packageUrl", purl)
        .known("software_downloadLocation", location::download(component))
        .known(
            "software_homePage",
            homepage.filter(|it| location::is_location(it)),
        )
}

fn hashes<'d>(bom: &Bom<'d>, node: NodeRef<'d>) -> impl Iterator<Item = Element<'d>> {
    product::hashes(bom, node).into_iter().map(|it| {
        Element::new("Hash")
            .text("algorithm", algorithm(it.algorithm()))
            .text("hashValue", it.hex())
    })
}

fn algorithm(algorithm: HashAlgorithm) -> &'static str {
    match algorithm {
        HashAlgorithm::Md5 => "md5",
        HashAlgorithm::Sha1 => "sha1",
        HashAlgorithm::Sha256 => "sha256",
        HashAlgorithm::Sha384 => "sha384",
        HashAlgorithm::Sha512 => "sha512",
        HashAlgorithm::Sha3_256 => "sha3_256",
        HashAlgorithm::Sha3_384 => "sha3_384",
        HashAlgorithm::Sha3_512 => "sha3_512",
        HashAlgorithm::Blake2b256 => "blake2b256",
        HashAlgorithm::Blake2b384 => "blake2b384",
        HashAlgorithm::Blake2b512 => "blake2b512",
        HashAlgorithm::Blake3 => "blake3",
    }
}

/// The archive of a package, where it has a name.
pub(super) fn file<'d>(context: &Context<'d>, node: NodeRef<'d>) -> Option<Element<'d>> {
    let name = product::file_name(context.bom, node)?;
    let id = file_name(&context.package_name(node));
    Some(
        context
            .element("software_File", &id)
            .text("name", name)
            .objects("externalRef", bsi::deployable(context.bom, node))
            .objects("verifiedUsing", hashes(context.bom, node))
            .known("suppliedBy", bsi::supplier(context, node))
            .text("software_primaryPurpose", "archive")
            .texts(
                "software_additionalPurpose",
                bsi::nature(context.bom).iter().copied(),
            ),
    )
}

/// Facts without a field of their own: of the package, its licence and origin, and what the project decided about it.
pub(super) fn notes<'d>(context: &Context<'_>, node: NodeRef<'d>) -> Vec<Element<'d>> {
    let component = node.component();
    let location = location::download(component);
    let license = declared(component);
    // The elements of agents keep their order only as long as none is left out.
    let whole = component
        .details
        .iter()
        .flat_map(|it| &it.authors)
        .all(is_whole);
    let said = Said {
        supplier: product::partial_supplier(context.bom, node, |it| {
            let is_person = product::supplier_class(context.bom, node) == "Person";
            is_whole_organisation(it) && !(is_person && it.url.is_some())
        }),
        location: location.as_deref(),
        is_full: context.bom.is_full(),
        declared: &license.expression,
        author: &|_, _| whole,
        manufacturer: product::manufacturer(node).filter(|it| !is_whole_organisation(it)),
        reference: references::fits_v3,
        extracted: &context.extracted,
    };
    let provenance = context
        .bom
        .tables
        .provenance
        .and_then(|it| it.get(node.id()));
    let archives = context.bom.tables.archives;
    let archive = archives.and_then(|it| it.get(node.id()));
    let decided = context
        .bom
        .tables
        .approvals
        .and_then(|it| it.get(node.id()));
    let decision = decided.and_then(|it| {
        let kind = if it.review().is_some() {
            "review"
        } else {
            "other"
        };
        Some((kind, approval_note(it)?))
    });
    let facts = facts(context.graph, node, &said);
    let notes = facts
        .into_iter()
        .chain(license.comment)
        .chain(provenance.and_then(provenance_note))
        .chain(archive.and_then(archive_note));
    let package = context.package_name(node);
    let notes = notes.map(|text| ("other", text)).chain(decision);
    let element = |(number, (kind, text)): (usize, (&'static str, String))| {
        let name = format!("Note-{number}-{package}");
        annotation(context, &name, kind, context.iri(&package), text)
    };
    notes.enumerate().map(element).collect()
}

/// A note of a kind about a subject (an IRI).
pub(super) fn annotation<'d>(
    context: &Context<'_>,
    name: &str,
    kind: &'static str,
    subject: String,
    statement: String,
) -> Element<'d> {
    context
        .element("Annotation", name)
        .text("annotationType", kind)
        .text("contentType", "text/plain")
        .text("subject", subject)
        .text("statement", statement)
}
