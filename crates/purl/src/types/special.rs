//! The rules that type definitions give in words only, one function per type. What a table row can say stays in the table.

use std::borrow::Cow;

use crate::PurlError;
use crate::parts::{Parts, lower};

type Outcome = Result<(), PurlError>;

fn broken(parts: &Parts<'_>, value: &str, rule: &'static str) -> Outcome {
    let package_type = parts.package_type.as_ref().into();
    Err(PurlError::TypeRule {
        package_type,
        value: value.into(),
        rule,
    })
}

fn qualifier<'p>(parts: &'p Parts<'_>, wanted: &str) -> Option<&'p str> {
    parts
        .qualifiers
        .iter()
        .find(|(key, _)| key == wanted)
        .map(|(_, value)| value.as_ref())
}

fn replace_chars(part: &mut Cow<'_, str>, is_wrong: fn(char) -> bool, replacement: &str) {
    if part.contains(is_wrong) {
        *part = Cow::Owned(part.replace(is_wrong, replacement));
    }
}

/// A chrome extension id is 32 letters from `a` to `p`, its version one to four numbers.
pub(super) fn chrome_extension(parts: &Parts<'_>) -> Outcome {
    let is_id =
        parts.name.len() == 32 && parts.name.bytes().all(|byte| (b'a'..=b'p').contains(&byte));
    if !is_id {
        return broken(
            parts,
            &parts.name,
            "the name is the extension id, 32 letters from `a` to `p`",
        );
    }
    let is_number =
        |number: &str| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    let is_version =
        parts.version.split('.').count() <= 4 && parts.version.split('.').all(is_number);
    if parts.version.is_empty() || is_version {
        return Ok(());
    }
    broken(
        parts,
        &parts.version,
        "the version is one to four numbers with dots between them",
    )
}

pub(super) fn cocoapods(parts: &Parts<'_>) -> Outcome {
    let is_wrong = |letter: char| letter == '+' || letter.is_whitespace();
    if parts.name.starts_with('.') || parts.name.contains(is_wrong) {
        return broken(
            parts,
            &parts.name,
            "a pod name has no white space and no `+`, and does not start with `.`",
        );
    }
    Ok(())
}

/// A cpan name is a distribution, never a module, and its namespace is one author.
pub(super) fn cpan(parts: &Parts<'_>) -> Outcome {
    if parts.name.contains("::") {
        return broken(
            parts,
            &parts.name,
            "a module is not a distribution; use the distribution's name, as in `URI-PackageURL`",
        );
    }
    if parts.namespace.len() > 1 {
        return broken(
            parts,
            &parts.namespace.join("/"),
            "the namespace is one author id; leave one segment",
        );
    }
    Ok(())
}

/// A git namespace is the host alone; the name is the whole path on it.
pub(super) fn git(parts: &mut Parts<'_>) {
    let path = whole_path(&parts.namespace, &parts.name);
    let (host, name) = path.split_once('/').unwrap_or(("", &path));
    let host = Some(host).filter(|host| !host.is_empty());
    parts.namespace = host
        .map(|host| Cow::Owned(host.to_owned()))
        .into_iter()
        .collect();
    parts.name = Cow::Owned(name.to_owned());
}

fn whole_path(namespace: &[Cow<'_, str>], name: &str) -> String {
    let segments = namespace.iter().map(AsRef::as_ref).chain(name.split('/'));
    let segments: Vec<&str> = segments.filter(|segment| !segment.is_empty()).collect();
    segments.join("/")
}

/// Databricks ignores the case of a model's name, other servers do not.
pub(super) fn mlflow(parts: &mut Parts<'_>) {
    let server = qualifier(parts, "repository_url").unwrap_or_default();
    let after_scheme = server.split_once("://").map_or(server, |(_, rest)| rest);
    let host = after_scheme.split('/').next();
    if host.is_some_and(|host| host.contains("databricks")) {
        lower(&mut parts.name);
    }
}

/// An npm scope is the namespace; kept in the name it would name another package.
pub(super) fn npm(parts: &Parts<'_>) -> Outcome {
    if parts.name.contains('/') {
        return broken(
            parts,
            &parts.name,
            "the name has no `/`; give the scope as the namespace",
        );
    }
    if parts.namespace.len() > 1 {
        return broken(
            parts,
            &parts.namespace.join("/"),
            "the namespace is one scope; leave one segment",
        );
    }
    Ok(())
}

pub(super) fn pub_dev(parts: &mut Parts<'_>) {
    replace_chars(
        &mut parts.name,
        |letter| !letter.is_ascii_alphanumeric() && letter != '_',
        "_",
    );
}

pub(super) fn pypi(parts: &mut Parts<'_>) {
    replace_chars(&mut parts.name, |letter| letter == '_', "-");
}

/// A swid namespace is the creator's name and regid.
pub(super) fn swid(parts: &Parts<'_>) -> Outcome {
    if parts.namespace.len() > 2 {
        let rule = "the namespace is the creator's name and regid; leave two segments";
        return broken(parts, &parts.namespace.join("/"), rule);
    }
    Ok(())
}

/// A swid tag id that is a GUID is lower-case; any other keeps its case.
pub(super) fn lower_guid(parts: &mut Parts<'_>) {
    let tag = parts
        .qualifiers
        .iter_mut()
        .find(|(key, value)| key == "tag_id" && is_guid(value));
    if let Some((_, value)) = tag {
        lower(value);
    }
}

fn is_guid(text: &str) -> bool {
    let groups = text.split('-').map(str::len);
    groups.eq([8, 4, 4, 4, 12])
        && text
            .bytes()
            .all(|byte| byte == b'-' || byte.is_ascii_hexdigit())
}
