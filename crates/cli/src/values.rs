//! The values of options that have names: parsed with short names, completed by shells, and with a suggestion for a value that
//! is misspelled.

use std::ffi::OsStr;

use bomtrail::advisories::{AdvisoryFormat, Justification, VexFormat, VexStatus};
use bomtrail::approvals::{Basis, Use};
use bomtrail::check::{CheckFormat, RULES};
use bomtrail::compliance::{self, PROFILES, Profile};
use bomtrail::formats::{SUBMISSIONS, VIEWS, WRITERS, submission};
use bomtrail::provenance::EvidenceLevel;
use bomtrail::{Writer, writer};
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

/// Short names of SBOM formats.
const FORMATS: [(&str, &str); 8] = [
    ("cdx", "cyclonedx-json"),
    ("cdx-json", "cyclonedx-json"),
    ("cdx-xml", "cyclonedx-xml"),
    ("cyclonedx", "cyclonedx-json"),
    ("spdx", "spdx-json"),
    ("spdx-tv", "spdx-tag-value"),
    ("spdx2", "spdx-json@2.3"),
    ("spdx3", "spdx-json@3.0.1"),
];

/// Short names of profiles.
const PROFILE_NAMES: [(&str, &str); 2] = [("cisa", "cisa-2026"), ("ntia", "ntia-2021")];

/// The full name of a value; a version after `@` is kept.
fn full(names: &[(&str, &str)], text: &str) -> String {
    let (name, version) = text.split_once('@').unwrap_or((text, ""));
    let found = names.iter().find(|(short, _)| *short == name);
    match found {
        Some((_, full)) if version.is_empty() || full.contains('@') => (*full).to_owned(),
        Some((_, full)) => format!("{full}@{version}"),
        None => text.to_owned(),
    }
}

/// A parser of names, each of which `find` knows.
fn named<T: Clone + Send + Sync + 'static>(
    names: Vec<PossibleValue>,
    find: fn(&str) -> Option<T>,
) -> impl TypedValueParser<Value = T> {
    PossibleValuesParser::new(names).try_map(move |it| find(&it).ok_or("unknown value"))
}

fn visible(names: impl IntoIterator<Item = &'static str>) -> Vec<PossibleValue> {
    let names = names.into_iter();
    names.map(PossibleValue::new).collect()
}

/// Names that are completed and suggested, but not listed.
fn hidden(name: String) -> PossibleValue {
    PossibleValue::new(name).hide(true)
}

/// Formats of SBOMs: `cyclonedx-json`, `cyclonedx-json@1.5`, `cdx`.
pub(crate) fn format() -> impl TypedValueParser<Value = &'static dyn Writer> {
    FormatParser {
        names: formats(),
        find: |it| writer(&full(&FORMATS, it)).ok(),
    }
}

/// Formats of SBOMs, and of what is submitted to services.
pub(crate) fn format_or_submission() -> impl TypedValueParser<Value = &'static dyn Writer> {
    let mut names = formats();
    names.extend(visible(SUBMISSIONS.iter().map(|it| it.format().name)));
    let find: fn(&str) -> Option<&'static dyn Writer> = |it| {
        let found = writer(&full(&FORMATS, it)).or_else(|_| submission(it));
        found.ok()
    };
    FormatParser { names, find }
}

fn formats() -> Vec<PossibleValue> {
    let mut seen: Vec<&str> = Vec::new();
    let mut names = Vec::new();
    for it in WRITERS {
        let format = it.format();
        if !seen.contains(&format.name) {
            seen.push(format.name);
            names.push(PossibleValue::new(format.name));
        }
        names.push(hidden(format!("{}@{}", format.name, format.version)));
        let short = FORMATS.iter().filter(|(_, full)| *full == format.name);
        names.extend(short.map(|(it, _)| hidden(format!("{it}@{}", format.version))));
    }
    names.extend(FORMATS.iter().map(|(it, _)| hidden((*it).to_owned())));
    names
}

/// Parses formats of SBOMs with a version; the error for a version that does not exist lists those that do.
#[derive(Clone)]
struct FormatParser {
    names: Vec<PossibleValue>,
    find: fn(&str) -> Option<&'static dyn Writer>,
}

impl TypedValueParser for FormatParser {
    type Value = &'static dyn Writer;

    fn parse_ref(
        &self,
        command: &clap::Command,
        argument: Option<&clap::Arg>,
        value: &OsStr,
    ) -> Result<Self::Value, clap::Error> {
        let text = value.to_str().unwrap_or_default();
        if let Some(message) = unknown_version(text) {
            let parse = move |_: &str| -> Result<Self::Value, String> { Err(message.clone()) };
            return parse.parse_ref(command, argument, value);
        }
        let names = named(self.names.clone(), self.find);
        names.parse_ref(command, argument, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(self.names.iter().cloned()))
    }
}

/// What to say about a known format in a version that it is not written in.
fn unknown_version(text: &str) -> Option<String> {
    let (name, _) = text.split_once('@')?;
    let name = full(&FORMATS, name);
    let name = name.split_once('@').map_or(&*name, |(name, _)| name);
    let formats = WRITERS.iter().map(|it| it.format());
    let versions = formats.filter(|it| it.name == name).map(|it| it.version);
    let mut versions: Vec<&str> = versions.collect();
    versions.sort_unstable();
    let is_known = versions.is_empty() || writer(&full(&FORMATS, text)).is_ok();
    (!is_known).then(|| format!("the versions of {name} are {}", versions.join(", ")))
}

/// Views of the graph.
pub(crate) fn view() -> impl TypedValueParser<Value = &'static dyn Writer> {
    let names = VIEWS.iter().map(|it| it.format().name);
    named(visible(names), |it| bomtrail::formats::view(it).ok())
}

