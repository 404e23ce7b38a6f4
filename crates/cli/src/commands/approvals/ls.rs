//! `bomtrail approvals ls`: the entries of the project's lists.

use std::process::ExitCode;

use bomtrail::TOOL;
use bomtrail::approvals::{self, Approved, Denied, FromSource, Key, List, ListedEntry};
use bomtrail::views::printable;
use clap::Args;

use super::{Form, Plain};
use crate::error::CliError;
use crate::output;

/// Show approved and denied entries, their source list, and whether they are used
#[derive(Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    plain: Plain,
    /// Output format; json is described by schemas/approvals-list-v1.schema.json
    #[arg(short, long, value_name = "FORMAT", value_enum, default_value_t)]
    format: Form,
}

impl Arguments {
    pub(super) fn run(&self) -> Result<ExitCode, CliError> {
        let decided = self.plain.decided()?;
        let list = &decided.basis.approvals.list;
        let stale = approvals::stale(decided.scan.graph(), list);
        let approved = list.packages().flat_map(|(key, all)| {
            let stale = &stale;
            all.iter().map(move |it| {
                let is_stale =
                    |other: &approvals::Stale| other.key == *key && other.version == it.version;
                ListedEntry {
                    unused: list.is_own(it) && stale.iter().any(is_stale),
                    ..approved(list, key, it)
                }
            })
        });
        let denied = list.all_denied().map(|it| denied(list, it));
        let entries: Vec<ListedEntry<'_>> = approved.chain(denied).collect();
        output::print(|out| match self.format {
            Form::Json => Ok(approvals::write_list(TOOL, &entries, out)?),
            Form::Text => entries
                .iter()
                .try_for_each(|it| Ok(writeln!(out, "{}", printable(&line(it)))?)),
        })?;
        Ok(ExitCode::SUCCESS)
    }
}

/// An approved version.
pub(super) fn approved<'a>(list: &'a List, key: &'a Key, it: &'a Approved) -> ListedEntry<'a> {
    ListedEntry {
        decision: "approved",
        name: key.entry_name(),
        versions: vec![&it.version],
        source: chain(list, it),
        line: it.line,
        unused: false,
        reason: None,
    }
}

/// A denial.
pub(super) fn denied<'a>(list: &'a List, it: &'a Denied) -> ListedEntry<'a> {
    let denial = &it.denial;
    let versions = denial.versions.iter().chain(&denial.ranges);
    ListedEntry {
        decision: "denied",
        name: denial.key.entry_name(),
        versions: versions.map(String::as_str).collect(),
        source: chain(list, it),
        line: denial.line,
        unused: false,
        reason: denial.reason.as_deref(),
    }
}

fn chain<'a>(list: &'a List, of: &dyn FromSource) -> Vec<&'a str> {
    list.chain_of(of).iter().map(|it| &**it).collect()
}

fn line(it: &ListedEntry<'_>) -> String {
    let source = it.source.join(" > ");
    if it.decision == "approved" {
        let version = it.versions.first().copied().unwrap_or_default();
        let package = approvals::versioned(&it.name, version);
        let mark = if it.unused { " (unused)" } else { "" };
        return format!("approved {package} {source}{mark}");
    }
    let versions = if it.versions.is_empty() {
        "all versions".to_owned()
    } else {
        it.versions.join(" || ")
    };
    let why = it.reason.unwrap_or("no reason given");
    format!("denied   {} {versions} ({why}) {source}", it.name)
}
