//! Applies resolutions to the links that ask for modules, and counts the requirements that stay unresolved.

use std::collections::{BTreeSet, HashMap};

use bomtrail_graph::{Diagnostics, Fragment, Link, LocalId, Need, Problem, SharedText, Target};
use foldhash::fast::RandomState;

use super::resolution::Resolution;
use super::{NAMED, Resolutions, diags};
use crate::package::module::PERL;
use crate::package::modules::fits;

/// The resolutions, to be looked up for many links.
type ByName<'a> = HashMap<&'a str, Option<&'a Resolution>, RandomState>;

/// Marks the links whose module is there in a version that is not accepted, and reports how many stay unresolved. A core
/// module that is too old counts as absent.
pub(super) fn resolutions(
    fragments: &mut [Fragment],
    resolutions: &Resolutions,
    perl_assumed: bool,
    diagnostics: &mut Diagnostics,
) {
    let by_name = resolutions
        .iter()
        .map(|(name, resolution)| (name.as_str(), resolution.as_ref()));
    let by_name: ByName<'_> = by_name.collect();
    for fragment in fragments {
        let mut open: BTreeSet<(LocalId, SharedText)> = BTreeSet::new();
        for link in fragment.links.iter_mut().filter(|it| it.to == NAMED) {
            if !is_resolved(link, &by_name, perl_assumed) && link.need.is_strict() {
                open.insert((link.from, link.name.clone().unwrap_or_default()));
            }
        }
        if !open.is_empty() {
            let own = |(from, _): &&(LocalId, SharedText)| fragment.roots.contains(from);
            let own = open.iter().filter(own).count();
            diagnostics.push(diags::unresolved(&fragment.path, open.len() - own, own));
        }
    }
}

/// Applies the resolution of a link; false when the link stays unresolved.
fn is_resolved(link: &mut Link, by_name: &ByName<'_>, perl_assumed: bool) -> bool {
    let name = link.name.as_deref().unwrap_or_default();
    let resolution = match by_name.get(name) {
        Some(Some(resolution)) => resolution,
        Some(None) => return false,
        None => return true,
    };
    // An assumed Perl cannot be the wrong one, and a conflict requires nothing.
    if link.need == Need::Conflicts || (name == PERL && perl_assumed) {
        return true;
    }
    let range = link.range.as_deref().unwrap_or_default();
    if fits(range, resolution.version.as_deref()) {
        return true;
    }
    if resolution.is_core() && name != PERL {
        link.to = Target::Absent;
        let missing = link.need.is_strict().then_some(Problem::Missing);
        link.problem = link.problem.or(missing);
        return false;
    }
    link.problem = link.problem.or(Some(Problem::Invalid));
    true
}
