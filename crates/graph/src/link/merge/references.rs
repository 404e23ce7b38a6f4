//! What documents call each node: the decoded Package URL or the place, made unique where several would share one.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use foldhash::fast::RandomState;

use crate::model::component::Component;
use crate::model::facts::Text;
use crate::model::graph::Node;

/// Gives every node a reference of its own and sorts by it. The result is where each node has gone.
pub(super) fn name_and_sort(nodes: &mut [Node]) -> Vec<u32> {
    let mut order: Vec<Named<'_>> = nodes
        .iter()
        .map(|it| plain(&it.component))
        .zip(0_u32..)
        .collect();
    // Nodes come sorted by identity, so nearly by reference: a stable sort makes use of that.
    order.sort_by(|(a, _), (b, _)| a.cmp(b));
    let names = names(nodes, &order);
    let mut order: Vec<u32> = order.into_iter().map(|(_, number)| number).collect();
    let has_twins = names.iter().any(|name| name.is_twin);
    for Name { number, text, .. } in names {
        if let Some(node) = nodes.get_mut(number as usize) {
            node.reference = Some(text);
        }
    }
    if has_twins {
        order.sort_by_cached_key(|number| nodes.get(*number as usize).map(reference));
    }
    let mut ranks = vec![0_u32; order.len()];
    for (number, rank) in order.into_iter().zip(0_u32..) {
        if let Some(slot) = ranks.get_mut(number as usize) {
            *slot = rank;
        }
    }
    permute(nodes, ranks.clone());
    ranks
}

/// A node's number behind what it is called, or would be if it were alone.
type Named<'a> = (Cow<'a, str>, u32);

/// A reference that is not the Package URL as it stands.
struct Name {
    number: u32,
    text: Text,
    /// It is not the plain one.
    is_twin: bool,
}

/// Moves every element to its rank, in place.
fn permute<T>(items: &mut [T], mut ranks: Vec<u32>) {
    for index in 0..items.len() {
        while let Some(rank) = ranks
            .get(index)
            .map(|it| *it as usize)
            .filter(|it| *it != index)
        {
            items.swap(index, rank);
            ranks.swap(index, rank);
        }
    }
}

/// The names of all nodes whose Package URL is not their name as it stands, and of all but the first that would share one. `order` is sorted.
fn names(nodes: &[Node], order: &[Named<'_>]) -> Vec<Name> {
    let mut names = Vec::new();
    let mut twins = Twins::default();
    let is_plain = |name: &str| order.binary_search_by(|(it, _)| (**it).cmp(name)).is_ok();
    for run in order.chunk_by(|(a, _), (b, _)| a == b) {
        for (index, (plain, number)) in run.iter().enumerate() {
            let Some(node) = nodes.get(*number as usize) else {
                continue;
            };
            let is_twin = index > 0;
            // What has to be decoded is kept: a document names a node once for each edge that reaches it.
            let is_borrowed = matches!(plain, Cow::Borrowed(_));
            if !is_twin && node.component.purl.is_some() && is_borrowed {
                continue;
            }
            let place = node.instances.first().map_or("", |it| &*it.place);
            let text = if is_twin {
                twins.name(format!("{plain}#{place}"), is_plain)
            } else {
                Text::from(&**plain)
            };
            names.push(Name {
                number: *number,
                text,
                is_twin,
            });
        }
    }
    names
}

/// Names given to nodes that would share one.
#[derive(Default)]
struct Twins {
    given: HashSet<String, RandomState>,
    /// How many numbers were tried for a name.
    tried: HashMap<String, usize, RandomState>,
}

impl Twins {
    /// `wanted`, with the first number behind it that makes it new where it is not.
    fn name(&mut self, wanted: String, is_plain: impl Fn(&str) -> bool) -> Text {
        let mut name = wanted.clone();
        let tried = self.tried.entry(wanted).or_insert(1);
        let wanted = name.clone();
        while is_plain(&name) || self.given.contains(&name) {
            *tried += 1;
            name = format!("{wanted}#{tried}");
        }
        self.given.insert(name.clone());
        name.into_boxed_str()
    }
}

fn reference(node: &Node) -> Cow<'_, str> {
    let given = node.reference.as_deref();
    given.map_or_else(|| plain(&node.component), Cow::Borrowed)
}

fn plain(component: &Component) -> Cow<'_, str> {
    match &component.purl {
        Some(purl) => purl.decoded(),
        // No document takes an empty reference, so what has neither a name nor a place goes by the project's folder.
        None if component.place.is_empty() && component.name.is_empty() => Cow::Borrowed("."),
        None if component.place.is_empty() => Cow::Borrowed(&component.name),
        None => Cow::Borrowed(&component.place),
    }
}
