//! The settings of npm that change what `npm ci` installs, where, or from what; read from the sources that npm reads, in its
//! order and with its own grammar.

use std::path::{Path, PathBuf};

use bomtrail_graph::Files as _;
use bomtrail_npm::read_npmrc;

use crate::source::Disk;

/// The largest `.npmrc` that is read, in bytes.
const LIMIT: u64 = 16 << 20;

/// Which value of a setting changes what is installed.
enum Unsafe {
    /// A value that npm takes for true.
    True,
    /// A value that npm takes for false.
    False,
    /// This text.
    Text(&'static str),
}

/// The settings that change what is installed.
const UNSAFE: [(&str, Unsafe); 10] = [
    ("dry-run", Unsafe::True),
    ("force", Unsafe::True),
    ("global", Unsafe::True),
    ("install-links", Unsafe::True),
    ("install-strategy", Unsafe::Text("linked")),
    ("legacy-peer-deps", Unsafe::True),
    ("location", Unsafe::Text("global")),
    ("package-lock", Unsafe::False),
    ("package-lock-only", Unsafe::True),
    ("shrinkwrap", Unsafe::False),
];

/// A setting that changes what is installed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnsafeSetting {
    /// Its name.
    pub key: String,
    /// Its value.
    pub value: String,
    /// Where it is set, for messages: `.npmrc:3`, or the name of an environment variable.
    pub source: String,
}

/// The environment that npm runs in.
#[derive(Clone, Debug, Default)]
pub struct NpmEnvironment {
    variables: Vec<(String, String)>,
    program: Option<PathBuf>,
    node: Option<PathBuf>,
}

impl NpmEnvironment {
    /// The environment with these variables.
    pub fn new(variables: impl IntoIterator<Item = (String, String)>) -> Self {
        Self {
            variables: variables.into_iter().collect(),
            ..Self::default()
        }
    }

    /// The npm program that runs: its own `npmrc` is read.
    #[must_use]
    pub fn program(mut self, program: Option<PathBuf>) -> Self {
        self.program = program;
        self
    }

    /// The Node.js that runs npm: the global `npmrc` lies next to it.
    #[must_use]
    pub fn node(mut self, node: Option<PathBuf>) -> Self {
        self.node = node;
        self
    }

    fn variable(&self, name: &str) -> Option<&str> {
        let found = self.variables.iter().find(|(it, _)| it == name);
        found.map(|(_, value)| &**value)
    }

    /// A setting from the variable `npm_config_…`, in any case, with its name.
    fn setting(&self, key: &str) -> Option<(&str, &str)> {
        let wanted = |name: &str| {
            let name = name.to_ascii_lowercase();
            let rest = name.strip_prefix("npm_config_");
            rest.is_some_and(|it| it.replace('_', "-") == key)
        };
        // npm ignores empty variables.
        let set = self.variables.iter().filter(|(_, value)| !value.is_empty());
        set.filter(|(name, _)| wanted(name))
            .map(|(name, value)| (&**name, &**value))
            .next_back()
    }

    /// The files of settings, the strongest first, with their names for messages.
    fn files(&self, project: &Path) -> Vec<(PathBuf, String)> {
        let home = ["HOME", "USERPROFILE"]
            .into_iter()
            .find_map(|it| self.variable(it));
        let at = |key: &str, usual: Option<PathBuf>| {
            let given = self.setting(key).map(|(_, it)| PathBuf::from(it));
            given.or(usual)
        };
        let user = at("userconfig", home.map(|it| Path::new(it).join(".npmrc")));
        let global = at(
            "globalconfig",
            self.node_prefix().map(|it| it.join("etc/npmrc")),
        );
        let builtin = self.package().map(|it| it.join("npmrc"));
        let mut all = vec![(project.join(".npmrc"), ".npmrc".to_owned())];
        for (path, name) in [
            (user, "the user's .npmrc"),
            (global, "the global npmrc"),
            (builtin, "npm's own npmrc"),
        ] {
            all.extend(path.map(|it| (it, name.to_owned())));
        }
        all
    }

    fn node_prefix(&self) -> Option<PathBuf> {
        let node = std::fs::canonicalize(self.node.as_ref()?).ok()?;
        Some(node.parent()?.parent()?.to_path_buf())
    }

    /// The folder of npm's package: its program is `bin/npm-cli.js`.
    fn package(&self) -> Option<PathBuf> {
        let program = std::fs::canonicalize(self.program.as_ref()?).ok()?;
        Some(program.parent()?.parent()?.to_path_buf())
    }
}