/// Formats of the result of a check.
pub(crate) fn check_format() -> impl TypedValueParser<Value = CheckFormat> {
    let names = CheckFormat::NAMES.iter().map(|(_, name)| *name);
    named(visible(names), CheckFormat::from_name)
}

/// Names of formats, and `md`, the short name of one of them.
fn with_md(names: impl Iterator<Item = &'static str>) -> Vec<PossibleValue> {
    let mut names = visible(names);
    names.push(hidden("md".to_owned()));
    names
}

/// The whole name of a format that may be given as `md`.
fn markdown(name: &str) -> &str {
    if name == "md" { "markdown" } else { name }
}

/// Formats of the answers about all products.
#[cfg(feature = "fleet")]
pub(crate) fn answer_format() -> impl TypedValueParser<Value = bomtrail_fleet::AnswerFormat> {
    let names = bomtrail_fleet::AnswerFormat::NAMES
        .iter()
        .map(|(_, it)| *it);
    named(with_md(names), |it| {
        bomtrail_fleet::AnswerFormat::from_name(markdown(it))
    })
}

/// What the products have most.
#[cfg(feature = "fleet")]
pub(crate) fn ranking() -> impl TypedValueParser<Value = bomtrail_fleet::By> {
    let names = bomtrail_fleet::By::NAMES.iter().map(|(_, it)| *it);
    named(visible(names), bomtrail_fleet::By::from_name)
}

/// Formats of an advisory report.
pub(crate) fn advisory_format() -> impl TypedValueParser<Value = AdvisoryFormat> {
    let names = AdvisoryFormat::NAMES.iter().map(|(_, name)| *name);
    named(with_md(names), |it| AdvisoryFormat::from_name(markdown(it)))
}

/// Formats of VEX.
pub(crate) fn vex_format() -> impl TypedValueParser<Value = VexFormat> {
    let names = VexFormat::NAMES.iter().map(|(_, name)| *name);
    let mut names = visible(names);
    for (format, name) in VexFormat::NAMES {
        names.push(hidden(format!("{name}@{}", format.version())));
        names.push(hidden(format!("{name}-vex")));
        names.push(hidden(format!("{name}-vex@{}", format.version())));
    }
    named(names, VexFormat::from_name)
}

/// Statuses of a decision about a vulnerability.
pub(crate) fn vex_status() -> impl TypedValueParser<Value = VexStatus> {
    let names = VexStatus::NAMES.iter().map(|(_, name)| *name);
    named(visible(names), |it| by_name(&VexStatus::NAMES, it))
}

/// Reasons why a product is not affected.
pub(crate) fn justification() -> impl TypedValueParser<Value = Justification> {
    let names = Justification::NAMES.iter().map(|(_, name)| *name);
    named(visible(names), |it| by_name(&Justification::NAMES, it))
}

/// The value of a name.
fn by_name<T: Copy>(names: &[(T, &str)], name: &str) -> Option<T> {
    let found = names.iter().find(|(_, it)| *it == name);
    found.map(|(value, _)| *value)
}

/// Rules of a check.
pub(crate) fn rule() -> impl TypedValueParser<Value = String> {
    let names = RULES.iter().map(|it| it.id);
    named(visible(names), |it| Some(it.to_owned()))
}

/// Compliance profiles.
pub(crate) fn profile() -> impl TypedValueParser<Value = &'static Profile> {
    let mut names = visible(PROFILES.iter().map(|it| it.id));
    names.extend(PROFILE_NAMES.iter().map(|(it, _)| hidden((*it).to_owned())));
    named(names, |it| compliance::profile(&full(&PROFILE_NAMES, it)))
}

/// Levels of evidence.
pub(crate) fn level() -> impl TypedValueParser<Value = EvidenceLevel> {
    let names = EvidenceLevel::NAMES.iter().map(|(_, name)| *name);
    named(visible(names), EvidenceLevel::from_name)
}

/// How a package was reviewed.
pub(crate) fn basis() -> impl TypedValueParser<Value = Basis> {
    let names = Basis::NAMES.iter().map(|(_, name)| *name);
    named(visible(names), |it| of_table(&Basis::NAMES, it))
}

/// What a package is used for.
pub(crate) fn scope() -> impl TypedValueParser<Value = Use> {
    let names = Use::NAMES.iter().map(|(_, name)| *name);
    named(visible(names), |it| of_table(&Use::NAMES, it))
}

fn of_table<T: Copy>(table: &[(T, &str)], name: &str) -> Option<T> {
    let found = table.iter().find(|(_, it)| *it == name);
    found.map(|(it, _)| *it)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_that_exist_are_listed() {
        let expected = "the versions of spdx-json are 2.3, 3.0.1";
        assert_eq!(unknown_version("spdx@2.2").as_deref(), Some(expected));
        for known in ["cdx@1.5", "spdx3", "spdx-json@3.0.1", "other@1", "other"] {
            assert_eq!(unknown_version(known), None, "{known}");
        }
    }

    #[test]
    fn short_names_are_understood() {
        for (short, name) in [
            ("cdx", "cyclonedx-json"),
            ("cdx@1.5", "cyclonedx-json@1.5"),
            ("spdx3", "spdx-json@3.0.1"),
            ("spdx-json@2.3", "spdx-json@2.3"),
            ("other", "other"),
        ] {
            assert_eq!(full(&FORMATS, short), name);
        }
        assert!(FORMATS.iter().all(|(_, it)| writer(it).is_ok()));
        let known = |id: &str| compliance::profile(id).is_some();
        assert!(PROFILE_NAMES.iter().all(|(_, it)| known(it)));
    }
}
