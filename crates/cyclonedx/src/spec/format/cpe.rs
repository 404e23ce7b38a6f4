//! Names of products: CPE 2.2 as a URI, and CPE 2.3 as a formatted string (NIST IR 7695).

/// True for what the XML schemas of CycloneDX accept as a CPE name.
pub(super) fn is_cpe(text: &str) -> bool {
    match text.strip_prefix("cpe:2.3:") {
        Some(rest) => is_formatted_string(rest),
        None => is_uri(text),
    }
}

/// `cpe:/` and a part with up to six components.
fn is_uri(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(":/") else {
        return false;
    };
    let is_scheme = scheme.eq_ignore_ascii_case("cpe") && scheme.starts_with('c');
    let mut parts = rest.split(':');
    let part = parts.next().unwrap_or_default();
    let fits = |it: &str| {
        let is_allowed = |it: u8| it.is_ascii_alphanumeric() || b"._-~%".contains(&it);
        it.bytes().all(is_allowed)
    };
    let is_part = part.is_empty() || (part.len() == 1 && "AHOaho".contains(part));
    is_scheme && is_part && parts.clone().count() <= 6 && parts.all(fits)
}

/// Eleven attributes behind `cpe:2.3:`: the part, five names, a language and four more names.
fn is_formatted_string(text: &str) -> bool {
    let attributes = attributes(text);
    let [part, names @ ..] = attributes.as_slice() else {
        return false;
    };
    let is_part = matches!(*part, "a" | "h" | "o" | "*" | "-");
    let fits = |(at, it): (usize, &&str)| match at {
        5 => is_any(it) || is_language(it),
        _ => is_any(it) || is_name(it),
    };
    is_part && names.len() == 10 && names.iter().enumerate().all(fits)
}

/// The parts between colons that have no backslash before them.
fn attributes(text: &str) -> Vec<&str> {
    let mut is_escaped = false;
    text.split(|c: char| {
        let ends = c == ':' && !is_escaped;
        is_escaped = c == '\\' && !is_escaped;
        ends
    })
    .collect()
}

/// Any value, or none.
fn is_any(text: &str) -> bool {
    matches!(text, "*" | "-")
}

/// Letters, digits and escaped punctuation, with `*` or any number of `?` at both ends.
fn is_name(text: &str) -> bool {
    let inner = text.strip_prefix('*');
    let mut rest = inner
        .unwrap_or_else(|| text.trim_start_matches('?'))
        .chars();
    let mut length = 0_usize;
    loop {
        let wild = rest.as_str();
        let is_plain = match rest.next() {
            Some('\\') => rest.next().is_some_and(|it| it.is_ascii_punctuation()),
            Some(c) => c.is_ascii_alphanumeric() || "-._".contains(c),
            None => false,
        };
        if !is_plain {
            return length > 0 && (wild == "*" || wild.bytes().all(|it| it == b'?'));
        }
        length += 1;
    }
}

/// A language of two or three letters, and a region of two letters or three digits.
fn is_language(text: &str) -> bool {
    let letters = |it: &str| it.bytes().all(|it| it.is_ascii_alphabetic());
    let (language, region) = text.split_once('-').unwrap_or((text, "GB"));
    let is_number = region.len() == 3 && region.bytes().all(|it| it.is_ascii_digit());
    matches!(language.len(), 2 | 3)
        && letters(language)
        && (is_number || (region.len() == 2 && letters(region)))
}