/// The settings of npm that change what `npm ci` installs in this project.
pub fn unsafe_settings(project: &Path, environment: &NpmEnvironment) -> Vec<UnsafeSetting> {
    let mut layers: Vec<Vec<UnsafeSetting>> = Vec::new();
    for (path, name) in environment.files(project) {
        layers.push(file(&path, &name, environment));
    }
    let mut found = Vec::new();
    for (key, harm) in &UNSAFE {
        let of_environment = environment.setting(key).map(|(name, value)| UnsafeSetting {
            key: (*key).to_owned(),
            value: value.to_owned(),
            source: name.to_owned(),
        });
        let of_files = || {
            let layer = |it: &Vec<UnsafeSetting>| it.iter().rfind(|it| it.key == *key).cloned();
            layers.iter().find_map(layer)
        };
        let effective = of_environment.or_else(of_files);
        found.extend(effective.filter(|it| is_harmful(harm, &it.value)));
    }
    found
}

fn file(path: &Path, name: &str, environment: &NpmEnvironment) -> Vec<UnsafeSetting> {
    let bytes = path
        .parent()
        .zip(path.file_name())
        .and_then(|(folder, file)| Disk::open(folder, LIMIT).ok()?.read(file.to_str()?));
    let variable = |name: &str| environment.variable(name).map(str::to_owned);
    let settings = read_npmrc(&bytes.unwrap_or_default(), &variable).into_iter();
    settings
        .map(|it| UnsafeSetting {
            key: it.key,
            // A list is true for npm, whatever it holds.
            value: if it.is_list {
                "true".to_owned()
            } else {
                it.value
            },
            source: format!("{name}:{}", it.line),
        })
        .collect()
}

fn is_harmful(harm: &Unsafe, value: &str) -> bool {
    match harm {
        Unsafe::True => is_true(value),
        Unsafe::False => !is_true(value),
        Unsafe::Text(text) => value.trim() == *text,
    }
}

/// Whether npm takes the text of a boolean setting for true.
fn is_true(value: &str) -> bool {
    let value = value.trim();
    match value.parse::<f64>() {
        Ok(number) => number != 0.0,
        Err(_) => !matches!(value, "false" | "null" | "undefined"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(npmrc: &str, variables: &[(&str, &str)]) -> Vec<String> {
        let folder = tempfile::tempdir().unwrap();
        crate::write::write_atomic::<std::io::Error>(&folder.path().join(".npmrc"), |out| {
            out.write_all(npmrc.as_bytes())
        })
        .unwrap();
        let variables = variables
            .iter()
            .map(|(a, b)| ((*a).to_owned(), (*b).to_owned()));
        let environment = NpmEnvironment::new(variables);
        let all = unsafe_settings(folder.path(), &environment).into_iter();
        all.map(|it| it.key).collect()
    }

    #[test]
    fn what_changes_an_installation_is_found_in_every_source() {
        for npmrc in [
            "\"legacy-peer-deps\"=true",
            "legacy-peer-deps",
            "audit=false\rlegacy-peer-deps=true",
            "legacy-peer-deps[]=false",
            "legacy-peer-deps=1",
            "legacy-peer-deps=${WANTED}",
            "${KEY}=true",
        ] {
            let variables = [("WANTED", "yes"), ("KEY", "legacy-peer-deps")];
            assert_eq!(keys(npmrc, &variables), ["legacy-peer-deps"], "{npmrc}");
        }
        assert_eq!(
            keys("", &[("NPM_CONFIG_Package_Lock", "false")]),
            ["package-lock"]
        );
        assert_eq!(keys("install-strategy=linked", &[]), ["install-strategy"]);
    }

    #[test]
    fn settings_that_change_nothing_are_allowed() {
        for npmrc in [
            "package-lock=true",
            "legacy-peer-deps=false",
            "legacy-peer-deps=0",
            "registry=https://npm.example.com",
            "; legacy-peer-deps=true",
            "[section]\nlegacy-peer-deps=true",
            "legacy-peer-deps=true\nlegacy-peer-deps=false",
            "install-strategy=hoisted",
        ] {
            assert_eq!(keys(npmrc, &[]), [""; 0], "{npmrc}");
        }
        let stronger = [
            ("npm_config_legacy_peer_deps", "false"),
            ("npm_config_global", ""),
        ];
        assert_eq!(keys("legacy-peer-deps=true", &stronger), [""; 0]);
    }
}
