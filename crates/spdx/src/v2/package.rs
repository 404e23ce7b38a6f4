//! A package: every field that SPDX 2.3 clause 7 has for what a node knows.

use std::borrow::Cow;
use std::collections::BTreeSet;

use bomtrail_graph::{HashAlgorithm, Kind, NodeRef};
use serde::{Serialize, Serializer};

use super::context::{Annotation, Context};
use crate::agent;
use crate::identifier::Identifier;
use crate::license::declared;
use crate::location::{self, cpes, is_locator, pages};
use crate::notes::package::{Said, facts};
use crate::product;
use crate::references;

/// Not stated (clause 7).
const NO_ASSERTION: &str = "NOASSERTION";

/// All packages of a graph, one at a time.
pub(super) struct Packages<'d>(pub(super) &'d Context<'d>);

impl Serialize for Packages<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(context) = self;
        serializer.collect_seq(
            context
                .graph
                .nodes_ahead()
                .map(|it| Package::new(context, it)),
        )
    }
}

/// One package as a value.
pub(super) fn value(
    context: &Context<'_>,
    node: NodeRef<'_>,
) -> serde_json::Result<serde_json::Value> {
    serde_json::to_value(Package::new(context, node))
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Package<'d> {
    #[serde(rename = "SPDXID")]
    id: Identifier<'d>,
    name: &'d str,
    #[serde(skip_serializing_if = "Option::is_none")]
    version_info: Option<&'d str>,
    #[serde(rename = "packageFileName", skip_serializing_if = "Option::is_none")]
    file_name: Option<&'d str>,
    primary_package_purpose: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    supplier: Option<Cow<'d, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    originator: Option<String>,
    download_location: Cow<'d, str>,
    files_analyzed: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    checksums: Vec<Checksum>,
    #[serde(skip_serializing_if = "Option::is_none")]
    homepage: Option<&'d str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    license_concluded: Option<Cow<'d, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    valid_until_date: Option<String>,
    license_declared: Cow<'d, str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    license_comments: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    copyright_text: Option<Cow<'d, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'d str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    comment: Option<&'d str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    external_refs: Vec<ExternalRef<'d>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    annotations: Vec<Annotation<'d>>,
}

impl<'d> Package<'d> {
    fn new(context: &'d Context<'_>, node: NodeRef<'d>) -> Self {
        let component = node.component();
        let details = component.details.as_deref();
        let license = declared(component);
        let location = location::download(component);
        let authors = details.map_or(&[][..], |it| &it.authors);
        // There is room for one: the manufacturer, else the first author.
        let manufacturer = product::manufacturer(node);
        let made = product::manufacturer_agent(node);
        let originator = made
            .clone()
            .or_else(|| authors.first().and_then(agent::person));
        let supplier = product::supplier_agent(&context.bom, node);
        let said = Said {
            supplier: product::partial_supplier(&context.bom, node, |it| {
                it.url.is_none() && agent::person(it).is_some()
            }),
            location: location.as_deref(),
            is_full: context.bom.is_full(),
            declared: &license.expression,
            author: &|number, it| {
                number == 0 && made.is_none() && originator.is_some() && it.url.is_none()
            },
            manufacturer: manufacturer.filter(|it| made.is_none() || it.url.is_some()),
            reference: references::fits_v2,
            extracted: &context.extracted,
        };
        let facts = facts(context.graph, node, &said);
        let copyright = details.and_then(|it| it.copyright.as_deref());
        // A field that is left out means the same (SPDX 2.3); only older programs ask for it.
        let stated = |it: Option<Cow<'d, str>>| match it {
            None if context.bom.is_full() => Some(NO_ASSERTION.into()),
            it => it,
        };
        Self {
            id: context.ids.of(node),
            name: product::name(&context.bom, node),
            version_info: product::version(&context.bom, node),
            file_name: file_name(context, node, location.as_deref()),
            primary_package_purpose: purpose(product::kind(&context.bom, node)),
            // The supplier is unknown: it may be a registry, a mirror, or the vendor of the product.
            supplier: stated(supplier.map(Cow::Owned)),
            originator,
            download_location: location.unwrap_or(NO_ASSERTION.into()),
            files_analyzed: false,
            checksums: checksums(&product::hashes(&context.bom, node)),
            homepage: details
                .and_then(|it| it.homepage.as_deref())
                .filter(|it| location::is_location(it)),
            license_concluded: stated(product::concluded(&context.bom, node)),
            valid_until_date: product::valid_until(&context.bom, node),
            license_declared: license.expression,
            license_comments: license.comment,
            copyright_text: stated(copyright.map(Cow::Borrowed)),
            description: details.and_then(|it| it.description.as_deref()),
            comment: details.and_then(|it| it.comment.as_deref()),
            external_refs: external_refs(context, node),
            annotations: context.annotations(node, facts),
        }
    }
}

