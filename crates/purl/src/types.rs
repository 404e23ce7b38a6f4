//! What each package type asks of its parts, as data. Knows nothing of encoding or of where parts come from.

use crate::PurlError;
use crate::parts::{Parts, lower, upper};

pub(crate) fn apply(parts: &mut Parts<'_>) -> Result<(), PurlError> {
    if parts.name.is_empty() {
        return Err(PurlError::MissingName);
    }
    if parts.package_type == "cpan" {
        parts.namespace.iter_mut().for_each(upper);
    }
    if parts.package_type == "pypi" {
        lower(&mut parts.name);
    }
    Ok(())
}
