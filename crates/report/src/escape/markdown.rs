//! Text in GitHub Flavored Markdown.

use super::printable;

/// Text in which Markdown and HTML find no markup, no link and no mention of a person; it fits in a cell of a table.
pub fn markdown(raw: &str) -> String {
    let spaced = raw.replace(['\n', '\r', '\t'], " ");
    let mut safe = String::with_capacity(raw.len());
    for character in printable(&spaced).chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            // An address in plain text becomes a link, and a name after `@` is notified.
            '@' => safe.push_str("&#64;"),
            ':' => safe.push_str("&#58;"),
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '(' | ')' | '#' | '+' | '!' | '|'
            | '~' | '$' => {
                safe.push('\\');
                safe.push(character);
            }
            plain => safe.push(plain),
        }
    }
    // A host name in plain text becomes a link too.
    safe.replace("www.", "www&#46;")
}

#[cfg(test)]
mod tests {
    use super::markdown;

    #[test]
    fn markup_is_text() {
        assert_eq!(
            markdown("<img src=x onerror=a()>|[x](javascript:y)\n@team"),
            "&lt;img src=x onerror=a\\(\\)&gt;\\|\\[x\\]\\(javascript&#58;y\\) &#64;team"
        );
        assert_eq!(markdown("www.example.com"), "www&#46;example.com");
        assert_eq!(markdown("a\u{202e}b"), "a\\\\u\\{202e\\}b");
    }
}