/// The name of the archive; a lean document leaves it out where the download location ends with it.
fn file_name<'d>(
    context: &Context<'d>,
    node: NodeRef<'d>,
    location: Option<&str>,
) -> Option<&'d str> {
    let name = product::file_name(&context.bom, node)?;
    let is_said = location.is_some_and(|it| it.ends_with(name));
    let is_asked = context.bom.is_full() || context.bom.has_extra("bsi");
    (is_asked || !is_said).then_some(name)
}

fn purpose(kind: Kind) -> &'static str {
    match kind {
        Kind::Application => "APPLICATION",
        Kind::Library => "LIBRARY",
        Kind::Framework => "FRAMEWORK",
        Kind::File => "FILE",
        Kind::Platform | Kind::Other => "OTHER",
    }
}

/// A digest of the package's archive (clause 7.10).
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Checksum {
    algorithm: &'static str,
    checksum_value: String,
}

fn checksums(hashes: &[&bomtrail_graph::Hash]) -> Vec<Checksum> {
    let checksum = |hash: &&bomtrail_graph::Hash| Checksum {
        algorithm: algorithm(hash.algorithm()),
        checksum_value: hash.hex(),
    };
    hashes.iter().map(checksum).collect()
}

fn algorithm(algorithm: HashAlgorithm) -> &'static str {
    match algorithm {
        HashAlgorithm::Md5 => "MD5",
        HashAlgorithm::Sha1 => "SHA1",
        HashAlgorithm::Sha256 => "SHA256",
        HashAlgorithm::Sha384 => "SHA384",
        HashAlgorithm::Sha512 => "SHA512",
        HashAlgorithm::Sha3_256
        | HashAlgorithm::Sha3_384
        | HashAlgorithm::Sha3_512
        | HashAlgorithm::Blake2b256
        | HashAlgorithm::Blake2b384
        | HashAlgorithm::Blake2b512
        | HashAlgorithm::Blake3 => algorithm.name(),
    }
}

/// A reference to a place outside the document (clause 7.21).
#[derive(Serialize)]
struct ExternalRef<'d> {
    #[serde(rename = "referenceCategory")]
    category: &'static str,
    #[serde(rename = "referenceType")]
    kind: &'d str,
    #[serde(rename = "referenceLocator")]
    locator: Cow<'d, str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    comment: Option<&'d str>,
}

fn external_refs<'d>(context: &Context<'d>, node: NodeRef<'d>) -> Vec<ExternalRef<'d>> {
    let component = node.component();
    let contacts = product::security_contacts(&context.bom, node).into_iter();
    let contacts = contacts.map(|locator| ExternalRef {
        category: "SECURITY",
        kind: "url",
        locator,
        comment: None,
    });
    let purl = component.purl.iter().map(|purl| ExternalRef {
        category: "PACKAGE-MANAGER",
        kind: "purl",
        locator: purl.as_str().into(),
        comment: None,
    });
    let cpes = cpes(component).map(|(kind, locator)| ExternalRef {
        category: "SECURITY",
        kind: if kind == "cpe23" {
            "cpe23Type"
        } else {
            "cpe22Type"
        },
        locator: locator.into(),
        comment: None,
    });
    let archives = context.bom.tables.archives;
    let archive = archives.and_then(|it| it.get(node.id()));
    let swhids = archive.into_iter().flat_map(|it| &it.swhids);
    let swhids = swhids.map(|it| ExternalRef {
        category: "PERSISTENT-ID",
        kind: "swh",
        locator: (&**it).into(),
        comment: None,
    });
    let pages = pages(component, context.bom.is_full()).filter(|(_, url)| is_locator(url));
    let pages = pages.map(|(kind, locator)| ExternalRef {
        category: "OTHER",
        kind,
        locator: locator.into(),
        comment: None,
    });
    let others = references::of(component).iter();
    let others = others.filter(|it| references::fits_v2(it)).map(|it| {
        let (category, kind) = references::category(&it.kind);
        ExternalRef {
            category,
            kind,
            locator: (&*it.url).into(),
            comment: it.comment.as_deref(),
        }
    });
    let identifiers = purl.chain(cpes).chain(swhids);
    let all = identifiers.chain(contacts).chain(others).chain(pages);
    let mut all: Vec<_> = all.collect();
    let mut seen = BTreeSet::new();
    all.retain(|it| seen.insert((it.category, it.kind, it.locator.clone())));
    all
}
