//! The subset of YAML that Yarn 2 and later write into `yarn.lock`. Anything else is left to a YAML parser.

use bomtrail_document::find_byte;

use crate::package::value::{Str, Value};
use crate::yarn::items::{Item, Scalar};
use crate::yarn::lines::Lines;

/// The deepest block that Yarn writes: `dependenciesMeta`, a name, `optional`.
const DEEPEST: usize = 3;

/// The items of a lockfile; `None` when a line is not in the form that Yarn writes, so that only a YAML parser can tell what it
/// means.
pub(crate) fn parse(text: &str) -> Option<Vec<Item<'_>>> {
    let mut items = Vec::with_capacity(text.len() / 40);
    each(text, |it| items.push(it))?;
    Some(items)
}

/// Hands out the items of a lockfile in order; `None` at the first line that is not in the form that Yarn writes.
pub(crate) fn each<'t>(text: &'t str, mut take: impl FnMut(Item<'t>)) -> Option<()> {
    // The depth that the next item must have after a key without a value.
    let mut opened: Option<usize> = None;
    let mut depth_before = 0;
    let mut lines = Lines::of(text);
    while let Some((line, number)) = lines.next() {
        let spaces = line.bytes().take_while(|it| *it == b' ').count();
        let content = line.get(spaces..)?;
        if content.is_empty() || (spaces == 0 && content.starts_with('#')) {
            continue;
        }
        let depth = spaces / 2;
        let expected = opened.take();
        let fits = expected.map_or(depth <= depth_before, |it| depth == it);
        if spaces % 2 == 1 || depth > DEEPEST || !fits {
            return None;
        }
        depth_before = depth;
        let (key, value) = match content.strip_prefix("? ") {
            Some(key) => {
                let (next, _) = lines.next()?;
                let after = next.get(spaces..).filter(|_| next.len() >= spaces)?;
                let indented = next.get(..spaces)?.bytes().all(|it| it == b' ');
                let value = after.strip_prefix(':').filter(|_| indented)?;
                (whole(key)?, value)
            }
            None => split(content)?,
        };
        let value = match value.strip_prefix(' ') {
            Some(value) => Scalar::Text(whole(value)?),
            None if value.is_empty() => {
                opened = Some(depth + 1);
                Scalar::Block
            }
            None => return None,
        };
        take(Item {
            line: number,
            depth: u8::try_from(depth).ok()?,
            shared: false,
            key,
            value,
        });
    }
    // A key without a value is `null` in YAML.
    opened.is_none().then_some(())
}

/// A key, and what follows its colon.
fn split(content: &str) -> Option<(Str<'_>, &str)> {
    if content.starts_with('"') {
        let (key, rest) = quoted(content)?;
        return Some((key, rest.strip_prefix(':')?));
    }
    let odd = find_odd(content)?;
    let (key, rest) = content.split_at_checked(odd)?;
    has_plain_ends(key).then_some((Str::Borrowed(key), rest.strip_prefix(':')?))
}

/// A text that fills the rest of a line.
fn whole(text: &str) -> Option<Str<'_>> {
    if text.starts_with('"') {
        let (text, rest) = quoted(text)?;
        return rest.is_empty().then_some(text);
    }
    is_plain(text).then_some(Str::Borrowed(text))
}

/// A quoted text and what follows it.
fn quoted(text: &str) -> Option<(Str<'_>, &str)> {
    let bytes = text.as_bytes();
    let mut at = 1;
    let mut escapes = false;
    let end = loop {
        at = find_byte(bytes, at, b' ', [b'"', b'\\'])?;
        match bytes.get(at)? {
            b'"' => break at,
            b'\\' => {
                escapes = true;
                at += 2;
            }
            _ => return None,
        }
    };
    let rest = text.get(end + 1..)?;
    if !escapes {
        return Some((Str::Borrowed(text.get(1..end)?), rest));
    }
    // Escapes of JSON mean the same in YAML.
    match serde_json::from_str::<Value<'_>>(text.get(..=end)?) {
        Ok(Value::Text(it)) => Some((Str::Owned(it.into_owned()), rest)),
        _ => None,
    }
}

/// True for a text that Yarn writes without quotes, which YAML reads as it is.
pub(crate) fn is_plain(text: &str) -> bool {
    has_plain_ends(text) && find_odd(text).is_none()
}

/// True for a text that begins and ends as one without quotes may.
fn has_plain_ends(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_first = |it: &u8| !b"-?&*!|>'\"%@` ".contains(it);
    bytes.first().is_some_and(is_first) && bytes.last() != Some(&b' ')
}

/// The first byte that no text without quotes has.
fn find_odd(text: &str) -> Option<usize> {
    find_byte(text.as_bytes(), 0, b' ', *b",[]{}:#\x7f")
}

#[cfg(test)]
mod tests;
