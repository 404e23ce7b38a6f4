//! What module resolution knows apart from a project's inputs: a value that the caller makes.

use super::index::Index;
use super::perl::Perl;

/// The Perl that a project runs on, and the index of CPAN to look modules up in.
#[derive(Clone, Debug, Default)]
pub struct PerlEnvironment {
    /// The Perl; with `None` the newest known stable release is assumed.
    pub perl: Option<Perl>,
    /// An index of CPAN.
    pub index: Option<Index>,
}
