//! Prints what a profile asks for and the project has: `compliance_report PROFILE [FOLDER]`.
use bomtrail::compliance::{ComplianceFormat, Judgement, profile};
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let profile = profile(&args.next().unwrap_or_default()).ok_or("unknown profile")?;
    let scan = bomtrail::scan(args.next().unwrap_or_else(|| ".".to_owned()))?;
    let judgement = Judgement::new(&scan, profile, Some("2026-01-01T00:00:00Z"));
    judgement.write(ComplianceFormat::Markdown, &mut std::io::stdout())?;
    Ok(())
}
