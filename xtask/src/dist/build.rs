//! The program, built so that it runs on old systems and has the same bytes wherever it is built.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::payload::glibc;
use super::target::Target;
use crate::checkout;

/// The oldest glibc that release programs run with.
const GLIBC: (u32, u32) = (2, 17);
/// The linker for old C libraries and its driver, from the Python package index.
const TOOLS: [&str; 2] = ["ziglang==0.17.1", "cargo-zigbuild==0.24.1"];

/// Builds the program for a target.
pub(crate) fn program(target: &Target) -> Result<PathBuf, Box<dyn Error>> {
    let root = checkout::root();
    let folder = root.join("target/release-build");
    let mut command = Command::new(env!("CARGO"));
    let triple = if target.libc == Some("glibc") {
        let tools = tools(root)?;
        command.arg("zigbuild").env("PATH", with_tools(&tools)?);
        format!("{}.{}.{}", target.triple, GLIBC.0, GLIBC.1)
    } else {
        command.arg("build");
        target.triple.to_owned()
    };
    command
        .args(["--release", "--locked", "--package", "bomtrail-cli"])
        .args(["--target", &triple])
        .current_dir(root)
        .env("CARGO_TARGET_DIR", &folder)
        .env("CARGO_INCREMENTAL", "0")
        // Paths of this machine are in no message of the program.
        .env("RUSTFLAGS", remapped(root))
        .env("CFLAGS", c_remapped(root));
    if !command.status()?.success() {
        return Err(format!("the program does not build for {triple}").into());
    }
    let program = folder
        .join(target.triple)
        .join("release")
        .join(target.program());
    match glibc(&checkout::read_bytes(&program)?) {
        Some(floor) if floor > GLIBC => {
            Err(format!("the program needs glibc {}.{}", floor.0, floor.1).into())
        }
        _ => Ok(program),
    }
}

/// The same names for the folders that every machine has elsewhere.
fn folders(root: &Path) -> Vec<(PathBuf, &'static str)> {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let user = std::env::var_os("HOME").map(|it| PathBuf::from(it).join(".cargo"));
    let cargo = home.or(user).map(|it| (it, "/cargo"));
    [(root.to_path_buf(), "/bomtrail")]
        .into_iter()
        .chain(cargo)
        .collect()
}

fn remapped(root: &Path) -> String {
    let flags = folders(root).into_iter();
    let flags = flags.map(|(from, to)| format!("--remap-path-prefix={}={to}", from.display()));
    flags.collect::<Vec<_>>().join(" ")
}

fn c_remapped(root: &Path) -> String {
    let flags = folders(root).into_iter();
    let flags = flags.map(|(from, to)| format!("-ffile-prefix-map={}={to}", from.display()));
    flags.collect::<Vec<_>>().join(" ")
}

/// The folder with the tools' programs; they are installed once.
fn tools(root: &Path) -> Result<PathBuf, Box<dyn Error>> {
    let folder = root.join("target/dist-tools");
    let programs = folder.join("bin");
    if !programs.join("cargo-zigbuild").exists() {
        run(Command::new("python3").args(["-m", "venv"]).arg(&folder))?;
        let install = ["-m", "pip", "install", "--quiet"];
        run(Command::new(programs.join("python"))
            .args(install)
            .args(TOOLS))?;
    }
    Ok(programs)
}

fn with_tools(programs: &Path) -> Result<std::ffi::OsString, Box<dyn Error>> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let all = std::iter::once(programs.to_path_buf()).chain(std::env::split_paths(&path));
    Ok(std::env::join_paths(all)?)
}

fn run(command: &mut Command) -> Result<(), Box<dyn Error>> {
    let program = command.get_program().to_string_lossy().into_owned();
    if command.status()?.success() {
        Ok(())
    } else {
        Err(format!("`{program}` fails").into())
    }
}
