//! An SBOM as two documents, which have half of its packages each and the same main component: what `merge` joins to the whole.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};
use std::error::Error;
use std::path::Path;
use std::process::{Command, ExitCode};

use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::{RawValue, to_raw_value};

use crate::{Outcome, checkout};

/// The hidden task that writes the halves, as a process of its own: a command that is started later counts the memory of the
/// process that starts it as its own peak.
pub(crate) const WRITE_ALONE: &str = "write-halves";

/// The names of the two documents.
pub(super) const NAMES: [&str; 2] = ["half-1.cdx.json", "half-2.cdx.json"];
/// The document that is halved.
const WHOLE: &str = "bom.cdx.json";

/// Writes the halves of the SBOM in a folder, unless they are there.
pub(super) fn prepare(folder: &Path) -> Result<(), Box<dyn Error>> {
    if NAMES.iter().all(|it| folder.join(it).exists()) {
        return Ok(());
    }
    let mut command = Command::new(std::env::current_exe()?);
    let status = command.arg(WRITE_ALONE).arg(folder).status()?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("the halves of the SBOM were not written: {status}").into())
    }
}

/// The members of a document, each as it is written.
type Document<'t> = BTreeMap<&'t str, Cow<'t, RawValue>>;

/// What is read of a component.
#[derive(Deserialize)]
struct Component {
    #[serde(rename = "bom-ref")]
    reference: String,
}

/// What a component depends on.
#[derive(Clone, Deserialize, Serialize)]
struct Dependency {
    #[serde(rename = "ref")]
    reference: String,
    #[serde(rename = "dependsOn", skip_serializing_if = "Option::is_none")]
    targets: Option<Vec<String>>,
}

/// Writes the halves of the SBOM in a folder.
pub(crate) fn write_alone(folder: &str) -> Outcome {
    let folder = Path::new(folder);
    let text = checkout::read(&folder.join(WHOLE))?;
    let document: Document<'_> = serde_json::from_str(&text)?;
    let member = |key: &str| document.get(key).map_or("[]", |it| it.get());
    let components: Vec<&RawValue> = serde_json::from_str(member("components"))?;
    let dependencies: Vec<Dependency> = serde_json::from_str(member("dependencies"))?;
    let (first, second) = components.split_at(components.len() / 2);
    for (name, components) in NAMES.into_iter().zip([first, second]) {
        let half = half(document.clone(), components, &dependencies)?;
        checkout::write(&folder.join(name), &serde_json::to_string_pretty(&half)?)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The document with these components, and what they depend on among themselves.
fn half<'t>(
    mut document: Document<'t>,
    components: &[&RawValue],
    dependencies: &[Dependency],
) -> serde_json::Result<Document<'t>> {
    let mut known = HashSet::new();
    if let Some(metadata) = document.get("metadata") {
        let metadata: Value = serde_json::from_str(metadata.get())?;
        let main = metadata
            .pointer("/component/bom-ref")
            .and_then(Value::as_str);
        known.extend(main.map(str::to_owned));
    }
    for it in components {
        known.insert(serde_json::from_str::<Component>(it.get())?.reference);
    }
    let of_known = dependencies
        .iter()
        .filter(|it| known.contains(&it.reference));
    let mut kept: Vec<Dependency> = of_known.cloned().collect();
    for targets in kept.iter_mut().filter_map(|it| it.targets.as_mut()) {
        targets.retain(|it| known.contains(it));
    }
    document.insert("components", Cow::Owned(to_raw_value(&components)?));
    document.insert("dependencies", Cow::Owned(to_raw_value(&kept)?));
    Ok(document)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn halves_have_their_own_components_and_edges() {
        let folder = tempfile::tempdir().unwrap();
        let whole = json!({
            "metadata": {"component": {"bom-ref": "m"}},
            "components": [{"bom-ref": "a"}, {"bom-ref": "b"}],
            "dependencies": [
                {"ref": "m", "dependsOn": ["a", "b"]},
                {"ref": "a", "dependsOn": ["b"]},
                {"ref": "b"}
            ]
        });
        checkout::write(&folder.path().join(WHOLE), &whole.to_string()).unwrap();
        write_alone(folder.path().to_str().unwrap()).unwrap();
        let [first, second] = NAMES.map(|it| {
            let text = checkout::read(&folder.path().join(it)).unwrap();
            serde_json::from_str::<Value>(&text).unwrap()
        });
        assert_eq!(first["components"], json!([{"bom-ref": "a"}]));
        let edges = json!([{"ref": "m", "dependsOn": ["a"]}, {"ref": "a", "dependsOn": []}]);
        assert_eq!(first["dependencies"], edges);
        assert_eq!(second["components"], json!([{"bom-ref": "b"}]));
        let edges = json!([{"ref": "m", "dependsOn": ["b"]}, {"ref": "b"}]);
        assert_eq!(second["dependencies"], edges);
    }
}
