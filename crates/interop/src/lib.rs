//! Conversions between bomtrail and the types of `cyclonedx-bom`, `spdx-rs` and `packageurl`, for programs that use both. Each
//! is behind a Cargo feature of that crate's name, and none is on by default.
//!
//! Documents are converted through their standard form: bomtrail writes a CycloneDX 1.5 or SPDX 2.3 document and the other
//! crate reads it, or the other way round. So nothing is mapped twice, and what a crate or a version cannot express is
//! reported as it is for files.
#![cfg_attr(
    feature = "cyclonedx-bom",
    doc = "
```
use bomtrail_graph::{Bom, Component, Diagnostics, Fragment, Tool, link};

let mut fragment = Fragment::default();
fragment.add(Component::new(\"left-pad\"));
let graph = link(vec![fragment], &mut Diagnostics::new());
let tool = Tool { name: \"example\", version: \"1.0.0\" };
let mut losses = Diagnostics::new();
let theirs = bomtrail_interop::cyclonedx::to_bom(&Bom::new(&graph, tool), &mut losses)?;
let ours = bomtrail_interop::cyclonedx::from_bom(theirs, &mut losses)?;
assert_eq!(ours.components.len(), 1);
# Ok::<(), bomtrail_interop::InteropError>(())
```"
)]

#[cfg(feature = "cyclonedx-bom")]
pub mod cyclonedx;
mod error;
#[cfg(feature = "packageurl")]
pub mod purl;
#[cfg(feature = "spdx-rs")]
pub mod spdx;

pub use error::InteropError;
