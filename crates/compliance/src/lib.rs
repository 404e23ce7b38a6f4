//! Compares an SBOM and the facts around it with the requirements of laws, guidelines and recommendations.
//!
//! A [`Profile`] is one table of [`Requirement`]s; [`assess`] looks each of them up in a graph and in the
//! project's statements about its product. The answer to each is a [`State`], summed up as counts. No grade is given, because
//! none of the documents defines one, and no result means that a product conforms to a law.

mod advice;
mod assess;
mod component;
mod document;
mod element;
mod profiles;
mod quality;
mod requirement;
mod state;
mod subject;

pub use assess::{Answer, Assessment, Tally, assess};
pub use element::Element;
pub use profiles::{PROFILES, profile};
pub use quality::{INDICATORS, Indicator, Quality, quality};
pub use requirement::{Check, DocumentElement, Profile, Requirement, Weight};
pub use state::{Counts, State};
pub use subject::Subject;
