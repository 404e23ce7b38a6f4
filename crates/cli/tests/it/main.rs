//! The program as its users see it: exit code, standard output, standard error.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod advised;
mod approve;
#[cfg(unix)]
mod archived;
mod arguments;
mod attested;
mod documents;
mod elsewhere;
mod enormous;
mod failures;
#[cfg(feature = "fleet")]
mod fleets;
mod hazards;
mod help;
mod install;
mod many;
mod npm_settings;
#[cfg(feature = "openpgp")]
mod openpgp;
mod pages;
mod pipelines;
mod provenance;
mod reports;
mod run;
mod same_bytes;
mod sboms;
mod shells;
mod shown;
mod split;
mod updates;
