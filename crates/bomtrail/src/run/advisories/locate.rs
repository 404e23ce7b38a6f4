//! The lines that matches point at.

use std::collections::BTreeMap;

use bomtrail_graph::{Advisories, Place};

use crate::project::Scan;
use crate::run::lines;

/// The place of each match in the inputs, with its line where the files are at hand.
pub(crate) fn places(scan: &Scan, advisories: &Advisories) -> Vec<Place> {
    let graph = scan.graph();
    let place = |node| {
        let instance = graph.node(node)?.instances().first()?;
        let input = graph.inputs().get(instance.input as usize)?;
        Some(Place::entry(&input.path, &instance.place))
    };
    let matches = advisories.matches.iter();
    let mut places: Vec<Place> = matches
        .map(|it| place(it.node).unwrap_or_default())
        .collect();
    if let Some(files) = scan.files() {
        lines::fill(files, &BTreeMap::new(), places.iter_mut());
    }
    places
}
