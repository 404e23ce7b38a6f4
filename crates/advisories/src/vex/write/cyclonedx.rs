//! CycloneDX 1.6: `vulnerabilities` that refer to the components of an SBOM, which stays without them (BSI TR-03183-2).

use bomtrail_graph::{Severity, VexStatus};
use serde_json::{Value, json};

use super::{Origin, VexFormat, filled, set};
use crate::vex::statement::Statement;
use crate::vex::words;

pub(super) fn document(origin: &Origin<'_>, statements: &[Statement]) -> Value {
    let serial = origin.uuid(VexFormat::CycloneDx, statements);
    let product = origin.product.as_str();
    json!({
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": format!("urn:uuid:{serial}"),
        "version": 1,
        "metadata": {
            "timestamp": origin.timestamp,
            "tools": { "components": [{
                "type": "application",
                "name": origin.tool.name,
                "version": origin.tool.version,
            }] },
            "component": {
                "type": "application",
                "bom-ref": product,
                "name": origin.product_name,
                "version": origin.product_version,
                "purl": product,
            },
        },
        "vulnerabilities": vulnerabilities(origin, statements, true),
    })
}

/// The statements as `vulnerabilities`: with BOM-Links to the SBOM, or with the references that components have within it.
pub fn vulnerabilities(origin: &Origin<'_>, statements: &[Statement], linked: bool) -> Value {
    let all = statements
        .iter()
        .map(|it| vulnerability(origin, it, linked));
    Value::Array(all.collect())
}

fn vulnerability(origin: &Origin<'_>, it: &Statement, linked: bool) -> Value {
    let aliases: Vec<Value> = it
        .aliases
        .iter()
        .map(|alias| json!({ "id": &**alias, "source": { "name": source(alias) } }))
        .collect();
    let mut vulnerability = json!({
        "id": &*it.id,
        "source": { "name": source(&it.id) },
        "ratings": [rating(&it.severity)],
        "analysis": analysis(it),
        "affects": [{ "ref": reference(origin, it, linked) }],
    });
    let advisories: Vec<Value> = it
        .references
        .iter()
        .map(|url| json!({ "url": &**url }))
        .collect();
    let cwes: Vec<Value> = it.cwes.iter().map(|it| json!(it)).collect();
    let object = &mut vulnerability;
    set(
        object,
        "references",
        (!aliases.is_empty()).then_some(Value::Array(aliases)),
    );
    set(
        object,
        "advisories",
        (!advisories.is_empty()).then_some(Value::Array(advisories)),
    );
    set(
        object,
        "cwes",
        (!cwes.is_empty()).then_some(Value::Array(cwes)),
    );
    set(object, "description", filled(&it.summary));
    set(
        object,
        "updated",
        it.modified.map(|it| Value::from(it.to_string())),
    );
    let acts = matches!(it.status, VexStatus::Affected | VexStatus::Investigating);
    set(
        object,
        "recommendation",
        filled(&it.action).filter(|_| acts),
    );
    let module = format!("{} {}", it.package, it.version);
    let about = json!([{ "name": "bomtrail:advisories:module", "value": module }]);
    set(object, "properties", it.is_module.then_some(about));
    vulnerability
}

fn analysis(it: &Statement) -> Value {
    let mut analysis = json!({ "state": words::of_status(it.status).cyclonedx });
    let why = it.why.filter(|_| it.status == VexStatus::NotAffected);
    set(
        &mut analysis,
        "justification",
        why.map(|it| Value::from(words::of_why(it).cyclonedx)),
    );
    set(&mut analysis, "detail", filled(&it.reason));
    let date = it.decided.map(|it| Value::from(format!("{it}T00:00:00Z")));
    set(&mut analysis, "firstIssued", date);
    analysis
}

fn rating(it: &Severity) -> Value {
    let mut rating = json!({ "severity": it.rating.name() });
    let score: Option<f64> = it.score().and_then(|it| it.parse().ok());
    set(&mut rating, "score", score.map(Value::from));
    if let Some(vector) = &it.vector {
        let method = match vector.split('/').next() {
            Some("CVSS:3.1") => "CVSSv31",
            Some("CVSS:3.0") => "CVSSv3",
            Some("CVSS:4.0") => "CVSSv4",
            _ => "CVSSv2",
        };
        set(
            &mut rating,
            "method",
            it.tenths.map(|_| Value::from(method)),
        );
        set(&mut rating, "vector", Some(Value::from(&**vector)));
    }
    rating
}

/// Who gives ids of this form.
fn source(id: &str) -> &'static str {
    match id.split('-').next() {
        Some("CVE") => "NVD",
        Some("GHSA") => "GitHub",
        Some("CPANSA") => "CPANSA",
        Some("MAL") => "OpenSSF",
        Some("RUSTSEC") => "RustSec",
        _ => "OSV",
    }
}

/// A BOM-Link (`urn:cdx:SERIAL/VERSION#REF`), or the reference itself.
fn reference(origin: &Origin<'_>, it: &Statement, linked: bool) -> String {
    let node = origin.graph.node(it.node);
    let reference = node
        .map(|it| it.reference().into_owned())
        .unwrap_or_default();
    if !linked {
        return reference;
    }
    let (serial, version) = &origin.sbom;
    let serial = serial.strip_prefix("urn:uuid:").unwrap_or(serial);
    format!("urn:cdx:{serial}/{version}#{}", encoded(&reference))
}

/// The fragment of an address (RFC 3986): everything that is not unreserved is percent-encoded.
fn encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push('%');
            for nibble in [byte >> 4, byte & 15] {
                let digit = char::from_digit(u32::from(nibble), 16).unwrap_or('0');
                encoded.push(digit.to_ascii_uppercase());
            }
        }
    }
    encoded
}
