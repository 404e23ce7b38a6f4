//! Signs that a distribution needs software outside of CPAN: notes on the component, for a person to follow up. They name no
//! library, because what they name is only a way to find one.

use std::collections::BTreeSet;

use bomtrail_graph::{Fragment, Target};

use crate::package::module::MODULES;

/// The property that holds one hint.
pub(crate) const PROPERTY: &str = "bomtrail:cpan:native-hint";

/// Modules that exist to look for native libraries, or to compile against them.
const TOOLS: [&str; 8] = [
    "Devel::CheckLib",
    "ExtUtils::Depends",
    "ExtUtils::PkgConfig",
    "FFI::CheckLib",
    "Inline::C",
    "Inline::CPP",
    "PkgConfig",
    "PkgConfig::LibPkgConf",
];

/// True for a module that a distribution asks for because of software outside of CPAN.
fn is_hint(module: &str) -> bool {
    module.starts_with("Alien::") || TOOLS.contains(&module)
}

/// Notes on every component the modules it asks for that are hints.
pub(super) fn note(fragments: &mut [Fragment]) {
    for fragment in fragments {
        let named = fragment
            .links
            .iter()
            .filter(|it| it.to == Target::Named(MODULES));
        let hints: BTreeSet<_> = named
            .filter_map(|link| Some((link.from, link.name.clone()?)))
            .filter(|(_, name)| is_hint(name))
            .collect();
        for (from, name) in hints {
            if let Some(component) = fragment.components.get_mut(from.index()) {
                component
                    .details_mut()
                    .properties
                    .push((PROPERTY.into(), name));
            }
        }
    }
}
