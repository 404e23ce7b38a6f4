//! What the program itself costs, whatever it is asked for: its size, and the time until it does something.

use std::error::Error;
use std::path::Path;
use std::process::Command;

use super::measure::least;
use super::table::{Table, mib};
use crate::checkout;

/// The bytes that the stripped program may have.
const LARGEST: u64 = 16_000_000;
/// The CPU seconds until it has started and done next to nothing.
const START: f64 = 0.005;
/// A start is short, so it is measured more often.
const MORE: usize = 10;
/// Two packages and a root.
const SMALL: &str = "fixtures/npm/basic";

/// Whether it is small enough and starts soon enough.
pub(super) fn run(bomtrail: Option<&Path>, runs: usize) -> Result<bool, Box<dyn Error>> {
    let mut table = Table::new(["the program", "measured", "limit", "peak MiB"]);
    let Some(bomtrail) = bomtrail else {
        table.note("bomtrail", "absent");
        print!("{table}");
        return Ok(true);
    };
    let size = bomtrail.metadata()?.len();
    let mut fits = size < LARGEST;
    table.row([
        "bytes, stripped".to_owned(),
        size.to_string(),
        format!("{LARGEST}{}", over(fits)),
        String::new(),
    ]);
    let version = ["--version"];
    let sbom = ["sbom", SMALL, "-o", "-"];
    for (name, arguments) in [
        ("CPU s, --version", &version[..]),
        ("CPU s, sbom of a small lock", &sbom),
    ] {
        let mut command = Command::new(bomtrail);
        command.args(arguments).current_dir(checkout::root());
        let cost = least(&mut command, runs * MORE)?;
        let soon = cost.cpu() < START;
        fits &= soon;
        table.row([
            name.to_owned(),
            format!("{:.4}", cost.cpu()),
            format!("{START}{}", over(soon)),
            mib(cost.peak),
        ]);
    }
    print!("{table}");
    Ok(fits)
}

fn over(fits: bool) -> &'static str {
    if fits { "" } else { " OVER" }
}
