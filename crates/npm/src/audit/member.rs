//! The names of workspace members: what the lockfile calls a folder, and what its package.json does.

use bomtrail_document::from_json;
use bomtrail_graph::Input;

use super::Deviation;
use crate::manifest::files;
use crate::manifest::workspaces::Patterns;
use crate::package::value::{Str, Value};
use crate::paths;
use crate::text;

/// Reports members whose entries lack the `name` that npm writes when the folder has another name than the package. Without
/// it npm takes the folder's name, and does not recognize the link to the member as one to a workspace.
///
/// npm 7.0 wrote no such names. It wrote the folder of the member into `dependencies`, under its name.
pub(super) fn names(
    lock: &Value<'_>,
    entries: &[(Str<'_>, Value<'_>)],
    input: &Input<'_>,
    base: &str,
    found: &mut Vec<Deviation>,
) {
    let read = |path: &str| {
        let bytes = files::read(base, path, input.files)?;
        Some(text::decode(&bytes).0.into_owned())
    };
    let Some(root) = read("package.json") else {
        return;
    };
    let root = from_json::<Value<'_>>(&root).ok();
    let Some(patterns) = root.as_ref().and_then(|it| it.get("workspaces")) else {
        return;
    };
    let patterns = Patterns::of(patterns);
    let unnamed = entries.iter().filter(|(place, entry)| {
        let is = |key: &str| entry.get(key).is_some_and(Value::truthy);
        !place.is_empty() && !is("link") && !is("name") && patterns.name(place)
    });
    for (place, _) in unnamed {
        let Some(manifest) = read(&[place, "/package.json"].concat()) else {
            continue;
        };
        let manifest = from_json::<Value<'_>>(&manifest).ok();
        let name = manifest.as_ref().and_then(|it| it.get("name")?.text());
        let Some(name) = name.filter(|it| !it.is_empty()) else {
            continue;
        };
        let by_npm_7 = lock
            .get("dependencies")
            .and_then(|it| it.get(name)?.get("version")?.text())
            .and_then(|it| it.strip_prefix("file:"))
            .is_some_and(|it| it == &**place);
        if name != paths::folder_name(place) && !by_npm_7 {
            let message = format!("the entry has no `name`, but its package.json says `{name}`");
            found.push(Deviation::new(place, message));
        }
    }
}
