//! `META.json`, `META.yml`, `MYMETA.json` and `MYMETA.yml`: `CPAN::Meta::Spec` 2 and the specifications 1.0 to 1.4 before
//! it, with the conversions and repairs of `CPAN::Meta` 2.150010. What Perl cannot convert is read as far as possible, and
//! reported. Ranges are as `CPAN::Meta::Requirements` prints them, because a conversion leaves no other spelling.

mod facts;
mod features;
mod spec;

use bomtrail_graph::{
    Completeness, Component, Diagnostics, Files, Fragment, Input, Kind, Origin, PackageManager,
    Phase, Reader, Role,
};
use bomtrail_version::cpan::Version;

use crate::formats::manager::CARTON;
use crate::formats::prereq::{self, Prereqs, Slot, need};
use crate::formats::value::Value;
use crate::formats::yaml_tiny::Flow;
use crate::formats::{diags, json, text, yaml_tiny};
use crate::package;
use spec::Spec;

/// The files that describe a distribution, in order of preference: those of a configured build, then those that its author
/// released.
pub const META_FILES: [&str; 4] = ["MYMETA.json", "MYMETA.yml", "META.json", "META.yml"];

/// Reads the metadata of one distribution.
#[derive(Clone, Copy, Debug, Default)]
pub struct MetaFile;

impl Reader for MetaFile {
    fn name(&self) -> &'static str {
        "cpan/meta"
    }

    fn claims(&self, path: &str) -> bool {
        META_FILES.contains(&file_name(path))
    }

    fn manager(&self) -> Option<&'static PackageManager> {
        Some(&CARTON)
    }

    fn is_manifest(&self) -> bool {
        true
    }

    fn read(&self, input: &Input<'_>, diagnostics: &mut Diagnostics) -> Fragment {
        let mut fragment = Fragment::default().with(|it| {
            it.path = input.path.into();
        });
        let Some(meta) = load(input.path, input.bytes, diagnostics) else {
            return fragment;
        };
        let property = ("bomtrail:cpan:meta-spec".into(), meta.spec.name().into());
        fragment.properties.push(property);
        let component = meta.component(input.files, diagnostics);
        let prereqs = meta.prereqs(diagnostics);
        if let Some(root) = fragment.add(component) {
            fragment.roots.push(root);
            fragment.links.extend(prereqs.links(root));
            fragment.features = meta.features(root, diagnostics);
        }
        fragment
    }
}

/// The last segment of a path.
pub(crate) fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// The metadata of one distribution.
pub(crate) struct Meta<'a> {
    path: &'a str,
    value: Value,
    spec: Spec,
    /// False when the file ends early.
    whole: bool,
}

/// Reads the file at `path`; `None` when it has no metadata at all.
pub(crate) fn load<'a>(
    path: &'a str,
    bytes: &[u8],
    diagnostics: &mut Diagnostics,
) -> Option<Meta<'a>> {
    let (text, invalid) = text::decode(bytes);
    if invalid {
        diagnostics.push(diags::invalid_utf8(path));
    }
    let (value, whole) = parse(path, &text, diagnostics);
    if whole && !KEYS.iter().any(|key| !value.get(key).is_null()) {
        diagnostics.push(diags::no_metadata(path));
        return None;
    }
    if value.map().is_none_or(std::collections::BTreeMap::is_empty) {
        return None;
    }
    // PGXN uses the same file name and most of the same keys.
    let url = value.get("meta-spec").get("url").filled();
    if url.is_some_and(|it| it.contains("pgxn.org")) {
        diagnostics.push(diags::pgxn(path));
        return None;
    }
    let spec = Spec::of(&value, path, diagnostics);
    Some(Meta {
        path,
        value,
        spec,
        whole,
    })
}

/// Metadata has at least one of these keys.
const KEYS: [&str; 6] = [
    "name",
    "version",
    "meta-spec",
    "generated_by",
    "prereqs",
    "requires",
];

/// The values of a file, and whether they are all. The format of its name is tried first, then the format it looks like.
fn parse(path: &str, text: &str, diagnostics: &mut Diagnostics) -> (Value, bool) {
    let named_json = !file_name(path).contains(".yml");
    let braces = text.trim_start().starts_with('{');
    let dashes = text.trim_start().starts_with("---");
    let (value, duplicates, whole) = match json::parse(text) {
        Ok(read) if named_json || braces => (read.value, read.duplicates, true),
        Err(error) if braces || (named_json && !dashes) => {
            diagnostics.push(diags::json(path, &error));
            return (Value::Null, false);
        }
        Ok(_) | Err(_) => {
            let read = yaml_tiny::parse(text, Flow::Refused);
            let error = read.error.map(|it| diags::yaml(path, it.line, it.reason));
            let whole = error.is_none();
            if let Some(error) = error {
                diagnostics.push(error);
            }
            (read.value, read.duplicates, whole)
        }
    };
    for key in &duplicates {
        diagnostics.push(diags::duplicate(path, key));
    }
    (value, whole)
}

