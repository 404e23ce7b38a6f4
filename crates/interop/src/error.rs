//! Why a conversion is not possible.

/// Why a value has no counterpart in the other crate.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum InteropError {
    /// bomtrail cannot write the document, for instance because a required time is missing.
    #[cfg(any(feature = "cyclonedx-bom", feature = "spdx-rs"))]
    #[error("the document cannot be written")]
    Write(#[from] bomtrail_graph::WriteError),
    /// The other crate does not accept the document; its message says why.
    #[error("`{library}` does not accept the document: {message}")]
    Refused {
        /// The other crate.
        library: &'static str,
        /// What it reports.
        message: String,
    },
    /// bomtrail does not accept what the other crate wrote; the diagnostics say why.
    #[error("the document of `{library}` cannot be read")]
    Unreadable {
        /// The other crate.
        library: &'static str,
    },
    /// The Package URL means another package to the other crate: it follows older rules for this type.
    #[error("`{purl}` becomes `{changed}` in `{library}`")]
    Changed {
        /// The other crate.
        library: &'static str,
        /// The Package URL as it is.
        purl: String,
        /// The Package URL that the other crate makes of it.
        changed: String,
    },
    /// The Package URL is not valid under the present rules.
    #[error(transparent)]
    Purl(#[from] bomtrail_purl::PurlError),
}
