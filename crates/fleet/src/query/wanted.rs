//! Which packages a question is about: those of a Package URL, of a name with an optional version range, or of an advisory.

use bomtrail_graph::Purl;
use bomtrail_version::Scheme;
use rusqlite::{OptionalExtension, Row};

use crate::store::{Store, StoreError};

/// Why a question cannot be answered.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum QueryError {
    /// The store cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// It is not a Package URL.
    #[error("`{text}` is not a Package URL: {cause}")]
    Purl {
        /// What was asked for.
        text: String,
        /// Why.
        cause: bomtrail_purl::PurlError,
    },
    /// No stored match has this id.
    #[error(
        "no match of the advisory `{0}` is stored; `bomtrail fleet advisories FILE` looks for matches and stores them"
    )]
    Advisory(String),
    /// No version of the package is in the range because the range is not valid.
    #[error("`{range}` is not a version or a version range of {schemes}")]
    Range {
        /// The range.
        range: String,
        /// The ecosystems of the packages of this name.
        schemes: String,
    },
    /// There is no such product or release.
    #[error("no SBOM is stored for `{0}`; `bomtrail fleet ls` shows the products")]
    Product(String),
}

impl From<rusqlite::Error> for QueryError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error.into())
    }
}

/// The packages that a question is about.
#[derive(Debug, Default)]
pub(crate) struct Wanted {
    pub(crate) packages: Vec<Subject>,
    /// Packages of the name whose version cannot be compared with the range.
    pub(crate) unevaluated: Vec<String>,
}

/// A package version of the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Subject {
    pub(crate) id: i64,
    pub(crate) reference: String,
    pub(crate) purl: Option<String>,
    pub(crate) kind: Option<String>,
    pub(crate) name: String,
    pub(crate) version: Option<String>,
}

const COLUMNS: &str =
    "package.id, package.ref, package.purl, package.type, package.name, package.version";

fn subject(row: &Row<'_>) -> rusqlite::Result<Subject> {
    Ok(Subject {
        id: row.get(0)?,
        reference: row.get(1)?,
        purl: row.get(2)?,
        kind: row.get(3)?,
        name: row.get(4)?,
        version: row.get(5)?,
    })
}

impl Store {
    /// The packages that a text names.
    pub(crate) fn wanted(&self, text: &str) -> Result<Wanted, QueryError> {
        let text = text.trim();
        if text.starts_with("pkg:") {
            return self.wanted_purl(text);
        }
        if is_advisory(text) {
            let packages = self.of_advisory(text)?;
            if !packages.is_empty() {
                return Ok(Wanted {
                    packages,
                    unevaluated: Vec::new(),
                });
            }
        }
        let at = text.rfind('@').filter(|it| *it > 0);
        let (name, range) = match at.and_then(|it| text.split_at_checked(it)) {
            Some((name, range)) => (name, range.strip_prefix('@').filter(|it| !it.is_empty())),
            None => (text, None),
        };
        let named = self.named(name)?;
        if named.is_empty() && is_surely_advisory(text) {
            return Err(QueryError::Advisory(text.to_owned()));
        }
        within(named, range)
    }

    fn wanted_purl(&self, text: &str) -> Result<Wanted, QueryError> {
        let purl = Purl::parse(text).map_err(|cause| QueryError::Purl {
            text: text.to_owned(),
            cause,
        })?;
        let name = purl.name();
        let full = purl.namespace().map(|it| [&*it, "/", &name].concat());
        let mut named = self.named(&name)?;
        if let Some(full) = full {
            named.extend(self.named(&full)?);
        }
        let version = purl.version().map(std::borrow::Cow::into_owned);
        let parsed = |it: &Subject| it.purl.as_deref().and_then(|it| Purl::parse(it).ok());
        let is_named = |it: &Subject| parsed(it).is_some_and(|found| purl.names(&found));
        let exact: Vec<Subject> = named.iter().filter(|it| is_named(it)).cloned().collect();
        let (Some(range), true) = (version, exact.is_empty()) else {
            return Ok(Wanted {
                packages: exact,
                unevaluated: Vec::new(),
            });
        };
        // A Package URL with a range in the place of the version.
        named.retain(|it| {
            parsed(it).is_some_and(|found| {
                let same_name =
                    found.name() == purl.name() && found.namespace() == purl.namespace();
                found.package_type() == purl.package_type() && same_name
            })
        });
        within(named, Some(&range))
    }

