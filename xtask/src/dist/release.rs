//! What all packages of a release say about it.

use std::error::Error;
use std::process::Command;

use jiff::Timestamp;

use super::target::Target;
use crate::checkout;

/// A release for one target.
pub(crate) struct Release {
    pub(crate) version: String,
    pub(crate) target: &'static Target,
    /// The commit, in hexadecimal; `None` outside of git.
    pub(crate) commit: Option<String>,
    /// The time of every file: `SOURCE_DATE_EPOCH`, else that of the commit, in seconds.
    pub(crate) seconds: i64,
}

/// What it is, in one line.
pub(crate) const SUMMARY: &str = "SBOMs, checks, reports and provenance for npm and CPAN projects";

/// The licence expression of every package.
pub(crate) const LICENSE: &str = "MIT OR Apache-2.0";

impl Release {
    pub(crate) fn of_checkout(target: &'static Target) -> Result<Self, Box<dyn Error>> {
        let commit = git(&["rev-parse", "HEAD"]);
        let given = std::env::var("SOURCE_DATE_EPOCH").ok();
        let seconds = given.or_else(|| git(&["log", "-1", "--format=%ct"]));
        Ok(Self {
            version: version()?,
            target,
            commit,
            seconds: seconds
                .ok_or("outside of git, `SOURCE_DATE_EPOCH` must give the time of the release")?
                .parse()?,
        })
    }

    /// The time in RFC 3339.
    pub(crate) fn time(&self) -> Result<String, Box<dyn Error>> {
        Ok(Timestamp::from_second(self.seconds)?.to_string())
    }

    /// `bomtrail-0.1.0-x86_64-unknown-linux-gnu`.
    pub(crate) fn stem(&self) -> String {
        ["bomtrail-", &self.version, "-", self.target.triple].concat()
    }
}

/// The version that all published crates have.
fn version() -> Result<String, Box<dyn Error>> {
    let manifest = checkout::read(&checkout::root().join("Cargo.toml"))?;
    let manifest: toml_edit::DocumentMut = manifest.parse()?;
    let version = ["workspace", "package", "version"]
        .iter()
        .try_fold(manifest.as_item(), |item, key| item.get(*key));
    let version = version.and_then(toml_edit::Item::as_str);
    Ok(version
        .ok_or("Cargo.toml has no `workspace.package.version`")?
        .to_owned())
}

fn git(args: &[&str]) -> Option<String> {
    let output = Command::new("git")
        .args(args)
        .current_dir(checkout::root())
        .output()
        .ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    (output.status.success() && !text.trim().is_empty()).then(|| text.trim().to_owned())
}
