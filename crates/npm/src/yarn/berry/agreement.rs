//! The settings under which Yarn 2 and later install something else than the lockfile pins.

use bomtrail_graph::{Diagnostics, Files};

use super::settings::FILE;
use crate::install_settings::{OF_YARN, Report, SCRIPTS_OF_YARN};
use crate::manager::YARN;
use crate::pnpm::settings::pnpm_workspace_settings;

/// Reports these settings of `.yarnrc.yml`.
pub(crate) fn settings(base: &str, files: &dyn Files, diagnostics: &mut Diagnostics) {
    let mut report = Report::new(base, &YARN, files, diagnostics);
    report.known(FILE, pnpm_workspace_settings, &OF_YARN);
    report.scripts(FILE, pnpm_workspace_settings, &SCRIPTS_OF_YARN);
}
