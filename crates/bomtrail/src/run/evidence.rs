//! The pack for a technical file: SBOMs, report, notices, verdicts, and a manifest with the digest of every file in it and of
//! everything that was read for it. The same inputs at the same time make the same pack.
//!
//! ```
//! use bomtrail::compliance::{Judgement, notices, profile};
//! use bomtrail::evidence::Evidence;
//! use bomtrail::source::Recorder;
//! use bomtrail::{Scan, ScanOptions};
//!
//! let inputs = Recorder::default();
//! let options = ScanOptions::default().recorder(Some(inputs.clone()));
//! let scan = Scan::with("../../fixtures/compliance/npm-complete", &options)?;
//! let profile = profile("bsi").ok_or("unknown profile")?;
//! let judgement = Judgement::new(&scan, profile, Some("2026-11-21T00:00:00Z"));
//! let evidence = Evidence {
//!     judgement: &judgement,
//!     inputs: &inputs,
//!     checked: None,
//!     lists: &Recorder::keeping(),
//!     verification: None,
//!     attestations: &[],
//!     notices: &notices(&scan),
//!     advisories: None,
//! };
//! let folder = std::env::temp_dir().join(format!("evidence-{}", std::process::id()));
//! let written = evidence.write(&folder)?;
//! assert_eq!(written.manifest_sha256.len(), 64);
//! std::fs::remove_dir_all(folder)?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod manifest;
mod place;

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use bomtrail_graph::{Diagnostics, WriteError};
use bomtrail_report::{AdvisoryFormat, AdvisoryReport, CheckFormat, write_check};

use self::place::MANIFEST;
use crate::check::Checked;
use crate::compliance::{ComplianceFormat, Judgement, NoticesFormat, NoticesOf};
use crate::formats::writer;
use crate::provenance::{ProvenanceError, Verification, load_all, write_json};
use crate::settings::SETTINGS_FILE;
use crate::source::{ReadFile, Recorder};

/// What a pack is made of.
#[derive(Clone)]
pub struct Evidence<'g> {
    /// The report; its scan noted what it read in `inputs`.
    pub judgement: &'g Judgement<'g>,
    /// Every file that was read of the project.
    pub inputs: &'g Recorder,
    /// What approvals and policy say; absent when they were not asked for.
    pub checked: Option<&'g Checked>,
    /// The files that approvals and policy were read from, with their bytes.
    pub lists: &'g Recorder,
    /// What attestations prove; absent where none were given.
    pub verification: Option<&'g Verification>,
    /// What advisories say; absent where none were given.
    pub advisories: Option<AdvisoryReport<'g>>,
    /// The files that attestations and trust were read from, as they were given.
    pub attestations: &'g [PathBuf],
    /// The licence texts.
    pub notices: &'g NoticesOf,
}

/// Why there is no pack.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EvidenceError {
    /// There is something else in the folder.
    #[error("`{}` is not empty and not an evidence pack; use another folder", .0.display())]
    NotEmpty(PathBuf),
    /// There is a pack in the folder, and a file that is not part of it.
    #[error("`{}` also has `{file}`, which is not part of the pack; move it elsewhere", path.display())]
    NotOfThePack {
        /// The folder.
        path: PathBuf,
        /// The first of these files.
        file: String,
    },
    /// The system refuses.
    #[error("`{}` could not be written: {cause}", path.display())]
    Io {
        /// The folder.
        path: PathBuf,
        /// Why.
        #[source]
        cause: io::Error,
    },
    /// A document of it could not be made.
    #[error("`{name}` could not be written: {cause}")]
    Document {
        /// Its name in the pack.
        name: &'static str,
        /// Why.
        #[source]
        cause: WriteError,
    },
    /// A file was not the same when it was read again.
    #[error("`{0}` changed while it was read; try again when nothing writes to the project")]
    Changed(String),
    /// A file of attestations cannot be read again.
    #[error(transparent)]
    Attestations(#[from] ProvenanceError),
}

/// A pack that was written.
#[derive(Clone, Debug)]
pub struct Written {
    /// How many files are in it, with the manifest.
    pub files: usize,
    /// SHA-256 of the manifest, in hexadecimal: it vouches for all the others.
    pub manifest_sha256: String,
    /// What the formats of SBOMs could not say.
    pub diagnostics: Diagnostics,
}

/// A file of a pack.
struct PackFile {
    name: String,
    about: &'static str,
    bytes: Vec<u8>,
}

