use super::*;

fn shown(text: &str, style: Style) -> String {
    let key = Key::parse(text, style);
    let or = |it: Option<&str>| it.unwrap_or("-").to_owned();
    let registry = match key.registry {
        None => String::new(),
        Some(KeyRegistry::Host(it)) => format!(" host {it}"),
        Some(KeyRegistry::Named(it)) => format!(" named {it}"),
    };
    format!(
        "{} {} {} [{}]{registry}",
        or(key.name),
        or(key.version),
        or(key.address),
        key.suffix
    )
}

/// Style, key, and its parts.
const KEYS: [(Style, &str, &str); 19] = [
    (Style::Slashes, "/a/1.0.0", "a 1.0.0 - []"),
    (
        Style::Slashes,
        "/@s/a/1.0.0_b@2.0.0+c@1.0.0",
        "@s/a 1.0.0 - [_b@2.0.0+c@1.0.0]",
    ),
    (Style::Slashes, "/a/1.0.0_69bc842e", "a 1.0.0 - [_69bc842e]"),
    (
        Style::Slashes,
        "npm.example.com/@s/a/1.0.0",
        "@s/a 1.0.0 - [] host npm.example.com",
    ),
    (
        Style::Slashes,
        "github.com/o/r/4b34fb_x",
        "- - github.com/o/r/4b34fb_x []",
    ),
    (Style::Slashes, "file:vendor/c", "- - file:vendor/c []"),
    (
        Style::LeadingSlash,
        "/@s/a@1.0.0(b@2.0.0)(c@1.0.0(d@1.0.0))",
        "@s/a 1.0.0 - [(b@2.0.0)(c@1.0.0(d@1.0.0))]",
    ),
    (
        Style::LeadingSlash,
        "npm.example.com/a@1.0.0",
        "a 1.0.0 - [] host npm.example.com",
    ),
    (
        Style::LeadingSlash,
        "file:packages/a(react@18.0.0)",
        "- - file:packages/a [(react@18.0.0)]",
    ),
    (
        Style::LeadingSlash,
        "github.com/o/r/4b34fb",
        "- - github.com/o/r/4b34fb []",
    ),
    (
        Style::Plain,
        "a@1.0.0(patch_hash=ab)(b@1.0.0)",
        "a 1.0.0 - [(patch_hash=ab)(b@1.0.0)]",
    ),
    (
        Style::Plain,
        "@s/a@work:1.0.0",
        "@s/a 1.0.0 - [] named work",
    ),
    (
        Style::Plain,
        "node@runtime:22.0.0",
        "node - runtime:22.0.0 []",
    ),
    (Style::Plain, "a@file:x (1)/a", "a - file:x (1)/a []"),
    (
        Style::Plain,
        "a@https://x.example/a.tgz",
        "a - https://x.example/a.tgz []",
    ),
    (
        Style::Plain,
        "a@git+ssh://git@h/o/r.git#ab",
        "a - git+ssh://git@h/o/r.git#ab []",
    ),
    (Style::Plain, "lonely", "- - lonely []"),
    (Style::Plain, ")", "- - ) []"),
    (Style::Plain, "(a)", "- - (a) []"),
];

#[test]
fn keys_of_every_version_have_parts() {
    for (style, text, expected) in KEYS {
        assert_eq!(shown(text, style), expected, "{text}");
    }
}

#[test]
fn references_lead_to_keys() {
    let cases = [
        (Style::Slashes, "1.0.0_b@1.0.0", Some("/a/1.0.0_b@1.0.0")),
        (Style::Slashes, "/b/1.0.0", Some("/b/1.0.0")),
        (
            Style::Slashes,
            "npm.example.com/b/1.0.0",
            Some("npm.example.com/b/1.0.0"),
        ),
        (Style::Slashes, "link:../b", None),
        (
            Style::LeadingSlash,
            "1.0.0(@s/b@1.0.0)",
            Some("/a@1.0.0(@s/b@1.0.0)"),
        ),
        (Style::LeadingSlash, "/@s/b@1.0.0", Some("/@s/b@1.0.0")),
        (Style::LeadingSlash, "file:x", Some("file:x")),
        (Style::Plain, "1.0.0(b@1.0.0)", Some("a@1.0.0(b@1.0.0)")),
        (Style::Plain, "b@1.0.0(c@1.0.0)", Some("b@1.0.0(c@1.0.0)")),
        (Style::Plain, "@s/b@1.0.0", Some("@s/b@1.0.0")),
        (Style::Plain, "work:1.0.0", Some("a@work:1.0.0")),
        (
            Style::Plain,
            "https://u@h/x.tgz",
            Some("a@https://u@h/x.tgz"),
        ),
        (
            Style::Plain,
            "b@file:vendor/t.tgz",
            Some("b@file:vendor/t.tgz"),
        ),
    ];
    for (style, text, expected) in cases {
        assert_eq!(
            of_reference(text, "a", style).as_deref(),
            expected,
            "{text}"
        );
    }
}
