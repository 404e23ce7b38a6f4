//! Packages that are asked for by the address of their archive.

use crate::package::archive_url::Shape;
use crate::package::url::Url;
use crate::package::value::Str;

/// The name of the package that an address of the public registry has, where its version is this one. The name that such a
/// package is asked for by is only an alias.
pub(super) fn public_name<'t>(address: &'t str, version: Option<&str>) -> Option<Str<'t>> {
    let address = address.split('#').next().unwrap_or(address);
    let url = Url::parse(address).filter(Url::is_public)?;
    let shape = Shape::of(&url, "").filter(|it| it.base.is_empty())?;
    (shape.version.is_some() && shape.version.as_deref() == version).then_some(shape.name)
}
