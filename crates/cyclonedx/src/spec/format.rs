//! Whether a string has the format that the specification asks for.

mod cpe;

use bomtrail_graph::Date;

use crate::iri;
use crate::spec::Encoding;
use crate::spec::licenses::is_listed_license;
use crate::spec::model::Format;
use crate::spec::version::SpecVersion;

/// The version and encoding of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dialect {
    /// The version of the specification.
    pub version: SpecVersion,
    /// The encoding.
    pub encoding: Encoding,
}

impl Dialect {
    /// The name of the format of the encoding.
    pub(crate) fn format(self) -> &'static str {
        match self.encoding {
            Encoding::Json => "cyclonedx-json",
            Encoding::Xml => "cyclonedx-xml",
        }
    }
}

/// What is expected of a text, when it is something else.
pub(super) fn expected(format: Format, text: &str, dialect: Dialect) -> Option<&'static str> {
    let is_xml = dialect.encoding == Encoding::Xml;
    let since = |version| dialect.version >= version;
    let at_most = |count: usize| text.len() <= count || text.chars().count() <= count;
    let (fits, expected) = match format {
        Format::Plain => return None,
        Format::Ref => (
            !text.is_empty() || !since(SpecVersion::V1_5),
            "a reference that is not empty",
        ),
        Format::Iri => (
            is_xml || iri::is_valid_reference(text),
            "an IRI reference (RFC 3987)",
        ),
        Format::Uri => (
            iri_string::types::UriStr::new(text).is_ok(),
            "a URI (RFC 3986)",
        ),
        Format::Email => (
            is_xml || !since(SpecVersion::V1_4) || iri::is_any_email(text),
            "an e-mail address",
        ),
        Format::Time => (
            is_time(text, is_xml),
            "a date and time of RFC 3339, such as `2026-01-31T12:00:00Z`",
        ),
        Format::Date => (
            is_date(text) || (is_xml && is_date(without_zone(text))),
            "a date, such as `2026-01-31`",
        ),
        Format::Version => (
            at_most(1024) || !since(SpecVersion::V1_6),
            "at most 1024 characters",
        ),
        Format::Range if since(SpecVersion::V1_6) => {
            (!text.is_empty() && at_most(4096), "1 to 4096 characters")
        }
        Format::Range => (!text.is_empty() && at_most(1024), "1 to 1024 characters"),
        Format::AffectedVersion => (
            at_most(1024) && (!text.is_empty() || since(SpecVersion::V1_6)),
            "1 to 1024 characters",
        ),
        Format::Serial => (is_serial(text), "a UUID as a URN (`urn:uuid:…`)"),
        Format::Digest => (
            is_digest(text),
            "a digest in 32, 40, 64, 96 or 128 hexadecimal digits",
        ),
        Format::Locale => (is_locale(text), "a locale, such as `en` or `en-GB`"),
        Format::MediaType => (is_media_type(text), "a media type, such as `text/plain`"),
        Format::LicenseId => (
            is_listed_license(text),
            "an identifier of the SPDX licence list",
        ),
        Format::OpenCre => (is_open_cre(text), "an identifier such as `CRE:764-507`"),
        Format::Cpe => (
            !is_xml || cpe::is_cpe(text),
            "a CPE name, such as `cpe:2.3:a:vendor:product:1.0:*:*:*:*:*:*:*`",
        ),
        Format::PatentNumber => (is_patent_number(text), "a patent number"),
        Format::Country => (is_country(text), "a country code of two capital letters"),
        Format::Schema => (
            is_xml || since(SpecVersion::V1_6) || is_schema_address(text, dialect.version),
            "the address of the schema of this version",
        ),
    };
    (!fits).then_some(expected)
}

/// The address of the JSON schema of a version.
pub(crate) fn schema_address(version: SpecVersion) -> String {
    [
        "http://cyclonedx.org/schema/bom-",
        version.name(),
        ".schema.json",
    ]
    .concat()
}

/// The schemas of 1.2 and 1.3 have several addresses (`bom-1.2a`).
fn is_schema_address(text: &str, version: SpecVersion) -> bool {
    let address = schema_address(version);
    let older = || {
        let start = address.strip_suffix(".schema.json");
        start.is_some_and(|it| version < SpecVersion::V1_4 && text.starts_with(it))
    };
    text == address || older()
}

