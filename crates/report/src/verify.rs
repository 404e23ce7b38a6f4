//! Verified provenance as stable JSON, described by `schemas/verify-v1.schema.json`.

mod bundle;

mod archive;

use std::io;

use bomtrail_graph::{
    ArchiveFacts, Attestation, Axis, BuildIdentity, BuildLevel, Diagnostics, Evidence, Graph,
    Level, NodeMap, NodeRef, Provenance, Purl, Tool, WriteError,
};
use bomtrail_provenance::{Material, SignerChange};
use serde::Serialize;

pub use bundle::write_bundle;

use crate::wire::{DiagnosticView, ToolView, print};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Document<'a> {
    schema: &'static str,
    tool: ToolView<'a>,
    trusted_root: TrustView<'a>,
    npm_keys: TrustView<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cpan_keys: Option<TrustView<'a>>,
    diagnostics: Vec<DiagnosticView<'a>>,
    packages: Vec<PackageView<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    archives: Option<Vec<archive::ArchiveView<'a>>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    signer_changes: Vec<SignerChangeView<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SignerChangeView<'a> {
    name: &'a str,
    version_before: &'a str,
    version: &'a str,
    what: &'a str,
    before: &'a str,
    now: &'a str,
}

impl<'a> From<&'a SignerChange> for SignerChangeView<'a> {
    fn from(change: &'a SignerChange) -> Self {
        Self {
            name: &change.name,
            version_before: &change.versions.0,
            version: &change.versions.1,
            what: change.what,
            before: &change.before,
            now: &change.now,
        }
    }
}

#[derive(Serialize)]
pub(super) struct TrustView<'a> {
    sha256: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    embedded: Option<&'a str>,
}

impl<'a> From<&'a Material> for TrustView<'a> {
    fn from(material: &'a Material) -> Self {
        Self {
            sha256: &material.sha256,
            embedded: material.date,
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PackageView<'a> {
    #[serde(rename = "ref")]
    reference: String,
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    purl: Option<&'a str>,
    level: &'static str,
    failed: bool,
    evidence: Axes<'a>,
    build_level: BuildLevelView<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    build: Option<BuildView<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    attestations: Vec<AttestationView<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    registry_remarks: Vec<&'a str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Axes<'a> {
    pinned: EvidenceView<'a>,
    registry_signed: EvidenceView<'a>,
    publish_attested: EvidenceView<'a>,
    provenance_verified: EvidenceView<'a>,
    provenance_consistent: EvidenceView<'a>,
}

/// A state with its reason.
#[derive(Serialize)]
pub(super) struct EvidenceView<'a> {
    state: &'static str,
    #[serde(skip_serializing_if = "str::is_empty")]
    reason: &'a str,
}

impl<'a> From<&'a Evidence> for EvidenceView<'a> {
    fn from(evidence: &'a Evidence) -> Self {
        Self {
            state: evidence.state.name(),
            reason: &evidence.reason,
        }
    }
}

/// The SLSA build level.
#[derive(Serialize)]
pub(super) struct BuildLevelView<'a> {
    slsa: Option<u8>,
    verified: bool,
    #[serde(skip_serializing_if = "str::is_empty")]
    reason: &'a str,
}

impl<'a> From<&'a BuildLevel> for BuildLevelView<'a> {
    fn from(level: &'a BuildLevel) -> Self {
        Self {
            slsa: level.level,
            verified: level.verified,
            reason: &level.reason,
        }
    }
}

/// Claims of a certificate.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct BuildView<'a> {
    issuer: &'a str,
    signer: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    repository: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    commit: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    git_ref: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    repository_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    owner: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    owner_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    build_config: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    trigger: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    run: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    runner: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    visibility: Option<&'a str>,
}

impl<'a> From<&'a BuildIdentity> for BuildView<'a> {
    fn from(build: &'a BuildIdentity) -> Self {
        Self {
            issuer: &build.issuer,
            signer: &build.signer,
            repository: build.repository.as_deref(),
            commit: build.commit.as_deref(),
            git_ref: build.git_ref.as_deref(),
            repository_id: build.repository_id.as_deref(),
            owner: build.owner.as_deref(),
            owner_id: build.owner_id.as_deref(),
            build_config: build.build_config.as_deref(),
            trigger: build.trigger.as_deref(),
            run: build.run.as_deref(),
            runner: build.runner.as_deref(),
            visibility: build.visibility.as_deref(),
        }
    }
}

