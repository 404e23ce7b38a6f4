//! What the archive of a component shows: SWHIDs, and properties for every verdict.

use std::borrow::Cow;

use bomtrail_graph::ArchiveFacts;

use crate::spec::SpecVersion;
use crate::spec::table::COMPONENT;
use crate::write::wire::{Component, Property};

/// Adds what the archive of a component shows. SWHIDs are properties where the version has no field for them.
pub(crate) fn add<'g>(
    component: &mut Component<'g>,
    facts: &'g ArchiveFacts,
    version: SpecVersion,
) {
    let properties = &mut component.properties;
    let statements = facts.statements().into_iter();
    properties.extend(statements.map(|(name, value)| Property {
        name: Cow::Owned(["bomtrail:", name].concat()),
        value,
    }));
    let swhids = facts.swhids.iter().map(|it| &**it);
    if COMPONENT.has("swhid", version) {
        component.swhid = swhids.collect();
    } else {
        properties.extend(swhids.map(|it| Property {
            name: Cow::Borrowed("bomtrail:swhid"),
            value: Cow::Borrowed(it),
        }));
    }
    properties.sort_unstable();
    properties.dedup();
}
