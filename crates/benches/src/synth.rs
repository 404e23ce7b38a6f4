//! `cargo xtask synth`: a package-lock.json of any size with the shape of a real one, from a formula, so that the same
//! size is always the same bytes. Streams: memory does not grow with the size.

mod entry;
pub(crate) mod fleet;
mod plan;
mod pnpm;
mod shapes;
mod snapshot;

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::process::ExitCode;

use serde::ser::{Serialize, SerializeMap, Serializer};

use self::entry::Root;
use self::plan::Plan;
pub(crate) use self::pnpm::write_pnpm;
pub(crate) use self::shapes::SHAPES;
pub(crate) use self::snapshot::write_snapshot;
use crate::Outcome;

/// The name of the project the lock belongs to.
const PROJECT: &str = "synthetic";

/// Writes a lock of `count` entries and a root to `file`.
pub(crate) fn run(count: &str, file: &str) -> Outcome {
    let count = count
        .replace('_', "")
        .parse()
        .map_err(|error| format!("`--entries {count}`: {error}"))?;
    write_lock(count, Path::new(file))?;
    Ok(ExitCode::SUCCESS)
}

/// A folder's lock and the manifest that fits it.
pub(crate) fn write_project(count: u32, folder: &Path) -> io::Result<()> {
    write_lock(count, &folder.join("package-lock.json"))?;
    let manifest = File::create(folder.join("package.json"))?;
    Ok(serde_json::to_writer_pretty(
        manifest,
        &Root::new(Plan::new(count)),
    )?)
}

fn write_lock(count: u32, file: &Path) -> io::Result<()> {
    let mut out = BufWriter::new(File::create(file)?);
    serde_json::to_writer_pretty(&mut out, &Lock(Plan::new(count)))?;
    out.write_all(b"\n")?;
    out.flush()
}

/// The whole document.
struct Lock(Plan);

impl Serialize for Lock {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("name", PROJECT)?;
        map.serialize_entry("version", "1.0.0")?;
        map.serialize_entry("lockfileVersion", &3)?;
        map.serialize_entry("requires", &true)?;
        map.serialize_entry("packages", &Packages(self.0))?;
        map.end()
    }
}

/// The `packages` map, written entry by entry.
struct Packages(Plan);

impl Serialize for Packages {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("", &Root::new(self.0))?;
        for top in self.0.tops() {
            for (place, entry) in entry::of_top(self.0, top) {
                map.serialize_entry(&place, &entry)?;
            }
        }
        map.end()
    }
}

#[cfg(test)]
mod tests;
