//! `bomtrail approvals explain`: what the lists say about one package, and which list says it.

use std::io::Write;
use std::process::ExitCode;

use bomtrail::approvals::{Approval, FromSource, List, Wanted, subject, versioned};
use bomtrail::check::words;
use bomtrail::{NodeRef, WriteError};
use clap::Args;

use super::{Plain, status};
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
}

impl Arguments {
    pub(super) fn run(&self) -> Result<ExitCode, CliError> {
        let wanted = Wanted::parse(&self.package).map_err(|why| {
            CliError::Usage(format!(
                "`{}` is not a valid package name: {why}",
                self.package
            ))
        })?;
        let checked = self.plain.checked()?;
        let list = &checked.basis.approvals.list;
        let mut found = false;
        output::print(|out| {
            for node in checked.scan.graph().nodes() {
                let is_it = subject(node).is_some_and(|it| wanted.is(&it));
                if let (true, Some(approval)) = (is_it, checked.table.get(node.id())) {
                    found = true;
                    locked(node, approval, out)?;
                }
            }
            if !found {
                writeln!(out, "{} is not locked", printable(&self.package))?;
            }
            found |= listed(list, &wanted, out)?;
            Ok(())
        })?;
        if found {
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

/// Writes the entries of the lists; `true` if there are any.
fn listed(list: &List, wanted: &Wanted, out: &mut dyn Write) -> Result<bool, WriteError> {
    let mut found = false;
    let from = |it: &dyn FromSource| {
        let chain: Vec<&str> = list.chain_of(it).iter().map(|it| &**it).collect();
        chain.join(" > ")
    };
    for it in list.approved(&wanted.key) {
        found = true;
        let line = format!(
            "listed: {} in {}, line {}",
            versioned(&wanted.name, &it.version),
            from(it),
            it.line
        );
        writeln!(out, "{}", printable(&line))?;
    }
    for it in list.denied(&wanted.key) {
        found = true;
        let why = it.denial.reason.as_deref().unwrap_or("no reason given");
        let line = format!(
            "denied: {} ({why}) in {}, line {}",
            wanted.name,
            from(it),
            it.denial.line
        );
        writeln!(out, "{}", printable(&line))?;
    }
    Ok(found)
}
