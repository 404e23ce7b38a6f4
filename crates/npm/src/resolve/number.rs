//! The number of an entry, or no number, in four bytes: a million places keep several of them each.

use std::num::NonZeroU32;

/// A number below [`u32::MAX`], or no number. A larger one, which no input under the size limit has, is not kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct MaybeNumber(Option<NonZeroU32>);

impl MaybeNumber {
    /// The number, where there is one.
    pub(crate) fn get(self) -> Option<u32> {
        self.0.map(|it| it.get() - 1)
    }

    /// True without a number.
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
