//! The members of a workspace of pnpm: the folders that `packages` of `pnpm-workspace.yaml` names.

use std::borrow::Cow;

use bomtrail_document::{Page, Value as Yaml};
use bomtrail_graph::Files;

use super::read::CODES;
use crate::manifest::files;
use crate::manifest::workspaces::Patterns;
use crate::package::value::Value;
use crate::{paths, text};

/// The file that names the members.
pub(crate) const FILE: &str = "pnpm-workspace.yaml";

/// The patterns of the members, in the form of the `workspaces` of a package.json; null where there are none.
pub(crate) fn patterns(base: &str, files: &dyn Files) -> Value<'static> {
    files::read(base, FILE, files).map_or(Value::Null, |it| of_bytes(&it))
}

/// The folders of the members that have a package.json, relative to the project, sorted.
pub(crate) fn members(base: &str, files: &dyn Files) -> Vec<String> {
    let mut folders = Patterns::of(&patterns(base, files)).folders(base, files);
    folders.retain(|it| {
        if it.split('/').any(|it| it == "bower_components") {
            return false;
        }
        let manifest = [it, "/package.json"].concat();
        paths::join(base, &manifest).is_some_and(|it| files.is_file(&it))
    });
    folders
}

/// True when a `pnpm-workspace.yaml` names the folder at `location`, relative to that file, with `/`.
pub fn is_pnpm_workspace(file: &[u8], location: &str) -> bool {
    Patterns::of(&of_bytes(file)).name(location)
}

fn of_bytes(bytes: &[u8]) -> Value<'static> {
    let (text, _) = text::decode(bytes);
    let mut page = Page::new(FILE, &text, CODES);
    let documents = page.yaml().unwrap_or_default();
    let packages = documents.first().and_then(|it| it.get("packages"));
    let Some(packages) = packages.and_then(Yaml::as_list) else {
        return Value::Null;
    };
    let mut texts: Vec<&str> = packages.iter().filter_map(Yaml::as_scalar).collect();
    // In whatever order they are written, an exclusion holds for all patterns.
    texts.sort_by_key(|it| it.starts_with('!'));
    Value::List(
        texts
            .into_iter()
            .map(|it| Value::Text(Cow::Owned(it.to_owned())))
            .collect(),
    )
}

#[cfg(test)]
mod tests {
    use super::is_pnpm_workspace;

    #[test]
    fn members_are_what_the_patterns_name() {
        let file = b"packages:\n  - '!apps/old'\n  - 'apps/*'\n  - libs/**\n  - '!**/test'\n";
        for (location, is_member) in [
            ("apps/one", true),
            ("apps/one/two", false),
            ("apps/old", false),
            ("libs/a/b", true),
            ("libs/test", false),
            ("other", false),
        ] {
            assert_eq!(is_pnpm_workspace(file, location), is_member, "{location}");
        }
        assert!(!is_pnpm_workspace(b"[", "apps/one"));
    }
}
