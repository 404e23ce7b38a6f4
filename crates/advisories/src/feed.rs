//! Reads the files that advisories come in: OSV records and archives of them, CPANSA's feed, and lists of exploited
//! vulnerabilities. The content of a file says which it is, not its name.

mod archive;
mod cpansa;
mod exploited;
mod osv;

use bomtrail_graph::{Diagnostics, Timestamp};
use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::builder::Builder;
use crate::diags;

pub use archive::{ArchiveError, read_archive};

/// The largest file of JSON that is read, in bytes.
pub const LARGEST_FILE: usize = 256 << 20;

/// The keys that tell the forms apart.
#[derive(Deserialize)]
struct Shape {
    dists: Option<IgnoredAny>,
    #[serde(rename = "catalogVersion")]
    catalog: Option<IgnoredAny>,
    vulnerabilities: Option<IgnoredAny>,
}

/// Begins a file or a folder of advisories, whose content is added next.
pub fn begin(builder: &mut Builder, name: &str, sha256: &str) {
    builder.source(name);
    builder.current().sha256 = sha256.into();
}

/// Adds a file of JSON to the source that was begun. What cannot be read is reported and counted as damaged.
pub fn read_json(builder: &mut Builder, name: &str, bytes: &[u8], diagnostics: &mut Diagnostics) {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    // A record of OSV is what most files are, so that is tried first.
    if let Ok(record) = osv::parse(bytes) {
        return add_record(builder, name, &record, diagnostics);
    }
    let shape: Result<Shape, _> = serde_json::from_slice(bytes);
    let read = match shape {
        Err(error) => Err(error.to_string()),
        Ok(Shape { dists: Some(_), .. }) => cpansa::read(builder, name, bytes, diagnostics),
        Ok(Shape {
            catalog,
            vulnerabilities,
            ..
        }) if catalog.is_some() || vulnerabilities.is_some() => exploited::read(builder, bytes),
        Ok(_) => osv::parse(bytes)
            .map(|_| ())
            .map_err(|error| error.to_string()),
    };
    if let Err(why) = read {
        builder.damaged();
        diagnostics.push(diags::damaged(name, None, &why));
    }
}

/// Adds a record that was parsed.
fn add_record(
    builder: &mut Builder,
    name: &str,
    parsed: &osv::Parsed,
    diagnostics: &mut Diagnostics,
) {
    for why in &parsed.problems {
        diagnostics.push(diags::damaged(name, Some(&parsed.record.id), why));
    }
    if !parsed.problems.is_empty() {
        builder.damaged();
    }
    builder.record(&parsed.record);
}

/// The time of a count of seconds or a text.
fn time_of(value: Option<&serde_json::Value>) -> Option<Timestamp> {
    let value = value?;
    let seconds = value.as_i64().and_then(Timestamp::from_seconds);
    let text = || {
        value
            .as_str()
            .and_then(|it| Timestamp::parse(it).or_else(|| midnight(it)))
    };
    seconds.or_else(text)
}

/// The start of a day that is written without a time.
fn midnight(text: &str) -> Option<Timestamp> {
    (text.len() == 10).then(|| Timestamp::parse(&[text, "T00:00:00Z"].concat()))?
}
