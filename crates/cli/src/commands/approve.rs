//! `bomtrail approve`: additions to the approvals list, in place; and where that list is.

use std::collections::BTreeMap;
use std::io::{IsTerminal, Write, stdin};
use std::path::PathBuf;
use std::process::ExitCode;

use bomtrail::approvals::{self, Addition, Basis, Date, ListError, ListFile, Review, Use};
use bomtrail::check::{CheckOptions, Checked};
use bomtrail::{Flags, NodeRef, Origin};
use clap::Args;

use crate::error::CliError;
use crate::git;
use crate::output;
use crate::report::{self, Verbosity};
use crate::today;
use bomtrail::printable;

/// How many names are listed of one kind.
const MOST_LISTED: usize = 20;

/// Where the list is.
#[derive(Args)]
pub(crate) struct Where {
    /// The project's folder, or one input file
    #[arg(long, value_name = "PATH", default_value = ".")]
    pub(crate) path: PathBuf,
    /// The approvals list [default: what package.json names, else package-approvals.json]
    #[arg(long, value_name = "FILE")]
    pub(crate) approvals: Option<String>,
}

impl Where {
    pub(crate) fn list(&self) -> Result<ListFile, CliError> {
        Ok(ListFile::of(&self.path, self.approvals.as_deref())?)
    }

    /// What a bare name means in the project, where there is one.
    pub(crate) fn meant(&self, text: &str) -> String {
        match bomtrail::scan(&self.path) {
            Ok(scan) => approvals::meant(scan.graph(), text),
            Err(_) => text.to_owned(),
        }
    }

    /// The project as its present list has it.
    pub(crate) fn checked(&self, day: Date) -> Result<Checked, CliError> {
        let mut options = CheckOptions::on(day);
        options.approvals.clone_from(&self.approvals);
        // A list that is named and not there yet is a list that says nothing.
        let named = self.approvals.as_deref();
        if named.is_some_and(|it| !it.contains("://") && !std::path::Path::new(it).exists()) {
            options.approvals = None;
        }
        Ok(Checked::run(&self.path, &options)?)
    }
}

impl From<ListError> for CliError {
    fn from(error: ListError) -> Self {
        match error {
            ListError::Locate(error) => error.into(),
            ListError::Edit(approvals::EditError::Invalid(problems)) => Self::Diagnosed(problems),
            other => Self::Usage(other.to_string()),
        }
    }
}

/// Who decided, and why.
#[derive(Args)]
pub(crate) struct Record {
    /// Who decided [default: git's user.name]
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    /// What to note
    #[arg(long, value_name = "TEXT")]
    pub(crate) note: Option<String>,
    /// The day of the decision [default: today]
    #[arg(long, value_name = "DATE", value_parser = today::parse)]
    pub(crate) date: Option<Date>,
}

impl Record {
    pub(crate) fn by(&self, place: &Where) -> Option<String> {
        let folder = if place.path.is_dir() {
            Some(place.path.as_path())
        } else {
            place.path.parent()
        };
        self.by.clone().or_else(|| git::user_name(folder?))
    }
}

/// List exact versions as approved, with the digests that are locked
#[derive(Args)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch of the command line"
)]
pub(crate) struct Approve {
    /// Package URLs, names, or `name@version`
    #[arg(
        value_name = "PURL|NAME[@VERSION]",
        required_unless_present = "all_current_packages"
    )]
    packages: Vec<String>,
    /// Approve everything that is locked now and is not denied, marked as approved in bulk
    #[arg(long, conflicts_with = "packages")]
    all_current_packages: bool,
    /// Do not ask
    #[arg(long)]
    yes: bool,
    #[command(flatten)]
    place: Where,
    #[command(flatten)]
    record: Record,
    /// How the approval was reached
    #[arg(long, value_name = "BASIS", value_parser = basis)]
    basis: Option<Basis>,
    /// The approved version it was compared with; the basis is then `delta`
    #[arg(long, value_name = "VERSION")]
    delta_from: Option<String>,
    /// The last day it holds: a day, or years as in `1y`
    #[arg(long, value_name = "DATE|YEARS")]
    expires: Option<String>,
    /// What it was reviewed against, as `criteria` of the policy has it; may be repeated
    #[arg(long, value_name = "NAME")]
    criteria: Vec<String>,
    /// Approve it for the product or for development only: prod or dev; both unless given
    #[arg(long, value_name = "USE", value_parser = scope)]
    scope: Vec<Use>,
    /// Record no digest, so that any bytes of the version are approved
    #[arg(long)]
    no_pin: bool,
    /// Approve what is not locked, without a digest
    #[arg(long)]
    force: bool,
}

fn basis(text: &str) -> Result<Basis, String> {
    let found = Basis::NAMES.iter().find(|(_, name)| *name == text);
    let names: Vec<&str> = Basis::NAMES.iter().map(|(_, name)| *name).collect();
    let all = || format!("a basis is one of {}", names.join(", "));
    found.map(|(it, _)| *it).ok_or_else(all)
}

fn scope(text: &str) -> Result<Use, &'static str> {
    let found = Use::NAMES.iter().find(|(_, name)| *name == text);
    found.map(|(it, _)| *it).ok_or("a use is prod or dev")
}

