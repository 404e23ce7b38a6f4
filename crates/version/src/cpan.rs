//! Versions and version ranges of CPAN, as Perl's own modules read and compare them.

mod range;
mod version;

pub use range::{Range, RangeError};
pub use version::Version;
