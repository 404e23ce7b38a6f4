//! `bomtrail approve`: adds approvals to the list.

use std::io::{IsTerminal, Write, stdin};
use std::process::ExitCode;

use bomtrail::NodeRef;
use bomtrail::approvals::{self, Addition, Basis, Date, Review, Risk, Use};
use bomtrail::check::Decided;
use bomtrail::source::git_user_name;
use clap::Args;

use super::list::{ListLocation, ListOptions};
use crate::error::CliError;
use crate::output;
use crate::part::folder;
use crate::report::{self, Verbosity};
use crate::text::count;
use crate::today;
use bomtrail::views::printable;

/// How many names of one kind are listed.
const MOST_LISTED: usize = 20;

/// Who decided, and why.
#[derive(Args)]
pub(crate) struct Record {
    /// Name of the reviewer [default: user.name in git]
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    /// Note to record
    #[arg(long, value_name = "TEXT")]
    pub(crate) note: Option<String>,
    /// Date of the decision [default: today]
    #[arg(long, value_name = "DATE", value_parser = today::parse)]
    pub(crate) date: Option<Date>,
}

impl Record {
    pub(crate) fn by(&self, list: ListLocation<'_>) -> Option<String> {
        let name = || git_user_name(&folder(list.path));
        self.by.clone().or_else(name)
    }
}

/// Approve exact package versions, with their locked digests
#[derive(Args)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch of the command line"
)]
pub(crate) struct Approve {
    /// Package URLs, names or `name@version`
    #[arg(
        value_name = "PURL|NAME[@VERSION]",
        required_unless_present = "all_current_packages"
    )]
    packages: Vec<String>,
    /// Approve all locked packages that are not denied, marked as approved in bulk
    #[arg(long, conflicts_with = "packages")]
    all_current_packages: bool,
    /// Approve without asking
    #[arg(long)]
    yes: bool,
    #[command(flatten)]
    list: ListOptions,
    #[command(flatten)]
    record: Record,
    /// How the package was reviewed
    #[arg(long, value_name = "BASIS", value_parser = crate::values::basis())]
    basis: Option<Basis>,
    /// Approved version that the package was compared with; sets the basis to `delta`
    #[arg(long, value_name = "VERSION")]
    delta_from: Option<String>,
    /// Last date on which the approval is valid: a date, or a number of years such as `1y`
    #[arg(long, value_name = "DATE|YEARS")]
    expires: Option<String>,
    /// Review criterion, as named in `criteria` of the policy; repeatable
    #[arg(long, value_name = "NAME")]
    criteria: Vec<String>,
    /// Approve only for this use: prod (product) or dev (development) [default: both]
    #[arg(long, value_name = "USE", value_parser = crate::values::scope())]
    scope: Vec<Use>,
    /// Record no digest, so that any content of this version is approved
    #[arg(long)]
    no_pin: bool,
    /// Approve a package that is not locked, without a digest
    #[arg(long)]
    force: bool,
}

impl Approve {
    pub(crate) fn run(&self, verbosity: Verbosity) -> Result<ExitCode, CliError> {
        let day = today::or_now(self.record.date)?;
        let location = self.list.location();
        let list = location.file()?;
        let decided = location.decided(day)?;
        let review = self.review(day)?;
        let additions = if self.all_current_packages {
            let Some(all) = self.bulk(&decided, &review)? else {
                return Ok(ExitCode::from(2));
            };
            all
        } else {
            let graph = decided.scan.graph();
            approvals::additions(graph, &decided.table, &self.packages, &review, self.force)
                .map_err(|error| CliError::Usage(error.to_string()))?
        };
        // What they are made of is not needed while a long list is written.
        drop(decided);
        if additions.is_empty() {
            verbosity.say("nothing to approve");
            return Ok(ExitCode::SUCCESS);
        }
        let changed = list.change(|name, text| approvals::approve(name, text, &additions))?;
        for it in additions
            .iter()
            .filter(|it| it.integrity.is_empty() && !self.no_pin)
        {
            verbosity.say(&format!(
                "note: no digest is recorded for {}, because the lockfile has no strong digest for it",
                approvals::versioned(&it.name, &it.version)
            ));
        }
        let packages = count(additions.len(), "package version");
        verbosity.say(&if changed {
            format!("{packages} approved in {}", list.name())
        } else {
            format!("{packages} already approved in {}", list.name())
        });
        Ok(ExitCode::SUCCESS)
    }

