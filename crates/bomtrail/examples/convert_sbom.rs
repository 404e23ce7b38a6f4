//! Prints an SBOM in another format: `convert_sbom FORMAT FILE`.
use bomtrail::{Bom, Diagnostics, Document, TOOL};
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let writer = bomtrail::writer(&args.next().unwrap_or_default())?;
    let document = Document::open(args.next().unwrap_or_default())?;
    let time = document.timestamp().or(Some("2026-01-01T00:00:00Z"));
    let bom = Bom::new(document.graph(), TOOL).timestamp(time);
    let mut losses = Diagnostics::new();
    document.write(writer, &bom, &mut std::io::stdout(), &mut losses)?;
    Ok(())
}
