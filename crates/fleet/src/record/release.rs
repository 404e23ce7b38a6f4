//! What an SBOM is about: a release of a product.

use bomtrail_graph::{Graph, Timestamp, hex};
use serde::Serialize;
use sha2::{Digest, Sha256};

/// Properties that readers of SBOMs keep facts about a document under.
const TIMESTAMP: &str = "bomtrail:document:timestamp";
const TOOL: &str = "bomtrail:document:tool";

/// A release of a product, and the document that describes it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Release {
    /// The product.
    pub product: String,
    /// The name of the release, mostly its version; `None` when unknown.
    pub release: Option<String>,
    /// When it was released (RFC 3339, UTC).
    pub released_at: String,
    /// Where its source is kept.
    pub repository: Option<String>,
    /// The commit that it was built from.
    pub commit: Option<String>,
    /// The program that made the document.
    pub tool: Option<String>,
    /// Where the document was read.
    pub source: String,
    /// SHA-256 of the document in hexadecimal.
    pub digest: String,
}

impl Release {
    /// A release of which the product and the time are known.
    pub fn new(product: &str, released_at: Timestamp) -> Self {
        Self {
            product: product.to_owned(),
            released_at: released_at.to_string(),
            ..Self::default()
        }
    }

    /// Sets fields by name.
    #[must_use]
    pub fn with(mut self, set: impl FnOnce(&mut Self)) -> Self {
        set(&mut self);
        self
    }

    /// What names it on every machine: 32 hexadecimal digits of a digest of the document, the product and the release.
    pub fn sbom_id(&self) -> String {
        let release = self.release.as_deref();
        let mut id = sha256_of(&[Some(&self.digest), Some(&self.product), release]);
        id.truncate(32);
        id
    }
}

/// SHA-256 over texts, each with its length before it, in hexadecimal.
pub(crate) fn sha256_of(texts: &[Option<&str>]) -> String {
    let mut sha = Sha256::new();
    for text in texts {
        let length = text.map_or(u64::MAX, |it| it.len() as u64);
        sha.update(length.to_le_bytes());
        sha.update(text.unwrap_or_default());
    }
    hex(&sha.finalize())
}

/// SHA-256 of a document in hexadecimal, as [`Release::digest`] has it.
pub fn digest(document: &[u8]) -> String {
    hex(&Sha256::digest(document))
}

/// What a document says about the release that it describes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Stated {
    /// The name of its product.
    pub product: Option<String>,
    /// The version of its product.
    pub release: Option<String>,
    /// When it was made.
    pub time: Option<Timestamp>,
    /// The program that made it.
    pub tool: Option<String>,
    /// The source repository of its product.
    pub repository: Option<String>,
}

impl Stated {
    /// What a graph says. Of several products, the first one counts.
    pub fn of(graph: &Graph) -> Self {
        let root = graph.roots().next();
        let properties = graph.inputs().iter().flat_map(|it| &it.properties);
        let property = |name: &str| {
            let found = properties.clone().find(|(it, _)| &**it == name);
            found.map(|(_, value)| &**value)
        };
        let text = |it: &str| (!it.trim().is_empty()).then(|| it.trim().to_owned());
        let details = root.and_then(|it| it.component().details.as_deref());
        Self {
            product: root.and_then(|it| text(it.name())),
            release: root.and_then(|it| text(it.version()?)),
            time: property(TIMESTAMP).and_then(Timestamp::parse),
            tool: property(TOOL).and_then(text),
            repository: details.and_then(|it| text(it.repository.as_deref()?)),
        }
    }
}
