//! The values of `bun.lock` by what they are for.

use bomtrail_graph::Diagnostics;

use super::wire::{File, Info, Listed, Workspace};
use crate::diags;
use crate::package::value::{Str, Value};
use crate::resolve::spec::split_name;

/// The newest format that is known.
const NEWEST: f64 = 3.0;

/// A lockfile.
#[derive(Debug)]
pub(super) struct Lock<'t> {
    /// The version of the format, as text.
    pub(super) version: String,
    /// The workspaces, by folder; the root's is empty.
    pub(super) workspaces: &'t [(Str<'t>, Workspace<'t>)],
    /// The packages, in the order of the file.
    pub(super) packages: Vec<Tuple<'t>>,
    file: &'t File<'t>,
}

/// One entry of `packages`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tuple<'t> {
    /// The path of names that it is found by.
    pub(super) key: &'t str,
    /// The name in the first element.
    pub(super) name: &'t str,
    /// What is after the name: a version, or where it is from.
    pub(super) resolution: &'t str,
    /// All elements.
    pub(super) listed: &'t Listed<'t>,
}

impl<'t> Tuple<'t> {
    /// Requirements and platforms.
    pub(super) fn info(&self) -> &'t Info<'t> {
        self.listed.info.as_deref().unwrap_or(Info::NONE)
    }
}

impl<'t> Lock<'t> {
    /// The parts of a lockfile. Whatever has another type is reported and left out.
    pub(super) fn of(file: &'t File<'t>, path: &str, diagnostics: &mut Diagnostics) -> Self {
        let version = match file.field("lockfileVersion") {
            Some(Value::Number(number)) => {
                if *number > NEWEST {
                    diagnostics.push(diags::newer_lockfile(path, &number.to_string(), "3"));
                }
                number.to_string()
            }
            _ => "none".to_owned(),
        };
        if file.is_other {
            diagnostics.push(diags::no_lockfile_object(path));
        }
        let mut packages = Vec::with_capacity(file.packages.len());
        for (key, listed) in &file.packages {
            match listed.as_ref().and_then(|it| tuple(key, it)) {
                Some(tuple) => packages.push(tuple),
                None => diagnostics.push(diags::wrong_type(path, key, "the entry")),
            }
        }
        Self {
            version,
            workspaces: &file.workspaces,
            packages,
            file,
        }
    }

    /// A field of the file.
    pub(super) fn field(&self, key: &str) -> Option<&'t Value<'t>> {
        self.file.field(key)
    }

    /// The range that a `catalog:` range stands for.
    pub(super) fn catalog(&self, name: &str, range: &str) -> Option<&'t str> {
        let catalog = range.strip_prefix("catalog:")?.trim();
        let entries = match catalog {
            "" | "default" => self.field("catalog"),
            named => self.field("catalogs").and_then(|it| it.get(named)),
        };
        entries?.get(name)?.text()
    }

    /// The patch file of a package.
    pub(super) fn patch(&self, id: &str) -> Option<&'t str> {
        self.field("patchedDependencies")?.get(id)?.text()
    }
}

/// The parts of an entry; `None` for one without a name.
fn tuple<'t>(key: &'t str, listed: &'t Listed<'t>) -> Option<Tuple<'t>> {
    let (name, resolution) = split_name(&listed.id);
    (!name.is_empty()).then_some(Tuple {
        key,
        name,
        resolution,
        listed,
    })
}
