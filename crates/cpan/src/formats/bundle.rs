//! Archives that `carton bundle` keeps beside a snapshot, below `vendor/cache`: what is installed from them has a file with
//! digests, which a snapshot does not state. Opens no archive.

use bomtrail_graph::{Component, Files, Hash, HashAlgorithm, Input};
use sha2::{Digest, Sha256, Sha512};

/// Where Carton keeps them, as a mirror of CPAN.
const FOLDER: &str = "vendor/cache/authors/id";

/// The bundle beside an input.
pub(crate) struct Bundle<'a> {
    files: Option<&'a dyn Files>,
    /// The folder of the input, with a final `/` unless it is the project's own.
    base: &'a str,
}

impl<'a> Bundle<'a> {
    /// The bundle beside `input`, if there is one.
    pub(crate) fn beside(input: &Input<'a>) -> Self {
        let start = input.path.rfind('/').map_or(0, |at| at + 1);
        let (base, _) = input.path.split_at_checked(start).unwrap_or_default();
        let there = input.files.is_dir(&[base, FOLDER].concat());
        Self {
            files: there.then_some(input.files),
            base,
        }
    }

    /// Adds the file that `pathname` (below `authors/id`) is in the bundle: its place in the project and its digests.
    pub(crate) fn add(&self, component: &mut Component, pathname: &str) {
        let path = [self.base, FOLDER, "/", pathname].concat();
        let Some(bytes) = self.files.and_then(|it| it.read(&path)) else {
            return;
        };
        let sha256 = Hash::new(HashAlgorithm::Sha256, &Sha256::digest(&bytes));
        let sha512 = Hash::new(HashAlgorithm::Sha512, &Sha512::digest(&bytes));
        component.hashes = [sha256, sha512].into_iter().flatten().collect();
        component.source = Some(path.into());
    }
}
