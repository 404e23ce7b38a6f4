//! The registries: every reader and every writer there is, one line each. Knows their names and nothing of what they do.

use bomtrail_cyclonedx::{Json, SpecVersion, Xml};
use bomtrail_graph::{Reader, Writer};
use bomtrail_report::{Dot, GraphJson, Mermaid};
use bomtrail_spdx::{Spdx23Json, Spdx23TagValue, Spdx301Json};

/// Every input format; an input is read by the first that claims it.
pub static READERS: &[&dyn Reader] = &[
    &bomtrail_npm::PackageLock,
    &bomtrail_cpan::CpanfileSnapshot,
    &bomtrail_cpan::MetaFile,
    &bomtrail_cpan::Cpanfile,
    &bomtrail_cpan::Cpm,
    &bomtrail_cpan::InstalledTree,
    &bomtrail_cpan::ModuleResolver,
    &bomtrail_cyclonedx::JsonReader,
    &bomtrail_cyclonedx::XmlReader,
    &bomtrail_spdx::JsonReader,
    &bomtrail_spdx::TagValueReader,
];

/// Every SBOM format; of several versions of one format the first is the default.
pub static WRITERS: &[&dyn Writer] = &[
    &Json {
        version: SpecVersion::V1_6,
    },
    &Json {
        version: SpecVersion::V1_4,
    },
    &Json {
        version: SpecVersion::V1_5,
    },
    &Json {
        version: SpecVersion::V1_7,
    },
    &Xml {
        version: SpecVersion::V1_6,
    },
    &Xml {
        version: SpecVersion::V1_7,
    },
    &Spdx23Json,
    &Spdx301Json,
    &Spdx23TagValue,
];

/// Every way to show the graph itself.
pub static VIEWS: &[&dyn Writer] = &[&GraphJson, &Dot, &Mermaid];

/// File name endings by which people tell SBOM formats apart.
const ENDINGS: &[(&str, &str)] = &[
    (".cdx.json", "cyclonedx-json"),
    ("bom.json", "cyclonedx-json"),
    (".cdx.xml", "cyclonedx-xml"),
    ("bom.xml", "cyclonedx-xml"),
    (".spdx.json", "spdx-json"),
    (".spdx", "spdx-tag-value"),
];

/// A format that is none of the registry's.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no format `{asked}`; there is {known}")]
pub struct UnknownFormat {
    /// What was asked for.
    pub asked: String,
    /// All that could be asked for.
    pub known: String,
}

/// The SBOM writer of a format name (`cyclonedx-json`) or of a name and version (`cyclonedx-json@1.6`).
///
/// # Errors
/// [`UnknownFormat`], which lists every format there is.
pub fn writer(format: &str) -> Result<&'static dyn Writer, UnknownFormat> {
    pick(WRITERS, format)
}

/// The writer of a view of the graph: `json`, `dot` or `mermaid`.
///
/// # Errors
/// [`UnknownFormat`], which lists every view there is.
pub fn view(format: &str) -> Result<&'static dyn Writer, UnknownFormat> {
    pick(VIEWS, format)
}

/// The SBOM format that a file name's ending stands for (`app.cdx.json`, `app.spdx.json`).
pub fn format_of_file_name(name: &str) -> Option<&'static str> {
    let name = name.to_ascii_lowercase();
    ENDINGS
        .iter()
        .find(|(ending, _)| name.ends_with(ending))
        .map(|(_, format)| *format)
}

/// The ending that files of a format have, with its dot; `.json` and the like where the format has none of its own.
pub fn ending_of_format(format: &str) -> &'static str {
    ENDINGS
        .iter()
        .find(|(ending, name)| *name == format && ending.starts_with('.'))
        .map_or(".txt", |(ending, _)| ending)
}

fn pick(
    writers: &'static [&'static dyn Writer],
    asked: &str,
) -> Result<&'static dyn Writer, UnknownFormat> {
    let (name, version) = match asked.split_once('@') {
        Some((name, version)) => (name, Some(version)),
        None => (asked, None),
    };
    let fits = |writer: &&&dyn Writer| {
        let format = writer.format();
        format.name == name && version.is_none_or(|version| format.version == version)
    };
    writers
        .iter()
        .find(fits)
        .copied()
        .ok_or_else(|| UnknownFormat {
            asked: asked.to_owned(),
            known: known(writers),
        })
}

fn known(writers: &[&dyn Writer]) -> String {
    let names = writers.iter().map(|writer| {
        let format = writer.format();
        format!("`{}@{}`", format.name, format.version)
    });
    names.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests;
