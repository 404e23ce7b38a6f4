//! The digest of what is stored of an SBOM, by which damage of the store is found. Computed from a record when it is added,
//! and from the rows of the store when they are verified.

use bomtrail_graph::hex;
use sha2::{Digest, Sha256};

use super::release::Release;

/// Bytes gathered before they are hashed.
const BLOCK: usize = 8192;

/// A digest in the making.
pub(crate) struct Contents {
    pending: Vec<u8>,
    sha: Sha256,
}

/// A package of an SBOM with its path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Line<'a> {
    pub(crate) package: &'a str,
    pub(crate) root: &'a str,
    /// Numbers of the phase and the scope, and the depth.
    pub(crate) facts: (u8, u8, Option<u32>),
    pub(crate) via: &'a str,
    pub(crate) direct: &'a str,
    pub(crate) approval: &'a str,
    pub(crate) decision: &'a str,
}

impl Contents {
    pub(crate) fn new() -> Self {
        Self {
            pending: Vec::with_capacity(BLOCK + 1024),
            sha: Sha256::new(),
        }
    }

    /// The digest of an SBOM about this release.
    pub(crate) fn of(release: &Release) -> Self {
        let Release {
            product,
            release,
            released_at,
            repository,
            commit,
            tool,
            source,
            digest,
        } = release;
        let mut contents = Self::new();
        for text in [product, released_at, source, digest] {
            contents.text(text);
        }
        for text in [release, repository, commit, tool] {
            contents.byte(text.is_some().into());
            contents.text(text.as_deref().unwrap_or_default());
        }
        contents
    }

    /// A package; they come in order.
    pub(crate) fn line(&mut self, line: &Line<'_>) {
        let Line {
            package,
            root,
            facts: (phase, scope, depth),
            via,
            direct,
            approval,
            decision,
        } = *line;
        for text in [package, root, via, direct, approval, decision] {
            self.text(text);
        }
        self.byte(phase);
        self.byte(scope);
        let depth = depth.map_or(u32::MAX, |it| it.min(super::paths::DEEPEST));
        self.pending.extend_from_slice(&depth.to_le_bytes());
    }

    /// A dependency: both references, and the numbers of its phase and need; they come in order.
    pub(crate) fn edge(&mut self, (from, to, phase, need): (&str, &str, u8, u8)) {
        self.text(from);
        self.text(to);
        self.byte(phase);
        self.byte(need);
    }

    pub(crate) fn finish(mut self) -> String {
        self.sha.update(&self.pending);
        hex(&self.sha.finalize())
    }

    fn text(&mut self, text: &str) {
        self.pending
            .extend_from_slice(&(text.len() as u64).to_le_bytes());
        self.pending.extend_from_slice(text.as_bytes());
        if self.pending.len() >= BLOCK {
            self.sha.update(&self.pending);
            self.pending.clear();
        }
    }

    fn byte(&mut self, byte: u8) {
        self.pending.push(byte);
    }
}
