//! Reads VEX documents of others. They are claims: they are shown next to the project's own decisions and close nothing. A document
//! that breaks its format is refused as a whole, because half of it may say the opposite.

mod checker;
mod csaf;
mod cyclonedx;
mod openvex;

use bomtrail_graph::{Advisories, Claim, Diagnostics, Graph, NodeRef, Place, Purl, VexStatus};
use serde_json::Value;

use crate::diags;
use crate::ecosystem::feed_name;
use checker::Checker;

/// The largest document, in bytes.
const LARGEST: usize = 256 << 20;

/// The claims of a document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReadClaims {
    /// What the document says, in its order.
    pub all: Vec<ReadClaim>,
}

/// One claim: about a vulnerability by any of its ids, and about packages.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReadClaim {
    /// The ids of the vulnerability.
    pub ids: Vec<String>,
    /// The packages, as Package URLs.
    pub packages: Vec<Purl>,
    /// What is claimed.
    pub claim: Claim,
}

/// Reads a document in CycloneDX, OpenVEX or CSAF; `name` is what messages call it.
///
/// # Errors
/// Everything that is wrong with the document.
pub fn read(name: &str, bytes: &[u8]) -> Result<ReadClaims, Diagnostics> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let refused = |why: &str| {
        let mut problems = Diagnostics::new();
        problems.push(diags::vex(Place::file(name), why));
        problems
    };
    if bytes.len() > LARGEST {
        return Err(refused("the document is larger than 256 MiB"));
    }
    let value: Value = serde_json::from_slice(bytes)
        .map_err(|error| refused(&format!("the document is not valid JSON: {error}")))?;
    let mut checker = Checker::new(name);
    let is_csaf = value.pointer("/document/csaf_version").is_some();
    let claims = if value.get("bomFormat").is_some() {
        cyclonedx::read(&value, &mut checker)
    } else if value.get("@context").is_some() {
        openvex::read(&value, &mut checker)
    } else if is_csaf || value.get("document").is_some() {
        csaf::read(&value, &mut checker)
    } else {
        return Err(refused(
            "the document is not VEX in CycloneDX, OpenVEX or CSAF",
        ));
    };
    checker.finish(ReadClaims { all: claims })
}

impl ReadClaims {
    /// Adds the claims to the matches that they are about.
    pub fn add_to(&self, advisories: &mut Advisories, graph: &Graph) {
        for it in &mut advisories.matches {
            let purl = graph.node(it.node).and_then(NodeRef::purl);
            for ReadClaim {
                ids,
                packages,
                claim,
            } in &self.all
            {
                let same_id = ids.iter().any(|id| it.has_id(id));
                let names = |wanted: &Purl| match (&it.module, purl) {
                    (Some(_), _) => {
                        wanted.package_type() == "cpan" && feed_name(wanted) == *it.package
                    }
                    (None, Some(purl)) => wanted.names(purl),
                    (None, None) => false,
                };
                if same_id && packages.iter().any(names) && !it.claims.contains(claim) {
                    it.claims.push(claim.clone());
                }
            }
        }
    }
}

/// A claim of a document.
fn claim(status: VexStatus, reason: &str, name: &str, author: &str) -> Claim {
    Claim {
        status,
        reason: reason.into(),
        document: name.into(),
        author: author.into(),
    }
}
