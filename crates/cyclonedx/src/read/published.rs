//! The identity of a document, without the rest of it: its serial number and version. JSON and XML.

#[cfg(feature = "xml")]
use quick_xml::events::Event;
#[cfg(feature = "xml")]
use quick_xml::{Reader, XmlVersion};
use serde::Deserialize;

use crate::spec::is_serial;

/// What identifies a document that was published: later versions of it have the same serial number and higher versions.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Deserialize)]
pub struct Published {
    /// `serialNumber`, as `urn:uuid:…`.
    #[serde(rename = "serialNumber")]
    pub serial: String,
    /// `version`, from 1; 1 where the document does not state it.
    #[serde(default = "first")]
    pub version: u32,
}

const fn first() -> u32 {
    1
}

impl Published {
    /// Reads the serial number and the version of a CycloneDX document in JSON or XML; `None` without a valid serial
    /// number, or for another document. The rest is not kept in memory.
    pub fn read(document: &[u8]) -> Option<Self> {
        let text = document
            .strip_prefix("\u{feff}".as_bytes())
            .unwrap_or(document);
        let found = if text.trim_ascii_start().starts_with(b"<") {
            xml(text)
        } else {
            serde_json::from_slice(text).ok()
        };
        found.filter(|it: &Self| is_serial(&it.serial))
    }
}

#[cfg(not(feature = "xml"))]
fn xml(_text: &[u8]) -> Option<Published> {
    None
}

#[cfg(feature = "xml")]
fn xml(text: &[u8]) -> Option<Published> {
    let mut reader = Reader::from_reader(text);
    loop {
        let start = match reader.read_event().ok()? {
            Event::Start(start) | Event::Empty(start) => start,
            Event::Eof | Event::DocType(_) => return None,
            _ => continue,
        };
        let value = |name: &str| {
            let found = start.try_get_attribute(name).ok()??;
            found
                .normalized_value(XmlVersion::Implicit1_0)
                .ok()
                .map(std::borrow::Cow::into_owned)
        };
        let version = value("version").map_or(Some(first()), |it| it.parse().ok())?;
        let is_bom = start.local_name().as_ref() == "bom";
        return value("serialNumber")
            .filter(|_| is_bom)
            .map(|serial| Published { serial, version });
    }
}

#[cfg(test)]
mod tests {
    use super::Published;

    const SERIAL: &str = "urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79";

    #[test]
    fn both_encodings_have_the_identity_of_a_document() {
        let published = |version| {
            Some(Published {
                serial: SERIAL.to_owned(),
                version,
            })
        };
        for (document, expected) in [
            (
                r#"{"bomFormat":"CycloneDX","serialNumber":"S","version":4,"components":[{"version":"1"}]}"#,
                published(4),
            ),
            (r#"{"serialNumber":"S"}"#, published(1)),
            (
                "<?xml version=\"1.0\"?>\n<!-- a --><bom xmlns=\"x\" serialNumber=\"S\" version=\"7\"><components/></bom>",
                published(7),
            ),
            (r#"<x:bom xmlns:x="x" serialNumber="S"/>"#, published(1)),
            (r#"<bom version="7"/>"#, None),
            (r#"<other serialNumber="S"/>"#, None),
            (r#"<bom serialNumber="S" version="x"/>"#, None),
            (r#"{"serialNumber":"urn:uuid:1"}"#, None),
            (r#"{"serialNumber":3}"#, None),
            (r#"{"serialNumber":"S""#, None),
            ("", None),
        ] {
            let document = document.replace("\"S\"", &format!("\"{SERIAL}\""));
            assert_eq!(Published::read(document.as_bytes()), expected, "{document}");
        }
    }
}
