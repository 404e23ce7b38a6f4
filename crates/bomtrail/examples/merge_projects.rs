//! Lists the packages of several projects, each once: `merge_projects PLACE...`.
#![expect(clippy::print_stdout, reason = "it is a program")]
use bomtrail::{ScanOptions, Source, merge};
fn main() -> Result<(), bomtrail::ScanError> {
    let sources = std::env::args().skip(1).map(Source::at).collect();
    let merged = merge(sources, None, &ScanOptions::default())?;
    for node in merged.graph().nodes().filter(|it| !it.is_root()) {
        println!("{}", node.reference());
    }
    Ok(())
}
