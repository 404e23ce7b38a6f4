//! The packages in a `node_modules` folder and in the `node_modules` folders of those packages, each once, however links lead to
//! it. A walk without recursion, bounded in the number of packages.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use bomtrail_document::from_json;
use bomtrail_graph::{Diagnostics, Input};

use super::diags;
use crate::lockfile::wire::Manifest;
use crate::manifest::files;
#[cfg(feature = "managers")]
use crate::pnpm::workspace;
use crate::{paths, text};

/// The most packages and links that are read.
const MOST: usize = 200_000;

/// A package or a link in a `node_modules` folder.
pub(super) struct Found {
    /// The place, relative to the project, symbolic links resolved except for its own.
    pub(super) location: String,
    /// Where a link leads, relative to the project.
    pub(super) link: Option<String>,
    /// The manifest of a package; empty where it cannot be read.
    pub(super) text: String,
}

/// Everything that is installed.
pub(super) fn packages(input: &Input<'_>, diagnostics: &mut Diagnostics) -> Vec<Found> {
    let mut walk = Walk {
        input,
        base: paths::project_of(input.path),
        stated: folders_outside(input),
        diagnostics,
        folders: VecDeque::new(),
        known: BTreeSet::new(),
        packages: BTreeSet::new(),
        found: Vec::new(),
    };
    walk.open(String::from("node_modules"));
    #[cfg(feature = "managers")]
    for member in workspace::members(walk.base, input.files) {
        walk.add(member);
    }
    while let Some(folder) = walk.folders.pop_front() {
        walk.modules(&folder);
        if walk.found.len() >= MOST {
            walk.diagnostics
                .push(diags::many_packages(input.path, MOST));
            break;
        }
    }
    let mut found = walk.found;
    found.sort_by(|a, b| a.location.cmp(&b.location));
    found
}

/// The folders outside of the project that its manifest names (`file:../lib`), by the places where they are linked.
fn folders_outside(input: &Input<'_>) -> BTreeMap<String, String> {
    let base = paths::project_of(input.path);
    let bytes = files::read(base, "package.json", input.files).unwrap_or_default();
    let (text, _) = text::decode(&bytes);
    let Ok(Manifest(entry)) = from_json::<Manifest<'_>>(&text) else {
        return BTreeMap::new();
    };
    let extras = entry.extras.as_deref();
    let more = extras
        .into_iter()
        .flat_map(|it| [&it.dev_dependencies, &it.optional_dependencies]);
    let stated = std::iter::once(&entry.dependencies).chain(more).flatten();
    let folder = |spec: &str| {
        let path = ["file:", "link:", "portal:"]
            .into_iter()
            .find_map(|it| spec.strip_prefix(it));
        let folder = paths::join("", path.unwrap_or(spec))?;
        let is_outside = folder == ".." || folder.starts_with("../");
        is_outside.then_some(folder)
    };
    let link = |name: &str| ["node_modules/", name].concat();
    stated
        .filter_map(|(name, spec)| Some((link(name), folder(spec)?)))
        .collect()
}

struct Walk<'w, 'd> {
    input: &'w Input<'w>,
    base: &'w str,
    /// Where links out of the project lead by its manifest, by the places of the links.
    stated: BTreeMap<String, String>,
    diagnostics: &'d mut Diagnostics,
    /// `node_modules` folders that were not read yet.
    folders: VecDeque<String>,
    /// All that were opened.
    known: BTreeSet<String>,
    /// The real places of the packages.
    packages: BTreeSet<String>,
    found: Vec<Found>,
}

impl Walk<'_, '_> {
    /// Reads a `node_modules` folder later, unless it was read or is not there.
    fn open(&mut self, folder: String) {
        if self.real(&folder).is_some() && self.known.insert(folder.clone()) {
            self.folders.push_back(folder);
        }
    }

    fn path(&self, location: &str) -> String {
        paths::join(self.base, location).unwrap_or_default()
    }

    /// The place of a folder with all links resolved, relative to the project.
    fn real(&self, location: &str) -> Option<String> {
        let real = self.input.files.real(&self.path(location))?;
        match real.strip_prefix(self.base) {
            Some(rest) if self.base.is_empty() => Some(rest.to_owned()),
            Some(rest) => Some(rest.strip_prefix('/')?.to_owned()),
            None => None,
        }
    }

    fn names(&mut self, folder: &str) -> Vec<String> {
        let mut names = self.input.files.list(&self.path(folder));
        names.retain(|it| {
            let is_plain = !it.contains(char::is_control);
            if !is_plain {
                let diagnostic = diags::control_characters(self.input.path, folder, it);
                self.diagnostics.push(diagnostic);
            }
            is_plain
        });
        names
    }

    /// Reads one `node_modules` folder.
    fn modules(&mut self, folder: &str) {
        for name in self.names(folder) {
            let location = [folder, "/", &name].concat();
            if let Some(hidden) = name.strip_prefix('.') {
                if !matches!(hidden, "bin" | "cache") {
                    self.store(&location);
                }
            } else if name.starts_with('@') {
                for inner in self.names(&location) {
                    self.package([&*location, "/", &inner].concat());
                }
            } else {
                self.package(location);
            }
        }
    }

    /// Reads a hidden folder whose folders have a `node_modules` each, as the stores of pnpm and of npm's linked installs have.
    fn store(&mut self, store: &str) {
        if self.real(store).as_deref() != Some(store) {
            return;
        }
        for name in self.names(store) {
            // pnpm links every package a second time here.
            if name == "node_modules" {
                continue;
            }
            let folder = [store, "/", &name].concat();
            self.open([folder.as_str(), "/node_modules"].concat());
            if name.starts_with('@') {
                for inner in self.names(&folder) {
                    self.open([folder.as_str(), "/", &inner, "/node_modules"].concat());
                }
            }
        }
    }

    /// Reads what is at the place of a package.
    fn package(&mut self, location: String) {
        let Some(real) = self.real(&location) else {
            if let Some(target) = self.stated.get(&location).cloned() {
                self.linked(location, target);
            } else if self.input.files.is_dir(&self.path(&location)) || self.is_link_out(&location)
            {
                let diagnostic = diags::link_outside(self.input.path, &location);
                self.diagnostics.push(diagnostic);
            }
            return;
        };
        if real == location {
            self.add(real);
            return;
        }
        self.linked(location, real);
    }

    /// Adds a link and the package that it leads to.
    fn linked(&mut self, location: String, target: String) {
        self.found.push(Found {
            location,
            link: Some(target.clone()),
            text: String::new(),
        });
        // The root of a workspace may link to itself.
        if !target.is_empty() {
            self.add(target);
        }
    }

    /// True when something is there that is neither a file nor a folder of the project.
    fn is_link_out(&self, location: &str) -> bool {
        let path = self.path(location);
        !self.input.files.is_file(&path)
    }

    /// Adds the package in a real folder, and opens the `node_modules` in it.
    fn add(&mut self, location: String) {
        if !self.packages.insert(location.clone()) || self.found.len() >= MOST {
            return;
        }
        let manifest = [&*location, "/package.json"].concat();
        let Some(bytes) = self.input.files.read(&self.path(&manifest)) else {
            let diagnostic = diags::no_manifest(self.input.path, &location);
            self.diagnostics.push(diagnostic);
            return;
        };
        let (text, _) = text::decode(&bytes);
        self.open([&*location, "/node_modules"].concat());
        self.found.push(Found {
            location,
            link: None,
            text: text.into_owned(),
        });
    }
}
