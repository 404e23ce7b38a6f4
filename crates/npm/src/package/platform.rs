//! The platforms that npm knows: `os`, `cpu` and `libc` of package.json, in the words of Node.js.

use bomtrail_graph::Platform;

/// Values of `process.platform`.
const SYSTEMS: [&str; 11] = [
    "aix", "android", "cygwin", "darwin", "freebsd", "haiku", "linux", "netbsd", "openbsd",
    "sunos", "win32",
];

/// Values of `process.arch`.
const PROCESSORS: [&str; 13] = [
    "arm", "arm64", "ia32", "loong64", "mips", "mipsel", "ppc", "ppc64", "riscv64", "s390",
    "s390x", "x32", "x64",
];

/// C libraries.
const LIBRARIES: [&str; 2] = ["glibc", "musl"];

/// Other words for them, and the word that npm uses.
const OTHERS: [(&str, &str); 15] = [
    ("macos", "darwin"),
    ("mac", "darwin"),
    ("osx", "darwin"),
    ("windows", "win32"),
    ("win", "win32"),
    ("win64", "win32"),
    ("x86_64", "x64"),
    ("amd64", "x64"),
    ("aarch64", "arm64"),
    ("x86", "ia32"),
    ("i386", "ia32"),
    ("i686", "ia32"),
    ("armv7", "arm"),
    ("gnu", "glibc"),
    ("solaris", "sunos"),
];

/// Why a text is not a platform.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PlatformError {
    /// It does not have two or three words.
    #[error("expected `os-cpu` or `os-cpu-libc`, such as `linux-x64-glibc`")]
    Form,
    /// npm uses another word.
    #[error("npm calls `{word}` `{known}`: use `{platform}`")]
    OtherWord {
        /// The word.
        word: String,
        /// npm's word for it.
        known: &'static str,
        /// The whole platform in npm's words.
        platform: String,
    },
    /// npm does not know a word.
    #[error("npm does not know `{word}`: expected one of {}", known.join(", "))]
    UnknownWord {
        /// The word.
        word: String,
        /// The words that npm knows.
        known: &'static [&'static str],
    },
}

/// Reads `os-cpu` or `os-cpu-libc` in npm's words, such as `linux-x64-glibc`.
///
/// # Errors
/// [`PlatformError`] names the word that npm does not know, and the right one where there is one.
pub fn parse_platform(text: &str) -> Result<Platform, PlatformError> {
    let words: Vec<&str> = text.split('-').collect();
    if !(2..=3).contains(&words.len()) {
        return Err(PlatformError::Form);
    }
    let kinds: [&'static [&'static str]; 3] = [&SYSTEMS, &PROCESSORS, &LIBRARIES];
    for (word, known) in words.iter().zip(kinds) {
        if known.contains(word) {
            continue;
        }
        let lower = word.to_ascii_lowercase();
        let Some(right) = right_word(&lower, known) else {
            let word = (*word).to_owned();
            return Err(PlatformError::UnknownWord { word, known });
        };
        let all = words.iter().zip(kinds);
        let all =
            all.map(|(word, known)| right_word(&word.to_ascii_lowercase(), known).unwrap_or(word));
        return Err(PlatformError::OtherWord {
            word: (*word).to_owned(),
            known: right,
            platform: all.collect::<Vec<_>>().join("-"),
        });
    }
    Platform::parse(text).ok_or(PlatformError::Form)
}

/// npm's word for another one, in lower case.
fn right_word(word: &str, known: &[&'static str]) -> Option<&'static str> {
    let other = OTHERS.iter().find(|(other, _)| *other == word);
    let right = other.map_or(word, |(_, right)| right);
    known.iter().find(|it| **it == right).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn npm_words_are_platforms() {
        for text in ["linux-x64", "linux-x64-musl", "darwin-arm64", "win32-ia32"] {
            assert!(parse_platform(text).is_ok(), "{text}");
        }
    }

    #[test]
    fn other_words_are_refused_with_the_right_one() {
        let error = |text: &str| parse_platform(text).unwrap_err().to_string();
        assert_eq!(
            error("linux-x86_64"),
            "npm calls `x86_64` `x64`: use `linux-x64`"
        );
        assert_eq!(
            error("macos-arm64"),
            "npm calls `macos` `darwin`: use `darwin-arm64`"
        );
        assert_eq!(
            error("windows-x64"),
            "npm calls `windows` `win32`: use `win32-x64`"
        );
        assert_eq!(
            error("linux-x64-gnu"),
            "npm calls `gnu` `glibc`: use `linux-x64-glibc`"
        );
        assert!(error("foo-bar").starts_with("npm does not know `foo`: expected one of aix,"));
        assert!(error("linux").contains("such as `linux-x64-glibc`"));
    }
}
