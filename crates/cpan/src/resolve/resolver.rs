//! The step over a whole project, as a port.

use bomtrail_graph::{Context, Diagnostics, Fragment, Input, Reader};

use super::{PerlEnvironment, core_and_index};

/// Leads module names that no input provides to Perl's own core or to an index of CPAN. It reads no file itself.
#[derive(Clone, Copy, Debug, Default)]
pub struct ModuleResolver;

impl Reader for ModuleResolver {
    fn name(&self) -> &'static str {
        "cpan/modules"
    }

    fn claims(&self, _path: &str) -> bool {
        false
    }

    fn read(&self, _input: &Input<'_>, _diagnostics: &mut Diagnostics) -> Fragment {
        Fragment::default()
    }

    /// Uses the [`PerlEnvironment`] among the settings of the context.
    fn finish(
        &self,
        fragments: &mut Vec<Fragment>,
        context: &Context<'_>,
        diagnostics: &mut Diagnostics,
    ) {
        let unknown = PerlEnvironment::default();
        let environment = context.setting().unwrap_or(&unknown);
        core_and_index(fragments, environment, diagnostics);
    }
}
