//! VEX documents of a project, and those of others that are read as claims.

use std::io::Write;
use std::path::{Path, PathBuf};

use bomtrail_advisories::vex::read::{ReadClaims, read};
use bomtrail_advisories::vex::{Origin, cyclonedx_vulnerabilities, statements, write};
use bomtrail_graph::{Advisories, Diagnostics, DocumentOptions, NodeRef, Purl, WriteError};
use serde_json::Value;

use super::{Advised, AdvisoryError};
use crate::TOOL;
use crate::formats::writer;
use crate::project::Scan;
use crate::source::DEFAULT_SIZE_LIMIT;
use crate::source::disk::load_file;

pub use bomtrail_advisories::vex::VexFormat;

/// The SBOM format that VEX in CycloneDX refers to.
const SBOM: &str = "cyclonedx-json@1.6";

/// How a VEX document is written.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct VexOptions {
    /// The format.
    pub format: VexFormat,
    /// The Package URL that users know the product by; the one of the root unless given.
    pub product: Option<Purl>,
    /// Who makes the statements; the manufacturer in `bomtrail.toml` unless given.
    pub author: Option<String>,
    /// A web address of the author, for CSAF; the manufacturer's in `bomtrail.toml` unless given.
    pub namespace: Option<String>,
    /// The published SBOM in CycloneDX that the document refers to; without it, the one that `sbom` writes at the same time.
    pub sbom: Option<PathBuf>,
    /// The time that the document states (RFC 3339).
    pub timestamp: String,
    /// Writes an SBOM with the statements in it (CycloneDX alone).
    pub embed: bool,
}

impl VexOptions {
    /// A document in a format, at a time (RFC 3339).
    pub fn new(format: VexFormat, timestamp: &str) -> Self {
        Self {
            format,
            timestamp: timestamp.to_owned(),
            ..Self::default()
        }
    }

    /// Sets fields by name. A field that a later version adds keeps its default.
    #[must_use]
    pub fn with(mut self, set: impl FnOnce(&mut Self)) -> Self {
        set(&mut self);
        self
    }
}

/// Why a VEX document cannot be written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum VexError {
    /// There is nothing to state, in a format that requires a statement.
    #[error(
        "there is nothing to state: no advisory matches the project; only CycloneDX has documents without a statement"
    )]
    Nothing,
    /// The product has no name that others know.
    #[error("the product has no Package URL; give one with `--product`")]
    NoProduct,
    /// The author is not known.
    #[error(
        "who makes the statements is not known; give a name with `--author`, or set `name` in `[manufacturer]` of bomtrail.toml"
    )]
    NoAuthor,
    /// The author has no web address.
    #[error(
        "CSAF requires a web address of the publisher; give one with `--namespace`, or set `url` in `[manufacturer]` of bomtrail.toml"
    )]
    NoNamespace,
    /// The data is incomplete.
    #[error(
        "the advisories are incomplete, so that nothing can be stated; `bomtrail advisories` shows what is missing"
    )]
    Incomplete,
    /// Only CycloneDX documents can be embedded.
    #[error("only CycloneDX can be embedded in an SBOM")]
    NotEmbedded,
    /// The SBOM that the document refers to cannot be used.
    #[error("`{}` is not an SBOM in CycloneDX JSON with a serial number", path.display())]
    Sbom {
        /// The file, as it was given.
        path: PathBuf,
    },
    /// The document cannot be written.
    #[error(transparent)]
    Write(#[from] WriteError),
}

/// The bytes of a VEX document about a project, and how many statements it has.
///
/// # Errors
/// [`VexError`] when there is nothing to state, or something that the format requires is not known.
pub fn vex(advised: &Advised, options: &VexOptions) -> Result<(Vec<u8>, usize), VexError> {
    if options.embed && options.format != VexFormat::CycloneDx {
        return Err(VexError::NotEmbedded);
    }
    if advised.advisories.is_incomplete() {
        return Err(VexError::Incomplete);
    }
    let statements = statements(&advised.advisories);
    // CycloneDX can say that there is nothing; the others require a statement.
    if statements.is_empty() && options.format != VexFormat::CycloneDx {
        return Err(VexError::Nothing);
    }
    let sbom = sbom_bytes(&advised.scan, options)?;
    let origin = origin(&advised.scan, options, identity(&sbom, options)?)?;
    let mut bytes = Vec::new();
    if options.embed {
        let vulnerabilities = cyclonedx_vulnerabilities(&origin, &statements, false);
        return Ok((embedded(&sbom, &vulnerabilities), statements.len()));
    }
    write(options.format, &origin, &statements, &mut bytes).map_err(WriteError::Sink)?;
    Ok((bytes, statements.len()))
}

