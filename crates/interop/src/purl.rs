//! Package URLs as values of `packageurl` 0.7, and back. That crate follows older rules for some types: it lower-cases npm
//! names and refuses cpan names without an author. A conversion never changes a package silently.

use std::str::FromStr;

use bomtrail_purl::Purl;
use packageurl::PackageUrl;

use crate::InteropError;

const LIBRARY: &str = "packageurl";

/// A Package URL as a value of `packageurl`.
///
/// ```
/// use bomtrail_interop::{InteropError, purl};
/// use bomtrail_purl::Purl;
///
/// let theirs = purl::to_package_url(&Purl::parse("pkg:npm/%40babel/core@7.28.0")?)?;
/// assert_eq!(theirs.name(), "core");
/// let upper = Purl::parse("pkg:npm/JSONStream@1.0.3")?;
/// assert!(matches!(purl::to_package_url(&upper), Err(InteropError::Changed { .. })));
/// # Ok::<(), InteropError>(())
/// ```
///
/// # Errors
/// [`InteropError::Refused`] for what `packageurl` does not accept, [`InteropError::Changed`] when it makes another Package URL of
/// it.
pub fn to_package_url(purl: &Purl) -> Result<PackageUrl<'static>, InteropError> {
    let theirs = PackageUrl::from_str(purl.as_str()).map_err(|error| InteropError::Refused {
        library: LIBRARY,
        message: error.to_string(),
    })?;
    let changed = theirs.to_string();
    if Purl::parse(&changed).is_ok_and(|it| it == *purl) {
        return Ok(theirs);
    }
    Err(InteropError::Changed {
        library: LIBRARY,
        purl: purl.as_str().to_owned(),
        changed,
    })
}

/// A value of `packageurl` as a Package URL.
///
/// # Errors
/// [`InteropError::Purl`] for what is not valid under the present rules.
pub fn from_package_url(purl: &PackageUrl<'_>) -> Result<Purl, InteropError> {
    Ok(Purl::parse(&purl.to_string())?)
}
