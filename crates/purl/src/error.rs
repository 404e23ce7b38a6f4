//! Why a text or a set of parts is not a Package URL. The caller adds the place the text came from.

/// What keeps a text or a set of parts from being a Package URL; each message says what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PurlError {
    /// The text does not begin with the scheme `pkg:`.
    #[error("a package url begins with `pkg:`; add the scheme")]
    Scheme,
    /// No type between `pkg:` and the first `/`.
    #[error("the package type is missing; write it after `pkg:`, as in `pkg:npm/name`")]
    MissingType,
    /// The type holds another character than ASCII letters, digits, `.` and `-`, or does not start with a letter.
    #[error(
        "`{0}` is not a package type; use ASCII letters, digits, `.` and `-`, and start with a letter"
    )]
    InvalidType(Box<str>),
    /// The name is missing.
    #[error("the package name is missing; write it after the type, as in `pkg:npm/name`")]
    MissingName,
    /// The type needs a namespace, which is missing.
    #[error("packages of type `{0}` need a namespace; write it between the type and the name")]
    MissingNamespace(Box<str>),
    /// The type has no namespaces and there is one.
    #[error("packages of type `{0}` have no namespace; take it out or move it to a qualifier")]
    ProhibitedNamespace(Box<str>),
    /// The type needs a qualifier and it is not there.
    #[error("packages of type `{package_type}` need the qualifier `{key}`; add it")]
    MissingQualifier {
        /// The package type, lower-case.
        package_type: Box<str>,
        /// The key that is missing.
        key: Box<str>,
    },
    /// A part breaks a rule of its type.
    #[error("`{value}` is not valid in a package url of type `{package_type}`: {rule}")]
    TypeRule {
        /// The package type, lower-case.
        package_type: Box<str>,
        /// The part as given, decoded.
        value: Box<str>,
        /// The rule, and what to write instead.
        rule: &'static str,
    },
    /// A namespace or subpath segment holds an encoded `/`.
    #[error("the segment `{0}` holds a `/`; give it as two segments, not as `%2F`")]
    SlashInSegment(Box<str>),
    /// A qualifier has no `=`.
    #[error("the qualifier `{0}` has no value; write it as `key=value`")]
    MissingQualifierValue(Box<str>),
    /// A qualifier key holds another character than ASCII letters, digits, `.`, `-` and `_`, or does not start with a letter.
    #[error(
        "`{0}` is not a qualifier key; use ASCII letters, digits, `.`, `-` and `_`, and start with a letter"
    )]
    InvalidQualifierKey(Box<str>),
    /// A qualifier key is not in lower case, and the type has no other spelling.
    #[error("the qualifier key `{0}` is not in lower case; write it so")]
    UpperCaseQualifierKey(Box<str>),
    /// A qualifier key is there twice.
    #[error("the qualifier `{0}` is given twice; keep one")]
    DuplicateQualifier(Box<str>),
    /// A `%` is not followed by two hexadecimal digits, or the bytes they stand for are not UTF-8.
    #[error("`{0}` is not percent-encoded UTF-8; write a literal `%` as `%25`")]
    Encoding(Box<str>),
    /// The text is longer than 4 GiB.
    #[error("the package url is too long; it must stay below 4 GiB")]
    TooLong,
}
