//! What each input gave (1.7): the inputs are components of a formula, and a citation for each points at its parts of the
//! document. A citation needs a time, so a document without a time has none.

use std::borrow::Cow;

use bomtrail_graph::{Bom, NodeId, NodeRef};

use crate::write::external::{unique_reference, used_references};
use crate::write::wire::{Citation, Component, Formula};

/// The prefix of the reference of an input.
pub(crate) const INPUT: &str = "input:";

/// The inputs of a document that cites them.
pub(crate) struct Citations<'g> {
    bom: &'g Bom<'g>,
    timestamp: &'g str,
    main: Option<NodeId>,
    references: Vec<String>,
}

impl<'g> Citations<'g> {
    /// The citations of a document; `None` without inputs or without a time.
    pub(crate) fn of(bom: &'g Bom<'g>, main: Option<NodeId>) -> Option<Self> {
        let timestamp = bom.document.timestamp?;
        let inputs = bom.graph.inputs();
        let used = used_references(bom.graph, INPUT);
        let reference = |path: &str| unique_reference([INPUT, path].concat(), &used);
        let references: Vec<String> = inputs.iter().map(|it| reference(&it.path)).collect();
        (!references.is_empty()).then_some(Self {
            bom,
            timestamp,
            main,
            references,
        })
    }

    /// The formula that names the inputs.
    pub(crate) fn formula(&self) -> Formula<'_> {
        let mut names: Vec<(&str, &str)> = self
            .references
            .iter()
            .map(String::as_str)
            .zip(self.bom.graph.inputs().iter().map(|it| &*it.path))
            .collect();
        names.sort_unstable();
        names.dedup();
        let component = |(reference, path)| Component {
            kind: "data",
            bom_ref: Some(Cow::Borrowed(reference)),
            name: Cow::Borrowed(path),
            ..Component::default()
        };
        Formula {
            components: names.into_iter().map(component).collect(),
        }
    }

    /// One citation for each input that gave something.
    pub(crate) fn each(&self) -> impl Iterator<Item = Citation<'g>> {
        let numbered = (0..).zip(&self.references);
        numbered.filter_map(|(number, reference)| {
            let pointers = self.pointers(number);
            (!pointers.is_empty()).then(|| Citation {
                pointers,
                timestamp: self.timestamp,
                attributed_to: reference.clone(),
            })
        })
    }

    /// What an input gave: everything, or the components that were found in it.
    fn pointers(&self, input: u32) -> Vec<String> {
        let gave = |node: NodeRef<'_>| node.instances().iter().any(|it| it.input == input);
        let is_main = |node: NodeRef<'_>| Some(node.id()) == self.main;
        let nodes = || self.bom.graph.nodes();
        let main = nodes().filter(|it| is_main(*it) && gave(*it));
        let mut pointers: Vec<String> = main.map(|_| "/metadata/component".to_owned()).collect();
        if nodes().all(gave) {
            pointers.extend(["/components", "/dependencies"].map(str::to_owned));
        } else {
            let others = nodes().filter(|it| !is_main(*it)).enumerate();
            let given = others.filter(|(_, node)| gave(*node));
            pointers.extend(given.map(|(index, _)| format!("/components/{index}")));
        }
        pointers
    }
}
