//! The CHECKSUMS file of an author's directory on CPAN. Such a file is a Perl program; it is read strictly, as a list of
//! literals, and never run. Only the signed region of a signed file counts: clients also run text in front of it, which no
//! signature covers (CVE-2020-16156). This module does not verify `OpenPGP` signatures.

mod literal;

use bomtrail_graph::{Hash, HashAlgorithm};

use crate::cpan::cleartext::Cleartext;
use literal::Reader;

/// The line before the signed region that makes the file a Perl program.
const PREAMBLE: &str = "0&&<<''; # this PGP-signed message is also valid perl";
const BEGIN: &str = "-----BEGIN PGP SIGNED MESSAGE-----";

/// The content of a CHECKSUMS file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checksums {
    /// The directory of all its files below `authors/id` (`A/AN/ANDK`); `None` in files of before 2021.
    pub directory: Option<String>,
    /// Its files, in the order of their names.
    pub files: Vec<ListedFile>,
    /// The digest algorithms of its `OpenPGP` signature (`SHA1`); `None` when it is not signed.
    pub signed_with: Option<String>,
    /// The signed text and its signature.
    pub(crate) cleartext: Option<Cleartext>,
}

/// One file of an author's directory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedFile {
    /// Its name.
    pub name: String,
    /// Its SHA-256.
    pub sha256: Option<Hash>,
    /// Its size in bytes.
    pub size: Option<u64>,
}

impl Checksums {
    /// True for a text that looks like a CHECKSUMS file.
    pub fn claims(text: &str) -> bool {
        let text = text.trim_start();
        text.starts_with(PREAMBLE)
            || text.lines().any(|it| it == BEGIN)
            || text.starts_with("# CHECKSUMS file written")
            || text.starts_with("$cksum")
    }

    /// Reads a file.
    ///
    /// # Errors
    /// Why it is refused, as a fragment of a sentence.
    pub fn parse(text: &str) -> Result<Self, String> {
        let cleartext = region(text)?;
        let region = cleartext.as_ref().map(Cleartext::text);
        let region = region.as_deref().unwrap_or(text);
        let mut directory = None;
        let mut files = Vec::new();
        for (name, facts) in Reader::new(region).file()? {
            let of = |key: &str| facts.get(key).map(String::as_str);
            let here = of("cpan_path").map(str::to_owned);
            if files.is_empty() {
                directory = here;
            } else if directory != here {
                return Err("its files are in more than one directory".to_owned());
            }
            files.push(ListedFile {
                sha256: of("sha256").and_then(|it| Hash::from_hex(HashAlgorithm::Sha256, it)),
                size: of("size").and_then(|it| it.parse().ok()),
                name,
            });
        }
        files.sort_by(|a, b| a.name.cmp(&b.name));
        let twice = files.windows(2).any(|pair| match pair {
            [a, b] => a.name == b.name,
            _ => false,
        });
        if twice {
            return Err("a file is listed twice".to_owned());
        }
        Ok(Self {
            directory,
            files,
            signed_with: cleartext.as_ref().map(|it| it.algorithms.clone()),
            cleartext,
        })
    }

    /// The file of a name.
    pub fn file(&self, name: &str) -> Option<&ListedFile> {
        let at = self
            .files
            .binary_search_by(|it| (*it.name).cmp(name))
            .ok()?;
        self.files.get(at)
    }
}

/// The signed region, which is all that counts; `None` for a file without a signature.
fn region(text: &str) -> Result<Option<Cleartext>, String> {
    if !Cleartext::claims(text) && !text.contains(PREAMBLE) {
        return Ok(None);
    }
    let found = Cleartext::parse(text)?;
    if matches!(found.before.trim(), "" | PREAMBLE) {
        return Ok(Some(found));
    }
    Err("there is text before the signed region, which no signature covers".to_owned())
}

#[cfg(test)]
mod tests;
