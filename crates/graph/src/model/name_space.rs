//! The name spaces in which components are asked for by name.

/// A name space, known by the hash of what it is called (FNV-1a, 32 bits): a million links keep one each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NameSpace(u32);

impl NameSpace {
    /// The name space of a name, as [`Provided::space`](crate::Provided::space) has it.
    pub const fn of(name: &str) -> Self {
        let mut hash = 0x811c_9dc5_u32;
        let mut rest = name.as_bytes();
        while let [byte, after @ ..] = rest {
            hash = (hash ^ *byte as u32).wrapping_mul(0x0100_0193);
            rest = after;
        }
        Self(hash)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_the_published_one() {
        // The vectors of the authors of FNV.
        assert_eq!(NameSpace::of(""), NameSpace(0x811c_9dc5));
        assert_eq!(NameSpace::of("foobar"), NameSpace(0xbf9c_f968));
    }
}
