//! What advisories cost: an index of as many records as a large database has, and a real project compared with it.

use std::error::Error;
use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::process::Command;

use serde_json::json;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::measure::least;
use super::table::{Table, mib};
use crate::checkout;

/// The real project, next to the checkout.
const PROJECT: &str = "../shared/corpus/npm/theia/project";
/// How many records there are.
const RECORDS: usize = 250_000;
/// The CPU seconds that an index may take, and those that a comparison may take more than an SBOM: 0.020 to open the index and
/// 0.015 to match.
const INDEX_LIMIT: f64 = 3.0;
const MATCH_LIMIT: f64 = 0.035;
/// The bytes that a comparison may take.
const MEMORY_LIMIT: u64 = 100 << 20;

/// Whether an index and a comparison take no longer than they may.
pub(super) fn run(bomtrail: Option<&Path>, runs: usize) -> Result<bool, Box<dyn Error>> {
    let project = checkout::root().join(PROJECT);
    let mut table = Table::new(["advisories (theia)", "CPU s", "limit", "peak MiB"]);
    let Some(bomtrail) = bomtrail.filter(|_| project.exists()) else {
        table.note("bomtrail advisories", "absent");
        print!("{table}");
        return Ok(true);
    };
    let scratch = tempfile::tempdir()?;
    let (archive, index) = (
        scratch.path().join("all.zip"),
        scratch.path().join("all.index"),
    );
    write_records(&archive)?;
    let mut command = Command::new(bomtrail);
    command
        .args(["advisories", "index", "--quiet"])
        .arg(&archive)
        .arg("-o")
        .arg(&index);
    let made = least(&mut command, 3)?;
    let mut sbom = Command::new(bomtrail);
    sbom.args(["sbom", "--quiet", "-o"])
        .arg(scratch.path().join("sbom.cdx.json"))
        .arg(&project);
    let sbom = least(&mut sbom, runs)?;
    let mut compare = Command::new(bomtrail);
    compare
        .args(["advisories", "--quiet", "--advisories"])
        .arg(&index);
    compare
        .args(["--at", "2026-11-28", "-o"])
        .arg(scratch.path().join("found.json"))
        .arg(&project);
    let compared = least(&mut compare, runs)?;
    let more = compared.cpu() - sbom.cpu();
    let fits = made.cpu() < INDEX_LIMIT && more < MATCH_LIMIT && compared.peak < MEMORY_LIMIT;
    let over = |is_over: bool| if is_over { " OVER" } else { "" };
    table.row([
        format!("bomtrail advisories index, {RECORDS} records"),
        format!("{:.3}", made.cpu()),
        format!("{INDEX_LIMIT}{}", over(made.cpu() >= INDEX_LIMIT)),
        mib(made.peak),
    ]);
    table.row([
        "bomtrail advisories, more than sbom".to_owned(),
        format!("{more:.4}"),
        format!("{MATCH_LIMIT}{}", over(more >= MATCH_LIMIT)),
        format!(
            "{}{}",
            mib(compared.peak),
            over(compared.peak >= MEMORY_LIMIT)
        ),
    ]);
    print!("{table}");
    Ok(fits)
}

/// An archive of records about packages that the project does not have.
fn write_records(path: &Path) -> Result<(), Box<dyn Error>> {
    let mut archive = ZipWriter::new(File::create(path)?);
    for number in 0..RECORDS {
        let record = json!({
            "schema_version": "1.7.0",
            "id": format!("x_SYNTH-{number}"),
            "modified": "2026-11-20T00:00:00Z",
            "published": "2026-11-01T00:00:00Z",
            "aliases": [format!("CVE-0000-{number:06}")],
            "summary": "Invented for measurements",
            "details": "A text of some length, as the records of a database have one. ".repeat(4),
            "severity": [{ "type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H" }],
            "affected": [{
                "package": { "ecosystem": "npm", "name": format!("synthetic-{}", number / 2) },
                "ranges": [{ "type": "SEMVER", "events": [{ "introduced": "0" }, { "fixed": "1.2.3" }] }],
            }],
            "references": [{ "type": "WEB", "url": format!("https://example.com/{number}") }],
            "database_specific": { "severity": "CRITICAL", "cwe_ids": ["CWE-20"] },
        });
        archive.start_file(
            format!("x_SYNTH-{number}.json"),
            SimpleFileOptions::default(),
        )?;
        archive.write_all(record.to_string().as_bytes())?;
    }
    archive.finish()?;
    Ok(())
}
