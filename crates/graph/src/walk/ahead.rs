//! Reading ahead. The texts of packages are small and far apart, and code that comes to one that is not at hand waits for memory. In
//! a loop that does nothing else, the processor waits for many at a time.

use std::hint::black_box;

use bomtrail_purl::Purl;

use crate::model::component::Component;
use crate::model::graph::{Graph, Node, NodeRef};

/// How many packages are read ahead: few enough for what was read to be still at hand when it is used.
pub(crate) const AHEAD: usize = 64;

/// Reads everything that the values come from. The values mean nothing.
pub(crate) fn read<T>(values: impl Iterator<Item = T>) {
    values.for_each(|it| {
        black_box(it);
    });
}

/// Reads what the texts of a component begin and end with.
pub(crate) fn touch(component: &Component) -> u8 {
    let Component {
        name,
        version,
        purl,
        place,
        source,
        hashes,
        ..
    } = component;
    let texts = [
        Some(&**name),
        version.as_deref(),
        purl.as_ref().map(Purl::as_str),
        Some(&**place),
        source.as_deref(),
    ];
    let ends = |text: &str| {
        let bytes = text.as_bytes();
        Some(bytes.first()? ^ bytes.last()?)
    };
    let of_texts = texts.into_iter().flatten().filter_map(ends);
    let of_hashes = hashes.iter().filter_map(|it| it.digest().last().copied());
    of_texts.chain(of_hashes).fold(0, |all, it| all ^ it)
}

/// Reads what the texts of a node begin and end with, those of its first place included.
pub(crate) fn touch_node(node: &Node) -> u8 {
    let first = node.instances.first();
    let place = first.and_then(|it| it.place.as_bytes().first().copied());
    touch(&node.component) ^ place.unwrap_or_default()
}

impl Graph {
    /// All nodes in order, for those who read most of what each one says: the memory of the next nodes is read together. The
    /// result is that of [`Graph::nodes`].
    pub fn nodes_ahead(&self) -> impl ExactSizeIterator<Item = NodeRef<'_>> + Clone {
        self.nodes().inspect(|node| {
            let start = node.id().index();
            if start.is_multiple_of(AHEAD) {
                let next = self.nodes.iter().skip(start).take(AHEAD);
                read(next.map(|it| touch(&it.component)));
            }
        })
    }
}
