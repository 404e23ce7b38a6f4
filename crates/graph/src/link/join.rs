//! All fragments in one numbering, in an order that does not depend on the order they were given in.

use bomtrail_purl::Purl;

use crate::digest::fingerprint;
use crate::model::component::{Component, Role};
use crate::model::fragment::{Fragment, Link, LocalId, Target};
use crate::model::graph::Source;
use crate::model::scope::Scope;

/// Which input a component is from, and how early its names count.
#[derive(Clone, Copy)]
pub(super) struct FromInput {
    pub(super) input: u32,
    pub(super) precedence: u8,
}

/// Components and links of all inputs; ids count through.
pub(super) struct Joined {
    pub(super) components: Vec<Component>,
    pub(super) links: Vec<Link>,
    pub(super) roots: Vec<LocalId>,
    /// What inputs say of scopes.
    pub(super) scopes: Vec<(LocalId, Scope)>,
    /// For each component.
    pub(super) origins: Vec<FromInput>,
    pub(super) sources: Vec<Source>,
}

impl Joined {
    /// Makes `product` the only root, which depends on the present ones. A root of the same identity takes its place; else it
    /// counts to the first input.
    pub(super) fn add_above(&mut self, product: Component) {
        let identity = product.purl.as_ref().map(Purl::identity);
        let is_product =
            |it: &Component| identity.is_some() && it.purl.as_ref().map(Purl::identity) == identity;
        let (same, others): (Vec<LocalId>, Vec<LocalId>) = std::mem::take(&mut self.roots)
            .into_iter()
            .partition(|id| self.components.get(id.index()).is_some_and(is_product));
        for id in &others {
            if let Some(it) = self.components.get_mut(id.index()) {
                // A project of its own is a part of this one.
                it.role = it.role.max(Role::Member);
            }
        }
        self.roots = if same.is_empty() {
            self.add(product).into_iter().collect()
        } else {
            same
        };
        if let Some(from) = self.roots.first().copied() {
            let links = others
                .into_iter()
                .map(|to| Link::new(from, Target::Here(to)));
            self.links.extend(links);
        }
    }

    fn add(&mut self, component: Component) -> Option<LocalId> {
        let number = u32::try_from(self.components.len()).ok()?;
        self.components.push(component);
        self.origins.push(FromInput {
            input: 0,
            precedence: 0,
        });
        Some(LocalId(number))
    }
}

/// Joins. Components beyond 2³² are dropped, which no input under the size limit can reach.
pub(super) fn join(mut fragments: Vec<Fragment>) -> Joined {
    fragments.sort_by(|a, b| rank(a).cmp(&rank(b)));
    // Two inputs of one path have no order but that of their content.
    for twins in fragments.chunk_by_mut(|a, b| rank(a) == rank(b)) {
        if twins.len() > 1 {
            twins.sort_by_cached_key(fingerprint);
        }
    }
    let mut joined = Joined {
        components: Vec::new(),
        links: Vec::new(),
        roots: Vec::new(),
        scopes: Vec::new(),
        origins: Vec::new(),
        sources: Vec::new(),
    };
    for (fragment, input) in fragments.into_iter().zip(0_u32..) {
        let Ok(base) = u32::try_from(joined.components.len()) else {
            break;
        };
        let shift = |id: LocalId| LocalId(id.0.saturating_add(base));
        let from = FromInput {
            input,
            precedence: fragment.precedence,
        };
        joined
            .origins
            .extend(fragment.components.iter().map(|_| from));
        append(&mut joined.components, fragment.components);
        let mut links = fragment.links;
        if base > 0 {
            for link in &mut links {
                link.from = shift(link.from);
                if let Target::Here(to) = link.to {
                    link.to = Target::Here(shift(to));
                }
            }
        }
        append(&mut joined.links, links);
        joined.roots.extend(fragment.roots.into_iter().map(shift));
        let scopes = fragment.scopes.into_iter();
        joined
            .scopes
            .extend(scopes.map(|(id, scope)| (shift(id), scope)));
        let (path, lifecycle, properties) =
            (fragment.path, fragment.lifecycle, fragment.properties);
        joined.sources.push(Source {
            path,
            lifecycle,
            properties,
        });
    }
    joined
}

fn rank(fragment: &Fragment) -> (u8, &str) {
    (fragment.precedence, &fragment.path)
}

/// Moves `more` to the end of `all`, without a copy when `all` is empty.
fn append<T>(all: &mut Vec<T>, mut more: Vec<T>) {
    if all.is_empty() {
        *all = more;
    } else {
        all.append(&mut more);
    }
}
