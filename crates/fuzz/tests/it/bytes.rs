//! Changes that do not depend on the format.

use crate::random::Random;

/// What means something in the inputs, to put where it means something else.
const TOKENS: [&str; 40] = [
    "{",
    "}",
    "[",
    "]",
    "\"",
    ",",
    ":",
    "null",
    "true",
    "-1",
    "1e999",
    "0.1",
    "\\u0000",
    "\\ud800",
    "\\",
    "\u{feff}",
    "\u{202e}",
    "\n",
    "<<<<<<< HEAD\n",
    "=======\n",
    ">>>>>>> x\n",
    "..",
    "../",
    "/",
    "node_modules/",
    "@",
    "%",
    "%2F",
    "%00",
    "file:",
    "npm:",
    "git+ssh://u:p@example.com/a.git#x",
    "link",
    "dev",
    "version",
    "resolved",
    "sha512-",
    "dependencies",
    "packages",
    "\0",
];
/// Longer inputs teach nothing new and cost time.
const LONGEST: usize = 64 * 1024;

/// `data` with one to four changes; `other` gives pieces to put in.
pub(crate) fn changed(random: &mut Random, data: &[u8], other: &[u8]) -> Vec<u8> {
    let mut changed = data.to_vec();
    for _ in 0..=random.below(4) {
        change(random, &mut changed, other);
    }
    changed.truncate(LONGEST);
    changed
}

fn change(random: &mut Random, data: &mut Vec<u8>, other: &[u8]) {
    let at = random.below(data.len() + 1);
    let length = random.below(16) + random.below(2) * random.below(200);
    let end = (at + length).min(data.len());
    let none = std::iter::empty();
    match random.below(8) {
        0 => drop(data.splice(at..end, none)),
        1 => data.truncate(at),
        2 => {
            let repeated = data[at..end].repeat(1 + random.below(3));
            data.splice(at..at, repeated);
        }
        3 => {
            if let Some(byte) = data.get_mut(at) {
                *byte ^= 1 << random.below(8);
            }
        }
        4 => data.insert(at, random.byte()),
        5 => {
            let from = random.below(other.len());
            let piece = other.iter().skip(from).take(length).copied();
            data.splice(at..end, piece);
        }
        6 => {
            let word = random.pick(&TOKENS).bytes();
            data.splice(at..end, word);
        }
        _ => {
            let word = random.pick(&TOKENS).bytes();
            data.splice(at..at, word);
        }
    }
}
