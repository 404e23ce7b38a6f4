//! The Perl that a project runs on, as its folder shows: `.perl-version`, or the folders that modules are installed in.

use bomtrail_graph::Files;

use super::installed::{LIBRARIES, SITES, is_installed_in, join};
use crate::resolve::Perl;

impl Perl {
    /// The release that a project's folder shows: the one that `.perl-version` states, or else the newest that modules are
    /// installed for.
    pub fn of_project(files: &dyn Files) -> Option<Self> {
        let stated = files.read(".perl-version");
        let stated = stated.and_then(|bytes| String::from_utf8(bytes).ok());
        let stated = stated.and_then(|text| Self::parse(release_in(text.lines().next()?)));
        stated.or_else(|| {
            let mut releases: Vec<Self> = Vec::new();
            for library in LIBRARIES {
                releases.extend(releases_in(files, library));
            }
            if is_installed_in(files, "") {
                // The folder of a release itself (`site_perl/5.42.0`), or the one around it.
                releases.extend(files.folder_name().and_then(dotted));
                releases.extend(releases_in(files, ""));
            }
            releases.into_iter().max()
        })
    }
}

/// The releases that folders of a library are named after.
fn releases_in(files: &dyn Files, library: &str) -> Vec<Perl> {
    let sites = SITES.iter().map(|site| join(library, site));
    let folders = std::iter::once(library.to_owned()).chain(sites);
    let names = folders.flat_map(|it| files.list(&it));
    names.filter_map(|name| dotted(&name)).collect()
}

/// A release that a folder is named after, which has all its parts (`5.36.0`).
fn dotted(name: &str) -> Option<Perl> {
    Perl::parse(name).filter(|_| name.starts_with("5.") && name.matches('.').count() == 2)
}

/// The release in the name of an installation, which may have a suffix (`5.36.0-threads`, `5.36.0@app`).
fn release_in(line: &str) -> &str {
    let line = line.trim();
    let name = line.strip_prefix("perl-").unwrap_or(line);
    name.split(['-', '@', ' ', '#']).next().unwrap_or(name)
}

#[cfg(test)]
mod tests;
