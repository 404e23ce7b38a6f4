//! What laws, guidelines and recommendations ask of an SBOM and of the facts around it, and what of that is there.
//!
//! A [`Profile`] is one table of [`Requirement`]s; [`assess`] looks each of them up in a graph and in what the project
//! states about its product. The answer to each is a [`State`], and sums of states are counts: there is no grade, because
//! none of the documents defines one. Nothing here says that a product conforms to a law.

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
