//! The registries: every reader and every writer, one line each; and what a document says it is. Knows their names and nothing
//! of their content.
//!
//! ```
//! use bomtrail::formats::{WRITERS, format_of_file_name, writer};
//!
//! assert_eq!(format_of_file_name("app.cdx.json"), Some("cyclonedx-json"));
//! assert_eq!(writer("spdx-json@2.3")?.format().version, "2.3");
//! for writer in WRITERS {
//!     println!("{} {}", writer.format().name, writer.format().version);
//! }
//! # Ok::<(), bomtrail::formats::UnknownFormat>(())
//! ```

#[cfg(feature = "cyclonedx")]
mod published;
mod sizes;

#[cfg(feature = "cyclonedx-xml")]
use bomtrail_cyclonedx::Xml;
#[cfg(feature = "cyclonedx")]
use bomtrail_cyclonedx::{Json, SpecVersion};
use bomtrail_graph::{Format, Reader, Writer};
#[cfg(feature = "report")]
use bomtrail_report::{Dot, GitHubSnapshot, GraphJson, Mermaid};
#[cfg(feature = "spdx")]
use bomtrail_spdx::{Spdx23Json, Spdx23TagValue, Spdx301Json};

#[cfg(feature = "cyclonedx")]
pub use published::{Published, is_serial, published};
pub use sizes::Sizes;

/// Every input format; an input is read by the first that claims it.
pub static READERS: &[&dyn Reader] = &[
    #[cfg(feature = "npm")]
    &bomtrail_npm::PackageLock,
    #[cfg(feature = "managers")]
    &bomtrail_npm::PnpmLock,
    #[cfg(feature = "managers")]
    &bomtrail_npm::YarnLock,
    #[cfg(feature = "managers")]
    &bomtrail_npm::BunLock,
    #[cfg(feature = "npm")]
    &bomtrail_npm::InstalledModules,
    #[cfg(feature = "npm")]
    &bomtrail_npm::PackageJson,
    #[cfg(feature = "cpan")]
    &bomtrail_cpan::CpanfileSnapshot,
    #[cfg(feature = "cpan")]
    &bomtrail_cpan::MetaFile,
    #[cfg(feature = "cpan")]
    &bomtrail_cpan::Cpanfile,
    #[cfg(feature = "cpan")]
    &bomtrail_cpan::Cpm,
    #[cfg(feature = "cpan")]
    &bomtrail_cpan::InstalledTree,
    #[cfg(feature = "cpan")]
    &bomtrail_cpan::DebianPackages,
    #[cfg(feature = "cpan")]
    &bomtrail_cpan::ModuleResolver,
    #[cfg(feature = "cargo")]
    &bomtrail_cargo::CargoLock,
    #[cfg(feature = "cargo")]
    &bomtrail_cargo::CargoMetadata,
    #[cfg(feature = "cyclonedx")]
    &bomtrail_cyclonedx::JsonReader,
    #[cfg(feature = "cyclonedx-xml")]
    &bomtrail_cyclonedx::XmlReader,
    #[cfg(feature = "spdx")]
    &bomtrail_spdx::JsonReader,
    #[cfg(feature = "spdx")]
    &bomtrail_spdx::TagValueReader,
];

/// Every SBOM format; of several versions of one format the first is the default.
pub static WRITERS: &[&dyn Writer] = &[
    #[cfg(feature = "cyclonedx")]
    &Json {
        version: SpecVersion::V1_6,
    },
    #[cfg(feature = "cyclonedx")]
    &Json {
        version: SpecVersion::V1_4,
    },
    #[cfg(feature = "cyclonedx")]
    &Json {
        version: SpecVersion::V1_5,
    },
    #[cfg(feature = "cyclonedx")]
    &Json {
        version: SpecVersion::V1_7,
    },
    #[cfg(feature = "cyclonedx-xml")]
    &Xml {
        version: SpecVersion::V1_6,
    },
    #[cfg(feature = "cyclonedx-xml")]
    &Xml {
        version: SpecVersion::V1_7,
    },
    #[cfg(feature = "spdx")]
    &Spdx23Json,
    #[cfg(feature = "spdx")]
    &Spdx301Json,
    #[cfg(feature = "spdx")]
    &Spdx23TagValue,
];

/// Every way to show the graph itself.
#[cfg(feature = "report")]
pub static VIEWS: &[&dyn Writer] = &[&GraphJson, &Dot, &Mermaid];

/// Every document that is submitted to a service and is not an SBOM.
#[cfg(feature = "report")]
pub static SUBMISSIONS: &[&dyn Writer] = &[&GitHubSnapshot];

/// File name endings that stand for SBOM formats.
const ENDINGS: &[(&str, &str)] = &[
    (".cdx.json", "cyclonedx-json"),
    ("bom.json", "cyclonedx-json"),
    (".cdx.xml", "cyclonedx-xml"),
    ("bom.xml", "cyclonedx-xml"),
    (".spdx.json", "spdx-json"),
    (".spdx", "spdx-tag-value"),
];

/// A format that the registry does not have.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no format `{asked}`; there is {}", listed(known))]
#[non_exhaustive]
pub struct UnknownFormat {
    /// What was asked for.
    pub asked: String,
    /// Every format that could be asked for.
    pub known: Vec<Format>,
}

/// The SBOM writer of a format name (`cyclonedx-json`) or of a name and version (`cyclonedx-json@1.6`).
///
/// # Errors
/// [`UnknownFormat`], which lists every format.
pub fn writer(format: &str) -> Result<&'static dyn Writer, UnknownFormat> {
    pick(WRITERS, format)
}

/// The writer of a view of the graph: `json`, `dot` or `mermaid`.
///
/// # Errors
/// [`UnknownFormat`], which lists every view.
#[cfg(feature = "report")]
pub fn view(format: &str) -> Result<&'static dyn Writer, UnknownFormat> {
    pick(VIEWS, format)
}

/// The writer of a document for a service: `github-snapshot`.
///
/// # Errors
/// [`UnknownFormat`], which lists every such format.
#[cfg(feature = "report")]
pub fn submission(format: &str) -> Result<&'static dyn Writer, UnknownFormat> {
    pick(SUBMISSIONS, format)
}

/// The SBOM format that a file name's ending stands for (`app.cdx.json`, `app.spdx.json`).
pub fn format_of_file_name(name: &str) -> Option<&'static str> {
    let name = name.to_ascii_lowercase();
    ENDINGS
        .iter()
        .find(|(ending, _)| name.ends_with(ending))
        .map(|(_, format)| *format)
}

/// The ending that files of a format have, with its dot; `.txt` where the format has none of its own.
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
            known: writers.iter().map(|it| it.format()).collect(),
        })
}

fn listed(formats: &[Format]) -> String {
    let names = formats
        .iter()
        .map(|it| format!("`{}@{}`", it.name, it.version));
    names.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests;
