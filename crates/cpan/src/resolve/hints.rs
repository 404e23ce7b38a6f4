//! Hints that a distribution needs software from outside CPAN: properties on its component, for a person to follow up. They
//! name no library, because a hint names only a module that finds or builds one.

use std::collections::BTreeSet;

use bomtrail_graph::Fragment;

use crate::package::module::NAMED;

/// The property that holds one hint.
const PROPERTY: &str = "bomtrail:cpan:native-hint";

/// Modules whose purpose is to find native libraries, or to compile against them.
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

/// True for a module that a distribution requires because of software from outside CPAN.
fn is_hint(module: &str) -> bool {
    module.starts_with("Alien::") || TOOLS.contains(&module)
}

/// Adds to every component a property for each such module that it requires.
pub(super) fn add(fragments: &mut [Fragment]) {
    for fragment in fragments {
        let named = fragment.links.iter().filter(|it| it.to == NAMED);
        let hints: BTreeSet<_> = named
            .filter_map(|link| Some((link.from, link.name.clone()?)))
            .filter(|(_, name)| is_hint(name))
            .collect();
        for (from, name) in hints {
            if let Some(component) = fragment.components.get_mut(from.index()) {
                component
                    .details_mut()
                    .properties
                    .push((PROPERTY.into(), (*name).into()));
            }
        }
    }
}
