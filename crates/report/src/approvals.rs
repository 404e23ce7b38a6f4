//! Approvals lists as JSON: their entries, what they say about a package, and the packages that they do not approve.

use std::borrow::Cow;
use std::io::{self, Write};

use bomtrail_graph::{Approval, Flags, Graph, License, NodeRef, Tool};
use serde::Serialize;

use crate::wire::approval::ApprovalView;
use crate::wire::{ToolView, print};

/// An entry of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ListedEntry<'a> {
    /// `approved` or `denied`.
    pub decision: &'static str,
    /// The package as the list names it.
    pub name: Cow<'a, str>,
    /// Versions, and ranges of denied versions; empty for all versions.
    pub versions: Vec<&'a str>,
    /// The files that lead to the entry, the project's own first.
    pub source: Vec<&'a str>,
    /// The line in the last of these files, from 1; 0 where it was not read from a file.
    pub line: usize,
    /// True for an entry of the project's own list that no locked package needs.
    pub unused: bool,
    /// Why it is denied.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<&'a str>,
}

/// Writes the entries of all lists as `bomtrail/approvals-list/v1` (`schemas/approvals-list-v1.schema.json`).
///
/// # Errors
/// What the sink fails with.
pub fn write_list(
    tool: Tool<'_>,
    entries: &[ListedEntry<'_>],
    out: &mut dyn Write,
) -> io::Result<()> {
    #[derive(Serialize)]
    struct Document<'a> {
        schema: &'static str,
        tool: ToolView<'a>,
        entries: &'a [ListedEntry<'a>],
    }
    let document = Document {
        schema: "bomtrail/approvals-list/v1",
        tool: tool.into(),
        entries,
    };
    print(&document, out)
}

/// Writes what the lists say about a package as `bomtrail/approvals-explain/v1`
/// (`schemas/approvals-explain-v1.schema.json`): the locked versions, and the entries about it.
///
/// # Errors
/// What the sink fails with.
pub fn write_explanation(
    tool: Tool<'_>,
    packages: &[(NodeRef<'_>, &Approval)],
    entries: &[ListedEntry<'_>],
    out: &mut dyn Write,
) -> io::Result<()> {
    #[derive(Serialize)]
    struct Document<'a> {
        schema: &'static str,
        tool: ToolView<'a>,
        packages: Vec<Locked<'a>>,
        entries: &'a [ListedEntry<'a>],
    }
    #[derive(Serialize)]
    #[serde(rename_all = "camelCase")]
    struct Locked<'a> {
        #[serde(rename = "ref")]
        reference: Cow<'a, str>,
        places: Vec<&'a str>,
        integrity_verified: bool,
        approval: ApprovalView<'a>,
    }
    let packages = packages.iter().map(|(node, approval)| Locked {
        reference: node.reference(),
        places: node.instances().iter().map(|it| &*it.place).collect(),
        integrity_verified: approval
            .decision
            .as_deref()
            .is_some_and(|it| it.integrity_verified),
        approval: ApprovalView::new(approval),
    });
    let document = Document {
        schema: "bomtrail/approvals-explain/v1",
        tool: tool.into(),
        packages: packages.collect(),
        entries,
    };
    print(&document, out)
}

/// Writes packages that are not approved as `bomtrail/approvals-diff/v1` (`schemas/approvals-diff-v1.schema.json`).
///
/// # Errors
/// What the sink fails with.
pub fn write_unapproved(
    tool: Tool<'_>,
    graph: &Graph,
    packages: &[(NodeRef<'_>, &Approval)],
    out: &mut dyn Write,
) -> io::Result<()> {
    #[derive(Serialize)]
    struct Document<'a> {
        schema: &'static str,
        tool: ToolView<'a>,
        packages: Vec<Open<'a>>,
    }
    #[derive(Serialize)]
    #[serde(rename_all = "camelCase")]
    struct Open<'a> {
        #[serde(rename = "ref")]
        reference: Cow<'a, str>,
        install_script: bool,
        licenses: Vec<&'a str>,
        brings_in: Vec<Cow<'a, str>>,
        approval: ApprovalView<'a>,
    }
    let packages = packages.iter().map(|(node, approval)| Open {
        reference: node.reference(),
        install_script: node.flags().has(Flags::INSTALL_SCRIPT),
        licenses: {
            let known = node.component().licenses.known();
            known
                .map_or(&[][..], |it| &**it)
                .iter()
                .map(License::text)
                .collect()
        },
        brings_in: only_through(graph, *node).map(NodeRef::reference).collect(),
        approval: ApprovalView::new(approval),
    });
    let document = Document {
        schema: "bomtrail/approvals-diff/v1",
        tool: tool.into(),
        packages: packages.collect(),
    };
    print(&document, out)
}

/// The dependencies of a package that no other package requires.
pub fn only_through<'g>(graph: &'g Graph, node: NodeRef<'g>) -> impl Iterator<Item = NodeRef<'g>> {
    let alone = move |it: &NodeRef<'_>| graph.requirers(it.id()).iter().all(|from| *from == node);
    node.dependencies().filter(alone)
}
