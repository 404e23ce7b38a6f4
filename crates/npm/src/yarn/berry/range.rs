//! Ranges of Yarn 2 and later, with their protocol.

use std::borrow::Cow;

use bomtrail_document::find_byte;

use super::locator::patched;
use crate::resolve::spec::split_name;

/// A range with its protocol, without a copy of its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Range<'t> {
    /// True where `npm:` is before the rest.
    pub(super) of_registry: bool,
    pub(super) rest: &'t str,
}

impl<'t> Range<'t> {
    /// A range as a key of the lockfile has it.
    pub(super) fn as_written(text: &'t str) -> Self {
        let rest = text.strip_prefix("npm:");
        Self {
            of_registry: rest.is_some(),
            rest: rest.unwrap_or(text),
        }
    }

    /// A range in the form of [`normalized`].
    pub(super) fn normalized(text: &'t str) -> Self {
        if !is_bare(text) {
            return Self::as_written(text);
        }
        Self {
            of_registry: true,
            rest: text,
        }
    }

    /// Its text.
    pub(super) fn text(self) -> Cow<'t, str> {
        if self.of_registry {
            Cow::Owned(["npm:", self.rest].concat())
        } else {
            Cow::Borrowed(self.rest)
        }
    }

    /// As npm writes it: without `npm:` unless it is an alias, and that below a patch.
    pub(super) fn in_npm_words(self) -> Cow<'t, str> {
        if self.of_registry {
            return if is_alias(self.rest) {
                self.text()
            } else {
                Cow::Borrowed(self.rest)
            };
        }
        // What is below a patch is not looked into again.
        let below = patched(self.rest).map(|(inner, _)| range_below(inner).1);
        below.unwrap_or(Cow::Borrowed(self.rest))
    }
}

/// A range with its protocol: that of a registry is `npm:` where none is written.
pub(super) fn normalized(range: &str) -> Cow<'_, str> {
    if !is_bare(range) {
        return Cow::Borrowed(range);
    }
    Cow::Owned(["npm:", range].concat())
}

/// True for a range without a protocol or a path.
fn is_bare(range: &str) -> bool {
    find_byte(range.as_bytes(), 0, 0, [b':', b'/']).is_none()
}

/// The range of the descriptor below a patch: whether it is of a registry, and the rest.
pub(super) fn range_below(descriptor: Cow<'_, str>) -> (bool, Cow<'_, str>) {
    match descriptor {
        Cow::Borrowed(text) => {
            let range = Range::normalized(split_name(text).1);
            (range.of_registry, Cow::Borrowed(range.rest))
        }
        Cow::Owned(text) => {
            let range = Range::normalized(split_name(&text).1);
            (range.of_registry, Cow::Owned(range.rest.to_owned()))
        }
    }
}

/// A range without `npm:`, unless it is an alias.
pub(super) fn shown(range: &str) -> &str {
    match range.strip_prefix("npm:") {
        Some(rest) if !is_alias(rest) => rest,
        _ => range,
    }
}

fn is_alias(rest: &str) -> bool {
    rest.starts_with('@') || rest.contains('@')
}
