//! The services a product uses, as a project states them. The product depends on each; the dependencies of a service are
//! unknown.

use std::borrow::Cow;
use std::collections::BTreeSet;

use bomtrail_graph::{Bom, Service as Stated};

use crate::iri::is_iri_reference;
use crate::names::SERVICE;
use crate::write::external::{unique_reference, used_references};
use crate::write::loss::{Loss, Losses};
use crate::write::wire::Entity;
use crate::write::wire::{DataFlow, Service};

/// The services with their references, in the order they are stated.
pub(crate) fn of<'g>(bom: &'g Bom<'g>) -> Vec<(String, &'g Stated)> {
    let services = bom.tables.product.map_or(&[][..], |it| &it.services);
    if services.is_empty() {
        return Vec::new();
    }
    let mut used: BTreeSet<Cow<'_, str>> = used_references(bom.graph, SERVICE);
    let named = |it: &'g Stated| {
        let mut reference = [SERVICE, &it.name].concat();
        if let Some(version) = &it.version {
            reference.push('@');
            reference.push_str(version);
        }
        let reference = unique_reference(reference, &used);
        used.insert(Cow::Owned(reference.clone()));
        (reference, it)
    };
    services.iter().map(named).collect()
}

/// One service as a CycloneDX value.
pub(crate) fn service<'g>(reference: &'g str, it: &'g Stated, losses: &Losses) -> Service<'g> {
    let endpoints = it.endpoints.iter().map(|it| &**it);
    let (endpoints, others): (Vec<&str>, Vec<&str>) =
        endpoints.partition(|it| is_iri_reference(it));
    for _ in others {
        losses.add(Loss::Url);
    }
    let flow = |(flow, classification): &'g (Box<str>, Box<str>)| DataFlow {
        flow,
        classification,
    };
    Service {
        bom_ref: reference,
        provider: it.provider.as_deref().map(Entity::named),
        name: &it.name,
        version: it.version.as_deref(),
        description: it.description.as_deref(),
        endpoints,
        authenticated: it.authenticated,
        trust_boundary: it.crosses_boundary,
        data: it.data.iter().map(flow).collect(),
    }
}
