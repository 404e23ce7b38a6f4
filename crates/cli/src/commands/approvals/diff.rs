//! `bomtrail approvals diff`: locked packages that are not approved, next to the nearest approved version.

use std::collections::BTreeSet;
use std::io::Write;
use std::process::ExitCode;

use bomtrail::approvals::{Approval, ApprovalReason, ApprovalStatus};
use bomtrail::check::words;
use bomtrail::graph::Flags;
use bomtrail::source::GitTree;
use bomtrail::{Graph, License, NodeRef, WriteError};
use clap::Args;

use super::Plain;
use crate::error::CliError;
use crate::output;
use crate::part::folder;
use crate::text::count;
use bomtrail::views::printable;

/// Show locked packages that are not approved, next to the nearest approved version; exits with code 1 if there are any
#[derive(Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    plain: Plain,
    /// Only packages that are not locked in this commit, that is, those added by a change
    #[arg(long, value_name = "git:REF")]
    against: Option<String>,
}

impl Arguments {
    pub(super) fn run(&self) -> Result<ExitCode, CliError> {
        let checked = self.plain.checked()?;
        let before = self.against.as_deref().map(|it| {
            let tree = GitTree::parse(it, &folder(self.plain.location().path))?;
            Ok::<_, CliError>(bomtrail::scan(tree)?.into_parts().0)
        });
        let before: Option<BTreeSet<String>> = before.transpose()?.as_ref().map(references);
        let mut open = 0_usize;
        output::print(|out| {
            for node in checked.scan.graph().nodes() {
                let known = before
                    .as_ref()
                    .is_some_and(|it| it.contains(&*node.reference()));
                let approval = checked.table.get(node.id()).filter(|it| {
                    matches!(
                        it.status(),
                        ApprovalStatus::Unreviewed | ApprovalStatus::Denied
                    )
                });
                if let (false, Some(approval)) = (known, approval) {
                    open += 1;
                    show(checked.scan.graph(), node, approval, out)?;
                }
            }
            Ok(writeln!(out, "{} not approved", count(open, "package"))?)
        })?;
        Ok(ExitCode::from(u8::from(open > 0)))
    }
}

fn references(graph: &Graph) -> BTreeSet<String> {
    graph
        .nodes()
        .map(|it| it.reference().into_owned())
        .collect()
}

fn show(
    graph: &Graph,
    node: NodeRef<'_>,
    approval: &Approval,
    out: &mut dyn Write,
) -> Result<(), WriteError> {
    let (name, version) = (node.name(), node.version().unwrap_or("no version"));
    let head = match &approval.nearest {
        Some(nearest) => format!("{name}: approved {nearest} → locked {version}"),
        None => format!("{name}@{version}: {}", words(approval)),
    };
    writeln!(out, "{}", printable(&head))?;
    if node.flags().has(Flags::INSTALL_SCRIPT) {
        writeln!(out, "  runs an install script")?;
    }
    let licenses = node.component().licenses.known();
    if let Some(licenses) = licenses.filter(|it| !it.is_empty()) {
        let all: Vec<&str> = licenses.iter().map(License::text).collect();
        writeln!(out, "  licence: {}", printable(&all.join(", ")))?;
    }
    let brings = only_through(graph, node);
    if !brings.is_empty() {
        writeln!(out, "  brings in {}", printable(&brings.join(", ")))?;
    }
    let npm = node
        .purl()
        .is_some_and(|it| it.package_type() == "npm" && it.qualifiers().next().is_none());
    if let (true, Some(nearest), ApprovalReason::OtherVersionApproved) =
        (npm, &approval.nearest, approval.reason)
    {
        let command = format!("npm diff --diff={name}@{nearest} --diff={name}@{version}");
        writeln!(out, "  compare: {}", printable(&command))?;
    }
    Ok(())
}

/// The dependencies that no other package requires.
fn only_through(graph: &Graph, node: NodeRef<'_>) -> Vec<String> {
    let alone = |it: &NodeRef<'_>| graph.requirers(it.id()).iter().all(|from| *from == node);
    let brought = node.dependencies().filter(alone);
    brought.map(|it| it.reference().into_owned()).collect()
}
