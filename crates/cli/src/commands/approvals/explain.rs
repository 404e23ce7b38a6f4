//! `bomtrail approvals explain`: what the lists say about one package, and which list says it.

use std::io::Write;
use std::process::ExitCode;

use bomtrail::approvals::{Approval, ListedEntry, Wanted, subject, versioned, write_explanation};
use bomtrail::check::words;
use bomtrail::{NodeRef, TOOL, WriteError};
use clap::Args;

use super::{Form, Plain, ls, status};
use crate::error::CliError;
use crate::output;
use bomtrail::views::printable;

/// Show what the lists say about a package, and which list says it
#[derive(Args)]
pub(crate) struct Arguments {
    /// Package URL, name or `name@version`
    #[arg(value_name = "PURL|NAME[@VERSION]")]
    package: String,
    #[command(flatten)]
    plain: Plain,
    /// Output format; json is described by schemas/approvals-explain-v1.schema.json
    #[arg(short, long, value_name = "FORMAT", value_enum, default_value_t)]
    format: Form,
}

impl Arguments {
    pub(super) fn run(&self) -> Result<ExitCode, CliError> {
        let wanted = Wanted::parse(&self.package).map_err(|why| {
            CliError::Usage(format!(
                "`{}` is not a valid package name: {why}",
                self.package
            ))
        })?;
        let decided = self.plain.decided()?;
        let list = &decided.basis.approvals.list;
        let is_it = |it: &NodeRef<'_>| subject(*it).is_some_and(|it| wanted.is(&it));
        let nodes = decided.scan.graph().nodes().filter(is_it);
        let packages: Vec<(NodeRef<'_>, &Approval)> = nodes
            .filter_map(|it| Some((it, decided.table.get(it.id())?)))
            .collect();
        let approved = list.approved(&wanted.key).iter();
        let approved = approved.map(|it| ls::approved(list, &wanted.key, it));
        let denied = list.denied(&wanted.key).iter();
        let denied = denied.map(|it| ls::denied(list, it));
        let entries: Vec<ListedEntry<'_>> = approved.chain(denied).collect();
        output::print(|out| match self.format {
            Form::Json => Ok(write_explanation(TOOL, &packages, &entries, out)?),
            Form::Text => {
                for (node, approval) in &packages {
                    locked(*node, approval, out)?;
                }
                if packages.is_empty() {
                    writeln!(out, "{} is not locked", printable(&self.package))?;
                }
                listed(&wanted.name, &entries, out)
            }
        })?;
        if !packages.is_empty() || !entries.is_empty() {
            return Ok(ExitCode::SUCCESS);
        }
        let message = format!("`{}` is neither locked nor on a list", self.package);
        Err(CliError::Usage(message))
    }
}

fn locked(node: NodeRef<'_>, approval: &Approval, out: &mut dyn Write) -> Result<(), WriteError> {
    let head = format!(
        "{}: {} ({})",
        node.reference(),
        status(approval.status()),
        approval.reason.name()
    );
    writeln!(out, "{}", printable(&head))?;
    writeln!(out, "  {}", printable(&words(approval)))?;
    if !approval.chain.is_empty() {
        writeln!(out, "  source: {}", printable(&approval.chain.join(" > ")))?;
    }
    for it in node.instances() {
        writeln!(out, "  at {}", printable(&it.place))?;
    }
    let Some(decision) = &approval.decision else {
        return Ok(());
    };
    if decision.integrity_verified {
        writeln!(out, "  the locked digest matches the reviewed one")?;
    }
    let by = Some(bomtrail::graph::Text::from(decision.by.join(", "))).filter(|it| !it.is_empty());
    for (what, value) in [
        ("by", by.clone()),
        ("on", decision.on.clone()),
        ("expires", decision.expires.clone()),
        ("basis", decision.basis.clone()),
        ("note", decision.note.clone()),
    ] {
        if let Some(value) = value {
            writeln!(out, "  {what}: {}", printable(&value))?;
        }
    }
    Ok(())
}

/// Writes the entries of the lists.
fn listed(name: &str, entries: &[ListedEntry<'_>], out: &mut dyn Write) -> Result<(), WriteError> {
    for it in entries {
        let from = format!("{}, line {}", it.source.join(" > "), it.line);
        let line = if it.decision == "approved" {
            let version = it.versions.first().copied().unwrap_or_default();
            format!("listed: {} in {from}", versioned(name, version))
        } else {
            let why = it.reason.unwrap_or("no reason given");
            format!("denied: {name} ({why}) in {from}")
        };
        writeln!(out, "{}", printable(&line))?;
    }
    Ok(())
}
