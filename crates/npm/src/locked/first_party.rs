//! First-party packages that share a name, and copies of them.

use std::collections::HashMap;

use bomtrail_graph::{Component, LocalId, Purl, Role};
use foldhash::fast::RandomState;

/// Gives first-party packages in different folders different Package URLs, and copies of one that of their original.
pub(crate) fn tell_apart(components: &mut [Component], copies: &[(LocalId, LocalId)]) {
    let mut by_purl: HashMap<String, Vec<usize>, RandomState> = HashMap::default();
    let originals: HashMap<usize, LocalId, RandomState> = copies
        .iter()
        .map(|(copy, of)| (copy.index(), *of))
        .collect();
    for (index, component) in components.iter().enumerate() {
        if let (true, Some(purl)) = (component.role.is_first_party(), &component.purl)
            && !originals.contains_key(&index)
        {
            by_purl.entry(purl.to_string()).or_default().push(index);
        }
    }
    // Every index is in one group only, so that the order of the groups does not matter.
    let mut shared: Vec<usize> = by_purl
        .into_values()
        .filter(|it| it.len() > 1)
        .flatten()
        .collect();
    shared.sort_unstable();
    for index in shared {
        if let Some(component) = components.get_mut(index) {
            component.purl = component
                .purl
                .take()
                .and_then(|it| in_folder(&it, &component.place));
        }
    }
    for (copy, original) in copies {
        let purl = components
            .get(original.index())
            .and_then(|it| it.purl.clone());
        if let Some(component) = components.get_mut(copy.index()) {
            component.purl = purl;
            component.role = Role::Local;
        }
    }
}

/// The Package URL with the folder as its subpath.
fn in_folder(purl: &Purl, folder: &str) -> Option<Purl> {
    let folder = folder.trim_start_matches("../");
    if folder.is_empty() {
        return Some(purl.clone());
    }
    let mut builder = Purl::build(purl.package_type(), &purl.name()).subpath(folder);
    if let Some(namespace) = purl.namespace() {
        builder = builder.namespace(&namespace);
    }
    if let Some(version) = purl.version() {
        builder = builder.version(&version);
    }
    builder.finish().ok()
}
