//! The promises of a graph, checked: for tests, fuzzing and debug builds. A broken one is a bug of ours, never of an input.

use std::collections::BTreeSet;

use crate::model::graph::Graph;

impl Graph {
    /// Checks every invariant of the graph.
    ///
    /// # Errors
    /// Names the first invariant that does not hold.
    pub fn verify(&self) -> Result<(), String> {
        let count = self.nodes.len();
        if self.offsets.len() != count + 1 && !(count == 0 && self.offsets.is_empty()) {
            return Err(format!("{} offsets for {count} nodes", self.offsets.len()));
        }
        if self
            .offsets
            .last()
            .is_some_and(|last| *last as usize != self.edges.len())
        {
            return Err("the last offset is not the number of edges".to_owned());
        }
        for (index, node) in self.nodes().enumerate() {
            if node.instances().is_empty() {
                return Err(format!("node {index} was found nowhere"));
            }
            let inputs = self.inputs.len();
            if node
                .instances()
                .iter()
                .any(|it| it.input as usize >= inputs)
            {
                return Err(format!("node {index} is from an unknown input"));
            }
            if self
                .edges_of(index)
                .iter()
                .any(|edge| edge.from.index() != index)
            {
                return Err(format!("node {index} lists an edge of another node"));
            }
        }
        if self
            .edges
            .windows(2)
            .any(|pair| matches!(pair, [a, b] if a >= b))
        {
            return Err("edges are not sorted and distinct".to_owned());
        }
        if self
            .edges
            .iter()
            .filter_map(|edge| edge.to)
            .chain(self.roots.iter().copied())
            .any(|id| id.index() >= count)
        {
            return Err("an edge or root points outside the graph".to_owned());
        }
        if !self.roots.is_sorted() {
            return Err("roots are not sorted".to_owned());
        }
        if self
            .edges
            .iter()
            .any(|edge| edge.to.is_none() && edge.name.is_none())
        {
            return Err("an unresolved edge has no name".to_owned());
        }
        self.verify_references()
    }

    fn verify_references(&self) -> Result<(), String> {
        let mut seen = BTreeSet::new();
        let mut last = None;
        for node in self.nodes() {
            let reference = node.reference();
            if last.as_ref().is_some_and(|last| *last > reference) {
                return Err(format!("`{reference}` is out of order"));
            }
            if !seen.insert(reference.clone()) {
                return Err(format!("`{reference}` names two nodes"));
            }
            last = Some(reference);
        }
        Ok(())
    }
}
