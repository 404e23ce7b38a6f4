//! Texts by lines: line ends, and how many lines two texts do not share.

use std::collections::HashMap;

/// A text with `\n` at the end of each line; `None` for bytes that are not a text.
pub(super) fn with_plain_ends(bytes: &[u8]) -> Option<Vec<u8>> {
    if bytes.contains(&0) {
        return None;
    }
    let mut plain = Vec::with_capacity(bytes.len());
    let mut rest = bytes.iter().copied().peekable();
    while let Some(byte) = rest.next() {
        if byte != b'\r' || rest.peek() != Some(&b'\n') {
            plain.push(byte);
        }
    }
    Some(plain)
}

/// How many lines `new` has that `old` has not, and the other way round. Lines that only moved count for neither.
pub(super) fn added_and_removed(old: &[u8], new: &[u8]) -> Option<(usize, usize)> {
    if old.contains(&0) || new.contains(&0) {
        return None;
    }
    let mut counts: HashMap<&[u8], i64> = HashMap::new();
    for line in old.split(|it| *it == b'\n') {
        *counts.entry(line).or_default() -= 1;
    }
    for line in new.split(|it| *it == b'\n') {
        *counts.entry(line).or_default() += 1;
    }
    let sum = |sign: i64| {
        let counts = counts.values().map(|it| it * sign).filter(|it| *it > 0);
        usize::try_from(counts.sum::<i64>()).unwrap_or_default()
    };
    Some((sum(1), sum(-1)))
}
