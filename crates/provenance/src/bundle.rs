//! One bundle: parsing it, verifying its signature, and checking everything that a signature verifier leaves to its caller.

pub(crate) mod build_level;
pub(crate) mod check;
pub(crate) mod consistency;
pub(crate) mod outcome;
pub(crate) mod predicate;
pub(crate) mod repository;
pub(crate) mod request;
mod shape;
pub(crate) mod sigstore;
pub(crate) mod statement;
pub(crate) mod trust;
