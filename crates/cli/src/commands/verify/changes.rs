//! `--signer-changes`: packages whose signer changed since an older state of the project.

use bomtrail::provenance::{SignerChange, Verification, signer_changes};
use bomtrail::{Graph, scan};

use super::Arguments;
use crate::error::CliError;
use crate::part::source;

impl Arguments {
    /// The changes since the older state, if one is given.
    pub(super) fn changes(
        &self,
        graph: &Graph,
        verification: &Verification,
    ) -> Result<Vec<SignerChange>, CliError> {
        let Some(name) = &self.signer_changes else {
            return Ok(Vec::new());
        };
        let (old, _) = scan(source(name)?)?.into_parts();
        let all = self.old_attestations.iter();
        let all = all.chain(&self.attested.attestations).cloned().collect();
        // The older state is verified with its own attestations, and with those of both states for unchanged versions.
        let mut changes = Vec::new();
        for given in [self.old_attestations.clone(), all] {
            let mut attested = self.attested.clone();
            attested.attestations = given;
            let before = attested.verify(&old)?;
            let (was, is) = (&before.provenance, &verification.provenance);
            changes.append(&mut signer_changes((&old, was), (graph, is)));
        }
        changes.sort_unstable();
        changes.dedup();
        Ok(changes)
    }
}
