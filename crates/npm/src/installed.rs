//! What is installed, where no lockfile says it: the packages in a `node_modules` folder, laid out by npm (hoisted or linked),
//! yarn or pnpm, in a project or in a global folder. A dependency is what Node.js loads for its name.
//!
//! Digests and addresses are unknown, because nothing that is installed states them.

mod diags;
mod differences;
mod requirers;
mod walk;

use std::borrow::Cow;

use bomtrail_document::from_json;
use bomtrail_graph::{
    Component, Diagnostics, Files, Fragment, Input, Lifecycle, PackageManager, Reader,
};

use self::walk::Found;
use crate::lockfile::entries::Entries;
use crate::lockfile::wire::Manifest;
use crate::manager::NPM;
use crate::manifest::license_text;
use crate::package::entry::{Entry, EntryFlags, Extras};
use crate::{paths, read};

pub(crate) use self::differences::report as report_differences;

/// The folders that global packages are in, in the root file system of a machine.
const GLOBAL: [&str; 4] = [
    "lib/node_modules",
    "usr/lib/node_modules",
    "usr/local/lib/node_modules",
    "opt/nodejs/lib/node_modules",
];

/// Reads a `node_modules` folder. The path of the input is that folder; it has no bytes.
#[derive(Clone, Copy, Debug, Default)]
pub struct InstalledModules;

/// The `node_modules` folder of a project; those of a root file system where the folder is not a project.
pub fn installed_modules(files: &dyn Files) -> Vec<&'static str> {
    const OWN: &str = "node_modules";
    if files.is_dir(OWN) {
        return vec![OWN];
    }
    if files.is_file("package.json") {
        return Vec::new();
    }
    let all = GLOBAL.into_iter().filter(|it| files.is_dir(it));
    // `lib` is a link to `usr/lib` on many systems.
    let is_link = |it: &&str| {
        let real = files.real(it);
        real.is_some_and(|real| real != **it && GLOBAL.contains(&&*real))
    };
    all.filter(|it| !is_link(it)).collect()
}

impl Reader for InstalledModules {
    fn name(&self) -> &'static str {
        "npm/installed"
    }

    fn claims(&self, path: &str) -> bool {
        paths::is_modules(path)
    }

    fn manager(&self) -> Option<&'static PackageManager> {
        Some(&NPM)
    }

    fn read(&self, input: &Input<'_>, diagnostics: &mut Diagnostics) -> Fragment {
        let mut fragment = Fragment::default().with(|it| {
            it.path = input.path.into();
            it.lifecycle = Lifecycle::Build;
        });
        let base = paths::project_of(input.path);
        let found = walk::packages(input, diagnostics);
        let manifest = paths::join(base, "package.json").unwrap_or_default();
        let is_project = input.files.is_file(&manifest);
        if found.is_empty() && !is_project {
            diagnostics.push(diags::nothing_installed(input.path));
            return fragment;
        }
        diagnostics.push(diags::not_proven(input.path));
        let mut entries = entries(&found, input.path, diagnostics);
        if is_project {
            // The manifest of the project says what it needs.
            let mut entry = Entry::default();
            entry.bits.set(EntryFlags::EDGES_UNKNOWN, true);
            entries.push(Cow::Borrowed(""), entry);
        }
        let root = read::root_entry(&mut entries, None, None);
        read::fill(&mut fragment, (entries, root), input, diagnostics);
        let folder = |it: &Component| Some(String::from(&*it.place));
        license_text::add(&mut fragment, base, input.files, &folder);
        if is_project {
            requirers::mark_extraneous(&mut fragment);
        } else {
            requirers::add_for_folder(&mut fragment);
        }
        fragment
    }
}

/// One entry for each package and each link, in the form that lockfiles have.
fn entries<'f>(found: &'f [Found], path: &str, diagnostics: &mut Diagnostics) -> Entries<'f> {
    let mut entries = Entries::default();
    for it in found {
        let entry = match &it.link {
            Some(target) => {
                let mut entry = Entry::default();
                entry.bits.set(EntryFlags::LINK, true);
                entry.resolved = Some(Cow::Borrowed(target));
                entry
            }
            None => manifest(it, path, diagnostics),
        };
        entries.push(Cow::Borrowed(&*it.location), entry);
    }
    entries
}

/// The entry of a package. Without a readable manifest its dependencies are unknown.
fn manifest<'f>(found: &'f Found, path: &str, diagnostics: &mut Diagnostics) -> Entry<'f> {
    let parsed = from_json::<Manifest<'f>>(&found.text);
    let mut entry = match parsed {
        Ok(Manifest(entry)) => entry,
        Err(error) => {
            let base = paths::project_of(path);
            let file = [&*found.location, "/package.json"].concat();
            let file = paths::join(base, &file).unwrap_or_default();
            diagnostics.push(crate::diags::unreadable(&file, &error));
            let mut entry = Entry::default();
            entry.bits.set(EntryFlags::EDGES_UNKNOWN, true);
            entry
        }
    };
    // Fields that only lockfiles have mean nothing in a manifest.
    let (private, script) = (
        entry.is(EntryFlags::PRIVATE),
        entry.is(EntryFlags::INSTALL_SCRIPT),
    );
    let unknown = entry.is(EntryFlags::EDGES_UNKNOWN);
    entry.bits = EntryFlags::default();
    entry.bits.set(EntryFlags::PRIVATE, private);
    entry.bits.set(EntryFlags::INSTALL_SCRIPT, script);
    entry.bits.set(EntryFlags::EDGES_UNKNOWN, unknown);
    (entry.resolved, entry.integrity) = (None, None);
    if let Some(extras) = &mut entry.extras {
        (extras.wrong, extras.twice) = (Vec::new(), Vec::new());
        if found.location.contains("node_modules/.pnpm/") {
            add_optional_peers(extras);
        }
    }
    entry
}

/// pnpm takes a peer that is only said to be optional for one of any version.
fn add_optional_peers(extras: &mut Extras<'_>) {
    let Extras {
        peer_dependencies,
        optional_peers,
        ..
    } = extras;
    for name in optional_peers.iter() {
        if !peer_dependencies.iter().any(|(it, _)| it == name) {
            peer_dependencies.push((name.clone(), Cow::Borrowed("*")));
        }
    }
}