impl Approve {
    pub(crate) fn run(&self, verbosity: Verbosity) -> Result<ExitCode, CliError> {
        let day = today::or_now(self.record.date)?;
        let list = self.place.list()?;
        let checked = self.place.checked(day)?;
        let review = self.review(day)?;
        let additions = if self.all_current_packages {
            let Some(all) = self.bulk(&checked, &review)? else {
                return Ok(ExitCode::from(2));
            };
            all
        } else {
            let graph = checked.scan.graph();
            approvals::additions(graph, &checked.table, &self.packages, &review, self.force)
                .map_err(|error| CliError::Usage(error.to_string()))?
        };
        if additions.is_empty() {
            verbosity.say("nothing was left to approve");
            return Ok(ExitCode::SUCCESS);
        }
        let changed = list.change(|name, text| approvals::approve(name, text, &additions))?;
        for it in additions
            .iter()
            .filter(|it| it.integrity.is_empty() && !self.no_pin)
        {
            verbosity.say(&format!(
                "note: no digest is recorded for {}@{}: none that pins is locked",
                it.name, it.version
            ));
        }
        let count = additions.len();
        verbosity.say(&if changed {
            format!("{count} approved in {}", list.name())
        } else {
            format!("{} approves them already", list.name())
        });
        Ok(ExitCode::SUCCESS)
    }

    fn review(&self, day: Date) -> Result<Review, CliError> {
        let basis = match (self.basis, &self.delta_from) {
            (Some(basis), _) => basis,
            (None, Some(_)) => Basis::Delta,
            (None, None) if self.all_current_packages => Basis::Bulk,
            (None, None) => Basis::Full,
        };
        Ok(Review {
            on: day,
            by: self.record.by(&self.place),
            basis,
            expires: self
                .expires
                .as_deref()
                .map(|it| until(it, day))
                .transpose()?,
            note: self.record.note.clone(),
            from: self.delta_from.clone(),
            criteria: self.criteria.clone(),
            scope: self.scope.clone(),
            pin: !self.no_pin,
        })
    }

    /// Everything that is open, after showing what is risky and asking. Nothing when the answer is not yes.
    fn bulk(&self, checked: &Checked, review: &Review) -> Result<Option<Vec<Addition>>, CliError> {
        let all = approvals::bulk(checked.scan.graph(), &checked.table, review);
        if all.is_empty() {
            return Ok(Some(Vec::new()));
        }
        let nodes: Vec<NodeRef<'_>> = all.iter().map(|(node, _)| *node).collect();
        output::print(|out| Ok(show_risky(&nodes, out)?))?;
        if !self.yes {
            if !stdin().is_terminal() {
                report::line(
                    "error: nobody is there to ask, so nothing was approved; --yes approves without asking",
                );
                return Ok(None);
            }
            let question = format!("Approve {} package versions? [y/N] ", all.len());
            if !asked(&question)? {
                report::line("nothing was approved");
                return Ok(None);
            }
        }
        Ok(Some(all.into_iter().map(|(_, it)| it).collect()))
    }
}

/// Asks on standard error; anything but yes is no.
pub(crate) fn asked(question: &str) -> Result<bool, CliError> {
    let mut out = std::io::stderr().lock();
    drop(write!(out, "{}", printable(question)));
    drop(out.flush());
    let mut answer = String::new();
    stdin()
        .read_line(&mut answer)
        .map_err(|error| CliError::Usage(format!("there is no answer: {error}")))?;
    Ok(matches!(
        answer.trim().to_ascii_lowercase().as_str(),
        "y" | "yes"
    ))
}

/// A day, or so many years from one.
fn until(text: &str, from: Date) -> Result<Date, CliError> {
    let years = text.strip_suffix('y').and_then(|it| it.parse::<u16>().ok());
    let day = match years {
        Some(years @ 1..=100) => Some(from.in_years(years)),
        Some(_) => None,
        None => Date::parse(text).filter(|_| text.len() == 10),
    };
    let wrong = || {
        CliError::Usage(format!(
            "`{text}` is neither a day, as in `2026-11-21`, nor years, as in `1y`"
        ))
    };
    day.ok_or_else(wrong)
}

fn show_risky(nodes: &[NodeRef<'_>], out: &mut dyn Write) -> std::io::Result<()> {
    let mut kinds: BTreeMap<u8, (&str, Vec<String>)> = BTreeMap::new();
    for node in nodes {
        let details = node.component().details.as_ref();
        let flags = node.flags();
        for (order, hit, kind) in [
            (
                0,
                flags.has(Flags::INSTALL_SCRIPT),
                "run a script when they are installed",
            ),
            (
                1,
                matches!(node.component().origin, Origin::Git | Origin::RemoteArchive),
                "are from no registry",
            ),
            (
                2,
                matches!(
                    node.component().origin,
                    Origin::OtherRegistry | Origin::Unknown
                ),
                "are from another registry",
            ),
            (
                3,
                flags.has(Flags::UNVERIFIED) || flags.has(Flags::WEAK_DIGEST),
                "have no digest that pins",
            ),
            (
                4,
                details.is_some_and(|it| it.deprecated.is_some()),
                "are deprecated",
            ),
        ] {
            if hit {
                let label = node.reference().into_owned();
                kinds
                    .entry(order)
                    .or_insert((kind, Vec::new()))
                    .1
                    .push(label);
            }
        }
    }
    for (kind, names) in kinds.values() {
        writeln!(out, "{} {kind}:", names.len())?;
        for name in names.iter().take(MOST_LISTED) {
            writeln!(out, "  {}", printable(name))?;
        }
        if let Some(more @ 1..) = names.len().checked_sub(MOST_LISTED) {
            writeln!(out, "  … and {more} more")?;
        }
    }
    writeln!(out, "{} package versions are not approved yet", nodes.len())
}
