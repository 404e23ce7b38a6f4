//! Prints the SBOM of a project in a format: `write_sbom FORMAT [FOLDER]`.
use bomtrail::{Bom, Diagnostics, TOOL};
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let writer = bomtrail::writer(&args.next().unwrap_or_default())?;
    let scan = bomtrail::scan(args.next().unwrap_or_else(|| ".".to_owned()))?;
    let bom = Bom::new(scan.graph(), TOOL).timestamp(Some("2026-01-01T00:00:00Z"));
    writer.write(&bom, &mut std::io::stdout(), &mut Diagnostics::new())?;
    Ok(())
}
