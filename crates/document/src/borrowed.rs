//! JSON as values that borrow their strings from the text: what an SBOM of a hundred megabytes is read into. No places.

mod key;
mod members;
mod parse;
mod unique;
mod value;

pub use members::Members;
pub use parse::Parsed;
pub use unique::Unique;
pub use value::Json;

#[cfg(test)]
mod tests;
