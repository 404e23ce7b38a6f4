//! Which versions a list may state as exact ones.

use bomtrail_version::npm;

/// What is wrong with a version that should be exact; `None` when it is exact.
pub(crate) fn inexact(package_type: &str, is_git: bool, version: &str) -> Option<&'static str> {
    if version.is_empty() {
        return Some("it is empty");
    }
    if is_git {
        return (!is_commit(version)).then_some("a commit has 40 or 64 hexadecimal digits");
    }
    let ranged = |c: char| c.is_whitespace() || "<>=^~*|,!".contains(c);
    if version.contains(ranged) {
        return Some("it is a range");
    }
    if package_type != "npm" {
        let digit = version.bytes().any(|it| it.is_ascii_digit());
        return (!digit).then_some("it is not a version");
    }
    if version.contains('+') {
        return Some("registries do not keep build metadata");
    }
    (!npm::is_exact(version)).then_some("it is not an exact version (three numbers, as in `1.2.3`)")
}

/// A full commit id.
pub(crate) fn is_commit(text: &str) -> bool {
    matches!(text.len(), 40 | 64)
        && text
            .bytes()
            .all(|it| matches!(it, b'0'..=b'9' | b'a'..=b'f'))
}

#[cfg(test)]
mod tests;
