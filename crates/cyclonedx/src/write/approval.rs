//! The approval of a component, as properties.

use std::borrow::Cow;

use bomtrail_graph::Approval;

use crate::write::wire::{Component, Property};

/// Adds the approval of a component.
pub(crate) fn add<'g>(component: &mut Component<'g>, approval: &'g Approval) {
    let statements = approval.statements().into_iter();
    component
        .properties
        .extend(statements.map(|(name, value)| Property {
            name: Cow::Owned(["bomtrail:approval:", name].concat()),
            value,
        }));
    component.properties.sort_unstable();
    component.properties.dedup();
}
