//! A product of several roots: one component that depends on each of them.

use std::borrow::Cow;

use bomtrail_graph::{Bom, Kind, ProductFacts, ProductKey};

use crate::names::{PRODUCT, PRODUCT_ROOTS};
use crate::spec::SpecVersion;
use crate::write::external::{unique_reference, used_references};
use crate::write::product;
use crate::write::wire::{Component, Property};

/// The product of a graph with several roots, as the project names it.
pub(crate) struct United<'g> {
    pub(crate) reference: String,
    product: &'g ProductFacts,
    name: &'g str,
}

impl<'g> United<'g> {
    /// Nothing for a graph of one root, or without roots, or a product without a name.
    pub(crate) fn of(bom: &Bom<'g>) -> Option<Self> {
        let product = bom.tables.product.filter(|_| bom.graph.roots().len() > 1)?;
        let name = product.text(ProductKey::Name)?;
        let version = product.text(ProductKey::Version);
        let version = version.map_or_else(String::new, |it| ["@", it].concat());
        let reference = [PRODUCT, name, &version].concat();
        let reference = unique_reference(reference, &used_references(bom.graph, PRODUCT));
        Some(Self {
            reference,
            product,
            name,
        })
    }

    /// The component.
    pub(crate) fn component(&self, version: SpecVersion) -> Component<'g> {
        let mut component = Component {
            kind: self.product.kind().unwrap_or(Kind::Application).name(),
            bom_ref: Some(Cow::Owned(self.reference.clone())),
            name: Cow::Borrowed(self.name),
            properties: vec![Property {
                name: Cow::Borrowed(PRODUCT_ROOTS),
                value: Cow::Borrowed("true"),
            }],
            ..Component::default()
        };
        product::add_to_main(&mut component, self.product, version);
        component
    }
}
