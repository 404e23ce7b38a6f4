//! `cpm.yml`: what `cpm` installs from: phases and features with their modules. The format has no conflicts.

use bomtrail_graph::{Diagnostics, Fragment, Input, PackageManager, Phase, Reader};
use bomtrail_version::cpan::Range;

use super::cpanfile::fragment;
use super::manager::CARTON;
use super::meta::file_name;
use super::prereq::{Statement, need};
use super::requirements::{Requirements, SOURCE_OPTIONS};
use super::value::Value;
use super::yaml_tiny::{self, Flow};
use super::{diags, text};
use crate::package::module::is_name;

/// Reads `cpm.yml`.
#[derive(Clone, Copy, Debug, Default)]
pub struct Cpm;

impl Reader for Cpm {
    fn name(&self) -> &'static str {
        "cpan/cpm-yml"
    }

    fn claims(&self, path: &str) -> bool {
        file_name(path) == "cpm.yml"
    }

    fn manager(&self) -> Option<&'static PackageManager> {
        Some(&CARTON)
    }

    fn is_manifest(&self) -> bool {
        true
    }

    fn read(&self, input: &Input<'_>, diagnostics: &mut Diagnostics) -> Fragment {
        let empty = Fragment::default().with(|it| {
            it.path = input.path.into();
        });
        read(input, diagnostics).map_or(empty, |it| fragment(&it, input))
    }
}

/// Reads the statements of a `cpm.yml`; `None` when it has no keys and values.
pub(crate) fn read(input: &Input<'_>, diagnostics: &mut Diagnostics) -> Option<Requirements> {
    let (text, invalid) = text::decode(input.bytes);
    if invalid {
        diagnostics.push(diags::invalid_utf8(input.path));
    }
    let read = yaml_tiny::parse(&text, Flow::Taken);
    let mut requirements = Requirements::default();
    if let Some(error) = read.error {
        diagnostics.push(diags::yaml(input.path, error.line, error.reason));
        requirements.partial = true;
    }
    for key in &read.duplicates {
        diagnostics.push(diags::duplicate(input.path, key));
    }
    if read.value.map().is_none() {
        diagnostics.push(diags::no_metadata(input.path));
        return None;
    }
    let report = (input.path, &mut *diagnostics);
    phases(read.value.get("prereqs"), None, &mut requirements, report);
    for (name, feature) in read.value.get("features").map().into_iter().flatten() {
        let description = feature.get("description").filled().map(str::to_owned);
        let number = Some(requirements.feature(name, description));
        let report = (input.path, &mut *diagnostics);
        phases(feature.get("prereqs"), number, &mut requirements, report);
    }
    Some(requirements)
}

/// A file's path, and where its problems are reported.
type Report<'a> = (&'a str, &'a mut Diagnostics);

fn phases(
    value: &Value,
    feature: Option<usize>,
    requirements: &mut Requirements,
    (path, diagnostics): Report<'_>,
) {
    for (phase, kinds) in value.map().into_iter().flatten() {
        for (kind, modules) in kinds.map().into_iter().flatten() {
            let Some((phase, need)) = Phase::from_name(phase).zip(need(kind)) else {
                let name = [phase.as_str(), ".", kind].concat();
                diagnostics.push(diags::custom_phase(path, None, &name));
                continue;
            };
            for (module, options) in modules.map().into_iter().flatten() {
                if !is_name(module) {
                    diagnostics.push(diags::module_name(path, None, module));
                    continue;
                }
                let stated = options.text().or_else(|| options.get("version").text());
                let text = stated.unwrap_or_default();
                let range = Range::parse(text).map_err(|error| {
                    diagnostics.push(diags::range(path, None, module, &error));
                    text.to_owned()
                });
                requirements.of(feature).add(Statement {
                    phase,
                    need,
                    module,
                    range,
                    condition: None,
                });
                requirements.source(module, sources(options));
            }
        }
    }
}

/// The options that state where a module comes from.
fn sources(options: &Value) -> Vec<(String, String)> {
    let option = |name: &str| {
        let value = options.get(name).filled()?;
        Some((name.to_owned(), value.to_owned()))
    };
    SOURCE_OPTIONS.into_iter().filter_map(option).collect()
}
