//! What the manifests of a project say that a lockfile of Yarn 1 does not have. `--frozen-lockfile` refuses ranges without an
//! entry, but not what replaces an entry: `resolutions`, and workspaces.

use std::collections::{HashMap, HashSet};

use bomtrail_graph::{Diagnostics, Files, Input};
use foldhash::fast::RandomState;

use super::grammar;
use super::read::is_served;
use super::settings::yarnrc_settings;
use crate::diags;
use crate::install_settings::{OF_YARN_1, Report, npmrc};
use crate::manager::YARN;
use crate::manifest::folders::{Folders, Texts};
use crate::manifest::workspaces::Patterns;
use crate::package::value::{Str, Value};
use crate::paths;
use crate::resolve::spec::split_name;
use crate::yarn::records::{self, Record};

/// Reports what Yarn 1 installs in place of entries.
pub(crate) fn report(text: &str, input: &Input<'_>, diagnostics: &mut Diagnostics) {
    let base = paths::project_of(input.path);
    settings(base, input.files, diagnostics);
    let Ok(parsed) = grammar::parse(text) else {
        return;
    };
    let records = records::records(parsed.items);
    let texts = Texts::read([].into(), base, input.files, Patterns::without_exclusions);
    // Manifests that cannot be read were reported by the reader.
    let folders = Folders::of(&texts, base, &mut Diagnostics::new());
    if let Some(Value::Map(resolutions)) = folders.whole_root().and_then(|it| it.get("resolutions"))
    {
        let entries = Entries::of(&records);
        let names = entries.without(resolutions);
        if !names.is_empty() {
            diagnostics.push(diags::out_of_step(input.path, "", &names, &YARN));
        }
    }
    replaced(&records, &folders, input.path, diagnostics);
}

/// Reports the settings under which Yarn 1 installs something else: of `.yarnrc` and `.npmrc`.
fn settings(base: &str, files: &dyn Files, diagnostics: &mut Diagnostics) {
    let mut report = Report::new(base, &YARN, files, diagnostics);
    report.known(".npmrc", npmrc, &OF_YARN_1);
    report.known(".yarnrc", yarnrc_settings, &OF_YARN_1);
}

/// The keys of a lockfile, and the names that each package requires.
struct Entries<'r> {
    keys: HashSet<&'r str, RandomState>,
    names: HashSet<&'r str, RandomState>,
    required: HashSet<(&'r str, &'r str), RandomState>,
}

impl<'r> Entries<'r> {
    fn of(records: &'r [Record<'r>]) -> Self {
        let keys = || records.iter().flat_map(|it| &it.keys).map(|it| &**it);
        let required = records.iter().flat_map(|record| {
            let owners = record.keys.iter().map(|it| split_name(it).0);
            let lists = [&record.dependencies, &record.optional_dependencies];
            owners.flat_map(move |owner| {
                let names = lists.into_iter().flatten().map(|(name, _)| &**name);
                names.map(move |name| (owner, name))
            })
        });
        Self {
            keys: keys().collect(),
            names: keys().map(|it| split_name(it).0).collect(),
            required: required.collect(),
        }
    }

    /// The packages of resolutions that no entry is about.
    fn without<'m>(&self, resolutions: &'m [(Str<'_>, Value<'_>)]) -> Vec<&'m str> {
        let mut names = Vec::new();
        for (pattern, range) in resolutions {
            let (parent, name) = target(pattern);
            let key = [name, "@", range.text().unwrap_or_default()].concat();
            let applies = match parent {
                Some(parent) => self.required.contains(&(parent, name)),
                None => self.names.contains(name),
            };
            if applies && !self.keys.contains(&*key) {
                names.push(name);
            }
        }
        names
    }
}

