//! What the resolutions on open modules mean for each link that requests for one, and how many stay open.

use std::collections::{BTreeSet, HashMap};

use bomtrail_graph::{Diagnostics, Fragment, Link, LocalId, Need, Problem, Target, Text};
use foldhash::fast::RandomState;

use super::resolution::Resolution;
use super::{NAMED, Resolutions, diags};
use crate::package::module::PERL;
use crate::package::modules::fits;

/// The resolutions, to be looked up by many links.
type ByName<'a> = HashMap<&'a str, Option<&'a Resolution>, RandomState>;

/// Marks the links whose answer is not what they request for, and says how many stay open. What the core has too old is not
/// there.
pub(super) fn links(
    fragments: &mut [Fragment],
    resolutions: &Resolutions,
    assumed: bool,
    diagnostics: &mut Diagnostics,
) {
    let resolutions = resolutions
        .iter()
        .map(|(name, resolution)| (name.as_str(), resolution.as_ref()));
    let resolutions: ByName<'_> = resolutions.collect();
    for fragment in fragments {
        let mut open: BTreeSet<(LocalId, Text)> = BTreeSet::new();
        for link in fragment.links.iter_mut().filter(|it| it.to == NAMED) {
            if !is_answered(link, &resolutions, assumed) && link.need.is_strict() {
                open.insert((link.from, link.name.clone().unwrap_or_default()));
            }
        }
        if !open.is_empty() {
            let own = |(from, _): &&(LocalId, Text)| fragment.roots.contains(from);
            let own = open.iter().filter(own).count();
            diagnostics.push(diags::unresolved(&fragment.path, open.len() - own, own));
        }
    }
}

/// Settles a link; false when it stays open.
fn is_answered(link: &mut Link, resolutions: &ByName<'_>, assumed: bool) -> bool {
    let name = link.name.as_deref().unwrap_or_default();
    let resolution = match resolutions.get(name) {
        Some(Some(resolution)) => resolution,
        Some(None) => return false,
        None => return true,
    };
    // An assumed Perl is no reason to find fault, and what must not be there requests for nothing.
    if link.need == Need::Conflicts || (name == PERL && assumed) {
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
