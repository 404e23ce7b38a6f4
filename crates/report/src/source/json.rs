//! The report for machines: `bomtrail/source/v1`.

use std::collections::BTreeMap;
use std::io::Write;

use bomtrail_archive::{FileMatch, FileRole};
use bomtrail_graph::{FileVerdict, Tool, WriteError};
use serde::Serialize;

use super::SourceReport;
use crate::wire::{ToolView, print};

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    tool: ToolView<'a>,
    packages: Vec<Package<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Package<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    version: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    purl: &'a str,
    archive: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    swhids: Vec<&'a str>,
    state: &'static str,
    #[serde(skip_serializing_if = "str::is_empty")]
    reason: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    commit: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    named_by: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    folder: &'a str,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    notes: &'a [String],
    counts: BTreeMap<&'static str, usize>,
    files: Vec<File<'a>>,
}

#[derive(Serialize)]
struct File<'a> {
    path: &'a str,
    verdict: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<&'static str>,
    #[serde(skip_serializing_if = "str::is_empty")]
    detail: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    added: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    removed: Option<usize>,
}

impl<'a> From<&'a FileMatch> for File<'a> {
    fn from(file: &'a FileMatch) -> Self {
        Self {
            path: &file.path,
            verdict: file.verdict.name(),
            role: file.role.map(FileRole::name),
            detail: &file.detail,
            added: file.lines.map(|(added, _)| added),
            removed: file.lines.map(|(_, removed)| removed),
        }
    }
}

impl<'a> From<&'a SourceReport> for Package<'a> {
    fn from(report: &'a SourceReport) -> Self {
        let found = &report.found;
        let counts = FileVerdict::ALL.map(|it| (it.name(), found.count(it)));
        Self {
            name: &report.name,
            version: &report.version,
            purl: &report.purl,
            archive: &report.archive,
            swhids: report.swhids.iter().map(|it| &**it).collect(),
            state: found.evidence().state.name(),
            reason: &found.reason,
            commit: &found.commit,
            named_by: &found.named_by,
            folder: &found.folder,
            notes: &report.notes,
            counts: counts.into_iter().collect(),
            files: report.files.iter().map(File::from).collect(),
        }
    }
}

pub(super) fn write(
    reports: &[SourceReport],
    tool: Tool<'_>,
    out: &mut dyn Write,
) -> Result<(), WriteError> {
    let document = Document {
        schema: "bomtrail/source/v1",
        tool: tool.into(),
        packages: reports.iter().map(Package::from).collect(),
    };
    Ok(print(&document, out)?)
}
