//! Components while a document is read.

use bomtrail_document::Pointer;
use bomtrail_graph::{Component, Flags, Hash, LocalId, Role, Scope, Text};

/// A component that was read.
#[derive(Default)]
pub(crate) struct Draft<'v> {
    pub(super) component: Component,
    pub(super) reference: Option<&'v str>,
    pub(super) scope: Option<Scope>,
    /// The role the document states.
    pub(super) role: Option<Role>,
    /// Whether it is a root, if the document states it.
    pub(super) is_root: Option<bool>,
    pub(super) places: Vec<Text>,
    pub(super) flags_there: Vec<(Text, Flags)>,
    /// Flags that are stated under a name of ours.
    pub(super) own_flags: Flags,
    pub(super) patch_hashes: Vec<(Text, Hash)>,
    /// The declared range, when the component is only a name that nothing provides.
    pub(super) unresolved: Option<&'v str>,
    /// Lines about its edges.
    pub(super) edges: Vec<&'v str>,
    /// What is required and not there; a lean document has no lines about edges.
    pub(super) missing: Vec<&'v str>,
    pub(super) pointer: Pointer<'v>,
}

/// A draft and its component.
pub(super) struct Placed<'v> {
    pub(super) draft: Box<Draft<'v>>,
    pub(super) id: LocalId,
}

/// A component that is only a name that nothing provides; the dependent keeps the name on its edge.
pub(super) struct Unresolved<'v> {
    pub(super) name: Text,
    /// The declared range; empty when there is none.
    pub(super) range: &'v str,
}
