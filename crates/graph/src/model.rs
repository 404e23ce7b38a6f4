//! What is read and what is linked: components, fragments and the graph. Values and the storage of the graph; walks and the
//! linker have their own modules.

pub(crate) mod component;
pub(crate) mod ecosystem;
pub(crate) mod facts;
pub(crate) mod fragment;
pub(crate) mod graph;
pub(crate) mod hash;
pub(crate) mod license;
pub(crate) mod licenses;
pub(crate) mod name_space;
pub(crate) mod scope;
pub(crate) mod shared_text;
mod verify;
