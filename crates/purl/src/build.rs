//! Makes a Package URL from decoded parts. `types` has the rules for each part.

use std::borrow::Cow;

use crate::canonical::offset;
use crate::encode::{encoded_len, push_encoded};
use crate::parse::{is_lower_key, subpath_segments};
use crate::parts::{Keys, Parts};
use crate::{Ends, Purl, PurlError, types};

/// Collects decoded parts; [`PurlBuilder::finish`] checks and encodes them. An empty string is a part that is not there.
#[derive(Debug, Clone)]
#[must_use]
pub struct PurlBuilder {
    package_type: String,
    namespace: String,
    name: String,
    version: String,
    qualifiers: Vec<(String, String)>,
    subpath: String,
}

impl PurlBuilder {
    pub(crate) fn new(package_type: &str, name: &str) -> PurlBuilder {
        PurlBuilder {
            package_type: package_type.to_owned(),
            namespace: String::new(),
            name: name.to_owned(),
            version: String::new(),
            qualifiers: Vec::new(),
            subpath: String::new(),
        }
    }

    /// The namespace, decoded; `/` separates its segments.
    pub fn namespace(mut self, namespace: &str) -> PurlBuilder {
        namespace.clone_into(&mut self.namespace);
        self
    }

    /// The version, decoded.
    pub fn version(mut self, version: &str) -> PurlBuilder {
        version.clone_into(&mut self.version);
        self
    }

    /// One more qualifier: a key of ASCII letters, digits, `.`, `-` and `_`, and a decoded value.
    pub fn qualifier(mut self, key: &str, value: &str) -> PurlBuilder {
        self.qualifiers.push((key.to_owned(), value.to_owned()));
        self
    }

    /// The path inside the package, decoded; `/` separates its segments.
    pub fn subpath(mut self, subpath: &str) -> PurlBuilder {
        subpath.clone_into(&mut self.subpath);
        self
    }

    /// The canonical Package URL of the parts, or the first rule of the specification or of the type that they break.
    pub fn finish(self) -> Result<Purl, PurlError> {
        let qualifiers = self.qualifiers.into_iter();
        Parts {
            package_type: Cow::Owned(self.package_type),
            namespace: self
                .namespace
                .split('/')
                .filter(|segment| !segment.is_empty())
                .map(Cow::Borrowed)
                .collect(),
            name: Cow::Owned(self.name),
            version: Cow::Owned(self.version),
            qualifiers: qualifiers
                .map(|(key, value)| (Cow::Owned(key), Cow::Owned(value)))
                .collect(),
            subpath: subpath_segments(self.subpath.split('/').map(Cow::Borrowed).collect()),
        }
        .into_purl(Keys::AsTyped)
    }
}

const NPM: &str = "pkg:npm";

/// An npm Package URL in one allocation: readers make one per lockfile entry.
pub(crate) fn npm(full_name: &str, version: Option<&str>) -> Result<Purl, PurlError> {
    let (scope, name) = split_scope(full_name)?;
    let version = version.unwrap_or_default();
    let part_len = |part: &str| {
        if part.is_empty() {
            0
        } else {
            1 + encoded_len(part)
        }
    };
    let mut text =
        String::with_capacity(NPM.len() + part_len(scope) + part_len(name) + part_len(version));
    text.push_str(NPM);
    push_part(&mut text, '/', scope);
    let namespace = offset(&text)?;
    push_part(&mut text, '/', name);
    let name = offset(&text)?;
    push_part(&mut text, '@', version);
    let end = offset(&text)?;
    let ends = Ends {
        namespace,
        name,
        version: end,
        qualifiers: end,
    };
    Ok(Purl {
        text: text.into_boxed_str(),
        ends,
    })
}

fn push_part(text: &mut String, mark: char, part: &str) {
    if !part.is_empty() {
        text.push(mark);
        push_encoded(text, part);
    }
}

