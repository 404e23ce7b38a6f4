//! A package, its archive, and the notes about what has no field of its own.

use std::borrow::Cow;

use bomtrail_graph::{Bom, HashAlgorithm, NodeRef, Purl};

use super::bsi;
use super::document::Document;
use super::element::{Element, ExternalIdentifier, ExternalRef, Hash};
use super::shared::{Agent, authors, is_whole};
use crate::license::declared;
use crate::location;
use crate::product;
use crate::spdx2::{Said, approval_note, facts, is_locator, pages, provenance_note};

pub(super) fn package<'d>(document: &Document<'d>, node: NodeRef<'d>) -> Element<'d> {
    let bom = document.bom;
    let component = node.component();
    let details = component.details.as_deref();
    let name = document.package_name(node);
    let purl = component.purl.as_ref().map(Purl::as_str);
    let maker = product::maker(bom, node).and_then(Agent::organisation);
    let makers = authors(component).map(Agent::person).chain(maker);
    let originated_by = makers.map(|it| document.iri(&it.id()));
    let supplier = product::supplier(bom, node).and_then(Agent::organisation);
    let homepage = details.and_then(|it| it.homepage.as_deref());
    let mut external_ref = Vec::new();
    for (kind, url) in pages(component).filter(|(_, url)| is_locator(url)) {
        external_ref.push(ExternalRef {
            kind: "ExternalRef",
            external_ref_type: match kind {
                "issue-tracker" => "issueTracker",
                other => other,
            },
            locator: [url],
        });
    }
    Element {
        name: Some(product::name(bom, node)),
        description: details.and_then(|it| it.description.as_deref()),
        external_identifier: purl
            .map(|identifier| ExternalIdentifier {
                kind: "ExternalIdentifier",
                external_identifier_type: "packageUrl",
                identifier,
            })
            .into_iter()
            .collect(),
        external_ref,
        verified_using: hashes(bom, node),
        originated_by: originated_by.collect(),
        supplied_by: supplier.map(|it| document.iri(&it.id())),
        valid_until_time: product::valid_until(bom, node),
        purpose: Some(product::kind(bom, node).name()),
        version: product::version(bom, node),
        purl,
        location: location::download(component).map(Cow::into_owned),
        home_page: homepage.filter(|it| location::is_location(it)),
        ..document.element("software_Package", &name)
    }
}

fn hashes(bom: &Bom<'_>, node: NodeRef<'_>) -> Vec<Hash> {
    let hash = |it: &bomtrail_graph::Hash| Hash {
        kind: "Hash",
        algorithm: algorithm(it.algorithm()),
        hash_value: it.hex(),
    };
    product::hashes(bom, node).into_iter().map(hash).collect()
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
pub(super) fn file<'d>(document: &Document<'d>, node: NodeRef<'d>) -> Option<Element<'d>> {
    let name = product::file_name(document.bom, node)?;
    let id = file_name(&document.package_name(node));
    Some(Element {
        name: Some(name),
        external_ref: bsi::deployable(document.bom, node),
        verified_using: hashes(document.bom, node),
        purpose: Some("archive"),
        additional_purpose: bsi::nature(document.bom),
        supplied_by: bsi::supplier(document, node),
        ..document.element("software_File", &id)
    })
}

/// The name of the element of a package's archive.
pub(super) fn file_name(package: &str) -> String {
    ["File-", package].concat()
}

/// What has no field of its own.
pub(super) fn notes<'d>(document: &Document<'_>, node: NodeRef<'d>) -> Vec<Element<'d>> {
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
        location: location.as_deref(),
        declared: &license.expression,
        author: &|_, _| whole,
    };
    let facts = facts(document.graph, node, &said);
    let table = document.bom.provenance;
    let proved = table
        .and_then(|it| it.get(node.id()))
        .and_then(provenance_note);
    let package = document.package_name(node);
    let element = |(number, text): (usize, String)| {
        let name = format!("Note-{number}-{package}");
        annotation(document, &name, document.iri(&package), text)
    };
    let notes = facts.into_iter().chain(license.comment).chain(proved);
    let mut notes: Vec<Element<'d>> = notes.enumerate().map(element).collect();
    let approval = document.bom.approvals.and_then(|it| it.get(node.id()));
    if let Some((approval, text)) = approval.and_then(|it| Some((it, approval_note(it)?))) {
        let mut decision = element((notes.len(), text));
        if approval.review().is_some() {
            decision.annotation_type = Some("review");
        }
        notes.push(decision);
    }
    notes
}

pub(super) fn annotation<'d>(
    document: &Document<'_>,
    name: &str,
    subject: String,
    statement: String,
) -> Element<'d> {
    Element {
        annotation_type: Some("other"),
        content_type: Some("text/plain"),
        subject: Some(subject),
        statement: Some(statement),
        ..document.element("Annotation", name)
    }
}
