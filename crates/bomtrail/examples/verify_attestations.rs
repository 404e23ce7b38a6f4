//! Prints what attestations prove of each package, as JSON: `verify_attestations FILE [FOLDER]`.
use bomtrail::provenance::{ProvenanceSources, verify, write_json};
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let sources = ProvenanceSources::of(&[args.next().unwrap_or_default().into()]);
    let scan = bomtrail::scan(args.next().unwrap_or_else(|| ".".to_owned()))?;
    let verification = verify(scan.graph(), &sources)?;
    let out = &mut std::io::stdout();
    write_json(scan.graph(), &verification, None, &[], out)?;
    Ok(())
}