/// `@scope/name` as `@scope` and `name`; a plain name has no scope.
fn split_scope(full_name: &str) -> Result<(&str, &str), PurlError> {
    // Names are short, so that the general search takes longer than a look at each byte.
    let slash = full_name.bytes().rposition(|it| it == b'/');
    let split = slash.and_then(|it| Some((full_name.get(..it)?, full_name.get(it + 1..)?)));
    let (scope, name) = split.unwrap_or(("", full_name));
    if name.is_empty() {
        return Err(PurlError::MissingName);
    }
    let plain = name.len() == full_name.len() && !name.starts_with('@');
    let scoped = scope.len() > 1 && scope.starts_with('@') && !scope.contains('/');
    if plain || scoped {
        return Ok((scope, name));
    }
    let rule = "an npm name is `name` or `@scope/name`";
    Err(PurlError::TypeRule {
        package_type: "npm".into(),
        value: full_name.into(),
        rule,
    })
}

/// `purl` with its first qualifier; `None` where other parts could change by it, or the value is empty.
fn with_first_qualifier(purl: &Purl, key: &str, value: &str) -> Option<Purl> {
    let end = purl.ends.version as usize;
    let changes_others = types::rule(purl.package_type()).depends_on_qualifiers();
    let is_first = purl.ends.version == purl.ends.qualifiers;
    if changes_others || !is_first || !is_lower_key(key) || value.is_empty() {
        return None;
    }
    let (before, subpath) = purl.text.split_at_checked(end)?;
    let room = purl.text.len() + "?=".len() + key.len() + encoded_len(value);
    let mut text = String::with_capacity(room);
    for part in [before, "?", key, "="] {
        text.push_str(part);
    }
    push_encoded(&mut text, value);
    let qualifiers = offset(&text).ok()?;
    text.push_str(subpath);
    offset(&text).ok()?;
    Some(Purl {
        text: text.into_boxed_str(),
        ends: Ends {
            qualifiers,
            ..purl.ends
        },
    })
}

/// The parts of `purl` with one qualifier set, or taken away by an empty value.
pub(crate) fn with_qualifier(purl: &Purl, key: &str, value: &str) -> Result<Purl, PurlError> {
    if let Some(set) = with_first_qualifier(purl, key, value) {
        return Ok(set);
    }
    let split = |path: Option<Cow<'_, str>>| -> Vec<Cow<'_, str>> {
        let path = path.unwrap_or_default();
        path.split('/')
            .filter(|part| !part.is_empty())
            .map(|part| Cow::Owned(part.to_owned()))
            .collect()
    };
    let kept = purl
        .qualifiers()
        .filter(|(found, _)| !found.eq_ignore_ascii_case(key));
    let mut qualifiers: Vec<_> = kept
        .map(|(found, value)| (Cow::Borrowed(found), value))
        .collect();
    qualifiers.push((Cow::Borrowed(key), Cow::Borrowed(value)));
    Parts {
        package_type: Cow::Borrowed(purl.package_type()),
        namespace: split(purl.namespace()),
        name: purl.name(),
        version: purl.version().unwrap_or_default(),
        qualifiers,
        subpath: split(purl.subpath()),
    }
    .into_purl(Keys::AsTyped)
}

/// No type needs a version, so that what is left is canonical.
pub(crate) fn without_version(purl: &Purl) -> Purl {
    let Ends {
        namespace,
        name,
        version,
        qualifiers,
    } = purl.ends;
    let before = purl.text.get(..name as usize).unwrap_or(&purl.text);
    let after = purl.text.get(version as usize..).unwrap_or_default();
    Purl {
        text: [before, after].concat().into_boxed_str(),
        ends: Ends {
            namespace,
            name,
            version: name,
            qualifiers: qualifiers - (version - name),
        },
    }
}

pub(crate) fn package(purl: &Purl) -> Result<Purl, PurlError> {
    let package_type = purl.package_type();
    if let Some(key) = types::rule(package_type).required_qualifier() {
        let package_type = package_type.into();
        return Err(PurlError::MissingQualifier {
            package_type,
            key: key.into(),
        });
    }
    let Ends {
        namespace, name, ..
    } = purl.ends;
    let text = purl.text.get(..name as usize).unwrap_or(&purl.text);
    Ok(Purl {
        text: text.into(),
        ends: Ends {
            namespace,
            name,
            version: name,
            qualifiers: name,
        },
    })
}
