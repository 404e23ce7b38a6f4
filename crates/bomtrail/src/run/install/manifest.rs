//! What an installed package says about itself.

use std::collections::BTreeMap;
use std::path::Path;

use bomtrail_graph::Files as _;
use bomtrail_npm::{command_file, command_name};
use serde_json::Value;

use crate::source::Disk;

/// The largest manifest that is read, in bytes.
const LIMIT: u64 = 64 << 20;

/// Name, version and commands of an installed package.
pub(super) struct Manifest {
    pub(super) name: Option<String>,
    pub(super) version: Option<String>,
    /// The file of each command, relative to the package.
    commands: BTreeMap<String, String>,
    /// True when its archive contains other packages.
    pub(super) has_bundle: bool,
    /// The folder whose files are all commands.
    command_folder: Option<String>,
}

impl Manifest {
    /// The manifest of the package in `folder`; `None` if it cannot be read.
    pub(super) fn read(folder: &Path) -> Option<Self> {
        let bytes = Disk::open(folder, LIMIT).ok()?.read("package.json")?;
        let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
        let value: Value = serde_json::from_slice(text).ok()?;
        let text = |key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
        let name = text("name");
        let folder = value.pointer("/directories/bin").and_then(Value::as_str);
        let bundle = ["bundledDependencies", "bundleDependencies"];
        let mut bundle = bundle.iter().filter_map(|it| value.get(it));
        Some(Self {
            has_bundle: bundle.any(|it| match it {
                Value::Bool(all) => *all,
                Value::Array(names) => !names.is_empty(),
                _ => false,
            }),
            commands: commands(value.get("bin"), name.as_deref()),
            command_folder: folder.map(|it| command_file(it).unwrap_or_default()),
            version: text("version"),
            name,
        })
    }

    /// Whether it declares a command that runs `file`.
    pub(super) fn declares(&self, command: &str, file: &str) -> bool {
        if self.commands.is_empty()
            && let Some(folder) = &self.command_folder
        {
            let inside = file.strip_prefix(folder.as_str());
            return inside.is_some_and(|it| it.trim_start_matches('/') == command);
        }
        self.commands.get(command).is_some_and(|it| it == file)
    }
}

/// The commands of a `bin`: a text is the file of the command named after the package.
fn commands(bin: Option<&Value>, name: Option<&str>) -> BTreeMap<String, String> {
    let pairs: Vec<(&str, &str)> = match bin {
        Some(Value::String(file)) => name.map(|it| (it, &**file)).into_iter().collect(),
        Some(Value::Array(files)) => {
            let files = files.iter().filter_map(Value::as_str);
            files.map(|it| (it, it)).collect()
        }
        Some(Value::Object(all)) => all
            .iter()
            .filter_map(|(name, file)| Some((&**name, file.as_str()?)))
            .collect(),
        _ => Vec::new(),
    };
    pairs
        .into_iter()
        .filter_map(|(name, file)| Some((command_name(name)?.to_owned(), command_file(file)?)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_named_as_npm_names_them() {
        let found = |bin: Value| commands(Some(&bin), Some("@scope/tool"));
        let file = |name: &str, path: &str| BTreeMap::from([(name.to_owned(), path.to_owned())]);
        assert_eq!(found(Value::from("./cli.js")), file("tool", "cli.js"));
        let object = serde_json::json!({"../x/run": "../../bin//run.js", "odd": 1});
        assert_eq!(found(object), file("run", "bin/run.js"));
        let ignored = serde_json::json!({"..": "run.js", "/": "run.js", "run": "./"});
        assert_eq!(found(ignored), BTreeMap::new());
        assert_eq!(found(serde_json::json!(["bin/a"])), file("a", "bin/a"));
    }
}
