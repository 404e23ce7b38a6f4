//! pnpm's specifiers in npm's words.

use std::borrow::Cow;

use super::key::{Style, of_reference};

/// A specifier in npm's words, for the judgement of what it leads to; `None` where npm has no word for it: workspaces,
/// runtimes, and catalogs that the lockfile does not have.
pub(crate) fn in_npm_words<'v>(specifier: &'v str, alias: &str) -> Option<Cow<'v, str>> {
    let Some((protocol, rest)) = specifier.split_once(':') else {
        return Some(Cow::Borrowed(specifier));
    };
    match protocol {
        "workspace" | "catalog" | "runtime" | "custom" => None,
        "jsr" => Some(Cow::Owned(jsr(rest, alias))),
        "npm" | "file" | "link" | "git" | "github" | "gitlab" | "bitbucket" | "http" | "https"
        | "ssh" => Some(Cow::Borrowed(specifier)),
        // `work:^1.0.0` asks the registry of that name, `work:@scope/name@^1.0.0` for a package of another name.
        name if name
            .bytes()
            .all(|it| it.is_ascii_alphanumeric() || it == b'-') =>
        {
            let key = of_reference(rest, alias, Style::Plain)?;
            Some(Cow::Owned(["npm:", &key].concat()))
        }
        _ => Some(Cow::Borrowed(specifier)),
    }
}

/// `jsr:@scope/name@^1` and `jsr:^1` ask npm's registry of JSR for `@jsr/scope__name`.
fn jsr(rest: &str, alias: &str) -> String {
    let (name, range) = match rest.strip_prefix('@') {
        Some(scoped) => match scoped.split_once('@') {
            Some((name, range)) => (["@", name].concat(), range),
            None => (rest.to_owned(), "*"),
        },
        None => (alias.to_owned(), rest),
    };
    let flat = name.trim_start_matches('@').replacen('/', "__", 1);
    ["npm:@jsr/", &flat, "@", range].concat()
}

#[cfg(test)]
mod tests {
    use super::in_npm_words;

    #[test]
    fn every_protocol_has_npm_words_or_none() {
        let cases = [
            ("^1.0.0", Some("^1.0.0")),
            ("npm:b@1", Some("npm:b@1")),
            ("workspace:^", None),
            ("catalog:", None),
            ("runtime:^22", None),
            ("jsr:^1.0.0", Some("npm:@jsr/s__a@^1.0.0")),
            ("jsr:@x/b@2", Some("npm:@jsr/x__b@2")),
            ("work:^3.0.0", Some("npm:@s/a@^3.0.0")),
            ("work:@x/b@^3.0.0", Some("npm:@x/b@^3.0.0")),
            ("https://h/x.tgz", Some("https://h/x.tgz")),
            ("git+ssh://git@h/o/r", Some("git+ssh://git@h/o/r")),
        ];
        for (specifier, expected) in cases {
            assert_eq!(
                in_npm_words(specifier, "@s/a").as_deref(),
                expected,
                "{specifier}"
            );
        }
    }
}