/// The package that a pattern of `resolutions` is about (`a`, `b/a`, `**/a`, `@s/b/**/@s/a`), and the one that requires it, where
/// the pattern says which.
fn target(pattern: &str) -> (Option<&str>, &str) {
    let (above, name) = split_last(pattern);
    let parent = split_last(above).1;
    (
        Some(parent).filter(|it| !it.is_empty() && *it != "**"),
        name,
    )
}

/// The last name of a path of names, and what is above it.
fn split_last(path: &str) -> (&str, &str) {
    let (above, last) = path.rsplit_once('/').unwrap_or(("", path));
    let scope = above.rsplit_once('/').map_or(above, |(_, it)| it);
    if !scope.starts_with('@') {
        return (above, last);
    }
    let start = above.len() - scope.len();
    let above = path.get(..start).unwrap_or_default();
    (
        above.trim_end_matches('/'),
        path.get(start..).unwrap_or_default(),
    )
}

/// Reports entries for packages in whose place Yarn 1 links a workspace of that name.
fn replaced(
    records: &[Record<'_>],
    folders: &Folders<'_>,
    path: &str,
    diagnostics: &mut Diagnostics,
) {
    let mut members: HashMap<&str, (&str, &str), RandomState> = HashMap::default();
    for (folder, manifest) in folders.members() {
        let name = manifest.entry.name.as_deref();
        if let Some((name, version)) = name.zip(manifest.entry.version.as_deref()) {
            members.entry(name).or_insert((version, folder));
        }
    }
    for key in records.iter().flat_map(|it| &it.keys) {
        let (name, range) = split_name(key);
        let member = members.get(name);
        if let Some((_, folder)) = member.filter(|(version, _)| is_served(version, range)) {
            diagnostics.push(diags::linked_instead(path, key, folder, &YARN));
        }
    }
}

#[cfg(test)]
mod tests {
    use bomtrail_testkit::MemoryFiles;

    use super::*;

    const LOCK: &str = "# yarn lockfile v1\n\n\na@^1.0.0:\n  version \"1.0.0\"\n  dependencies:\n    \"@s/b\" \"^2.0.0\"\n\n\"@s/b@^2.0.0\", \"@s/b@2.1.0\":\n  version \"2.1.0\"\n";

    fn found(manifest: &str) -> Vec<String> {
        let files = MemoryFiles::new([
            ("package.json", manifest),
            ("w/package.json", r#"{"name": "a", "version": "1.2.0"}"#),
            ("v/package.json", r#"{"name": "a", "version": "2.0.0"}"#),
        ]);
        let mut diagnostics = Diagnostics::new();
        let input = Input {
            path: "yarn.lock",
            bytes: LOCK.as_bytes(),
            files: &files,
        };
        report(LOCK, &input, &mut diagnostics);
        diagnostics.iter().map(|it| it.message.clone()).collect()
    }

    #[test]
    fn resolutions_without_an_entry_are_reported() {
        for pattern in ["a", "**/a", "@s/b", "a/@s/b", "**/a/@s/b", "a/**/@s/b"] {
            let manifest = format!(r#"{{"resolutions": {{"{pattern}": "file:./x"}}}}"#);
            assert_eq!(found(&manifest).len(), 1, "{pattern}");
        }
        for (pattern, range) in [
            ("@s/b", "2.1.0"),
            ("a/@s/b", "2.1.0"),
            ("a", "^1.0.0"),
            ("c", "1"),
            ("c/a", "1"),
            ("@s/b/a", "1"),
        ] {
            let manifest = format!(r#"{{"resolutions": {{"{pattern}": "{range}"}}}}"#);
            assert_eq!(found(&manifest), [""; 0], "{pattern}");
        }
    }

    #[test]
    fn workspaces_in_place_of_entries_are_reported() {
        let message = "`a@^1.0.0` is locked, but yarn links the workspace `w` in its place";
        assert_eq!(found(r#"{"workspaces": ["w"]}"#), [message]);
        assert_eq!(found(r#"{"workspaces": ["v"]}"#), [""; 0]);
    }
}
