//! Prints who requires a package: `who_requires PURL [FOLDER]`.
#![expect(clippy::print_stdout, reason = "it is a program")]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let purl = bomtrail::Purl::parse(&args.next().unwrap_or_default())?;
    let scan = bomtrail::scan(args.next().unwrap_or_else(|| ".".to_owned()))?;
    let graph = scan.graph();
    for node in graph.find(&purl).flat_map(|it| graph.requirers(it.id())) {
        println!("{}", node.reference());
    }
    Ok(())
}
