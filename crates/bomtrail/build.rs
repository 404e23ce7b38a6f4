//! Lists the official schemas that `cargo xtask schemas` has fetched, so that they become a part of the program, each as
//! gzip: unpacked they are a tenth of it. There may be none: they are other projects' files and not in the repository.

#![expect(
    clippy::disallowed_methods,
    reason = "this is how a build script talks to cargo and to the crate"
)]

use std::error::Error;
use std::fmt::Write as _;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::write::GzEncoder;

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
    let out = std::env::var_os("OUT_DIR").ok_or("no OUT_DIR")?;
    let out = Path::new(&out);
    let mut table = String::from("static PINNED: &[(&str, &[u8])] = &[\n");
    for file in files {
        let name = file
            .file_name()
            .and_then(|it| it.to_str())
            .unwrap_or_default();
        let packed = out.join(name).with_extension("json.gz");
        pack(&file, &packed)?;
        writeln!(
            table,
            "    ({name:?}, include_bytes!({:?})),",
            packed.display().to_string()
        )?;
    }
    table.push_str("];\n");
    fs::write(out.join("pinned.rs"), table)?;
    Ok(())
}

/// The same bytes for the same file: no name and no time is in them.
fn pack(file: &Path, packed: &Path) -> Result<(), Box<dyn Error>> {
    let mut encoder = GzEncoder::new(File::create(packed)?, Compression::best());
    std::io::copy(&mut File::open(file)?, &mut encoder)?;
    encoder.finish()?;
    Ok(())
}
