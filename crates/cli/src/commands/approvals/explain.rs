//! `bomtrail approvals explain`: what the lists say of one package, and who says it.

use std::io::Write;
use std::process::ExitCode;

use bomtrail::approvals::{Approval, FromSource, List, Wanted, subject};
use bomtrail::check::words;
use bomtrail::{NodeRef, WriteError};
use clap::Args;

use super::{Plain, status};
use crate::error::CliError;
use crate::output;
use crate::today;
use bomtrail::printable;

/// Tell what the lists say of a package, and who says it
#[derive(Args)]
pub(crate) struct Arguments {
    /// A Package URL, a name, or `name@version`
    #[arg(value_name = "PURL|NAME[@VERSION]")]
    package: String,
    #[command(flatten)]
    plain: Plain,
}

impl Arguments {
    pub(super) fn run(&self) -> Result<ExitCode, CliError> {
        let wanted = Wanted::parse(&self.package).map_err(|why| {
            CliError::Usage(format!("`{}` names no package: {why}", self.package))
        })?;
        let checked = self.plain.place.checked(today::or_now(self.plain.date)?)?;
        let list = &checked.approvals.list;
        output::print(|out| {
            let mut found = false;
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
            listed(list, &wanted, out)
        })?;
        Ok(ExitCode::SUCCESS)
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
        writeln!(out, "  said by {}", printable(&approval.chain.join(" > ")))?;
    }
    for it in node.instances() {
        writeln!(out, "  at {}", printable(&it.place))?;
    }
    let Some(decision) = &approval.decision else {
        return Ok(());
    };
    if decision.integrity_verified {
        writeln!(out, "  the locked digest is the reviewed one")?;
    }
    let by = Some(bomtrail::Text::from(decision.by.join(", "))).filter(|it| !it.is_empty());
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

fn listed(list: &List, wanted: &Wanted, out: &mut dyn Write) -> Result<(), WriteError> {
    let from = |it: &dyn FromSource| {
        let chain: Vec<&str> = list.chain_of(it).iter().map(|it| &**it).collect();
        chain.join(" > ")
    };
    for it in list.approved(&wanted.key) {
        let line = format!(
            "listed: {}@{} in {}, line {}",
            wanted.name,
            it.version,
            from(it),
            it.line
        );
        writeln!(out, "{}", printable(&line))?;
    }
    for it in list.denied(&wanted.key) {
        let why = it.denial.reason.as_deref().unwrap_or("no reason given");
        let line = format!(
            "denied: {} ({why}) in {}, line {}",
            wanted.name,
            from(it),
            it.denial.line
        );
        writeln!(out, "{}", printable(&line))?;
    }
    Ok(())
}
