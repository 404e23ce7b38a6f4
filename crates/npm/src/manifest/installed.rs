//! What the packages in `node_modules` say about themselves: licences, people and addresses that no lockfile has. What
//! contradicts the lockfile is reported, and never changes a component's identity.

use bomtrail_document::from_json;
use bomtrail_graph::{Component, Details, Diagnostics, Fact, Files, Flags, Fragment, Role};

use crate::diags;
use crate::lockfile::wire::Manifest;
use crate::manifest::files;
use crate::package::entry::Entry;
use crate::package::facts;
use crate::text;

/// Completes the components of `fragment` from the package.json files that are installed. `folder` says where a package is
/// installed, relative to the project's folder `base`.
pub(crate) fn complete(
    fragment: &mut Fragment,
    base: &str,
    files: &dyn Files,
    folder: &dyn Fn(&Component) -> Option<String>,
    diagnostics: &mut Diagnostics,
) {
    let modules = if base.is_empty() {
        "node_modules".to_owned()
    } else {
        format!("{base}/node_modules")
    };
    if !files.is_dir(&modules) {
        return;
    }
    let path = fragment.path.clone();
    for component in &mut fragment.components {
        if component.role != Role::Dependency {
            continue;
        }
        let Some(folder) = folder(component) else {
            continue;
        };
        let file = format!("{folder}/package.json");
        let Some(bytes) = files::read(base, &file, files) else {
            continue;
        };
        let (text, _) = text::decode(&bytes);
        match from_json::<Manifest<'_>>(&text) {
            Ok(Manifest(entry)) => {
                report_mismatch(&path, component, &entry, diagnostics);
                fill(component, &entry);
            }
            Err(error) => diagnostics.push(diags::unreadable(&file, &error)),
        }
    }
}

/// The licences, people and addresses that a `package.json` states, as a component without identity; `None` for what is not a
/// JSON object.
pub fn manifest_facts(bytes: &[u8]) -> Option<Component> {
    let (text, _) = text::decode(bytes);
    let Manifest(entry) = serde_json::from_str(&text).ok()?;
    let mut component = Component::default();
    fill(&mut component, &entry);
    Some(component)
}

fn fill(component: &mut Component, entry: &Entry<'_>) {
    if matches!(component.licenses, Fact::Unknown) {
        component.licenses = facts::licenses(entry);
    }
    let Some(found) = facts::details(entry) else {
        return;
    };
    let Details {
        description,
        authors,
        homepage,
        repository,
        bugs,
        funding,
        ..
    } = found;
    let details = component.details_mut();
    (details.description, details.authors) = (description, authors);
    (details.homepage, details.repository, details.bugs) = (homepage, repository, bugs);
    if details.funding.is_empty() {
        details.funding = funding;
    }
}

fn report_mismatch(
    path: &str,
    component: &mut Component,
    entry: &Entry<'_>,
    diagnostics: &mut Diagnostics,
) {
    let (Some(name), Some(version)) = (entry.name.as_deref(), entry.version.as_deref()) else {
        return;
    };
    // Packages from git and from archives have no version in an old lockfile.
    let same_version = component.version.as_deref().is_none_or(|it| it == version);
    if name != &*component.name || !same_version {
        component.flags.set(Flags::MASKED, true);
        let ours = format!(
            "{}@{}",
            component.name,
            component.version.as_deref().unwrap_or("?")
        );
        diagnostics.push(diags::manifest_mismatch(
            path,
            &component.place,
            &ours,
            &format!("{name}@{version}"),
        ));
    }
}
