//! A `.packlist`: the files of an installation, in a folder named after a module. Which distribution it was and which version
//! is not in it, so what is made of it has no Package URL.

use std::collections::HashSet;

use bomtrail_graph::{Completeness, Component, Files, Kind, Origin, Provided, Text};

use super::tree::join;
use crate::formats::text;
use crate::package::module::MODULES;

/// The component of a list; `None` when a module of it is already `known`, or it has none.
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
    Some(Component {
        version: version(files, before, &named),
        place: path.into(),
        kind: Kind::Library,
        origin: Origin::Unknown,
        dependencies: Completeness::Unknown,
        provides: modules.into_iter().map(provided).collect(),
        ..Component::new(&named)
    })
}

/// The module in a file of the library, whose folder ends like `before`.
fn module(path: &str, before: &str) -> Option<String> {
    let stem = path.strip_suffix(".pm")?;
    let arch = before.rsplit('/').next().unwrap_or(before);
    let inner = stem
        .rsplit_once("/lib/perl5/")
        .map_or(stem, |(_, inner)| inner);
    let inner = inner
        .strip_prefix(arch)
        .and_then(|it| it.strip_prefix('/'))
        .unwrap_or(inner);
    let fits = !inner.starts_with('/')
        && crate::formats::prereq::is_module_name(&inner.replace('/', "::"));
    fits.then(|| inner.replace('/', "::"))
}

/// The version in the log of installations, of the last one of this module.
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
