//! The licences of a component, which many components share: a lockfile has few different ones.

use std::fmt;
use std::ops::Deref;
use std::slice;
use std::sync::Arc;

use crate::model::license::License;

/// A list of licences in eight bytes, whose copies share it.
#[derive(Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Licenses(Arc<Box<[License]>>);

impl Deref for Licenses {
    type Target = [License];

    fn deref(&self) -> &[License] {
        &self.0
    }
}

impl<'l> IntoIterator for &'l Licenses {
    type Item = &'l License;
    type IntoIter = slice::Iter<'l, License>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl From<Vec<License>> for Licenses {
    fn from(licenses: Vec<License>) -> Self {
        Self(Arc::new(licenses.into()))
    }
}

impl<const N: usize> From<[License; N]> for Licenses {
    fn from(licenses: [License; N]) -> Self {
        Self(Arc::new(licenses.into()))
    }
}

impl FromIterator<License> for Licenses {
    fn from_iter<I: IntoIterator<Item = License>>(licenses: I) -> Self {
        Self(Arc::new(licenses.into_iter().collect()))
    }
}

impl fmt::Debug for Licenses {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self).finish()
    }
}
