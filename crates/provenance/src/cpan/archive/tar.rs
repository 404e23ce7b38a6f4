//! The files of a tar archive (POSIX ustar, GNU's and pax's long names). A link is a file without content, and what is cut
//! short is left out; nothing is written anywhere.

/// The unit that everything in a tar archive is padded to, in bytes.
const BLOCK: usize = 512;

/// Path and content of each file, in order.
pub(super) fn files(bytes: &[u8]) -> Vec<(String, &[u8])> {
    let mut rest = bytes;
    let mut files = Vec::new();
    let mut long = None;
    while let Some((header, after)) = rest.split_at_checked(BLOCK) {
        let Some(size) = number(field(header, 124, 12)) else {
            break;
        };
        let Some((content, next)) = after.split_at_checked(size) else {
            break;
        };
        let padding = size.next_multiple_of(BLOCK) - size;
        rest = next.get(padding..).unwrap_or_default();
        match header.get(156) {
            Some(b'L') => long = Some(text(content)),
            Some(b'x') => long = pax_path(content).or(long),
            Some(b'g' | b'K') => {}
            // A folder.
            Some(b'5') => long = None,
            _ => {
                let path = long.take().unwrap_or_else(|| path(header));
                let path = path.strip_prefix("./").map_or(path.clone(), str::to_owned);
                if !path.is_empty() && !path.ends_with('/') {
                    files.push((path, content));
                }
            }
        }
    }
    files
}

fn field(header: &[u8], start: usize, length: usize) -> &[u8] {
    header.get(start..start + length).unwrap_or_default()
}

/// A text that ends where its field does, or at the first zero.
fn text(field: &[u8]) -> String {
    let end = field.split(|it| *it == 0).next().unwrap_or_default();
    String::from_utf8_lossy(end).into_owned()
}

/// A size in octal digits.
fn number(field: &[u8]) -> Option<usize> {
    let text = text(field);
    let digits = text.trim();
    if digits.is_empty() {
        return Some(0);
    }
    usize::from_str_radix(digits, 8).ok()
}

fn path(header: &[u8]) -> String {
    let name = text(field(header, 0, 100));
    let is_posix = field(header, 257, 6) == b"ustar\0";
    let prefix = if is_posix {
        text(field(header, 345, 155))
    } else {
        String::new()
    };
    if prefix.is_empty() {
        name
    } else {
        [&*prefix, "/", &*name].concat()
    }
}

/// The path in a pax header: records of `length key=value`, each on a line.
fn pax_path(content: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(content);
    let mut records = text.lines().filter_map(|it| it.split_once(' '));
    records.find_map(|(_, record)| record.strip_prefix("path=").map(str::to_owned))
}
