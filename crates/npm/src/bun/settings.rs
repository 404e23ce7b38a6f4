//! `bunfig.toml`: the registries of a project, and how it is installed.

use bomtrail_document::{FileCodes, Kind, Page, Value};
use bomtrail_graph::{Diagnostics, Files};

use crate::diags;
use crate::manifest::files;
use crate::package::registries::Registries;
use crate::paths;
use crate::text;

/// The name of the file.
pub(super) const FILE: &str = "bunfig.toml";

/// Adds the registries that the file names.
pub(super) fn read(
    base: &str,
    files: &dyn Files,
    registries: &mut Registries,
    diagnostics: &mut Diagnostics,
) {
    let Some(bytes) = files::read(base, FILE, files) else {
        return;
    };
    let (text, _) = text::decode(&bytes);
    let path = paths::join(base, FILE).unwrap_or_default();
    let mut page = Page::new(&path, &text, FileCodes::all(diags::settings_code()));
    if let Some(value) = page.toml() {
        take(&value, registries);
    }
    if let Err(problems) = page.finish(()) {
        diagnostics.append(problems);
    }
}

fn take(value: &Value<'_>, registries: &mut Registries) {
    let Some(install) = field(value, "install") else {
        return;
    };
    if let Some(url) = field(install, "registry").and_then(address) {
        registries.name(None, url);
    }
    let scopes = field(install, "scopes").and_then(Value::as_entries);
    for scope in scopes.into_iter().flat_map(|it| &it.0) {
        if let Some(url) = address(&scope.value) {
            let name = ["@", scope.key.trim_start_matches('@')].concat();
            registries.name(Some(name), url);
        }
    }
}

/// The settings of `[install]` that are scalars, those of its tables as `table.key`: key, value, and line from 1.
pub fn bun_install_settings(bytes: &[u8]) -> Vec<(String, String, usize)> {
    let (text, _) = text::decode(bytes);
    let mut page = Page::new(FILE, &text, FileCodes::all(diags::settings_code()));
    let value = page.toml();
    let install = value.as_ref().and_then(|it| field(it, "install"));
    let mut all = Vec::new();
    for entry in install.into_iter().flat_map(Value::pairs) {
        let inner = entry.value.pairs().iter();
        let inner = inner.map(|it| ([&entry.key, ".", &it.key].concat(), it));
        for (key, it) in std::iter::once((entry.key.to_string(), entry)).chain(inner) {
            let value = match &it.value.kind {
                Kind::Text(value) | Kind::Number(value) => value.to_string(),
                Kind::Bool(value) => value.to_string(),
                Kind::Null | Kind::Date(_) | Kind::List(_) | Kind::Entries(_) => continue,
            };
            all.push((key, value, page.line(it.at)));
        }
    }
    all
}

fn field<'v, 't>(value: &'v Value<'t>, key: &str) -> Option<&'v Value<'t>> {
    Some(&value.as_entries()?.find(key)?.value)
}

/// The address of a registry, which may be one of several facts about it.
fn address<'v>(value: &'v Value<'_>) -> Option<&'v str> {
    field(value, "url").unwrap_or(value).as_text()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn registries_are_read() {
        let text = "[install]\nregistry = \"https://npm.example.com\"\n[install.scopes]\nacme = { url = \"https://acme.example.com/\", token = \"x\" }\n";
        let mut page = Page::new("x", text, FileCodes::all(diags::settings_code()));
        let mut registries = Registries::default();
        take(&page.toml().unwrap(), &mut registries);
        assert_eq!(registries.of_name("a"), Some("https://npm.example.com"));
        assert_eq!(
            registries.of_name("@acme/a"),
            Some("https://acme.example.com")
        );
    }
}
