//! Equality, order and hash of a Package URL: those of its canonical text, so that it can be looked up by `&str`.

use std::borrow::Borrow;
use std::cmp::Ordering;
use std::hash::{Hash, Hasher};

use crate::Purl;

impl PartialEq for Purl {
    fn eq(&self, other: &Purl) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for Purl {}

impl PartialOrd for Purl {
    fn partial_cmp(&self, other: &Purl) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Purl {
    fn cmp(&self, other: &Purl) -> Ordering {
        self.as_str().cmp(other.as_str())
    }
}

impl Hash for Purl {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_str().hash(state);
    }
}

impl Borrow<str> for Purl {
    fn borrow(&self) -> &str {
        self.as_str()
    }
}
