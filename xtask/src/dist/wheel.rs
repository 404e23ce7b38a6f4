//! The Python wheel: the program as a script, and nothing that Python imports (PEP 427).

use std::error::Error;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};

use super::Asset;
use super::archive::zip;
use super::payload::{Entry, Payload};
use super::release::{LICENSE, Release, SUMMARY};

/// The wheel; `None` where the program needs a C library that no platform tag names.
pub(crate) fn of(release: &Release, payload: &Payload) -> Result<Option<Asset>, Box<dyn Error>> {
    let tag = release.target.wheel;
    let tag = match (tag.contains("{floor}"), payload.glibc) {
        (true, Some((major, minor))) => tag.replace("{floor}", &format!("{major}_{minor}")),
        (true, None) => return Ok(None),
        (false, _) => tag.to_owned(),
    };
    let stem = ["bomtrail-", &release.version].concat();
    let info = [&stem, ".dist-info/"].concat();
    let scripts = [&stem, ".data/scripts/", release.target.program()].concat();
    let mut entries = vec![payload.program.at(scripts)];
    let licenses = payload.licenses.iter();
    entries.extend(licenses.map(|it| it.at([&info, "licenses/", &it.path].concat())));
    let metadata = metadata(release, payload);
    entries.push(Entry::new([&info, "METADATA"].concat(), metadata));
    let wheel = format!(
        "Wheel-Version: 1.0\nGenerator: bomtrail-xtask\nRoot-Is-Purelib: false\nTag: py3-none-{tag}\n"
    );
    entries.push(Entry::new([&info, "WHEEL"].concat(), wheel));
    let path = [&info, "RECORD"].concat();
    let record = record(&entries, &path);
    entries.push(Entry::new(path, record));
    let name = format!("{stem}-py3-none-{tag}.whl");
    Ok(Some(Asset::new(name, zip(&entries)?)))
}

fn metadata(release: &Release, payload: &Payload) -> String {
    let readme = String::from_utf8_lossy(&payload.readme.bytes);
    let licenses: Vec<String> = payload
        .licenses
        .iter()
        .map(|it| format!("License-File: {}\n", it.path))
        .collect();
    format!(
        "Metadata-Version: 2.4\nName: bomtrail\nVersion: {}\nSummary: {SUMMARY}\nLicense-Expression: {LICENSE}\n{}Keywords: sbom,cyclonedx,spdx,vex\nDescription-Content-Type: text/markdown\n\n{readme}",
        release.version,
        licenses.concat(),
    )
}

/// The digest and length of every file but the record itself.
fn record(entries: &[Entry], own: &str) -> String {
    let rows = entries.iter().map(|it| {
        let digest = URL_SAFE_NO_PAD.encode(Sha256::digest(&it.bytes));
        format!("{},sha256={digest},{}\n", it.path, it.bytes.len())
    });
    rows.chain([format!("{own},,\n")]).collect()
}
