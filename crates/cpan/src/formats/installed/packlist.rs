//! A `.packlist`: the files of an installation, in a folder named after a module. It does not state the distribution or its
//! version, so the component has no Package URL.

use std::collections::HashSet;

use bomtrail_graph::{Completeness, Component, Files, Kind, Origin, Provided, Text};

use super::tree::{SITES, is_release, join};
use crate::formats::text;
use crate::package;
use crate::package::module::{MODULES, is_module_name};

/// The component of a list; `None` when one of its modules is `known` already, or it has no modules.
pub(super) fn read(files: &dyn Files, path: &str, known: &HashSet<String>) -> Option<Component> {
    let folder = path.strip_suffix("/.packlist")?;
    let (before, below) = folder
        .rsplit_once("/auto/")
        .or(folder.strip_prefix("auto/").map(|it| ("", it)))?;
    let named = below.replace('/', "::");
    let bytes = files.read(path)?;
    let (text, _) = text::decode(&bytes);
    // A line may go on with facts about the file.
    let paths = text
        .lines()
        .map(|line| line.split(' ').next().unwrap_or(line));
    let mut modules: Vec<String> = paths.filter_map(|path| module(path, before)).collect();
    modules.sort_unstable();
    modules.dedup();
    let covered = known.contains(&named) || modules.iter().any(|it| known.contains(it));
    if covered || modules.is_empty() {
        return None;
    }
    let provided = |name: String| Provided {
        space: MODULES,
        name: name.into(),
        version: None,
    };
    Some(package::component(&named).with(|it| {
        it.version = version(files, before, &named);
        it.place = path.into();
        it.kind = Kind::Library;
        it.origin = Origin::Unknown;
        it.dependencies = Completeness::Unknown;
        it.provides = modules.into_iter().map(provided).collect();
    }))
}

/// The module in a file of the library, whose folder ends like `before`.
fn module(path: &str, before: &str) -> Option<String> {
    let stem = path.strip_suffix(".pm")?;
    let architecture = before.rsplit('/').next().filter(|it| it.contains('-'));
    let parts: Vec<&str> = stem.split('/').collect();
    let is_library = |part: &str| part == "perl5" || SITES.contains(&part);
    let start = parts.iter().rposition(|it| is_library(it));
    let inner = parts.get(start.map_or(0, |at| at + 1)..)?;
    let is_folder = |part: &&&str| is_release(part) || Some(**part) == architecture;
    let folders = inner.iter().take_while(is_folder).count();
    let name = inner.get(folders..)?.join("::");
    is_module_name(&name).then_some(name)
}

/// The version of the last installation of the module in the log of installations.
fn version(files: &dyn Files, folder: &str, module: &str) -> Option<Text> {
    let bytes = files.read(&join(folder, "perllocal.pod"))?;
    let (text, _) = text::decode(&bytes);
    let head = ["C<Module> L<", module, "|"].concat();
    let mut mine = false;
    let mut found = None;
    for line in text.lines() {
        if line.starts_with("=head2") {
            mine = line.contains(&head);
        } else if let Some(rest) = line.strip_prefix("C<VERSION: ").filter(|_| mine) {
            found = rest.strip_suffix('>').map(str::trim).map(Text::from);
        }
    }
    found.filter(|it| !it.is_empty())
}
