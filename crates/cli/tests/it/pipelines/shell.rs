//! A runner's shell: bash that stops at the first failure, with a `npm` that installs this program and nothing else.

use std::collections::BTreeMap;
use std::fs::Permissions;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use crate::run::{get, put};

/// What `npm install` and `npm pack` do in a pipeline, without a network.
const NPM: &str = r#"#!/bin/bash
case "$1" in
  pack) echo archive > shop-1.0.0.tgz ;;
  install)
    case " $* " in *" --ignore-scripts "*) ;; *) echo "npm runs scripts" >&2; exit 1 ;; esac
    prefix=""; previous=""
    for word in "$@"; do [ "$previous" = --prefix ] && prefix=$word; previous=$word; done
    case "$previous" in bomtrail@*) ;; *) echo "npm installs $previous" >&2; exit 1 ;; esac
    if [ -n "$prefix" ]; then
      mkdir -p "$prefix/node_modules/.bin"
      ln -sf "$BOMTRAIL_PROGRAM" "$prefix/node_modules/.bin/bomtrail"
    fi ;;
esac
"#;

/// What `curl` fetches: advisories about a package that the project does not have.
const CURL: &str = r#"#!/bin/bash
while [ $# -gt 0 ]; do
  case "$1" in
    --output) output=$2; shift 2 ;;
    https://*) shift ;;
    --fail | --silent | --show-error | --location) shift ;;
    *) echo "curl: $1" >&2; exit 1 ;;
  esac
done
echo '{"id":"TEST-1","modified":"2026-01-01T00:00:00Z","affected":[{"package":{"ecosystem":"npm","name":"other"},"versions":["1.0.0"]}]}' > "$output"
"#;

/// A machine that runs steps in a repository.
pub(super) struct Shell {
    repository: PathBuf,
    machine: TempDir,
}

/// What a script did.
pub(super) struct Ran {
    pub(super) code: i32,
    pub(super) printed: String,
}

impl Shell {
    pub(super) fn of(repository: &Path) -> Self {
        let machine = tempfile::tempdir().unwrap();
        put(machine.path(), "bin/npm", NPM);
        put(machine.path(), "bin/curl", CURL);
        let program = env!("CARGO_BIN_EXE_bomtrail");
        let here = machine.path();
        for name in ["bin/npm", "bin/curl"] {
            let mode = Permissions::from_mode(0o755);
            std::fs::set_permissions(here.join(name), mode).unwrap();
        }
        symlink(program, here.join("bin/bomtrail")).unwrap();
        for file in ["output", "summary"] {
            put(here, file, "");
        }
        put(here, "temp/.keep", "");
        Self {
            repository: repository.to_path_buf(),
            machine,
        }
    }

    /// Runs a script with only these variables, and those that every runner has.
    pub(super) fn run(&self, script: &str, variables: &BTreeMap<String, String>) -> Ran {
        let here = self.machine.path();
        let path = std::env::var("PATH").unwrap_or_default();
        let output = Command::new("bash")
            .args(["--noprofile", "--norc", "-eo", "pipefail", "-c", script])
            .current_dir(&self.repository)
            .env_clear()
            .env(
                "PATH",
                [here.join("bin").to_str().unwrap(), ":", &path].concat(),
            )
            .env("HOME", here)
            .env("CI", "true")
            .env("GITHUB_ACTIONS", "true")
            .env("GITHUB_OUTPUT", here.join("output"))
            .env("GITHUB_STEP_SUMMARY", here.join("summary"))
            .env("RUNNER_TEMP", here.join("temp"))
            .env("BOMTRAIL_PROGRAM", env!("CARGO_BIN_EXE_bomtrail"))
            .envs(variables)
            .output()
            .unwrap();
        let printed = [&*output.stdout, &*output.stderr].concat();
        Ran {
            code: output.status.code().unwrap(),
            printed: String::from_utf8(printed).unwrap(),
        }
    }

    /// What the steps wrote for others, `name=value` in each line; the file is empty afterwards.
    pub(super) fn take_outputs(&self) -> Vec<(String, String)> {
        let text = get(self.machine.path(), "output");
        put(self.machine.path(), "output", "");
        let pairs = text.lines().filter_map(|it| it.split_once('='));
        pairs
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect()
    }

    pub(super) fn summary(&self) -> String {
        get(self.machine.path(), "summary")
    }
}
