//! Replaces `bomtrail.toml` in a build without the feature `settings`: the file is reported and not read.
#![expect(
    clippy::unused_self,
    clippy::trivially_copy_pass_by_ref,
    reason = "the functions are called as those of the feature are"
)]

use bomtrail_graph::{Diagnostics, Fragment, Graph, NodeMap, ProductFacts, Statement};

use crate::diags;
use crate::source::ProjectFiles;

/// What a project states: nothing.
#[derive(Clone, Debug, Default)]
pub(crate) struct Settings {
    pub(crate) product: ProductFacts,
    pub(crate) dependencies: (),
    #[cfg(feature = "discovery")]
    pub(crate) exclude: Vec<String>,
}

impl Settings {
    #[expect(
        clippy::unnecessary_wraps,
        reason = "it is as the reader of the file is"
    )]
    pub(crate) fn load(
        files: &ProjectFiles,
        diagnostics: &mut Diagnostics,
    ) -> Result<Option<Self>, Diagnostics> {
        if files.has("bomtrail.toml") {
            diagnostics.push(diags::settings_ignored());
        }
        Ok(None)
    }

    #[cfg(feature = "npm")]
    pub(crate) fn npm_registries(&self) -> bomtrail_npm::KnownRegistries {
        bomtrail_npm::KnownRegistries::default()
    }

    pub(crate) fn statements(&self, graph: &Graph, _: &mut Diagnostics) -> NodeMap<Statement> {
        NodeMap::new(graph)
    }
}

pub(crate) fn add((): &(), _: &mut Vec<Fragment>, _: &mut Diagnostics) {}

pub(crate) fn add_contact(_: &mut Option<Settings>, _: &ProjectFiles) {}
