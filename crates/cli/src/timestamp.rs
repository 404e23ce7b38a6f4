//! The time of a document: what `--timestamp` says, else `SOURCE_DATE_EPOCH`, else the clock. An SBOM without a time does not
//! meet any regulation, so there is one by default.

use std::path::Path;
use std::time::UNIX_EPOCH;

use bomtrail::graph::Timestamp;
use clap::Args;
use clap::builder::{PossibleValue, TypedValueParser};

use crate::error::CliError;
use crate::part;

/// Which time a document states.
#[derive(Args)]
pub(crate) struct TimeArgs {
    /// Time of the document: RFC 3339, `git` for the time of the commit, `now` or `none` [default: `SOURCE_DATE_EPOCH`, else now]
    #[arg(long, value_name = "TIME", value_parser = TimeParser, hide_possible_values = true)]
    timestamp: Option<TimeChoice>,
}

/// A value of `--timestamp`.
#[derive(Clone, Debug, PartialEq, Eq)]
enum TimeChoice {
    /// This time (RFC 3339, UTC, seconds).
    At(String),
    /// The time of the commit that is read, or that is checked out around what is read.
    Git,
    Now,
    None,
}

impl TimeArgs {
    /// The time of a document about `path`; `None` when none is wanted.
    pub(crate) fn resolve(&self, path: &Path) -> Result<Option<String>, CliError> {
        self.or_of(None, path)
    }

    /// As [`TimeArgs::resolve`], but by default the time that the input states.
    pub(crate) fn or_of(
        &self,
        stated: Option<String>,
        path: &Path,
    ) -> Result<Option<String>, CliError> {
        match &self.timestamp {
            Some(TimeChoice::At(time)) => Ok(Some(time.clone())),
            Some(TimeChoice::Git) => Ok(Some(part::source(path)?.commit_time()?.to_string())),
            Some(TimeChoice::Now) => Ok(now()),
            Some(TimeChoice::None) => Ok(None),
            None => stated.map_or_else(by_default, |it| Ok(Some(it))),
        }
    }
}

/// The time without `--timestamp`: that of the environment, else the present.
pub(crate) fn by_default() -> Result<Option<String>, CliError> {
    Ok(from_environment()?.or_else(now))
}

/// Parses the values of `--timestamp`; shells complete the words.
#[derive(Clone)]
struct TimeParser;

impl TypedValueParser for TimeParser {
    type Value = TimeChoice;

    fn parse_ref(
        &self,
        command: &clap::Command,
        argument: Option<&clap::Arg>,
        value: &std::ffi::OsStr,
    ) -> Result<TimeChoice, clap::Error> {
        let parse: fn(&str) -> Result<TimeChoice, String> = choice;
        parse.parse_ref(command, argument, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(
            ["git", "now", "none"].map(PossibleValue::new).into_iter(),
        ))
    }
}

fn choice(text: &str) -> Result<TimeChoice, String> {
    match text {
        "git" => Ok(TimeChoice::Git),
        "now" => Ok(TimeChoice::Now),
        "none" => Ok(TimeChoice::None),
        _ => parse(text).map(TimeChoice::At).ok_or_else(|| {
            "expected a time such as `2026-01-31T12:00:00Z` (RFC 3339), `git`, `now` or `none`"
                .to_owned()
        }),
    }
}

/// Parses an RFC 3339 time; returns it in UTC, without a fraction of a second.
pub(crate) fn parse(text: &str) -> Option<String> {
    Timestamp::parse(text).map(|it| it.to_string())
}

/// The time in `SOURCE_DATE_EPOCH` (seconds since 1970), if it is set and not empty.
fn from_environment() -> Result<Option<String>, CliError> {
    let Some(value) = std::env::var_os("SOURCE_DATE_EPOCH").filter(|it| !it.is_empty()) else {
        return Ok(None);
    };
    let seconds = value.to_str().and_then(|it| it.parse().ok());
    let time = seconds.and_then(Timestamp::from_seconds);
    let wrong = || {
        let value = value.display();
        CliError::Usage(format!(
            "SOURCE_DATE_EPOCH is `{value}`, which is not a number of seconds since 1970"
        ))
    };
    time.map(|it| Some(it.to_string())).ok_or_else(wrong)
}

/// The present time.
#[expect(
    clippy::disallowed_methods,
    reason = "the only place that reads the clock, for documents that are given no time"
)]
pub(crate) fn now() -> Option<String> {
    let since = std::time::SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .ok()?;
    let seconds = i64::try_from(since.as_secs()).ok()?;
    Timestamp::from_seconds(seconds).map(|it| it.to_string())
}

#[cfg(test)]
mod tests;
