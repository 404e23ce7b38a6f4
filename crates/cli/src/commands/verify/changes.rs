//! `--signer-changes`: packages whose signer changed since an older state of the project.

use std::path::Path;

use bomtrail::Graph;
use bomtrail::provenance::{SignerChange, Verification, graph_of_file, signer_changes};

use super::Arguments;
use crate::error::CliError;
use crate::git::Commit;

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
        let old = older(name)?;
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

/// The graph of an older state: a path, or `git:REF:PATH`.
fn older(name: &str) -> Result<Graph, CliError> {
    let Some((commit, path)) = name.strip_prefix("git:").and_then(|it| it.rsplit_once(':')) else {
        return Ok(bomtrail::scan(name)?.into_parts().0);
    };
    let commit = Commit::named(Path::new("."), &format!("git:{commit}"))?;
    let missing = || CliError::Usage(format!("`{name}`: no such file, or none that is read"));
    graph_of_file(path, &commit).ok_or_else(missing)
}
