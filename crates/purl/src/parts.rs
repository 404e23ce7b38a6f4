//! The decoded parts of a Package URL. Values only: `canonical` checks and prints them, `types` has the rules.

use std::borrow::Cow;

/// Which qualifier keys are taken.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Keys {
    /// Those the type takes.
    AsTyped,
    /// Upper case too, whatever the type says.
    AnyCase,
}

/// A key and its decoded value.
pub(crate) type Qualifier<'a> = (Cow<'a, str>, Cow<'a, str>);

/// Everything a Package URL says, decoded. An empty string or list is a part that is not there.
#[derive(Debug, Default)]
pub(crate) struct Parts<'a> {
    pub(crate) package_type: Cow<'a, str>,
    pub(crate) namespace: Vec<Cow<'a, str>>,
    pub(crate) name: Cow<'a, str>,
    pub(crate) version: Cow<'a, str>,
    pub(crate) qualifiers: Vec<Qualifier<'a>>,
    pub(crate) subpath: Vec<Cow<'a, str>>,
}

/// ASCII lower case, without a copy when it is lower case already.
pub(crate) fn lower(text: &mut Cow<'_, str>) {
    if text.bytes().any(|byte| byte.is_ascii_uppercase()) {
        text.to_mut().make_ascii_lowercase();
    }
}

/// ASCII upper case, without a copy when it is upper case already.
pub(crate) fn upper(text: &mut Cow<'_, str>) {
    if text.bytes().any(|byte| byte.is_ascii_lowercase()) {
        text.to_mut().make_ascii_uppercase();
    }
}
