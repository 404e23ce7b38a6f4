//! The key of a member, in two words: the members of a large document are most of its memory.

use std::borrow::Cow;
use std::ops::Deref;

/// A key, which is a part of the text that it was read from where it has no escapes.
#[derive(Clone, Debug)]
pub(super) enum Key<'t> {
    Part(&'t str),
    /// Behind a pointer of one word, so that no key needs more than two.
    Own(Box<Own>),
}

/// A text of its own.
#[derive(Clone, Debug)]
pub(super) struct Own(String);

impl Key<'_> {
    /// The same key, with a text of its own.
    pub(super) fn into_owned(self) -> Key<'static> {
        Cow::from(self).into_owned().into()
    }
}

impl Deref for Key<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        match self {
            Self::Part(text) => text,
            Self::Own(text) => &text.0,
        }
    }
}

impl<'t> From<Cow<'t, str>> for Key<'t> {
    fn from(key: Cow<'t, str>) -> Self {
        match key {
            Cow::Borrowed(text) => Self::Part(text),
            Cow::Owned(text) => text.into(),
        }
    }
}

impl From<String> for Key<'_> {
    fn from(key: String) -> Self {
        Self::Own(Box::new(Own(key)))
    }
}

impl<'t> From<Key<'t>> for Cow<'t, str> {
    fn from(key: Key<'t>) -> Self {
        match key {
            Key::Part(text) => Cow::Borrowed(text),
            Key::Own(text) => Cow::Owned(text.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_takes_two_words_and_stays_what_it_was() {
        assert_eq!(size_of::<Key<'_>>(), 2 * size_of::<usize>());
        for key in [Cow::Borrowed("name"), Cow::Owned("na\tme".to_owned())] {
            assert_eq!(&*Key::from(key.clone()), &*key);
            assert_eq!(Cow::from(Key::from(key.clone())), key);
        }
    }
}
