//! Bytes are searched eight at a time, as one number.

/// Bytes of one number.
const WIDTH: usize = 8;

/// The position of the first byte from `from` on that is less than `below`, or one of `any`. `below` is at most 128.
#[inline]
pub fn find_byte<const N: usize>(
    bytes: &[u8],
    from: usize,
    below: u8,
    any: [u8; N],
) -> Option<usize> {
    let mut at = from;
    loop {
        let rest = bytes.get(at..)?;
        let Some(chunk) = rest.first_chunk::<WIDTH>() else {
            return find_in_rest(bytes, at, below, any);
        };
        if let Some(found) = first_of(u64::from_le_bytes(*chunk), below, any) {
            return Some(at + found);
        }
        at += WIDTH;
    }
}

/// The same for less than eight bytes at the end: the last eight are looked at again where there are so many. Apart from the
/// loop, which is small enough to be put where it is called.
#[inline(never)]
fn find_in_rest<const N: usize>(bytes: &[u8], at: usize, below: u8, any: [u8; N]) -> Option<usize> {
    let rest = bytes.get(at..).filter(|it| !it.is_empty())?;
    let Some(chunk) = bytes.last_chunk::<WIDTH>() else {
        return find_in_short(rest, below, any).map(|it| at + it);
    };
    // What was looked at before is shifted out, and zeros that come in are after the rest.
    let before = 8 * (WIDTH - rest.len());
    let found = first_of(u64::from_le_bytes(*chunk) >> before, below, any)?;
    (found < rest.len()).then(|| at + found)
}

/// The same for less than eight bytes in all: the first and the last four of them as one number.
#[inline]
fn find_in_short<const N: usize>(bytes: &[u8], below: u8, any: [u8; N]) -> Option<usize> {
    let ends = bytes.first_chunk::<4>().zip(bytes.last_chunk::<4>());
    let Some((first, last)) = ends else {
        let accepts = |it: &u8| *it < below || any.contains(it);
        return bytes.iter().position(accepts);
    };
    let [first, last] = [first, last].map(|it| u64::from(u32::from_le_bytes(*it)));
    let word = first | last << (8 * (bytes.len() - 4));
    // Zeros are after the last byte.
    first_of(word, below, any).filter(|it| *it < bytes.len())
}

#[inline]
fn first_of<const N: usize>(word: u64, below: u8, any: [u8; N]) -> Option<usize> {
    let found = matches(word, below, any);
    (found != 0).then(|| (found.trailing_zeros() / 8) as usize)
}

/// Not 0 when a byte of `word` is less than `below` (at most 128) or one of `any`. The lowest bit that is set is in the first of
/// these bytes; bits above it mean nothing.
#[inline]
pub(crate) fn matches<const N: usize>(word: u64, below: u8, any: [u8; N]) -> u64 {
    const ONES: u64 = u64::from_ne_bytes([1; WIDTH]);
    const HIGH_BITS: u64 = u64::from_ne_bytes([0x80; WIDTH]);
    // Subtracting from a smaller byte borrows, which sets its high bit; bytes beyond ASCII have it set before.
    let less = |word: u64, limit: u8| word.wrapping_sub(ONES * u64::from(limit)) & !word;
    let mut found = less(word, below);
    for it in any {
        found |= less(word ^ (ONES * u64::from(it)), 1);
    }
    found & HIGH_BITS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_byte_is_found_at_every_place_of_every_length() {
        for length in 0..50 {
            for place in 0..=length {
                // The byte after `:` is one that a borrow might reach.
                let mut bytes = vec![b';'; length];
                for it in bytes.iter_mut().skip(place) {
                    *it = b':';
                }
                for from in 0..=length + 1 {
                    let expected = (from.max(place) < length).then(|| from.max(place));
                    let below = find_byte(&bytes, from, b';', [0x7f]);
                    assert_eq!(below, expected, "{length} {place} {from}");
                    assert_eq!(
                        find_byte(&bytes, from, 0, [b':']),
                        expected,
                        "{length} {place} {from}"
                    );
                }
            }
        }
    }
}