impl Evidence<'_> {
    /// Writes the pack, whole or not at all, into a folder, or into a zip file if the name ends with `.zip`. An older pack is
    /// replaced; nothing else is.
    ///
    /// # Errors
    /// [`EvidenceError`] when the folder has other files, something cannot be written, or an input changed meanwhile.
    pub fn write(&self, target: &Path) -> Result<Written, EvidenceError> {
        let inputs = self.read()?;
        let mut diagnostics = Diagnostics::new();
        let mut files = self.sboms(&mut diagnostics)?;
        files.append(&mut self.reports()?);
        files.append(&mut self.verdicts()?);
        files.append(&mut self.copies());
        files.sort_by(|a, b| a.name.cmp(&b.name));
        let manifest = manifest::bytes(self, &files, &inputs);
        let mut all: Vec<(&str, &[u8])> = files.iter().map(|it| (&*it.name, &*it.bytes)).collect();
        all.push((MANIFEST, &manifest));
        place::put(target, &all, self.judgement.timestamp())?;
        Ok(Written {
            files: all.len(),
            manifest_sha256: bomtrail_graph::hex(&ReadFile::of(&manifest).sha256),
            diagnostics,
        })
    }

    /// Everything that was read, by name.
    fn read(&self) -> Result<BTreeMap<String, ReadFile>, EvidenceError> {
        let mut all = self.inputs.files();
        for (name, file) in self.lists.files() {
            let before = all.get(&name).map(|it| it.sha256);
            if before.is_some_and(|it| it != file.sha256) {
                return Err(EvidenceError::Changed(name));
            }
            all.insert(name, file);
        }
        for path in self.attestations {
            for (name, bytes) in load_all(path)? {
                all.insert(name, ReadFile::of(&bytes));
            }
        }
        Ok(all)
    }

    fn sboms(&self, diagnostics: &mut Diagnostics) -> Result<Vec<PackFile>, EvidenceError> {
        let profile = self.judgement.assessment().profile.id;
        let bom = self.judgement.bom();
        let extras: &[_] = if matches!(profile, "bsi" | "cra") {
            &["bsi"]
        } else {
            &[]
        };
        let bom = bom.extras(extras);
        let documents = [
            ("sbom.cdx.json", "cyclonedx-json", "SBOM, CycloneDX"),
            ("sbom.spdx.json", "spdx-json@2.3", "SBOM, SPDX 2.3"),
            ("sbom.spdx3.json", "spdx-json@3.0.1", "SBOM, SPDX 3.0.1"),
        ];
        let mut files = Vec::new();
        for (name, format, about) in documents {
            let Ok(writer) = writer(format) else {
                continue;
            };
            files.push(document(name, about, |out| {
                writer.write(&bom, out, diagnostics)
            })?);
        }
        Ok(files)
    }

    fn reports(&self) -> Result<Vec<PackFile>, EvidenceError> {
        let (scan, title) = (self.judgement.scan(), self.judgement.title());
        let report =
            |name, about, format| document(name, about, |out| self.judgement.write(format, out));
        Ok(vec![
            report(
                "report.html",
                "compliance report, for people",
                ComplianceFormat::Html,
            )?,
            report(
                "report.json",
                "compliance report, for programs",
                ComplianceFormat::Json,
            )?,
            report(
                "components.csv",
                "components, one row each",
                ComplianceFormat::Csv,
            )?,
            document("notices.txt", "third-party notices", |out| {
                self.notices.write(scan, &title, NoticesFormat::Text, out)
            })?,
        ])
    }

    fn verdicts(&self) -> Result<Vec<PackFile>, EvidenceError> {
        let mut files = Vec::new();
        if let Some(checked) = self.checked {
            let about = "verdicts: approvals and policy";
            files.push(document("check.json", about, |out| {
                Ok(write_check(CheckFormat::Json, &checked.report(), out)?)
            })?);
        }
        if let Some(it) = &self.advisories {
            let about = "verdicts: known vulnerabilities and decisions about them";
            files.push(document("advisories.json", about, |out| {
                Ok(it.write(AdvisoryFormat::Json, out)?)
            })?);
        }
        if let Some(it) = self.verification {
            let about = "verdicts: provenance";
            let scan = self.judgement.scan();
            let (graph, archives) = (scan.graph(), scan.tables().archives);
            files.push(document("provenance.json", about, |out| {
                write_json(graph, it, archives, &[], out)
            })?);
        }
        Ok(files)
    }

    /// Copies of what people decided: the approvals with all they extend, and what the project states.
    fn copies(&self) -> Vec<PackFile> {
        let read = self.inputs.files();
        let lists = self.lists.files().into_iter();
        let decided = lists.filter(|(name, _)| {
            name == SETTINGS_FILE || (!read.contains_key(name) && name != "package.json")
        });
        decided
            .filter_map(|(name, file)| {
                Some(PackFile {
                    name: ["inputs/", &plain(&name)].concat(),
                    about: copied(&name),
                    bytes: file.bytes?.to_vec(),
                })
            })
            .collect()
    }
}

/// What a file is that was copied.
fn copied(name: &str) -> &'static str {
    let is_decisions = name.rsplit('/').next() == Some("package-advisories.json");
    match name {
        SETTINGS_FILE => "copy: what the project states",
        _ if is_decisions => "copy: decisions about vulnerabilities",
        _ => "copy: approvals",
    }
}

/// A name that stays in the pack: of a path that leaves the project or is not plain, only the last part is kept.
fn plain(name: &str) -> String {
    let odd = |step: &str| step.is_empty() || step == ".." || step.contains([':', '\\']);
    if name.split('/').any(odd) {
        let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
        return ["elsewhere/", &last.replace(':', "-")].concat();
    }
    name.to_owned()
}

fn document(
    name: &'static str,
    about: &'static str,
    write: impl FnOnce(&mut dyn io::Write) -> Result<(), WriteError>,
) -> Result<PackFile, EvidenceError> {
    let mut bytes = Vec::new();
    write(&mut bytes).map_err(|cause| EvidenceError::Document { name, cause })?;
    Ok(PackFile {
        name: name.to_owned(),
        about,
        bytes,
    })
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn copies_stay_in_the_pack() {
        assert_eq!(plain("lists/ours.json"), "lists/ours.json");
        assert_eq!(plain("../shared/ours.json"), "elsewhere/ours.json");
        assert_eq!(plain("/etc/ours.json"), "elsewhere/ours.json");
    }
}