    /// The package of a number.
    pub(crate) fn subject(&self, id: i64) -> Result<Option<Subject>, StoreError> {
        let select = format!("SELECT {COLUMNS} FROM package WHERE id = ?");
        let mut select = self.connection.prepare_cached(&select)?;
        Ok(select.query_row([id], subject).optional()?)
    }

    /// Every version of the packages of a name.
    fn named(&self, name: &str) -> Result<Vec<Subject>, StoreError> {
        let select = format!("SELECT {COLUMNS} FROM package WHERE name = ? ORDER BY ref");
        let mut select = self.connection.prepare_cached(&select)?;
        let rows = select.query_map([name], subject)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The packages that an advisory matches, by its id or an alias.
    fn of_advisory(&self, id: &str) -> Result<Vec<Subject>, StoreError> {
        let select = format!(
            "SELECT DISTINCT {COLUMNS} FROM advisory JOIN package ON package.id = advisory.package \
             WHERE advisory.id = ?1 OR advisory.id IN (SELECT id FROM advisory_alias WHERE alias = ?1) ORDER BY package.ref"
        );
        // People write ids in any case; the stored spelling is that of the record.
        let spelled = "SELECT id FROM advisory WHERE id = ?1 COLLATE NOCASE \
                       UNION SELECT id FROM advisory_alias WHERE alias = ?1 COLLATE NOCASE LIMIT 1";
        let spelled = self
            .connection
            .prepare_cached(spelled)?
            .query_row([id], |row| row.get(0));
        let id = spelled.optional()?.unwrap_or_else(|| id.to_owned());
        let mut select = self.connection.prepare_cached(&select)?;
        let rows = select.query_map([id], subject)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Names that contain a text, for people who search; the shortest first.
    ///
    /// # Errors
    /// [`StoreError`] when the store cannot be read.
    pub fn suggestions(&self, text: &str, limit: u32) -> Result<Vec<String>, StoreError> {
        let select = "SELECT DISTINCT name FROM package WHERE instr(lower(name), lower(?1)) > 0 \
                      ORDER BY length(name), name LIMIT ?2";
        let mut select = self.connection.prepare_cached(select)?;
        let rows = select.query_map((text, limit), |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

/// Whether a text may be the id of an advisory, in any case: `GHSA-xxxx-xxxx-xxxx`, `CVE-2026-1`, `CPANSA-Name-2026-1`.
fn is_advisory(text: &str) -> bool {
    let prefix = text.split('-').next().unwrap_or_default();
    let is_word = prefix.len() >= 3 && prefix.bytes().all(|it| it.is_ascii_alphabetic());
    is_word && text.contains('-') && !text.contains(['@', '/'])
}

/// Whether a text is an id and no name: names of packages are seldom in upper case.
fn is_surely_advisory(text: &str) -> bool {
    let prefix = text.split('-').next().unwrap_or_default();
    let known = ["ghsa", "cve", "cpansa"];
    let is_known = known.iter().any(|it| prefix.eq_ignore_ascii_case(it));
    let is_upper = prefix.bytes().all(|it| it.is_ascii_uppercase());
    is_advisory(text) && (is_upper || is_known)
}

/// Those whose version is in a range; all of them without one.
fn within(named: Vec<Subject>, range: Option<&str>) -> Result<Wanted, QueryError> {
    let Some(range) = range else {
        return Ok(Wanted {
            packages: named,
            unevaluated: Vec::new(),
        });
    };
    let mut wanted = Wanted::default();
    let mut schemes: Vec<&str> = Vec::new();
    let mut is_range = false;
    for it in named {
        let version = it.version.as_deref();
        let scheme = it.kind.as_deref().and_then(Scheme::of_type);
        if version == Some(range) {
            is_range = true;
            wanted.packages.push(it);
            continue;
        }
        match (version, scheme) {
            (Some(version), Some(scheme)) if scheme.is_range(range) => {
                is_range = true;
                if scheme.blocks(range, version) {
                    wanted.packages.push(it);
                }
            }
            (Some(_), Some(scheme)) => schemes.push(scheme.name()),
            _ => wanted.unevaluated.push(it.reference),
        }
    }
    schemes.sort_unstable();
    schemes.dedup();
    if !is_range && !schemes.is_empty() {
        return Err(QueryError::Range {
            range: range.to_owned(),
            schemes: schemes.join(", "),
        });
    }
    Ok(wanted)
}
