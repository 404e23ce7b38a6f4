//! What an archive's own manifest states, in one form for all ecosystems.

pub(crate) mod cpan;
pub(crate) mod npm;
pub(crate) mod value;
