//! `allowScripts` of package.json (npm RFC 0054): which packages may run install scripts.

use crate::package::value::{Str, Value};
use crate::resolve::spec::split_name;
use crate::text;
use bomtrail_document::from_json;

/// What a manifest says about one package's install scripts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AllowedScript {
    /// The package's name.
    pub name: String,
    /// The exact versions; empty for all.
    pub versions: Vec<String>,
    /// Whether they may run.
    pub allowed: bool,
}

/// What a package.json says about install scripts to the package manager of that name: `allowScripts` to npm,
/// `trustedDependencies` to bun, and `built` of `dependenciesMeta` to yarn. A key that npm does not read as a registry package is
/// left out: it allows nothing.
pub fn allowed_scripts(manifest: &[u8], manager: &str) -> Vec<AllowedScript> {
    let (text, _) = text::decode(manifest);
    let Ok(manifest) = from_json::<Value<'_>>(&text) else {
        return Vec::new();
    };
    let every_version = |name: &str, allowed| AllowedScript {
        name: name.to_owned(),
        versions: Vec::new(),
        allowed,
    };
    match manager {
        "bun" => {
            let trusted = manifest.get("trustedDependencies").map(Value::texts);
            let trusted = trusted.unwrap_or_default().into_iter();
            trusted.map(|it| every_version(it, true)).collect()
        }
        "yarn" => {
            let Some(Value::Map(all)) = manifest.get("dependenciesMeta") else {
                return Vec::new();
            };
            let built = |(name, it): &(Str<'_>, Value<'_>)| match it.get("built")? {
                Value::Bool(built) => Some(every_version(name_of(name), *built)),
                _ => None,
            };
            all.iter().filter_map(built).collect()
        }
        _ => of_npm(&manifest),
    }
}

/// The name in a key of `dependenciesMeta`, which may have a version after it.
fn name_of(key: &str) -> &str {
    split_name(key).0
}

fn of_npm(manifest: &Value<'_>) -> Vec<AllowedScript> {
    let Some(Value::Map(pairs)) = manifest.get("allowScripts") else {
        return Vec::new();
    };
    let mut all = Vec::new();
    for (key, value) in pairs {
        let Value::Bool(allowed) = value else {
            continue;
        };
        let versioned = key.rsplit_once('@').filter(|(name, _)| !name.is_empty());
        let (name, versions) = match versioned {
            Some((name, versions)) => (
                name,
                versions
                    .split("||")
                    .map(|it| it.trim().to_owned())
                    .collect(),
            ),
            None => (key.as_ref(), Vec::new()),
        };
        let exact = |it: &String| {
            it.starts_with(|c: char| c.is_ascii_digit()) && bomtrail_version::npm::is_version(it)
        };
        // A range would allow versions that were never reviewed; a refusal applies to all versions.
        if versions.iter().all(exact) {
            all.push(AllowedScript {
                name: name.to_owned(),
                versions,
                allowed: *allowed,
            });
        } else if !allowed {
            all.push(AllowedScript {
                name: name.to_owned(),
                versions: Vec::new(),
                allowed: false,
            });
        }
    }
    all
}

/// The `approvals` of a package.json (npm/rfcs#480): the path or URL of the project's approved packages.
///
/// # Errors
/// The reason why the value is invalid, as a sentence fragment.
pub fn approvals_reference(manifest: &[u8]) -> Result<Option<String>, String> {
    let (text, _) = text::decode(manifest);
    let manifest: Value<'_> =
        from_json(&text).map_err(|error| format!("not readable as JSON: {error}"))?;
    match manifest.get("approvals") {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Text(text)) if !text.is_empty() => Ok(Some(text.as_ref().to_owned())),
        Some(_) => Err("`approvals` must be a path or URL".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exact_versions_are_allowed_and_ranges_never() {
        let manifest = br#"{"allowScripts": {"sharp": true, "a@1.0.0 || 1.0.1": true, "b@^1": true, "c@^1": false, "@s/d": false, "e": "yes"}}"#;
        let all = allowed_scripts(manifest, "npm");
        let shown: Vec<String> = all
            .iter()
            .map(|it| format!("{} {:?} {}", it.name, it.versions, it.allowed))
            .collect();
        assert_eq!(
            shown,
            [
                r"sharp [] true",
                r#"a ["1.0.0", "1.0.1"] true"#,
                "c [] false",
                "@s/d [] false"
            ]
        );
        assert!(allowed_scripts(b"{", "npm").is_empty());
    }

    #[test]
    fn each_manager_has_a_list_of_its_own() {
        let manifest = br#"{"allowScripts": {"n": true}, "trustedDependencies": ["b"], "dependenciesMeta": {"y@npm:1.0.0": {"built": true}, "@s/z": {"built": false}, "o": {"optional": true}}}"#;
        let shown = |manager| -> Vec<String> {
            let all = allowed_scripts(manifest, manager);
            all.iter()
                .map(|it| format!("{} {}", it.name, it.allowed))
                .collect()
        };
        assert_eq!(shown("npm"), ["n true"]);
        assert_eq!(shown("bun"), ["b true"]);
        assert_eq!(shown("yarn"), ["y true", "@s/z false"]);
    }

    #[test]
    fn a_manifest_may_name_its_approvals() {
        assert_eq!(
            approvals_reference(br#"{"approvals": "x.json"}"#),
            Ok(Some("x.json".to_owned()))
        );
        assert_eq!(approvals_reference(b"{}"), Ok(None));
        assert!(approvals_reference(br#"{"approvals": {}}"#).is_err());
        assert!(approvals_reference(b"{").is_err());
    }
}
