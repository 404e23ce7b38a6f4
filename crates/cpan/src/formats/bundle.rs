//! Archives that `carton bundle` keeps next to a snapshot, below `vendor/cache`. Their digests can be computed; a snapshot does
//! not state them. Opens no archive.

use bomtrail_graph::{Component, Files, Hash, HashAlgorithm, Input};
use sha2::{Digest, Sha256, Sha512};

/// Where Carton keeps them, in the layout of a mirror of CPAN.
const FOLDER: &str = "vendor/cache/authors/id";

/// The bundle next to an input.
pub(crate) struct Bundle<'a> {
    files: Option<&'a dyn Files>,
    /// The folder of the input, with a final `/` unless it is the project's own.
    base: &'a str,
}

impl<'a> Bundle<'a> {
    /// The bundle next to `input`; it may be empty.
    pub(crate) fn of(input: &Input<'a>) -> Self {
        let start = input.path.rfind('/').map_or(0, |at| at + 1);
        let (base, _) = input.path.split_at_checked(start).unwrap_or_default();
        let there = input.files.is_dir(&[base, FOLDER].concat());
        Self {
            files: there.then_some(input.files),
            base,
        }
    }

    /// Adds the place and the digests of the file at `pathname` (below `authors/id`), if the bundle has it.
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
