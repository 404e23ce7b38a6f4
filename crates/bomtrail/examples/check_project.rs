//! Checks a project on a day: `check_project YYYY-MM-DD [FOLDER]`.
#![expect(clippy::print_stdout, reason = "it is a program")]
use bomtrail::{approvals::Date, check};
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let today = Date::parse(&args.next().unwrap_or_default()).ok_or("invalid date")?;
    let folder = args.next().unwrap_or_else(|| ".".to_owned());
    for it in check::Checked::run(folder, &check::CheckOptions::on(today))?.findings {
        println!("{}: {}: {}", it.verdict.name(), it.subject, it.message);
    }
    Ok(())
}
