//! The two formats of a core list: the compact one that is embedded, and rows of release, module and version.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{CoreList, Release};

/// What every release includes: by release (`5.036000`), the modules and their versions. A module without a version has an
/// empty one.
type Rows<'t> = BTreeMap<&'t str, BTreeMap<&'t str, &'t str>>;

/// Why a core list cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CoreListError {
    /// A line is not release, module and version.
    #[error(
        "line {line} is not a release (`5.036000`), a module and a version with tabs between them"
    )]
    Row {
        /// The line, from 1.
        line: usize,
    },
    /// It has no rows.
    #[error("it lists no release of Perl")]
    Empty,
}

impl CoreList {
    /// Reads the embedded format: `source NAME`, `releases 5.006000 …`, then a line for each module, sorted by name, with the
    /// changes of the module.
    pub(super) fn parse(text: &str) -> Self {
        let mut list = Self {
            source: String::new(),
            releases: Vec::new(),
            modules: Vec::new(),
        };
        for (name, rest) in text.lines().filter_map(|line| line.split_once(' ')) {
            match name {
                "#" => {}
                "source" if list.modules.is_empty() => rest.clone_into(&mut list.source),
                "releases" if list.modules.is_empty() => {
                    list.releases = (0..).zip(rest.split(' ')).filter_map(release).collect();
                }
                _ => list.modules.push((name.into(), rest.into())),
            }
        }
        list
    }

    /// Reads rows of release (`5.036000`), module and version with tabs between them; `name` is the name of the list in
    /// documents. The first line may be a heading, and development releases are left out. The newest `Module::CoreList` prints
    /// such rows:
    ///
    /// ```perl
    /// perl -MModule::CoreList -E 'for my $p (sort keys %Module::CoreList::version) {
    ///     my $m = $Module::CoreList::version{$p};
    ///     printf "%.6f\t%s\t%s\n", $p, $_, $m->{$_} // "undef" for sort keys %$m }'
    /// ```
    ///
    /// # Errors
    /// [`CoreListError`] when a line is something else, or nothing is listed.
    pub fn read(name: &str, bytes: &[u8]) -> Result<Self, CoreListError> {
        Ok(Self::parse(&Self::compact(name, bytes)?))
    }

    /// The rows that [`CoreList::read`] reads, in the format that this crate embeds: `source NAME`, `releases 5.006000 …`, then a
    /// line for each module with what changes at which release, by its number from 0. `8:1.05` is included from then on in that
    /// version (nothing after the colon: without one), `12-` is removed then.
    ///
    /// # Errors
    /// As for [`CoreList::read`].
    pub fn compact(name: &str, bytes: &[u8]) -> Result<String, CoreListError> {
        let text = String::from_utf8_lossy(bytes);
        let mut rows = Rows::new();
        for (number, line) in (1..).zip(text.lines()) {
            let fields: Vec<&str> = line.split('\t').collect();
            match fields[..] {
                [perl, _, _] if release((0, perl)).is_some_and(is_development) => {}
                [perl, module, version] if release((0, perl)).is_some() => {
                    let version = if version == "undef" { "" } else { version };
                    rows.entry(perl).or_default().insert(module, version);
                }
                _ if number == 1 || line.is_empty() => {}
                _ => return Err(CoreListError::Row { line: number }),
            }
        }
        if rows.is_empty() {
            return Err(CoreListError::Empty);
        }
        Ok(compact(name, &rows))
    }
}

/// The embedded format of a list.
fn compact(source: &str, rows: &Rows<'_>) -> String {
    let releases: Vec<&str> = rows.keys().copied().collect();
    let mut changes: BTreeMap<&str, (Option<&str>, String)> = BTreeMap::new();
    for (number, modules) in rows.values().enumerate() {
        for (name, version) in modules {
            let (last, line) = changes.entry(name).or_default();
            if *last != Some(version) {
                *last = Some(version);
                // Writing to a `String` cannot fail.
                let _ = write!(line, " {number}:{version}");
            }
        }
        for (name, (last, line)) in &mut changes {
            if last.is_some() && !modules.contains_key(name) {
                *last = None;
                let _ = write!(line, " {number}-");
            }
        }
    }
    let mut text = format!("source {source}\nreleases {}\n", releases.join(" "));
    for (name, (_, line)) in &changes {
        text.extend([*name, line.as_str(), "\n"]);
    }
    text
}

/// A release by its number in a list: `5.036000`, or `5.036`.
fn release((number, text): (u16, &str)) -> Option<Release> {
    let (minor, patch) = text.strip_prefix("5.")?.split_at_checked(3)?;
    let minor: u32 = minor.parse().ok()?;
    let patch = if patch.is_empty() {
        0
    } else {
        patch.parse().ok()?
    };
    Some(Release {
        number,
        minor,
        patch,
    })
}

/// True for a release of a development series, whose core modules are not final.
fn is_development(release: Release) -> bool {
    !release.minor.is_multiple_of(2)
}
