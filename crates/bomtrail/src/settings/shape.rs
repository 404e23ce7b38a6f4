//! The shapes of texts in a `bomtrail.toml`.

/// True for an absolute web address without spaces and control characters.
pub(super) fn is_url(text: &str) -> bool {
    let rest = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|it| !it.is_empty() && !it.starts_with('/'))
        && !text
            .contains(|c: char| c.is_whitespace() || c.is_control() || "<>\"{}|\\^`".contains(c))
}

/// True for a text of the form of one e-mail address.
pub(super) fn is_email(text: &str) -> bool {
    let plain = !text.contains(|c: char| c.is_whitespace() || c.is_control() || "<>,;".contains(c));
    let parts = text.split_once('@');
    plain
        && parts
            .is_some_and(|(user, host)| !user.is_empty() && !host.is_empty() && !host.contains('@'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_whole() {
        assert!(is_url("https://example.com/a?b=c"));
        assert!(!is_url("example.com") && !is_url("https://") && !is_url("https://a b"));
        assert!(!is_url("javascript:alert(1)"));
        assert!(is_email("a@example.com") && !is_email("a@b@c") && !is_email("A <a@b>"));
    }
}
