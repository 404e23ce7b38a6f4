//! The record of one installed distribution: `install.json` names its archive, `MYMETA.json` what it was configured to require.
//! The version in `install.json` is often a number, which loses digits, and is never used.

use bomtrail_graph::{
    Completeness, Component, Diagnostics, Files, Kind, NoFiles, Origin, Provided, Role,
};
use bomtrail_version::cpan::Version;

use super::diags;
use super::tree::join;
use crate::formats::meta;
use crate::formats::prereq::Prereqs;
use crate::formats::value::Value;
use crate::formats::{json, text};
use crate::package::archive::{Archive, Index};
use crate::package::dist_name::DistName;
use crate::package::module::MODULES;
use crate::package::purl;

/// One installed distribution.
#[derive(Debug)]
pub(super) struct Record {
    /// Its folder, relative to the project.
    pub(super) folder: String,
    pub(super) component: Component,
    pub(super) prereqs: Prereqs,
}

/// Reads a record; `None` when the folder has no record.
pub(super) fn read(
    files: &dyn Files,
    folder: &str,
    diagnostics: &mut Diagnostics,
) -> Option<Record> {
    let install = install(files, folder, diagnostics);
    let path = join(folder, "MYMETA.json");
    let bytes = files.read(&path);
    if bytes.is_none() {
        diagnostics.push(diags::unreadable(&path));
    }
    let meta = bytes.and_then(|bytes| meta::load(&path, &bytes, diagnostics));
    // Without metadata its requirements are unknown.
    let nothing = || {
        crate::package::component("").with(|it| {
            it.dependencies = Completeness::Unknown;
        })
    };
    let described = meta.as_ref().map(|it| it.component(&NoFiles, diagnostics));
    let mut component = described.unwrap_or_else(nothing);
    name(&mut component, &install, folder)?;
    let provides = provides(&install);
    if !provides.is_empty() {
        component.provides = provides;
    }
    component.kind = Kind::Library;
    component.role = Role::Dependency;
    component.place = folder.into();
    let prereqs = meta.map(|it| it.prereqs(diagnostics)).unwrap_or_default();
    Some(Record {
        folder: folder.to_owned(),
        component,
        prereqs,
    })
}

fn install(files: &dyn Files, folder: &str, diagnostics: &mut Diagnostics) -> Value {
    let path = join(folder, "install.json");
    let bytes = files.read(&path);
    let value = bytes.and_then(|bytes| Some(json::parse(&text::decode(&bytes).0).ok()?.value));
    let value = value.filter(|it| it.map().is_some());
    if value.is_none() {
        diagnostics.push(diags::unreadable(&path));
    }
    value.unwrap_or_default()
}

/// Names the component after its archive. Without an archive it keeps the name and version of its metadata, or has those of its
/// folder.
fn name(component: &mut Component, install: &Value, folder: &str) -> Option<()> {
    let pathname = install.get("pathname").filled();
    let archive = pathname.map(|it| Archive::parse(it, &Index::default()));
    let archive = archive.filter(|it| it.named.name.is_some());
    component.origin = Origin::Unknown;
    if let Some(archive) = &archive {
        archive.describe(component);
    } else if component.name.is_empty() || component.version.is_none() {
        let stem = DistName::of_stem(folder.rsplit('/').next()?);
        component.name = stem.name.as_deref()?.into();
        component.version = stem.version.as_deref().map(Into::into);
        component.purl = purl::of_archive(&stem);
    }
    Some(())
}

/// Modules and their versions, as the installer found them.
fn provides(install: &Value) -> Box<[Provided]> {
    let stated = install.get("provides").map().into_iter().flatten();
    let module = |(name, facts): (&String, &Value)| Provided {
        space: MODULES,
        name: name.as_str().into(),
        version: facts.get("version").filled().map(Into::into),
    };
    stated.map(module).collect()
}

impl Record {
    /// True when its version is newer; a record without a version is the oldest.
    pub(super) fn is_newer_than(&self, other: &Self) -> bool {
        let version = |it: &Self| it.component.version.as_deref().and_then(Version::parse);
        version(self) > version(other)
    }
}
