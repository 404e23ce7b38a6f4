//! Perl modules as names: the name space that links and distributions share, and which names a module can have.

use bomtrail_graph::{NameSpace, Target};

/// The name space of Perl modules, for [`bomtrail_graph::Target::Named`] and [`bomtrail_graph::Provided`]. The interpreter
/// itself has the name `perl` in it.
pub const MODULES: &str = "perl-module";

/// What provides a module, in any input.
pub(crate) const NAMED: Target = Target::Named(NameSpace::of(MODULES));

/// The name by which the interpreter is required.
pub(crate) const PERL: &str = "perl";

/// True for what can be the name of a module in metadata.
pub(crate) fn is_module_name(name: &str) -> bool {
    let word =
        |it: &str| !it.is_empty() && it.bytes().all(|c| c.is_ascii_alphanumeric() || c == b'_');
    name.starts_with(|c: char| c.is_ascii_alphabetic()) && name.split("::").all(word)
}

/// True for what a cpanfile can require, whether or not it is the name of a module.
pub(crate) fn is_name(name: &str) -> bool {
    let odd = |c: char| c.is_whitespace() || c.is_control();
    !name.is_empty() && !name.contains(odd)
}
