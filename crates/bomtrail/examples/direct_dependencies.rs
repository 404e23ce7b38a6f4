//! Lists what a project depends on directly: `direct_dependencies [FOLDER]`.
#![expect(clippy::print_stdout, reason = "it is a program")]
use bomtrail::NodeRef;
fn main() -> Result<(), bomtrail::ScanError> {
    let folder = std::env::args().nth(1).unwrap_or_else(|| ".".to_owned());
    let scan = bomtrail::scan(folder)?;
    for edge in scan.graph().roots().flat_map(NodeRef::edges) {
        let found = edge.to().and_then(NodeRef::version);
        println!("{} {:?} {found:?}", edge.name(), edge.range());
    }
    Ok(())
}
