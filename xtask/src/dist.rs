//! `cargo xtask dist`: everything that a release hands out for one target, in `target/dist/`. The same commit gives the same bytes
//! in any folder. Publishes nothing and uses the network for the compiler's tools alone.

mod archive;
mod build;
mod deb;
mod describe;
mod npm;
mod options;
mod payload;
mod recipe;
mod release;
mod target;
mod wheel;

use std::process::ExitCode;

use crate::{Outcome, checkout};
use options::Options;
use payload::Payload;
use release::Release;

/// A file of the release: its name and its bytes.
pub(crate) struct Asset {
    name: String,
    bytes: Vec<u8>,
}

impl Asset {
    fn new(name: String, bytes: impl Into<Vec<u8>>) -> Self {
        Self {
            name,
            bytes: bytes.into(),
        }
    }
}

/// Builds the program, or takes the one that is given, and writes the packages.
pub(crate) fn run(args: &[&str]) -> Outcome {
    let options = Options::parse(args)?;
    let release = Release::of_checkout(options.target)?;
    let program = match &options.program {
        Some(path) => path.clone(),
        None => build::program(options.target)?,
    };
    let payload = Payload::of(&program, &options, &release)?;
    let mut assets = vec![archive::of(&release, &payload)?];
    assets.extend(npm::packages(&release, &payload)?);
    assets.extend(wheel::of(&release, &payload)?);
    assets.extend(deb::of(&release, &payload)?);
    assets.extend(recipe::of(&release, &payload, &options, &assets));
    assets.push(describe::sbom(&release, &payload)?);
    assets.push(describe::statement(&release, &assets)?);
    assets.push(describe::checksums(&release, &assets));
    let folder = checkout::root().join("target/dist");
    for asset in &assets {
        checkout::write(&folder.join(&asset.name), &asset.bytes)?;
        println!("{:>10} {}", asset.bytes.len(), asset.name);
    }
    println!("wrote {} files to {}", assets.len(), folder.display());
    Ok(ExitCode::SUCCESS)
}

#[cfg(test)]
mod tests;
