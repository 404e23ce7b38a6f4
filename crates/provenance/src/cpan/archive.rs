//! The archive of a distribution: its own digest, and whether its files are those that the `SIGNATURE` in it lists
//! (`Module::Signature`). Reads only tar with gzip, verifies no signature, and writes nothing to disk.

use std::collections::BTreeMap;
use std::io::Read as _;

use aws_lc_rs::digest::{self, SHA1_FOR_LEGACY_USE_ONLY, SHA256};
use bomtrail_graph::{Hash, HashAlgorithm, hex};
use flate2::read::MultiGzDecoder;
use sha2::{Digest as _, Sha256};

use crate::cpan::cleartext::Cleartext;

/// The endings of archives.
pub(crate) const ARCHIVES: [&str; 5] = [".tar.gz", ".tgz", ".zip", ".tar.bz2", ".tbz"];
/// Those that are read.
const GZIPPED: [&str; 2] = [".tar.gz", ".tgz"];
/// The most that an archive may unpack to, in bytes.
const LIMIT: u64 = 256 << 20;
/// The most that an archive may unpack to, in multiples of its own size, so that the work over many archives stays linear in
/// their size. Real archives unpack to less than 30 times their size.
const RATIO: u64 = 100;

/// A distribution's archive that lies among the files.
#[derive(Debug)]
pub struct Archive {
    /// Its name.
    pub name: String,
    /// Its SHA-256.
    pub sha256: Option<Hash>,
    /// Its size in bytes.
    pub size: u64,
    /// Its `SIGNATURE` and how the other files fit it; `None` where it has none, or could not be read.
    pub(crate) signature: Option<Result<Listed, String>>,
}

/// The list of a `SIGNATURE`, compared with the files next to it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Listed {
    /// What is signed.
    pub(crate) text: Cleartext,
    /// The first file that is not as it is listed, or not there.
    pub(crate) differs: Option<String>,
    /// How many files are not listed.
    pub(crate) unlisted: usize,
    /// True when a file is listed by a digest that can be forged.
    pub(crate) is_weak: bool,
}

impl Archive {
    /// An archive by its name; `None` for any other file.
    pub(crate) fn of(path: &str, bytes: &[u8]) -> Option<Self> {
        let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
        ARCHIVES.iter().find(|it| name.ends_with(*it))?;
        let is_gzip = GZIPPED.iter().any(|it| name.ends_with(it));
        Some(Self {
            name: name.to_owned(),
            sha256: Hash::new(HashAlgorithm::Sha256, &Sha256::digest(bytes)),
            size: u64::try_from(bytes.len()).ok()?,
            signature: is_gzip.then(|| signature(bytes)).flatten(),
        })
    }
}

/// The `SIGNATURE` of an archive, compared with its files.
fn signature(bytes: &[u8]) -> Option<Result<Listed, String>> {
    let mut unpacked = Vec::new();
    let size = u64::try_from(bytes.len()).ok()?;
    let limit = LIMIT.min(size.saturating_mul(RATIO));
    let mut reader = MultiGzDecoder::new(bytes).take(limit);
    reader.read_to_end(&mut unpacked).ok()?;
    if u64::try_from(unpacked.len()).ok()? == limit {
        return None;
    }
    let all = files(&unpacked);
    let mut top = all
        .iter()
        .filter_map(|(path, _)| path.strip_suffix("/SIGNATURE"));
    let folder = top.find(|it| !it.contains('/'))?;
    let mut files = BTreeMap::new();
    let mut twice = 0;
    for (path, content) in &all {
        let inside = path.strip_prefix(folder);
        let inside = inside.and_then(|it| it.strip_prefix('/')).unwrap_or(path);
        // A duplicate is unpacked twice, and only one of the two is compared.
        twice += usize::from(files.insert(inside, *content).is_some());
    }
    let text = files.remove("SIGNATURE")?;
    Some(listed(text, files, twice))
}

/// Path and content of each file of a tar archive, in order. A link is a file without content; what is cut short is left out.
fn files(bytes: &[u8]) -> Vec<(String, &[u8])> {
    let mut archive = tar::Archive::new(bytes);
    let entries = archive.entries().into_iter().flatten();
    let files = entries.map_while(Result::ok).filter_map(|entry| {
        let kind = entry.header().entry_type();
        let path = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
        let path = path.strip_prefix("./").map_or(path.clone(), str::to_owned);
        if kind.is_dir()
            || kind.is_pax_global_extensions()
            || path.is_empty()
            || path.ends_with('/')
        {
            return None;
        }
        let start = usize::try_from(entry.raw_file_position()).ok()?;
        let end = start.checked_add(usize::try_from(entry.size()).ok()?)?;
        Some((path, bytes.get(start..end)?))
    });
    files.collect()
}

fn listed(text: &[u8], mut left: BTreeMap<&str, &[u8]>, twice: usize) -> Result<Listed, String> {
    let text = std::str::from_utf8(text).map_err(|_| "it is not text in UTF-8".to_owned())?;
    let text = Cleartext::parse(text)?;
    let (mut differs, mut is_weak) = (None, false);
    for line in text.lines.iter().filter(|it| !it.is_empty()) {
        let mut words = line.splitn(3, ' ');
        let (Some(algorithm), Some(wanted), Some(path)) =
            (words.next(), words.next(), words.next())
        else {
            return Err("a line is not an algorithm, a digest and a path".to_owned());
        };
        let algorithm = match algorithm {
            "SHA256" => &SHA256,
            "SHA1" => &SHA1_FOR_LEGACY_USE_ONLY,
            other => {
                return Err(format!(
                    "`{}` is not a supported digest algorithm",
                    other.escape_debug()
                ));
            }
        };
        is_weak |= *algorithm == SHA1_FOR_LEGACY_USE_ONLY;
        let found = left
            .remove(path)
            .map(|it| hex(digest::digest(algorithm, it).as_ref()));
        if found.is_none_or(|it| !it.eq_ignore_ascii_case(wanted)) && differs.is_none() {
            differs = Some(path.to_owned());
        }
    }
    Ok(Listed {
        differs,
        unlisted: left.len() + twice,
        is_weak,
        text,
    })
}
