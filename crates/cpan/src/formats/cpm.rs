//! `cpm.yml`: what `cpm` installs from, phases and features with their modules. Knows no conflicts, as the format does not.

use bomtrail_graph::{Diagnostics, Fragment, Input, Phase, Reader};
use bomtrail_version::cpan::Range;

use crate::formats::cpanfile::{Wanted, fragment};
use crate::formats::meta::file_name;
use crate::formats::prereq::{Statement, need};
use crate::formats::text::without_credentials;
use crate::formats::value::Value;
use crate::formats::yaml_tiny::{self, Flow};
use crate::formats::{diags, text};
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

    fn read(&self, input: &Input<'_>, diagnostics: &mut Diagnostics) -> Fragment {
        let (text, invalid) = text::decode(input.bytes);
        if invalid {
            diagnostics.push(diags::invalid_utf8(input.path));
        }
        let read = yaml_tiny::parse(&text, Flow::Taken);
        let mut wanted = Wanted::default();
        if let Some(error) = read.error {
            diagnostics.push(diags::yaml(input.path, error.line, error.reason));
            wanted.partial = true;
        }
        for key in &read.duplicates {
            diagnostics.push(diags::duplicate(input.path, key));
        }
        if read.value.map().is_none() {
            diagnostics.push(diags::no_metadata(input.path));
            return Fragment {
                path: input.path.into(),
                ..Fragment::default()
            };
        }
        phases(
            read.value.get("prereqs"),
            None,
            &mut wanted,
            (input.path, diagnostics),
        );
        for (name, feature) in read.value.get("features").map().into_iter().flatten() {
            let description = feature.get("description").filled().map(str::to_owned);
            let number = wanted.feature(name, description);
            phases(
                feature.get("prereqs"),
                Some(number),
                &mut wanted,
                (input.path, diagnostics),
            );
        }
        fragment(&wanted, input, diagnostics)
    }
}

/// A file's path and what is odd about it.
type Report<'a> = (&'a str, &'a mut Diagnostics);

fn phases(
    value: &Value,
    feature: Option<usize>,
    wanted: &mut Wanted,
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
                wanted.of(feature).add(Statement {
                    phase,
                    need,
                    module,
                    range,
                    condition: None,
                });
                origin(module, options, wanted);
            }
        }
    }
}

/// Notes where else than from CPAN a module comes.
fn origin(module: &str, options: &Value, wanted: &mut Wanted) {
    let mut text = module.to_owned();
    for name in ["git", "ref", "dist", "url", "mirror"] {
        if let Some(value) = options.get(name).filled() {
            text.extend([" ", name, "=", &without_credentials(value)]);
        }
    }
    if text.len() > module.len() {
        wanted.origins.push(text);
    }
}
