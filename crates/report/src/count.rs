//! Numbers with their nouns.

/// A number and its noun: `1 package`, `2 packages`.
///
/// ```
/// assert_eq!(bomtrail_report::count(1, "package"), "1 package");
/// assert_eq!(bomtrail_report::count(0, "dependency"), "0 dependencies");
/// ```
#[must_use]
pub fn count(number: usize, noun: &str) -> String {
    if number == 1 {
        return format!("1 {noun}");
    }
    match noun.strip_suffix('y') {
        Some(stem) => format!("{number} {stem}ies"),
        None => format!("{number} {noun}s"),
    }
}
