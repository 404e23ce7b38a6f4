//! What goes into the pack's manifest.

use std::collections::BTreeMap;

use bomtrail_graph::{Level, hex};
use bomtrail_report::{ListedFile, Manifest, Verdicts};

use super::{Evidence, PackFile};
use crate::TOOL;
use crate::compliance::{State, Weight};
use crate::source::ReadFile;

pub(super) fn bytes(
    evidence: &Evidence<'_>,
    files: &[PackFile],
    inputs: &BTreeMap<String, ReadFile>,
) -> Vec<u8> {
    let files = files.iter().map(|it| {
        let read = ReadFile::of(&it.bytes);
        listed(&it.name, Some(it.about), &read)
    });
    let inputs = inputs.iter().map(|(name, it)| listed(name, None, it));
    let (files, inputs): (Vec<_>, Vec<_>) = (files.collect(), inputs.collect());
    let manifest = Manifest {
        tool: TOOL,
        timestamp: evidence.judgement.timestamp(),
        product: &evidence.judgement.title(),
        verdicts: verdicts(evidence),
        files: &files,
        inputs: &inputs,
    };
    let mut bytes = Vec::new();
    // Writing to memory never fails.
    let _: std::io::Result<()> = manifest.write(&mut bytes);
    bytes
}

fn verdicts(evidence: &Evidence<'_>) -> Verdicts {
    let assessment = evidence.judgement.assessment();
    let must = |it: Weight| it == Weight::Must;
    let document = assessment.document.iter();
    let document = document
        .filter(|it| must(it.requirement.weight) && it.state == State::Missing)
        .count();
    let verification = evidence.verification;
    let problems = evidence.judgement.scan().diagnostics().iter();
    let problems = problems.filter(|it| it.code.level > Level::Note);
    Verdicts {
        profile: assessment.profile.id,
        missing: document + assessment.component_counts(Weight::Must).missing,
        input_problems: problems.count(),
        check: evidence
            .checked
            .map(|it| if it.failed { "fail" } else { "pass" }),
        provenance_failed: verification.map(|it| {
            let failed = it.provenance.iter().filter(|(_, it)| it.has_failed());
            failed.count()
        }),
    }
}

fn listed<'a>(path: &'a str, about: Option<&'static str>, file: &ReadFile) -> ListedFile<'a> {
    ListedFile {
        path,
        about,
        sha256: hex(&file.sha256),
        bytes: file.length,
    }
}
