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

/// Whether npm installs a copy of a folder instead of a link to it.
pub(crate) fn copies_folders(settings: &[NpmrcSetting]) -> bool {
    is_on(settings, "install-links")
}

/// The last setting of a key counts.
fn is_on(settings: &[NpmrcSetting], key: &str) -> bool {
    let last = settings.iter().rfind(|it| it.key == key);
    last.is_some_and(|it| it.value == "true")
}

/// Reports settings that make npm leave out packages or edges, because they have no effect here.
pub(crate) fn report_ignored(settings: &[NpmrcSetting], diagnostics: &mut Diagnostics) {
    if is_on(settings, "legacy-peer-deps") {
        diagnostics.push(diags::no_peers());
    }
    for NpmrcSetting { key, value, .. } in settings {
        let matters = matches!(&**key, "omit" | "only" | "production" | "optional");
        if matters {
            diagnostics.push(diags::npmrc(&[key, "=", value].concat()));
        }
    }
}
