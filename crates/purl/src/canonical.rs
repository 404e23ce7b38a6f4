//! The one place that checks the parts of a Package URL and prints them in canonical form. The rules of each type are in
//! `types`.

use std::borrow::Cow;

use crate::encode::{encoded_len, push_encoded};
use crate::parts::{Keys, Parts, Qualifier, lower};
use crate::{Ends, Purl, PurlError, SCHEME, types};

impl Parts<'_> {
    /// Checks and normalises the parts, and prints them as one canonical Package URL.
    pub(crate) fn into_purl(mut self, keys: Keys) -> Result<Purl, PurlError> {
        self.check_type()?;
        let rule = types::rule(&self.package_type);
        self.check_qualifiers(match keys {
            Keys::AsTyped => rule.refuses_upper_keys(),
            Keys::AnyCase => false,
        })?;
        check_segments(&self.namespace)?;
        check_segments(&self.subpath)?;
        rule.apply(&mut self)?;
        self.print()
    }

    fn check_type(&mut self) -> Result<(), PurlError> {
        if self.package_type.is_empty() {
            return Err(PurlError::MissingType);
        }
        if !is_word(&self.package_type, b".-") {
            return Err(PurlError::InvalidType(self.package_type.as_ref().into()));
        }
        lower(&mut self.package_type);
        Ok(())
    }

    fn check_qualifiers(&mut self, refuse_upper: bool) -> Result<(), PurlError> {
        self.qualifiers.retain(|(_, value)| !value.is_empty());
        for (key, _) in &mut self.qualifiers {
            if !is_qualifier_key(key) {
                return Err(PurlError::InvalidQualifierKey(key.as_ref().into()));
            }
            if refuse_upper && key.bytes().any(|byte| byte.is_ascii_uppercase()) {
                return Err(PurlError::UpperCaseQualifierKey(key.as_ref().into()));
            }
            lower(key);
        }
        self.qualifiers.sort_by(|left, right| left.0.cmp(&right.0));
        let mut keys = self
            .qualifiers
            .iter()
            .map(|(key, _)| key)
            .zip(self.qualifiers.iter().skip(1));
        match keys.find(|(key, (next, _))| *key == next) {
            Some((key, _)) => Err(PurlError::DuplicateQualifier(key.as_ref().into())),
            None => Ok(()),
        }
    }

    fn print(&self) -> Result<Purl, PurlError> {
        let mut text = String::with_capacity(self.printed_len());
        text.push_str(SCHEME);
        text.push_str(&self.package_type);
        push_segments(&mut text, &self.namespace, '/');
        let namespace = offset(&text)?;
        self.push_name(&mut text);
        let name = offset(&text)?;
        if !self.version.is_empty() {
            text.push('@');
            push_encoded(&mut text, &self.version);
        }
        let version = offset(&text)?;
        let mut separator = '?';
        for (key, value) in &self.qualifiers {
            text.push(separator);
            text.push_str(key);
            text.push('=');
            push_encoded(&mut text, value);
            separator = '&';
        }
        let qualifiers = offset(&text)?;
        push_segments(&mut text, &self.subpath, '#');
        offset(&text)?;
        let ends = Ends {
            namespace,
            name,
            version,
            qualifiers,
        };
        Ok(Purl {
            text: text.into_boxed_str(),
            ends,
        })
    }

    /// A git name is a path; no other name keeps a `/` as it is.
    fn push_name(&self, text: &mut String) {
        text.push('/');
        if self.package_type != types::GIT {
            return push_encoded(text, &self.name);
        }
        for (index, segment) in self.name.split('/').enumerate() {
            if index > 0 {
                text.push('/');
            }
            push_encoded(text, segment);
        }
    }

    /// The length `print` will reach (more for a git path), so that it allocates once.
    fn printed_len(&self) -> usize {
        let segment = |text: &Cow<'_, str>| 1 + encoded_len(text);
        let qualifier = |(key, value): &Qualifier<'_>| 2 + key.len() + encoded_len(value);
        SCHEME.len()
            + self.package_type.len()
            + self.namespace.iter().map(segment).sum::<usize>()
            + segment(&self.name)
            + if self.version.is_empty() {
                0
            } else {
                segment(&self.version)
            }
            + self.qualifiers.iter().map(qualifier).sum::<usize>()
            + self.subpath.iter().map(segment).sum::<usize>()
    }
}

/// Where the text ends now.
pub(crate) fn offset(text: &str) -> Result<u32, PurlError> {
    u32::try_from(text.len()).map_err(|_| PurlError::TooLong)
}

fn push_segments(text: &mut String, segments: &[Cow<'_, str>], first: char) {
    let mut separator = first;
    for segment in segments {
        text.push(separator);
        push_encoded(text, segment);
        separator = '/';
    }
}

fn check_segments(segments: &[Cow<'_, str>]) -> Result<(), PurlError> {
    match segments.iter().find(|segment| segment.contains('/')) {
        Some(segment) => Err(PurlError::SlashInSegment(segment.as_ref().into())),
        None => Ok(()),
    }
}

/// Whether a qualifier may have this key, in any case.
pub(crate) fn is_qualifier_key(key: &str) -> bool {
    is_word(key, b".-_")
}

/// Starts with an ASCII letter and holds ASCII letters, digits and `others` only.
fn is_word(text: &str, others: &[u8]) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || others.contains(&byte))
}