/// One attestation.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct AttestationView<'a> {
    #[serde(skip_serializing_if = "str::is_empty")]
    predicate_type: &'a str,
    state: &'static str,
    #[serde(skip_serializing_if = "str::is_empty")]
    reason: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    payload_sha256: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    signed_at: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    log_index: Option<u64>,
}

impl<'a> From<&'a Attestation> for AttestationView<'a> {
    fn from(it: &'a Attestation) -> Self {
        Self {
            predicate_type: &it.predicate_type,
            state: it.evidence.state.name(),
            reason: &it.evidence.reason,
            payload_sha256: &it.payload_sha256,
            signed_at: it.signed_at.as_deref(),
            log_index: it.log_index,
        }
    }
}

impl<'a> PackageView<'a> {
    fn of(node: NodeRef<'a>, provenance: &'a Provenance) -> Self {
        let axis = |axis| EvidenceView::from(provenance.evidence(axis));
        Self {
            reference: node.reference().into_owned(),
            name: node.name(),
            version: node.version(),
            purl: node.purl().map(Purl::as_str),
            level: provenance.level().name(),
            failed: provenance.has_failed(),
            evidence: Axes {
                pinned: axis(Axis::Pinned),
                registry_signed: axis(Axis::RegistrySigned),
                publish_attested: axis(Axis::PublishAttested),
                provenance_verified: axis(Axis::ProvenanceVerified),
                provenance_consistent: axis(Axis::ProvenanceConsistent),
            },
            build_level: (&provenance.build_level).into(),
            build: provenance.build.as_deref().map(BuildView::from),
            attestations: provenance
                .attestations
                .iter()
                .map(AttestationView::from)
                .collect(),
            registry_remarks: provenance.registry_remarks.iter().map(|it| &**it).collect(),
        }
    }
}

/// The verified provenance of the packages of a graph.
#[derive(Clone, Copy)]
pub struct Verified<'a> {
    /// The packages.
    pub graph: &'a Graph,
    /// The provenance of each dependency.
    pub provenance: &'a NodeMap<Provenance>,
    /// Problems of the files that attestations were read from.
    pub diagnostics: &'a Diagnostics,
    /// Which authorities and logs were trusted.
    pub trusted_root: &'a Material,
    /// Which keys of the registry were trusted.
    pub npm_keys: &'a Material,
    /// Which keys were trusted to sign for CPAN.
    pub cpan_keys: Option<&'a Material>,
    /// What the archives of packages show; `None` when none were read.
    pub archives: Option<&'a NodeMap<ArchiveFacts>>,
    /// The changes of signers since an older state.
    pub changes: &'a [SignerChange],
    /// The program that verified.
    pub tool: Tool<'a>,
}

impl Verified<'_> {
    /// Writes `bomtrail/verify/v1`.
    ///
    /// # Errors
    /// [`WriteError`] when the sink refuses.
    pub fn write_json(&self, out: &mut dyn io::Write) -> Result<(), WriteError> {
        let packages = self.provenance.iter();
        let packages =
            packages.filter_map(|(id, it)| Some(PackageView::of(self.graph.node(id)?, it)));
        let problems = self.diagnostics.iter();
        let problems = problems.filter(|it| it.code.level > Level::Note);
        let document = Document {
            schema: "bomtrail/verify/v1",
            tool: self.tool.into(),
            trusted_root: self.trusted_root.into(),
            npm_keys: self.npm_keys.into(),
            cpan_keys: self.cpan_keys.map(TrustView::from),
            diagnostics: problems.map(DiagnosticView::from).collect(),
            packages: packages.collect(),
            archives: archive::views(self.graph, self.archives),
            signer_changes: self.changes.iter().map(SignerChangeView::from).collect(),
        };
        Ok(print(&document, out)?)
    }
}

#[cfg(test)]
mod tests;
