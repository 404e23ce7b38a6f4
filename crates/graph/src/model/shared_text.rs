//! Text that many places share: a range that a hundred thousand links state is in memory once.

use std::borrow::Borrow;
use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use crate::model::facts::Text;

/// Text in eight bytes, whose copies share it. Compares, sorts and hashes as the text does.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SharedText(Arc<Text>);

impl Deref for SharedText {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for SharedText {
    fn borrow(&self) -> &str {
        self
    }
}

impl AsRef<str> for SharedText {
    fn as_ref(&self) -> &str {
        self
    }
}

impl Default for SharedText {
    fn default() -> Self {
        Self::from(Text::default())
    }
}

impl From<&str> for SharedText {
    fn from(text: &str) -> Self {
        Self::from(Text::from(text))
    }
}

impl From<String> for SharedText {
    fn from(text: String) -> Self {
        Self::from(Text::from(text))
    }
}

impl From<Text> for SharedText {
    fn from(text: Text) -> Self {
        Self(Arc::new(text))
    }
}

impl fmt::Debug for SharedText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, f)
    }
}

impl fmt::Display for SharedText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn copies_share_the_text_and_count_as_equal_to_another_one() {
        let text = SharedText::from("^1.0.0");
        let copy = text.clone();
        assert_eq!(text.as_ptr(), copy.as_ptr());
        let other = SharedText::from(String::from("^1.0.0"));
        assert_ne!(text.as_ptr(), other.as_ptr());
        assert_eq!(text, other);
        assert!(text < SharedText::from("^2.0.0"));
    }

    #[test]
    fn it_is_found_by_the_text_and_takes_eight_bytes() {
        let texts = HashSet::from([SharedText::from("*")]);
        assert!(texts.contains("*") && !texts.contains("1"));
        assert_eq!(size_of::<Option<SharedText>>(), 8);
    }
}
