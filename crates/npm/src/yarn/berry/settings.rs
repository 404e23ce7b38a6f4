//! `.yarnrc.yml`: the catalogs and the registries of a project, and whether install scripts run.

use std::collections::HashMap;

use bomtrail_document::{Entries, FileCodes, Page, Value};
use bomtrail_graph::{Diagnostics, Files};
use foldhash::fast::RandomState;

use crate::diags;
use crate::manifest::files;
use crate::package::registries::Registries;
use crate::paths;
use crate::text;

/// The name of the file.
pub(super) const FILE: &str = ".yarnrc.yml";

/// The ranges that `catalog:` ranges stand for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Catalogs {
    /// By catalog and name; the catalog of `catalog:` is empty.
    ranges: HashMap<(String, String), String, RandomState>,
}

impl Catalogs {
    /// The range of a package in a catalog; the default one has an empty name.
    pub(crate) fn get(&self, catalog: &str, name: &str) -> Option<&str> {
        let catalog = if catalog == "default" { "" } else { catalog };
        let key = (catalog.to_owned(), name.to_owned());
        self.ranges.get(&key).map(String::as_str)
    }

    fn add(&mut self, catalog: &str, entries: &Entries<'_>) {
        for entry in &entries.0 {
            if let Some(range) = entry.value.as_text() {
                let key = (catalog.to_owned(), entry.key.as_ref().to_owned());
                self.ranges.insert(key, range.to_owned());
            }
        }
    }
}

/// Reads the catalogs and adds the registries that the file names.
pub(crate) fn read(
    base: &str,
    files: &dyn Files,
    registries: &mut Registries,
    diagnostics: &mut Diagnostics,
) -> Catalogs {
    let mut catalogs = Catalogs::default();
    let Some(bytes) = files::read(base, FILE, files) else {
        return catalogs;
    };
    let (text, _) = text::decode(&bytes);
    let path = paths::join(base, FILE).unwrap_or_default();
    let mut page = Page::new(&path, &text, FileCodes::all(diags::settings_code()));
    let documents = page.yaml().unwrap_or_default();
    if let Some(entries) = documents.first().and_then(Value::as_entries) {
        take(entries, &mut catalogs, registries);
    }
    if let Err(problems) = page.finish(()) {
        diagnostics.append(problems);
    }
    catalogs
}

/// Whether the project's `.yarnrc.yml` turns install scripts off (`enableScripts`). A file that cannot be read turns nothing off.
pub(crate) fn has_scripts_off(files: &dyn Files) -> bool {
    let bytes = files.read(FILE);
    bytes.is_some_and(|it| turns_scripts_off(&text::decode(&it).0))
}

fn turns_scripts_off(settings: &str) -> bool {
    let mut page = Page::new(FILE, settings, FileCodes::all(diags::settings_code()));
    let documents = page.yaml().unwrap_or_default();
    let stated = documents.first().and_then(|it| it.get("enableScripts"));
    stated.is_some_and(Value::is_false)
}

fn take(entries: &Entries<'_>, catalogs: &mut Catalogs, registries: &mut Registries) {
    let block = |key: &str| entries.find(key).and_then(|it| it.value.as_entries());
    if let Some(default) = block("catalog") {
        catalogs.add("", default);
    }
    for entry in block("catalogs").into_iter().flat_map(|it| &it.0) {
        if let Some(named) = entry.value.as_entries() {
            catalogs.add(&entry.key, named);
        }
    }
    let server = |entries: &Entries<'_>| {
        let found = entries.find("npmRegistryServer")?.value.as_text()?;
        Some(found.to_owned())
    };
    if let Some(server) = server(entries) {
        registries.name(None, &server);
    }
    for scope in block("npmScopes").into_iter().flat_map(|it| &it.0) {
        if let Some(server) = scope.value.as_entries().and_then(server) {
            let name = ["@", scope.key.trim_start_matches('@')].concat();
            registries.name(Some(name), &server);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::package::url::Url;

    #[test]
    fn scripts_are_off_only_where_the_file_says_so() {
        assert!(turns_scripts_off("enableScripts: false\n"));
        for text in [
            "enableScripts: true\n",
            "enableScripts: \"false\"\n",
            "nodeLinker: pnp\n",
            "- a\n",
            "enableScripts: [\n",
        ] {
            assert!(!turns_scripts_off(text), "{text}");
        }
    }

    #[test]
    fn catalogs_and_registries_are_read() {
        let text = "catalog:\n  ms: ^2.1.0\ncatalogs:\n  old:\n    ms: \"1\"\nnpmScopes:\n  acme:\n    npmRegistryServer: https://npm.example.com/\n";
        let mut page = Page::new("x", text, FileCodes::all(diags::settings_code()));
        let documents = page.yaml().unwrap();
        let (mut catalogs, mut registries) = (Catalogs::default(), Registries::default());
        take(
            documents[0].as_entries().unwrap(),
            &mut catalogs,
            &mut registries,
        );
        assert_eq!(catalogs.get("", "ms"), Some("^2.1.0"));
        assert_eq!(catalogs.get("default", "ms"), Some("^2.1.0"));
        assert_eq!(catalogs.get("old", "ms"), Some("1"));
        assert_eq!(catalogs.get("new", "ms"), None);
        let url = Url::parse("https://npm.example.com/a/-/a-1.0.0.tgz").unwrap();
        assert!(registries.of_archive(&url).is_some());
        assert!(registries.of_name("@acme/a").is_some());
        assert!(registries.of_name("a").is_none());
    }
}
