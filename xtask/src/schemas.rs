//! Fetches the official schemas of SBOM formats into an ignored folder, from which the next build takes them into the
//! program. Each must have the digest that `schemas/SOURCES.toml` pins.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::{Command, ExitCode};

use sha2::{Digest, Sha256};
use toml_edit::Document;

use crate::Outcome;
use crate::checkout;

const SOURCES: &str = "schemas/SOURCES.toml";
const PINNED: &str = "schemas/pinned";

/// One schema as the sources name it.
#[derive(Debug, PartialEq, Eq)]
struct Source {
    /// Its path below a folder of schemas.
    from: String,
    url: String,
    /// SHA-256 in lower-case hexadecimal.
    sha256: String,
}

/// Fetches all, from `folder` instead of the network where it is given.
#[expect(
    clippy::disallowed_methods,
    reason = "a task reads and writes the checkout itself; the rule is for the product's crates"
)]
pub(crate) fn run(folder: Option<&str>) -> Outcome {
    let root = checkout::root();
    let sources = sources(&fs::read_to_string(root.join(SOURCES))?)?;
    let pinned = root.join(PINNED);
    fs::create_dir_all(&pinned)?;
    for source in sources {
        let bytes = match folder {
            Some(folder) => fs::read(Path::new(folder).join(&source.from))?,
            None => fetch(&source.url)?,
        };
        let found = hex(&Sha256::digest(&bytes));
        if found != source.sha256 {
            let Source { url, sha256, .. } = source;
            return Err(format!("{url} has the digest {found}, not {sha256}").into());
        }
        let name = source.from.rsplit('/').next().unwrap_or_default();
        fs::write(pinned.join(name), bytes)?;
        println!("{name}");
    }
    Ok(ExitCode::SUCCESS)
}

fn sources(text: &str) -> Result<Vec<Source>, Box<dyn std::error::Error>> {
    let document = Document::parse(text)?;
    let tables = document
        .get("schema")
        .and_then(|it| it.as_array_of_tables())
        .ok_or("no `[[schema]]`")?;
    let all = tables.iter().map(|table| {
        let text = |key: &str| {
            let value = table.get(key).and_then(|it| it.as_str());
            value
                .map(str::to_owned)
                .ok_or_else(|| format!("a schema without `{key}`"))
        };
        Ok(Source {
            from: text("from")?,
            url: text("url")?,
            sha256: text("sha256")?,
        })
    });
    all.collect()
}

fn fetch(url: &str) -> Result<Vec<u8>, Box<dyn std::error::Error>> {
    let output = Command::new("curl")
        .args(["--fail", "--silent", "--show-error", "--location", url])
        .output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into());
    }
    Ok(output.stdout)
}

fn hex(digest: &[u8]) -> String {
    let mut text = String::new();
    for byte in digest {
        // Writing to a string does not fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sources_are_well_formed() {
        let text = checkout::read(&checkout::root().join(SOURCES)).unwrap();
        let sources = sources(&text).unwrap();
        assert!(sources.len() >= 9);
        for Source { from, url, sha256 } in sources {
            assert!(url.starts_with("https://"), "{from}");
            assert_eq!(sha256.len(), 64, "{from}");
            assert!(from.ends_with(".schema.json"), "{from}");
        }
    }
}
