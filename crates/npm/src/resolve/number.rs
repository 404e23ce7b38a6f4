//! The number of an entry that there may be none of, in four bytes: a million places keep several of them each.

use std::num::NonZeroU32;

/// A number below [`u32::MAX`], or none. A larger one counts as none, which no input under the size limit has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct MaybeNumber(Option<NonZeroU32>);

impl MaybeNumber {
    /// The number, where there is one.
    pub(crate) fn get(self) -> Option<u32> {
        self.0.map(|it| it.get() - 1)
    }

    /// True where there is none.
    pub(crate) fn is_none(self) -> bool {
        self.0.is_none()
    }
}

impl From<Option<u32>> for MaybeNumber {
    fn from(number: Option<u32>) -> Self {
        Self(number.and_then(|it| NonZeroU32::MIN.checked_add(it)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_their_absence_are_kept() {
        for number in [None, Some(0), Some(1), Some(u32::MAX - 1)] {
            assert_eq!(MaybeNumber::from(number).get(), number);
        }
        assert_eq!(size_of::<MaybeNumber>(), 4);
    }
}
