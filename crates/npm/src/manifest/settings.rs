//! The settings in the project's `.npmrc` that matter for a lockfile.

use bomtrail_graph::{Diagnostics, Files};

use crate::diags;
use crate::manifest::files;
use crate::manifest::npmrc::{NpmrcSetting, read_npmrc};

/// The settings of the project. Variables of the environment are not replaced: the result must not depend on the machine.
pub(crate) fn read(base: &str, files: &dyn Files) -> Vec<NpmrcSetting> {
    let bytes = files::read(base, ".npmrc", files).unwrap_or_default();
    read_npmrc(&bytes, &|_| None)
}

/// Reports settings that make npm leave out packages or edges, because they have no effect here.
pub(crate) fn report_ignored(settings: &[NpmrcSetting], diagnostics: &mut Diagnostics) {
    for NpmrcSetting { key, value, .. } in settings {
        let matters = match &**key {
            "legacy-peer-deps" => value == "true",
            "omit" | "only" | "production" | "optional" => true,
            _ => false,
        };
        if matters {
            diagnostics.push(diags::npmrc(&[key, "=", value].concat()));
        }
    }
}