fn origin<'s>(
    scan: &'s Scan,
    options: &VexOptions,
    sbom: (String, u32),
) -> Result<Origin<'s>, VexError> {
    let graph = scan.graph();
    let root = graph.roots().next();
    let known = root.and_then(NodeRef::purl).cloned();
    let product = options
        .product
        .clone()
        .or(known)
        .ok_or(VexError::NoProduct)?;
    let facts = scan.tables().product;
    let maker = facts
        .map(bomtrail_graph::ProductFacts::manufacturer)
        .unwrap_or_default();
    let author = options.author.clone().or(maker.name.map(str::to_owned));
    let namespace = options.namespace.clone().or(maker.url.map(str::to_owned));
    let needs_author = options.format != VexFormat::CycloneDx;
    if needs_author && author.is_none() {
        return Err(VexError::NoAuthor);
    }
    if options.format == VexFormat::Csaf && namespace.is_none() {
        return Err(VexError::NoNamespace);
    }
    let name = root
        .filter(|_| options.product.is_none())
        .map(|it| it.name().to_owned());
    Ok(
        Origin::new(graph, product, &options.timestamp, TOOL).with(|it| {
            if let Some(name) = name {
                it.product_name = name;
            }
            if let Some(author) = author {
                it.author = author;
            }
            it.namespace = namespace.unwrap_or_default();
            it.sbom = sbom;
        }),
    )
}

/// The SBOM that is given, else the one that `sbom` writes at the same time.
fn sbom_bytes(scan: &Scan, options: &VexOptions) -> Result<Vec<u8>, VexError> {
    if let Some(path) = &options.sbom {
        let bytes = load_file(path, DEFAULT_SIZE_LIMIT);
        return bytes.map_err(|_| VexError::Sbom { path: path.clone() });
    }
    let mut bytes = Vec::new();
    let mut losses = Diagnostics::new();
    let Ok(writer) = writer(SBOM) else {
        return Err(VexError::Sbom { path: SBOM.into() });
    };
    let bom = scan.bom(TOOL).timestamp(Some(&options.timestamp));
    debug_assert_eq!(bom.document.version, DocumentOptions::default().version);
    writer.write(&bom, &mut bytes, &mut losses)?;
    Ok(bytes)
}

fn identity(sbom: &[u8], options: &VexOptions) -> Result<(String, u32), VexError> {
    let document: Option<Value> = serde_json::from_slice(sbom).ok();
    let known = document.and_then(|it| {
        let serial = it.get("serialNumber")?.as_str()?.to_owned();
        let version = it.get("version").and_then(Value::as_u64);
        Some((
            serial,
            version.and_then(|it| u32::try_from(it).ok()).unwrap_or(1),
        ))
    });
    let path = || {
        options
            .sbom
            .clone()
            .unwrap_or_else(|| Path::new(SBOM).to_path_buf())
    };
    known.ok_or_else(|| VexError::Sbom { path: path() })
}

/// An SBOM with `vulnerabilities` as its last member.
fn embedded(sbom: &[u8], vulnerabilities: &Value) -> Vec<u8> {
    let text = String::from_utf8_lossy(sbom);
    let body = text.trim_end().trim_end_matches('}').trim_end();
    let list = format!("{vulnerabilities:#}").replace('\n', "\n  ");
    let mut bytes = Vec::with_capacity(body.len() + list.len() + 32);
    // Writing to memory never fails.
    let _ = write!(bytes, "{body},\n  \"vulnerabilities\": {list}\n}}\n");
    bytes
}

/// Adds what documents of others state about the matches. A document that is not valid is refused.
pub(crate) fn add_claims(
    advisories: &mut Advisories,
    scan: &Scan,
    documents: &[PathBuf],
) -> Result<(), AdvisoryError> {
    for path in documents {
        let bytes =
            load_file(path, DEFAULT_SIZE_LIMIT).map_err(|cause| AdvisoryError::Unreadable {
                path: path.clone(),
                cause,
            })?;
        let name = path.display().to_string();
        let claims: ReadClaims = read(&name, &bytes).map_err(AdvisoryError::Invalid)?;
        claims.add_to(advisories, scan.graph());
    }
    Ok(())
}
