//! `bomtrail approvals diff`: locked packages that are not approved, next to the nearest approved version.

use std::collections::BTreeSet;
use std::io::Write;
use std::process::ExitCode;

use bomtrail::approvals::{
    Approval, ApprovalReason, ApprovalStatus, only_through, write_unapproved,
};
use bomtrail::check::words;
use bomtrail::graph::Flags;
use bomtrail::source::GitTree;
use bomtrail::{Graph, License, NodeRef, TOOL, WriteError};
use clap::Args;

use super::{Form, Plain};
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
    /// Output format; json is described by schemas/approvals-diff-v1.schema.json
    #[arg(short, long, value_name = "FORMAT", value_enum, default_value_t)]
    format: Form,
}

impl Arguments {
    pub(super) fn run(&self) -> Result<ExitCode, CliError> {
        let decided = self.plain.decided()?;
        let before = self.against.as_deref().map(|it| {
            let tree = GitTree::parse(it, &folder(self.plain.location().path))?;
            Ok::<_, CliError>(bomtrail::scan(tree)?.into_parts().0)
        });
        let before: Option<BTreeSet<String>> = before.transpose()?.as_ref().map(references);
        let is_new = |it: &NodeRef<'_>| {
            let before = before.as_ref();
            before.is_none_or(|before| !before.contains(&*it.reference()))
        };
        let graph = decided.scan.graph();
        let status = |it: NodeRef<'_>| decided.table.get(it.id()).map(Approval::status);
        let is_open = |it: &NodeRef<'_>| {
            let open = [ApprovalStatus::Unreviewed, ApprovalStatus::Denied];
            status(*it).is_some_and(|it| open.contains(&it)) && is_new(it)
        };
        let open: Vec<(NodeRef<'_>, &Approval)> = graph
            .nodes()
            .filter(is_open)
            .filter_map(|it| Some((it, decided.table.get(it.id())?)))
            .collect();
        output::print(|out| match self.format {
            Form::Json => Ok(write_unapproved(TOOL, graph, &open, out)?),
            Form::Text => {
                for (node, approval) in &open {
                    show(graph, *node, approval, out)?;
                }
                Ok(writeln!(
                    out,
                    "{} not approved",
                    count(open.len(), "package")
                )?)
            }
        })?;
        Ok(ExitCode::from(u8::from(!open.is_empty())))
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
    let brings: Vec<_> = only_through(graph, node).map(NodeRef::reference).collect();
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
