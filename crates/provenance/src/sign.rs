//! Keys, statements and envelopes of our own.

pub(crate) mod attest;
pub(crate) mod envelope;
pub(crate) mod key;
