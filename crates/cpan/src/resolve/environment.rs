//! What module resolution knows apart from a project's inputs: a value that the caller makes.

use super::core::CoreList;
use super::index::Index;
use super::perl::Perl;

/// The Perl that a project runs on, its core modules, and the index of CPAN to look other modules up in.
#[derive(Clone, Debug, Default)]
pub struct PerlEnvironment {
    /// The Perl; with `None` one is assumed, and its version is not stated as a fact.
    pub perl: Option<Perl>,
    /// An index of CPAN.
    pub index: Option<Index>,
    /// The core modules of each Perl; with `None` those that the program knows.
    pub core: Option<CoreList>,
}
