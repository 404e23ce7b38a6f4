//! The fields of the specification, versions 1.2 to 1.7: the only place that states them. What a version has, which XML form a
//! field has, and what a document may hold follow from here.

mod component;
mod crypto;
mod crypto_words;
mod declarations;
mod document;
mod formulation;
mod license;
mod model_card;
mod parts;
mod patent;
mod service;
mod signature;
mod vulnerability;

pub(crate) use component::{COMPONENT, EVIDENCE};
#[cfg(feature = "xml")]
pub(crate) use document::DEPENDENCY;
pub(crate) use document::{DOCUMENT, METADATA, TOOLS_CASES};
pub(crate) use license::{LICENSE, LICENSES};
pub(crate) use parts::{ORGANISATION, REFERENCE};
pub(crate) use vulnerability::VULNERABILITY;
