//! Perl modules as names: the name space that links and distributions share, and what may be a module's name. Which
//! distribution provides a module is for [`bomtrail_graph::link`] to find.

/// The name space of Perl modules, for [`bomtrail_graph::Target::Named`] and [`bomtrail_graph::Provided`]. The interpreter
/// itself is `perl` in it.
pub const MODULES: &str = "perl-module";

/// The name that a required interpreter goes by.
pub(crate) const PERL: &str = "perl";
