//! Lists the official schemas that `cargo xtask schemas` has fetched, so that they become a part of the program. There may be
//! none: they are other projects' files and not in the repository.

#![expect(
    clippy::disallowed_methods,
    reason = "this is how a build script talks to cargo and to the crate"
)]

use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../schemas/pinned");
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut files: Vec<PathBuf> = match fs::read_dir(&folder) {
        Ok(entries) => entries
            .filter_map(|it| Some(it.ok()?.path()))
            .filter(|it| it.extension().is_some_and(|it| it == "json"))
            .collect(),
        Err(_) => Vec::new(),
    };
    files.sort();
    let mut table = String::from("static PINNED: &[(&str, &str)] = &[\n");
    for file in files {
        let name = file
            .file_name()
            .and_then(|it| it.to_str())
            .unwrap_or_default();
        let path = fs::canonicalize(&file)?;
        writeln!(
            table,
            "    ({name:?}, include_str!({:?})),",
            path.display().to_string()
        )?;
    }
    table.push_str("];\n");
    let out = std::env::var_os("OUT_DIR").ok_or("no OUT_DIR")?;
    fs::write(Path::new(&out).join("pinned.rs"), table)?;
    Ok(())
}
