//! The pack's manifest: `schemas/evidence-v1.schema.json` describes it.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Serialize;

use super::{Evidence, PackFile};
use crate::TOOL;
use crate::compliance::{State, Weight};
use crate::disk::ReadFile;

#[derive(Serialize)]
struct Manifest<'a> {
    schema: &'static str,
    tool: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    timestamp: Option<&'a str>,
    product: String,
    verdicts: Verdicts,
    files: Vec<Listed<'a>>,
    inputs: Vec<Listed<'a>>,
}

/// What the pack shows, in short.
#[derive(Serialize)]
struct Verdicts {
    profile: &'static str,
    /// How many things that have to be there are missing: fields of product and document, and fields of components.
    missing: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    check: Option<&'static str>,
    #[serde(rename = "provenanceFailed", skip_serializing_if = "Option::is_none")]
    provenance_failed: Option<usize>,
}

#[derive(Serialize)]
struct Listed<'a> {
    path: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    about: Option<&'static str>,
    sha256: String,
    bytes: usize,
}

pub(super) fn text(
    evidence: &Evidence<'_>,
    files: &[PackFile],
    inputs: &BTreeMap<String, ReadFile>,
) -> String {
    let files = files.iter().map(|it| {
        let read = ReadFile::of(&it.bytes);
        listed(&it.name, Some(it.about), &read)
    });
    let inputs = inputs.iter().map(|(name, it)| listed(name, None, it));
    let manifest = Manifest {
        schema: "bomtrail/evidence/v1",
        tool: [TOOL.name, " ", TOOL.version].concat(),
        timestamp: evidence.judgement.timestamp(),
        product: evidence.judgement.title(),
        verdicts: verdicts(evidence),
        files: files.collect(),
        inputs: inputs.collect(),
    };
    // Strings and numbers always serialise.
    let mut text = serde_json::to_string_pretty(&manifest).unwrap_or_default();
    text.push('\n');
    text
}

fn verdicts(evidence: &Evidence<'_>) -> Verdicts {
    let assessment = evidence.judgement.assessment();
    let must = |it: Weight| it == Weight::Must;
    let document = assessment.document.iter();
    let document = document
        .filter(|it| must(it.requirement.weight) && it.state == State::Missing)
        .count();
    let verification = evidence.verification;
    Verdicts {
        profile: assessment.profile.id,
        missing: document + assessment.component_counts(Weight::Must).missing,
        check: evidence
            .checked
            .map(|it| if it.failed { "fail" } else { "pass" }),
        provenance_failed: verification.map(|it| {
            let failed = it.provenance.iter().filter(|(_, it)| it.has_failed());
            failed.count()
        }),
    }
}

fn listed<'a>(path: &'a str, about: Option<&'static str>, file: &ReadFile) -> Listed<'a> {
    Listed {
        path,
        about,
        sha256: hex(file),
        bytes: file.length,
    }
}

/// SHA-256 in hexadecimal.
pub(super) fn hex(file: &ReadFile) -> String {
    let mut text = String::with_capacity(64);
    for byte in file.sha256 {
        // Writing to a string never fails.
        let _: std::fmt::Result = write!(text, "{byte:02x}");
    }
    text
}
