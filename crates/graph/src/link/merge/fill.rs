//! What one node says of all its instances: the first with digests speaks, the others fill its gaps.

use std::sync::Arc;

use bomtrail_purl::Purl;

use crate::model::component::{Component, Origin};
use crate::model::facts::{Details, Fact, Flags, Text};
use crate::model::hash::Hash;

/// What is gathered from all instances, sorted once at the end.
#[derive(Default)]
struct Gathered {
    hashes: Vec<Hash>,
    properties: Vec<(Text, Text)>,
}

/// Takes from `others` what `component` does not say.
pub(super) fn gaps(component: &mut Component, others: Vec<Component>) {
    let mut all = Gathered::default();
    for other in others {
        fill(component, other, &mut all);
    }
    let Gathered {
        mut hashes,
        mut properties,
    } = all;
    if !hashes.is_empty() {
        hashes.extend(std::mem::take(&mut component.hashes));
        hashes.sort_unstable();
        hashes.dedup();
        component.hashes = hashes.into_boxed_slice();
    }
    // It is bundled when every instance is, and only then has it a bundler.
    let carried = |details: &Arc<Details>| details.bundled_by.is_some();
    if !component.flags.has(Flags::BUNDLED) && component.details.as_ref().is_some_and(carried) {
        component.details_mut().bundled_by = None;
    }
    if !properties.is_empty() {
        let mine = component.details.as_ref();
        let mine = mine.map_or(&[][..], |it| &it.properties);
        properties.extend_from_slice(mine);
        properties.sort_unstable();
        properties.dedup();
        if properties != mine {
            component.details_mut().properties = properties;
        }
    }
}

fn fill(component: &mut Component, other: Component, all: &mut Gathered) {
    let Component {
        purl,
        role,
        origin,
        dependencies,
        source,
        hashes,
        licenses,
        details,
        provides,
        ecosystem,
        ..
    } = other;
    let author_known =
        |it: &Option<Purl>| it.as_ref().is_some_and(|purl| purl.cpan_author().is_some());
    if component.purl.is_none() || (author_known(&purl) && !author_known(&component.purl)) {
        component.purl = purl;
    }
    component.role = component.role.min(role);
    if matches!(component.origin, Origin::Unknown | Origin::Bundle) {
        component.origin = origin;
    }
    component.dependencies = component.dependencies.max(dependencies);
    component.source = component.source.take().or(source);
    all.hashes.extend(hashes);
    if matches!(component.licenses, Fact::Unknown) {
        component.licenses = licenses;
    }
    if component.provides.is_empty() {
        component.provides = provides;
    }
    component.ecosystem = component.ecosystem.or(ecosystem);
    let Some(details) = details else { return };
    all.properties.extend_from_slice(&details.properties);
    match &mut component.details {
        // Most instances share their details, which are large.
        Some(mine) if *mine == details => {}
        Some(mine) => fill_details(Arc::make_mut(mine), &details),
        mine @ None => *mine = Some(details),
    }
}

fn fill_details(mine: &mut Details, theirs: &Details) {
    fn text<T: Clone>(mine: &mut Option<T>, theirs: Option<&T>) {
        if mine.is_none() {
            *mine = theirs.cloned();
        }
    }
    fn list<T: Clone>(mine: &mut Vec<T>, theirs: &[T]) {
        if mine.is_empty() {
            theirs.clone_into(mine);
        }
    }
    let Details {
        description,
        authors,
        homepage,
        repository,
        bugs,
        funding,
        deprecated,
        bundled_by,
        container,
        copyright,
        supplier,
        ..
    } = theirs;
    text(&mut mine.description, description.as_ref());
    text(&mut mine.homepage, homepage.as_ref());
    text(&mut mine.repository, repository.as_ref());
    text(&mut mine.bugs, bugs.as_ref());
    text(&mut mine.deprecated, deprecated.as_ref());
    text(&mut mine.bundled_by, bundled_by.as_ref());
    text(&mut mine.container, container.as_ref());
    text(&mut mine.copyright, copyright.as_ref());
    text(&mut mine.comment, theirs.comment.as_ref());
    if mine.supplier.is_none() {
        mine.supplier.clone_from(supplier);
        mine.supplier_is_person = theirs.supplier_is_person;
    }
    text(&mut mine.manufacturer, theirs.manufacturer.as_ref());
    list(&mut mine.references, &theirs.references);
    list(&mut mine.license_texts, &theirs.license_texts);
    list(&mut mine.cpes, &theirs.cpes);
    list(&mut mine.authors, authors);
    list(&mut mine.funding, funding);
    list(&mut mine.engines, &theirs.engines);
    list(&mut mine.os, &theirs.os);
    list(&mut mine.cpu, &theirs.cpu);
    list(&mut mine.libc, &theirs.libc);
    list(&mut mine.patches, &theirs.patches);
}