/// The project that metadata in the folder `base` (with its `/`) describes. Its own reader reports what is wrong with it.
pub(crate) fn next_to(base: &str, files: &dyn Files) -> Option<Component> {
    META_FILES.iter().find_map(|name| {
        let path = [base, name].concat();
        let bytes = files.read(&path)?;
        let mut unsaid = Diagnostics::new();
        let meta = load(&path, &bytes, &mut unsaid)?;
        Some(meta.component(files, &mut unsaid))
    })
}

impl Meta<'_> {
    /// True for the metadata of a configured build, which is final.
    fn is_final(&self) -> bool {
        file_name(self.path).starts_with("MYMETA")
    }

    /// True when configuring may change the prerequisites. Metadata that does not say so is older than the field.
    fn is_dynamic(&self) -> bool {
        let stated = self.value.get("dynamic_config");
        !self.is_final() && (stated.is_null() || stated.is_true())
    }

    /// Reports what CPAN's own tools refuse and is read here nevertheless.
    fn report_refused(&self, diagnostics: &mut Diagnostics) {
        for field in ["name", "version"] {
            if self.value.get(field).filled().is_none() {
                diagnostics.push(diags::missing_field(self.path, field));
            }
        }
        let version = self.value.get("version").filled();
        if let Some(version) = version.filter(|it| !Version::is_lax(it)) {
            diagnostics.push(diags::version(self.path, version));
        }
        let dynamic = self.value.get("dynamic_config");
        let is_flag = matches!(dynamic.text(), Some("0" | "1" | "true" | "false"));
        if !is_flag && !dynamic.is_null() {
            diagnostics.push(diags::wrong_type(self.path, "dynamic_config"));
        }
        let mut provided = self.value.get("provides").map().into_iter().flatten();
        let refused = provided.find(|(_, entry)| entry.get("file").filled().is_none());
        if let Some((module, _)) = refused {
            let field = ["provides: ", module, ": file"].concat();
            diagnostics.push(diags::missing_field(self.path, &field));
        }
    }

    /// The distribution as the project.
    pub(crate) fn component(&self, files: &dyn Files, diagnostics: &mut Diagnostics) -> Component {
        self.report_refused(diagnostics);
        let folder = files.folder_name().unwrap_or("project");
        let stated = self.value.get("name").filled();
        let mut component = package::component(stated.unwrap_or(folder)).with(|it| {
            it.kind = Kind::Library;
            it.role = Role::Root;
            it.origin = Origin::Directory;
        });
        facts::describe(self, &mut component);
        if !self.whole {
            component.dependencies = Completeness::Incomplete;
        }
        if self.is_dynamic() {
            component.dependencies = Completeness::Unknown;
            diagnostics.push(diags::dynamic(self.path));
        }
        component
    }

    /// The prerequisites of the distribution.
    pub(crate) fn prereqs(&self, diagnostics: &mut Diagnostics) -> Prereqs {
        let mut prereqs = Prereqs::default();
        match self.spec {
            Spec::V2 => {
                let stated = self.value.get("prereqs");
                if !stated.is_null() && stated.map().is_none() {
                    diagnostics.push(diags::wrong_type(self.path, "prereqs"));
                }
                prereq::read_phases(stated, self.path, &mut prereqs, diagnostics);
            }
            Spec::V1(_) => old_prereqs(&self.value, self.path, &mut prereqs, diagnostics),
        }
        prereqs
    }
}

/// The prerequisites of the specifications 1.0 to 1.4. `build_requires` includes those of the tests.
fn old_prereqs(value: &Value, path: &str, prereqs: &mut Prereqs, diagnostics: &mut Diagnostics) {
    for (key, phase, relationship) in [
        ("configure_requires", Phase::Configure, "requires"),
        ("build_requires", Phase::Build, "requires"),
        ("requires", Phase::Runtime, "requires"),
        ("recommends", Phase::Runtime, "recommends"),
        ("conflicts", Phase::Runtime, "conflicts"),
    ] {
        let stated = value.get(key);
        if let Some(need) = need(relationship).filter(|_| stated.is_true()) {
            prereq::read_map(stated, Slot { path, phase, need }, prereqs, diagnostics);
        }
    }
}

#[cfg(test)]
mod tests;
