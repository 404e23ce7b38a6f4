//! The CHECKSUMS file of an author's directory on CPAN. Such a file is a Perl program; here it is a list of literals that is
//! read strictly and never run. Of a signed file only the signed region counts, because text in front of it is run by
//! clients as well while the signature stays good (CVE-2020-16156). `OpenPGP` signatures themselves are not verified here.

mod literal;

use bomtrail_graph::{Hash, HashAlgorithm};

use literal::Reader;

/// The line before the signed region that makes the whole a Perl program.
const PREAMBLE: &str = "0&&<<''; # this PGP-signed message is also valid perl";
const BEGIN: &str = "-----BEGIN PGP SIGNED MESSAGE-----";
const SIGNATURE: &str = "-----BEGIN PGP SIGNATURE-----";
const END: &str = "-----END PGP SIGNATURE-----";

/// What a CHECKSUMS file says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checksums {
    /// The directory of all its files below `authors/id` (`A/AN/ANDK`); `None` in files of before 2021.
    pub directory: Option<String>,
    /// Its files, in the order of their names.
    pub files: Vec<ListedFile>,
    /// The digest algorithms of its `OpenPGP` signature (`SHA1`); `None` when it is not signed.
    pub signed_with: Option<String>,
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
    /// True for a text that means to be a CHECKSUMS file.
    pub fn claims(text: &str) -> bool {
        let text = text.trim_start();
        text.starts_with(PREAMBLE)
            || text.starts_with(BEGIN)
            || text.starts_with("# CHECKSUMS file written")
            || text.starts_with("$cksum")
    }

    /// Reads a file.
    ///
    /// # Errors
    /// Why it is not taken, as a fragment.
    pub fn parse(text: &str) -> Result<Self, String> {
        let (region, signed_with) = region(text)?;
        let mut directory = None;
        let mut files = Vec::new();
        for (name, facts) in Reader::new(&region).file()? {
            let of = |key: &str| {
                let found = facts.iter().find(|(it, _)| it == key);
                found.map(|(_, value)| value.as_str())
            };
            let here = of("cpan_path").map(str::to_owned);
            if files.is_empty() {
                directory = here;
            } else if directory != here {
                return Err("its files are said to be in more than one directory".to_owned());
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
            signed_with,
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

/// The text that counts, and the digest algorithms of its signature.
fn region(text: &str) -> Result<(String, Option<String>), String> {
    let Some((before, rest)) = text.split_once(BEGIN) else {
        return if text.contains(SIGNATURE) || text.contains(PREAMBLE) {
            Err("it has a part of a signature only".to_owned())
        } else {
            Ok((text.to_owned(), None))
        };
    };
    if !matches!(before.trim(), "" | PREAMBLE) {
        return Err("there is text before the signed region, which no signature covers".to_owned());
    }
    let (body, rest) = rest
        .split_once(&format!("\n{SIGNATURE}"))
        .ok_or("the signed region has no end")?;
    let (_, after) = rest.split_once(END).ok_or("the signature has no end")?;
    if !after.trim().is_empty() || body.contains(BEGIN) {
        return Err("there is text after the signed region, which no signature covers".to_owned());
    }
    let body = body.replace("\r\n", "\n");
    let (headers, body) = body
        .split_once("\n\n")
        .ok_or("the signed region has no content")?;
    let mut algorithms = Vec::new();
    for header in headers.lines().filter(|it| !it.trim().is_empty()) {
        match header.split_once(": ") {
            Some(("Hash", names)) => algorithms.push(names.trim()),
            _ => return Err("the signed region has a header that is not known".to_owned()),
        }
    }
    let lines = body.lines().map(|it| it.strip_prefix("- ").unwrap_or(it));
    let region: String = lines.flat_map(|it| [it, "\n"]).collect();
    let algorithms = if algorithms.is_empty() {
        // What RFC 4880 has a reader assume.
        "MD5".to_owned()
    } else {
        algorithms.join(",")
    };
    Ok((region, Some(algorithms)))
}

#[cfg(test)]
mod tests;
