//! The result of a check that passed as an in-toto statement with a Simple Verification Result (SVR 0.2), ready to be signed:
//! which archives were approved, by which lists and policy, and when.

use std::collections::BTreeMap;
use std::io::{self, Write};

use bomtrail_graph::{Approval, ApprovalStatus, Hash, HashAlgorithm, NodeRef, Purl, Tool};
use serde::Serialize;

use super::Check;
use crate::wire::print;

/// Every subject is approved.
const APPROVED: &str = "BOMTRAIL_APPROVED";
/// The check passed with the policies that are named.
const PASSED: &str = "BOMTRAIL_POLICY_PASSED";

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Statement<'a> {
    #[serde(rename = "_type")]
    kind: &'static str,
    subject: Vec<Resource<'a>>,
    predicate_type: &'static str,
    predicate: Predicate<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Predicate<'a> {
    verifier: Verifier<'a>,
    time_created: &'a str,
    properties: [&'static str; 2],
}

#[derive(Serialize)]
struct Verifier<'a> {
    id: String,
    policies: Vec<Resource<'a>>,
}

#[derive(Serialize)]
struct Resource<'a> {
    name: &'a str,
    digest: BTreeMap<&'static str, String>,
}

/// Writes the statement about a check that passed, and returns the number of packages it covers. `time` is RFC 3339;
/// `policies` are the files that the check applied. When no approved package has a digest, nothing is written and 0 is
/// returned, since a statement is about digests.
///
/// # Errors
/// What the sink fails with.
pub fn write_verdict(
    check: &Check<'_>,
    policies: &[(String, Hash)],
    time: &str,
    out: &mut dyn Write,
) -> io::Result<usize> {
    let subject: Vec<Resource<'_>> = check
        .graph
        .nodes()
        .filter_map(|it| approved(check, it))
        .collect();
    let count = subject.len();
    if count == 0 {
        return Ok(0);
    }
    let policies = policies.iter().map(|(name, hash)| Resource {
        name,
        digest: digests(std::slice::from_ref(hash)),
    });
    let statement = Statement {
        kind: "https://in-toto.io/Statement/v1",
        subject,
        predicate_type: "https://in-toto.io/attestation/svr/v0.2",
        predicate: Predicate {
            verifier: Verifier {
                id: verifier(check.tool),
                policies: policies.collect(),
            },
            time_created: time,
            properties: [APPROVED, PASSED],
        },
    };
    print(&statement, out)?;
    Ok(count)
}

/// The program with its version.
fn verifier(tool: Tool<'_>) -> String {
    let purl = Purl::build("cargo", tool.name)
        .version(tool.version)
        .finish();
    purl.map_or_else(|_| tool.name.to_owned(), |it| it.as_str().to_owned())
}

/// An approved package with a digest.
fn approved<'a>(check: &Check<'a>, node: NodeRef<'a>) -> Option<Resource<'a>> {
    let status = check.approvals.get(node.id()).map(Approval::status);
    let digest = digests(&node.component().hashes);
    let is_covered = status == Some(ApprovalStatus::Approved) && !digest.is_empty();
    is_covered.then_some(Resource {
        name: node.purl()?.as_str(),
        digest,
    })
}

/// The collision-resistant digests that in-toto has names for.
fn digests(hashes: &[Hash]) -> BTreeMap<&'static str, String> {
    let named = hashes.iter().filter_map(|it| {
        let name = match it.algorithm() {
            HashAlgorithm::Sha256 => "sha256",
            HashAlgorithm::Sha384 => "sha384",
            HashAlgorithm::Sha512 => "sha512",
            HashAlgorithm::Md5
            | HashAlgorithm::Sha1
            | HashAlgorithm::Sha3_256
            | HashAlgorithm::Sha3_384
            | HashAlgorithm::Sha3_512
            | HashAlgorithm::Blake2b256
            | HashAlgorithm::Blake2b384
            | HashAlgorithm::Blake2b512
            | HashAlgorithm::Blake3 => return None,
        };
        Some((name, it.hex()))
    });
    named.collect()
}
