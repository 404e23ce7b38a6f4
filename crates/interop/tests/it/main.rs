//! The other crates as second opinions: they read what bomtrail writes, and bomtrail reads what they write.

#![cfg_attr(
    feature = "packageurl",
    expect(
        clippy::disallowed_methods,
        reason = "tests read the suites of Package URLs"
    )
)]
#![cfg_attr(
    any(feature = "packageurl", feature = "cyclonedx-bom", feature = "spdx-rs"),
    expect(clippy::unwrap_used, reason = "a test stops at the first surprise")
)]

#[cfg(feature = "cyclonedx-bom")]
mod cyclonedx;
#[cfg(feature = "packageurl")]
mod purl;
#[cfg(any(feature = "cyclonedx-bom", feature = "spdx-rs"))]
mod sample;
#[cfg(feature = "spdx-rs")]
mod spdx;
