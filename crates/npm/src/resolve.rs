//! How npm resolves dependencies: places, requests, overrides, and whether a dependency got what it asks for.

mod block;
pub(crate) mod bundles;
pub(crate) mod edges;
mod lookup;
mod number;
pub(crate) mod overrides;
pub(crate) mod places;
pub(crate) mod requests;
pub(crate) mod spec;
pub(crate) mod tree;
pub(crate) mod validity;
