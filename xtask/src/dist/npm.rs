//! The npm packages: one with the launcher, and one with the program for this target. Nothing runs when they are installed.

use std::error::Error;

use serde_json::{Value, json};

use super::Asset;
use super::archive::tar_gz;
use super::payload::{Entry, Payload};
use super::release::{LICENSE, Release, SUMMARY};
use super::target::TARGETS;

/// What `npx bomtrail` runs: it finds the program of this machine's package and becomes it.
const LAUNCHER: &str = include_str!("launcher.js");

/// The names of both packages' archives are those that `npm pack` gives.
pub(crate) fn packages(release: &Release, payload: &Payload) -> Result<[Asset; 2], Box<dyn Error>> {
    let version = &release.version;
    let launcher = [
        Entry::new("package/package.json", pretty(&launcher_manifest(version))?),
        Entry::program("package/bin/bomtrail.js", LAUNCHER),
        payload.readme.at("package/README.md"),
    ];
    let name = release.target.npm_package();
    let program = [
        Entry::new("package/package.json", pretty(&program_manifest(release))?),
        payload
            .program
            .at(["package/bin/", release.target.program()].concat()),
        Entry::new(
            "package/README.md",
            format!(
                "# {name}\n\nThe program of `bomtrail` for this platform. Install `bomtrail` instead.\n"
            ),
        ),
    ];
    let packed = |name: &str, entries: &[Entry]| -> Result<Asset, Box<dyn Error>> {
        let mut entries = entries.to_vec();
        let licenses = payload.licenses.iter();
        entries.extend(licenses.map(|it| it.at(["package/", &it.path].concat())));
        let file = name.trim_start_matches('@').replace('/', "-");
        let file = [&file, "-", version, ".tgz"].concat();
        Ok(Asset::new(file, tar_gz(&entries, release.seconds)?))
    };
    Ok([packed("bomtrail", &launcher)?, packed(&name, &program)?])
}

fn launcher_manifest(version: &str) -> Value {
    let platforms = TARGETS.iter().map(|it| (it.npm_package(), json!(version)));
    json!({
        "name": "bomtrail",
        "version": version,
        "description": SUMMARY,
        "keywords": ["sbom", "cyclonedx", "spdx", "vex", "supply-chain"],
        "license": LICENSE,
        "bin": { "bomtrail": "bin/bomtrail.js" },
        "files": ["bin"],
        "engines": { "node": ">=18" },
        "optionalDependencies": platforms.collect::<serde_json::Map<_, _>>(),
        "publishConfig": { "access": "public", "provenance": true },
    })
}

fn program_manifest(release: &Release) -> Value {
    let target = release.target;
    let mut manifest = json!({
        "name": target.npm_package(),
        "version": release.version,
        "description": format!("The program of bomtrail for {}", target.triple),
        "license": LICENSE,
        "files": ["bin"],
        "os": [target.os],
        "cpu": [target.cpu],
        "preferUnplugged": true,
        "publishConfig": { "access": "public", "provenance": true },
    });
    if let (Some(libc), Some(fields)) = (target.libc, manifest.as_object_mut()) {
        fields.insert("libc".to_owned(), json!([libc]));
    }
    manifest
}

fn pretty(value: &Value) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut text = serde_json::to_vec_pretty(value)?;
    text.push(b'\n');
    Ok(text)
}
