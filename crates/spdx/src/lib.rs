//! Writes a graph as SPDX, and reads SPDX as a fragment of one.
//!
//! [`Spdx23Json`] writes SPDX 2.3 in JSON, [`Spdx301Json`] SPDX 3.0.1 in JSON-LD. What the format has a field for goes there; what it has none for goes into one
//! annotation for each package, as `key=value` lines; what even that cannot carry whole is a diagnostic (`spdx/lossy`).
//!
//! Knows nothing of ecosystems, files and clocks: a document needs a time, and [`bomtrail_graph::Bom`] brings it.

mod agent;
mod diags;
mod encode;
mod identifier;
mod license;
mod location;
mod loss;
mod notes;
mod product;
mod read;
mod v2;
mod v3;

pub use read::{JsonReader, SIZE_LIMIT, TagValueReader};
pub use v2::{Spdx23Json, Spdx23TagValue};
pub use v3::Spdx301Json;
