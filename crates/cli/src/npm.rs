//! The npm of this machine: its environment, for the settings that apply to a project.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use bomtrail::npm::NpmEnvironment;

/// The environment of npm: the variables of this process, and where npm and Node.js are found. `program` is the npm that is
/// run; else the one on the `PATH`.
pub(crate) fn environment(program: Option<&OsStr>) -> NpmEnvironment {
    let variables = std::env::vars_os();
    let variables = variables
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)));
    NpmEnvironment::new(variables)
        .program(on_path(program.unwrap_or(OsStr::new("npm"))))
        .node(on_path(OsStr::new("node")))
}

/// Where a program is found.
fn on_path(program: &OsStr) -> Option<PathBuf> {
    if Path::new(program).components().count() > 1 {
        return Some(program.into());
    }
    let all = std::env::var_os("PATH")?;
    let mut found = std::env::split_paths(&all)
        .map(|it| it.join(program))
        .flat_map(|it| [it.with_extension("exe"), it.with_extension("cmd"), it]);
    found.find(|it| it.is_file())
}
