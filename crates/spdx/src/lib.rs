//! Writes a graph as SPDX, and reads SPDX as a fragment of one.
//!
//! [`Spdx23Json`] writes SPDX 2.3 in JSON, [`Spdx301Json`] SPDX 3.0.1 in JSON-LD. Facts go into the field that the format has for them; facts without a field go into one
//! annotation for each package, as `key=value` lines; what an annotation cannot express either is a diagnostic (`spdx/lossy`).
//!
//! Independent of ecosystems, files and clocks: the time of a document comes with [`bomtrail_graph::Bom`].

mod agent;
mod containment;
mod diags;
mod encode;
mod identifier;
mod license;
mod location;
mod loss;
mod notes;
mod product;
mod read;
mod references;
mod v2;
mod v3;

pub use read::{JsonReader, SIZE_LIMIT, TagValueReader};
pub use v2::{Encoding, Spdx23Json, Spdx23TagValue, write_in_2_3};
pub use v3::{Spdx301Json, write_in_3_0_1};
