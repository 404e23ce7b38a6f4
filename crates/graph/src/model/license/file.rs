//! Files with terms of use, by their names.

/// What their names begin with, in lower case.
const NAMES: [&str; 6] = [
    "licence",
    "license",
    "copying",
    "notice",
    "unlicense",
    "copyright",
];
/// Endings of sources and data whose names only look like those of licences.
const NO_TEXT: [&str; 8] = ["js", "cjs", "mjs", "ts", "json", "pm", "pl", "html"];

/// Whether a file with this name has terms of use in it (`LICENSE-MIT.txt`, `NOTICE`). The name has no folder.
///
/// ```
/// assert!(bomtrail_graph::is_license_file("LICENSE.md"));
/// assert!(!bomtrail_graph::is_license_file("license.js"));
/// ```
pub fn is_license_file(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    !name.contains('/') && NAMES.iter().any(|it| name.starts_with(it)) && !NO_TEXT.contains(&ending)
}

#[cfg(test)]
mod tests {
    use super::is_license_file;

    #[test]
    fn files_with_terms_are_recognised_by_their_names() {
        for name in [
            "LICENSE",
            "License.md",
            "LICENCE-MIT.txt",
            "COPYING",
            "NOTICE",
        ] {
            assert!(is_license_file(name), "{name}");
        }
        for name in ["license.js", "licenses.json", "README.md", "x/LICENSE"] {
            assert!(!is_license_file(name), "{name}");
        }
    }
}
