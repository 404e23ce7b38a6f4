//! `bomtrail.toml`: what a project states that no lockfile has. The file is read once, with its `[policy]`.
//!
//! ```
//! use bomtrail::Settings;
//!
//! let text = "[product]\nname = \"Example\"\nversion = \"1.0\"\n";
//! let settings = Settings::parse(text, "bomtrail.toml")?;
//! assert!(settings.components.is_empty());
//!
//! let wrong = Settings::parse("[product]\nnaem = 1\n", "bomtrail.toml");
//! assert!(wrong.is_err_and(|it| it.to_string().contains("naem")));
//! # Ok::<(), bomtrail::Diagnostics>(())
//! ```

mod belt;
mod diags;
mod overlay;
mod parse;
mod registry;
mod rule;
mod security;
mod shape;
mod template;

use bomtrail_graph::{
    Diagnostics, Fact, Graph, Hash, HashAlgorithm, NodeMap, ProductFacts, ProductKey, Statement,
    Text,
};
use bomtrail_policy::Policy;
use sha2::{Digest, Sha256, Sha512};

use crate::source::{ProjectFiles, ReadError};

pub use belt::{Belt, Forge, belt_files};
pub use overlay::ExtraDependency;
pub(crate) use overlay::add;
pub use registry::Registry;
pub use rule::ComponentRule;
pub(crate) use security::add_contact;
pub use template::settings_template;

/// The name of the file, next to the root manifest.
pub const SETTINGS_FILE: &str = "bomtrail.toml";

/// What a project states.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Settings {
    /// Facts about its product.
    pub product: ProductFacts,
    /// Statements about components of others; of two that state the same fact, the later one is used.
    pub components: Vec<ComponentRule>,
    /// Dependencies that no metadata states.
    pub dependencies: Vec<ExtraDependency>,
    /// Registries that packages come from.
    pub registries: Vec<Registry>,
    /// Patterns of paths that a search for projects leaves out, as in a `.gitignore`.
    pub exclude: Vec<String>,
    /// The policy of checks.
    pub policy: Policy,
}

impl Settings {
    /// Reads the text of a `bomtrail.toml`; `path` is its name in diagnostics.
    ///
    /// # Errors
    /// Every problem, each with its line and column.
    pub fn parse(text: &str, path: &str) -> Result<Self, Diagnostics> {
        parse::parse(text, path)
    }

    /// Reads the `bomtrail.toml` of a project's folder and the digests of the product's file; `None` when there is none.
    pub(crate) fn load(
        files: &ProjectFiles,
        diagnostics: &mut Diagnostics,
    ) -> Result<Option<Self>, Diagnostics> {
        let bytes = match files.load(SETTINGS_FILE) {
            Ok(bytes) => bytes,
            Err(ReadError::NotFound) => return Ok(None),
            Err(error) => {
                let mut found = Diagnostics::new();
                found.push(diags::unreadable(SETTINGS_FILE, &error.to_string()));
                return Err(found);
            }
        };
        let Ok(text) = std::str::from_utf8(&bytes) else {
            let mut found = Diagnostics::new();
            found.push(diags::unreadable(SETTINGS_FILE, "it is not valid UTF-8"));
            return Err(found);
        };
        let mut settings = Self::parse(text, SETTINGS_FILE)?;
        if let Some(artifact) = settings.product.text(ProductKey::Artifact).map(Text::from) {
            match files.load(&artifact) {
                Ok(bytes) => settings.product.hashes = digests(&bytes),
                Err(error) => {
                    diagnostics.push(diags::no_artifact(&artifact, &error.to_string()));
                }
            }
        }
        Ok(Some(settings))
    }

    /// The registries that are known to npm's reader: those of `[[registry]]` and of the policy.
    #[cfg(feature = "npm")]
    pub(crate) fn npm_registries(&self) -> bomtrail_npm::KnownRegistries {
        let npm = self.registries.iter().filter(|it| it.ecosystem == "npm");
        let (mirrors, own): (Vec<_>, Vec<_>) = npm.partition(|it| it.mirror);
        let mut known = self.policy.options.registries.clone();
        known.extend(own.into_iter().map(|it| it.url.clone()));
        let mirrors: Vec<String> = mirrors.into_iter().map(|it| it.url.clone()).collect();
        bomtrail_npm::KnownRegistries::new(&known, &mirrors)
    }

    /// The statements about each component of `graph`.
    pub fn statements(&self, graph: &Graph, diagnostics: &mut Diagnostics) -> NodeMap<Statement> {
        rule::apply(&self.components, graph, diagnostics)
    }
}

fn digests(bytes: &[u8]) -> Vec<Hash> {
    let sha256 = Hash::new(HashAlgorithm::Sha256, &Sha256::digest(bytes));
    let sha512 = Hash::new(HashAlgorithm::Sha512, &Sha512::digest(bytes));
    [sha256, sha512].into_iter().flatten().collect()
}

/// States that a key is unknown or withheld, unless a value is stated.
fn state_absent(product: &mut ProductFacts, key: ProductKey, fact: Fact<Text>) -> bool {
    let free = product.get(key).is_none();
    if free {
        product.set(key, fact);
    }
    free
}

#[cfg(test)]
mod schema_test;
#[cfg(test)]
mod tests;
