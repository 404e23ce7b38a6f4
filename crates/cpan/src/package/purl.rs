//! The Package URLs of CPAN: from a path name below `authors/id`, or from a distribution's name, version and author. Does not
//! know modules.

use bomtrail_purl::Purl;

use crate::package::dist_name::DistName;

/// The kind of archive of a purl without `ext`.
const DEFAULT_EXT: &str = "tar.gz";

/// `pkg:cpan/NAME@VERSION?author=AUTHOR`; `None` for a name that no distribution can have.
pub(crate) fn of_parts(name: &str, version: Option<&str>, author: Option<&str>) -> Option<Purl> {
    let mut purl = Purl::build("cpan", name).version(version.unwrap_or_default());
    if let Some(author) = author {
        purl = purl.qualifier("author", author);
    }
    purl.finish().ok()
}

/// The purl of an archive, with `ext` where that is not the usual one, and with the whole `distpath` where the other parts do
/// not lead to the archive.
pub(crate) fn of_archive(archive: &DistName<'_>) -> Option<Purl> {
    let name = archive.name.as_deref()?;
    let version = archive.version.as_deref();
    let ext = archive.ext.unwrap_or_default();
    let plain = of_parts(name, version, archive.author)?;
    if archive.author.is_none() {
        return Some(plain);
    }
    if version.is_none_or(|version| archive.file != [name, "-", version, ".", ext].concat()) {
        let path = ["authors/id/", archive.pathname].concat();
        return plain.with_qualifier("distpath", &path).ok();
    }
    if ext == DEFAULT_EXT {
        return Some(plain);
    }
    plain.with_qualifier("ext", ext).ok()
}
