//! Fetching a list from an https address with the installed `curl`. The only place that uses the network.

use std::process::{Command, Stdio};

/// The largest response in bytes: 16 MiB.
const MOST: &str = "16777216";
/// The longest time of a request, in seconds.
const LONGEST: &str = "60";

/// The bytes at an https address. Redirections are not followed: another address is another source, which the list must name.
pub(crate) fn https(url: &str) -> Result<Vec<u8>, String> {
    if !url.starts_with("https://") {
        return Err("is not an https address".to_owned());
    }
    let mut curl = Command::new("curl");
    // The user's own settings are ignored, above all credentials.
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
    let message = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    if !output.status.success() {
        return Err(format!("cannot be fetched: {message}"));
    }
    if message.ends_with("200") {
        Ok(output.stdout)
    } else {
        Err(format!(
            "cannot be fetched: the server answered with status {message}"
        ))
    }
}