    fn review(&self, day: Date) -> Result<Review, CliError> {
        let basis = match (self.basis, &self.delta_from) {
            (Some(basis), _) => Some(basis),
            (None, Some(_)) => Some(Basis::Delta),
            (None, None) if self.all_current_packages => Some(Basis::Bulk),
            (None, None) => None,
        };
        Ok(Review {
            on: day,
            by: self.record.by(self.list.location()),
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

    /// All unreviewed packages, after showing the risky ones and asking; `None` if the answer is not yes.
    fn bulk(&self, decided: &Decided, review: &Review) -> Result<Option<Vec<Addition>>, CliError> {
        let all = approvals::bulk(decided.scan.graph(), &decided.table, review);
        if all.is_empty() {
            return Ok(Some(Vec::new()));
        }
        let nodes: Vec<NodeRef<'_>> = all.iter().map(|(node, _)| *node).collect();
        output::print(|out| Ok(show_risky(&nodes, out)?))?;
        if !self.yes {
            if !stdin().is_terminal() {
                report::line(
                    "error: standard input is not a terminal, so nothing was approved; use --yes to approve without asking",
                );
                return Ok(None);
            }
            let packages = count(all.len(), "package version");
            let question = format!("Approve {packages}? [y/N] ");
            if !asked(&question)? {
                report::line("nothing was approved");
                return Ok(None);
            }
        }
        Ok(Some(all.into_iter().map(|(_, it)| it).collect()))
    }
}

/// Asks on standard error; any answer but yes means no.
pub(crate) fn asked(question: &str) -> Result<bool, CliError> {
    let mut out = std::io::stderr().lock();
    drop(write!(out, "{}", printable(question)));
    drop(out.flush());
    let mut answer = String::new();
    stdin()
        .read_line(&mut answer)
        .map_err(|error| CliError::Usage(format!("the answer cannot be read: {error}")))?;
    Ok(matches!(
        answer.trim().to_ascii_lowercase().as_str(),
        "y" | "yes"
    ))
}

/// A date, or a number of years after `from`.
fn until(text: &str, from: Date) -> Result<Date, CliError> {
    let years = text.strip_suffix('y').and_then(|it| it.parse::<u16>().ok());
    let day = match years {
        Some(years @ 1..=100) => Some(from.in_years(years)),
        Some(_) => None,
        None => Date::parse(text).filter(|_| text.len() == 10),
    };
    let wrong = || {
        CliError::Usage(format!(
            "`{text}` is neither a date such as `2026-11-21` nor a number of years such as `1y`"
        ))
    };
    day.ok_or_else(wrong)
}

fn show_risky(nodes: &[NodeRef<'_>], out: &mut dyn Write) -> std::io::Result<()> {
    for risk in Risk::ALL {
        let risky = nodes.iter().filter(|it| risk.concerns(**it));
        let names: Vec<String> = risky.map(|it| it.reference().into_owned()).collect();
        if names.is_empty() {
            continue;
        }
        let packages = count(names.len(), "package version");
        writeln!(out, "{packages} {}:", words(risk))?;
        for name in names.iter().take(MOST_LISTED) {
            writeln!(out, "  {}", printable(name))?;
        }
        if let Some(more @ 1..) = names.len().checked_sub(MOST_LISTED) {
            writeln!(out, "  … and {more} more")?;
        }
    }
    let packages = count(nodes.len(), "package version");
    writeln!(out, "{packages} not approved yet")
}

fn words(risk: Risk) -> &'static str {
    match risk {
        Risk::InstallScript => "with an install script",
        Risk::NoRegistry => "from git or a URL, not from a registry",
        Risk::OtherRegistry => "from another registry",
        Risk::NoStrongDigest => "without a strong digest",
        Risk::Deprecated => "marked as deprecated",
        _ => "with another risk",
    }
}
