//! Bytes of a JSON file as text: byte-order marks, invalid UTF-8 and merge-conflict markers.

use std::borrow::Cow;

use bomtrail_document::find_byte;

/// The repairs that were needed before the bytes could be parsed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Repairs {
    /// Invalid UTF-8 was replaced.
    pub(crate) invalid_utf8: bool,
    /// The line (from 1) of the first merge-conflict marker; one side was taken.
    pub(crate) conflict: Option<usize>,
}

/// Which side of a merge conflict to keep.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    /// Between `<<<<<<<` and `=======` (or `|||||||`).
    Ours,
    /// Between `=======` and `>>>>>>>`.
    Theirs,
}

/// The text of `bytes`, without a copy when it is valid UTF-8.
pub(crate) fn decode(bytes: &[u8]) -> (Cow<'_, str>, Repairs) {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    // Checking first is several times faster than lossy decoding, which few files need.
    let text =
        std::str::from_utf8(bytes).map_or_else(|_| String::from_utf8_lossy(bytes), Cow::Borrowed);
    let invalid_utf8 = matches!(text, Cow::Owned(_));
    (
        text,
        Repairs {
            invalid_utf8,
            conflict: None,
        },
    )
}

/// The line (from 1) of the first merge-conflict marker.
pub(crate) fn conflict_line(text: &str) -> Option<usize> {
    text.lines()
        .position(|line| line.starts_with("<<<<<<<"))
        .map(|index| index + 1)
}

/// The line (from 1) of the first conflict marker of a text that has all three kinds anywhere, which npm takes as conflicted.
pub(crate) fn all_conflict_markers(text: &str) -> Option<usize> {
    // Two bytes are searched much faster than one or seven, and nearly no text has these.
    if !text.contains("<<") {
        return None;
    }
    let places: Option<Vec<usize>> = [b'<', b'=', b'>']
        .map(|it| find_marker(text, it))
        .into_iter()
        .collect();
    let first = places?.into_iter().min()?;
    Some(text.get(..first)?.matches('\n').count() + 1)
}

/// The offset of the first run of seven of a byte.
fn find_marker(text: &str, byte: u8) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = 0;
    loop {
        at = find_byte(bytes, at, 0, [byte])?;
        let run = bytes.get(at..)?.iter().take_while(|it| **it == byte);
        let length = run.take(MARKER).count();
        if length == MARKER {
            return Some(at);
        }
        at += length;
    }
}

/// The length of a conflict marker.
const MARKER: usize = 7;

/// `text` with one side of every merge conflict.
pub(crate) fn resolve_conflict(text: &str, side: Side) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut within = None;
    let mut base = false;
    for line in text.split_inclusive('\n') {
        if line.starts_with("<<<<<<<") {
            (within, base) = (Some(Side::Ours), false);
        } else if within.is_some() && line.starts_with("|||||||") {
            base = true;
        } else if within.is_some() && line.starts_with("=======") {
            (within, base) = (Some(Side::Theirs), false);
        } else if within.is_some() && line.starts_with(">>>>>>>") {
            (within, base) = (None, false);
        } else if !base && within.is_none_or(|here| here == side) {
            kept.push_str(line);
        }
    }
    kept
}