/// `urn:uuid:` and a UUID of RFC 4122, in lower case as the schemas require.
pub fn is_serial(text: &str) -> bool {
    let Some(uuid) = text.strip_prefix("urn:uuid:") else {
        return false;
    };
    let lengths = uuid.split('-').map(str::len);
    let is_hex = |c: char| c == '-' || c.is_ascii_digit() || matches!(c, 'a'..='f');
    lengths.eq([8, 4, 4, 4, 12]) && uuid.chars().all(is_hex)
}

fn is_digest(text: &str) -> bool {
    let is_known = matches!(text.len(), 32 | 40 | 64 | 96 | 128);
    is_known && text.bytes().all(|it| it.is_ascii_hexdigit())
}

fn is_open_cre(text: &str) -> bool {
    let numbers = text.strip_prefix("CRE:").and_then(|it| it.split_once('-'));
    numbers.is_some_and(|(a, b)| is_number(a) && is_number(b))
}

fn is_country(text: &str) -> bool {
    text.len() == 2 && text.bytes().all(|it| it.is_ascii_uppercase())
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit())
}

fn is_date(text: &str) -> bool {
    text.len() == 10 && Date::parse(text).is_some()
}

/// A date of XML without its optional time zone.
fn without_zone(text: &str) -> &str {
    let date = text.get(..10).unwrap_or(text);
    let zone = text.get(10..).unwrap_or_default();
    let is_offset = |it: &str| zone_minutes(it).is_some();
    if zone == "Z" || is_offset(zone) {
        date
    } else {
        text
    }
}

/// `+01:30` in minutes.
fn zone_minutes(text: &str) -> Option<u32> {
    let (hours, minutes) = text.strip_prefix(['+', '-'])?.split_once(':')?;
    let part = |text: &str, most: u32| {
        let number = text.parse::<u32>().ok().filter(|it| *it <= most)?;
        (text.len() == 2 && is_number(text)).then_some(number)
    };
    Some(part(hours, 23)? * 60 + part(minutes, 59)?)
}

fn is_time(text: &str, zone_is_optional: bool) -> bool {
    let Some((date, rest)) = text.split_once(['T', 't']) else {
        return false;
    };
    let start = rest.find(|c: char| !c.is_ascii_digit() && c != ':' && c != '.');
    let (clock, zone) = rest
        .split_at_checked(start.unwrap_or(rest.len()))
        .unwrap_or((rest, ""));
    let zone_fits = match zone {
        "Z" | "z" => true,
        "" => zone_is_optional,
        offset => zone_minutes(offset).is_some(),
    };
    let (clock, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
    let parts: Vec<&str> = clock.split(':').collect();
    let within = |text: &str, most: u32| {
        text.len() == 2 && is_number(text) && text.parse::<u32>().is_ok_and(|it| it <= most)
    };
    let clock_fits = match *parts.as_slice() {
        // A leap second is the last of a day in UTC, wherever that is.
        [hour, minute, second] => within(hour, 23) && within(minute, 59) && within(second, 60),
        _ => false,
    };
    is_date(date) && clock_fits && is_number(fraction) && zone_fits
}

fn is_locale(text: &str) -> bool {
    let (language, country) = text.split_once('-').unwrap_or((text, "GB"));
    let two = |text: &str, of: fn(&u8) -> bool| text.len() == 2 && text.bytes().all(|it| of(&it));
    two(language, u8::is_ascii_lowercase) && two(country, u8::is_ascii_uppercase)
}

fn is_media_type(text: &str) -> bool {
    let part = |text: &str| {
        let fits = |it: u8| it.is_ascii_lowercase() || it.is_ascii_digit() || b"-+.".contains(&it);
        !text.is_empty() && text.bytes().all(fits)
    };
    text.split_once('/')
        .is_some_and(|(a, b)| part(a) && part(b))
}

fn is_patent_number(text: &str) -> bool {
    let fits = |c: char| c.is_ascii_alphanumeric() || "-/.()".contains(c) || c.is_whitespace();
    let is_end = |c: char| c.is_ascii_alphanumeric();
    (2..=30).contains(&text.chars().count())
        && text.chars().all(fits)
        && text.starts_with(is_end)
        && text.ends_with(is_end)
}

#[cfg(test)]
mod tests;
