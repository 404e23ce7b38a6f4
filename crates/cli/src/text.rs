//! Wording shared by the messages of all commands.

/// A number with its noun: `1 package`, `2 packages`.
pub(crate) fn count(number: usize, noun: &str) -> String {
    let ending = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{ending}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nouns_agree_with_their_numbers() {
        assert_eq!(count(0, "package"), "0 packages");
        assert_eq!(count(1, "package"), "1 package");
        assert_eq!(count(2, "remote list"), "2 remote lists");
    }
}
