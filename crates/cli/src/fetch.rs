//! Fetching a list from an https address, through the `curl` that is installed. The only place that uses the network.

use std::process::{Command, Stdio};

/// The most bytes of an answer: 16 MiB.
const MOST: &str = "16777216";
/// The longest it may take, in seconds.
const LONGEST: &str = "60";

/// The bytes at an https address. Follows no redirection: another address is another source, which the list must name itself.
pub(crate) fn https(url: &str) -> Result<Vec<u8>, String> {
    if !url.starts_with("https://") {
        return Err("is no https address".to_owned());
    }
    let mut curl = Command::new("curl");
    // Nothing of the user's own settings, credentials above all.
    curl.args(["--disable", "--silent", "--show-error", "--fail"]);
    curl.args(["--proto", "=https", "--max-redirs", "0"]);
    curl.args(["--max-filesize", MOST, "--max-time", LONGEST]);
    curl.args([
        "--write-out",
        "%{stderr}%{http_code}",
        "--globoff",
        "--url",
        url,
    ]);
    let output = curl.stdin(Stdio::null()).output();
    let output =
        output.map_err(|error| format!("cannot be fetched: `curl` does not run: {error}"))?;
    let told = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    if !output.status.success() {
        return Err(format!("cannot be fetched: {told}"));
    }
    if told.ends_with("200") {
        Ok(output.stdout)
    } else {
        Err(format!(
            "cannot be fetched: the answer was {told}, which is not the file itself"
        ))
    }
}
