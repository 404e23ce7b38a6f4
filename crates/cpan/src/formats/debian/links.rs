//! What the packages require of each other, as dpkg knows it.

use std::collections::HashMap;

use bomtrail_graph::{Completeness, Fragment, Link, LinkDetail, LocalId, Need, Target};
use foldhash::fast::RandomState;

use super::status::{Package, Requirement};

/// The components by the names that packages are required by.
type Names<'p> = HashMap<&'p str, LocalId, RandomState>;

/// Adds a link for each requirement that a package with Perl meets: the first alternative that is installed. A component that
/// requires packages without Perl, which are not listed, is incomplete.
pub(super) fn add(fragment: &mut Fragment, read: &[(LocalId, Package)]) {
    let mut names: Names<'_> = HashMap::default();
    for (id, package) in read {
        names.insert(&package.name, *id);
    }
    for (id, package) in read {
        for name in &package.provides {
            names.entry(name).or_insert(*id);
        }
    }
    for (from, package) in read {
        let wanted = package.depends.iter().map(|it| (it, Need::Required));
        let more = package.recommends.iter().map(|it| (it, Need::Recommended));
        for (alternatives, need) in wanted.chain(more) {
            let found = alternatives
                .iter()
                .find_map(|it| Some((it, *names.get(&*it.name)?)));
            match found {
                // A package may meet its own requirements.
                Some((_, to)) if to == *from => {}
                Some((asked, to)) => fragment.links.push(link(*from, to, asked, need)),
                None if need == Need::Required => {
                    if let Some(it) = fragment.components.get_mut(from.index()) {
                        it.dependencies = Completeness::Incomplete;
                    }
                }
                None => {}
            }
        }
    }
}

/// The link to the package that meets a requirement.
fn link(from: LocalId, to: LocalId, asked: &Requirement, need: Need) -> Link {
    Link::new(from, Target::Here(to)).with(|it| {
        it.need = need;
        it.range = asked.range.as_deref().map(Into::into);
        it.detail = LinkDetail::default()
            .with(|it| it.alias = Some((&*asked.name).into()))
            .boxed();
    })
}
