//! Licence texts of an archive, and the copyright lines in them.

use bomtrail_graph::is_license_file;

use crate::contents::{Contents, FileKind};

/// The largest file that is read as a licence, in bytes.
const LARGEST: u64 = 1 << 20;
/// The most copyright lines that are kept.
const MOST_LINES: usize = 20;
/// The longest copyright line, in characters.
const LONGEST_LINE: usize = 300;

/// A file with terms of use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LicenseFile {
    /// Its path in the package.
    pub path: String,
    /// Its text; what is not UTF-8 is replaced.
    pub text: String,
}

/// The licence texts of an archive whose contents were kept, by their paths.
pub fn license_files(contents: &Contents) -> Vec<LicenseFile> {
    let files = contents.files.iter();
    let files = files.filter(|(path, file)| {
        let is_file = matches!(file.kind, FileKind::Plain | FileKind::Executable);
        is_file && file.size <= LARGEST && is_license_file(path)
    });
    let texts = files.filter_map(|(path, file)| {
        let text = String::from_utf8_lossy(file.content.as_deref()?).into_owned();
        let path = path.clone();
        (!text.trim().is_empty()).then_some(LicenseFile { path, text })
    });
    texts.collect()
}

/// The lines of licence texts that state a copyright with a year or a holder, each once, as written.
pub fn copyright_lines(files: &[LicenseFile]) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for line in files.iter().flat_map(|it| it.text.lines()) {
        if found.len() == MOST_LINES {
            break;
        }
        let line = line.trim().trim_matches(['*', '#', '/', ' ']).trim();
        let is_new = !found.iter().any(|it| it == line);
        if is_new && is_copyright(line) && line.chars().count() <= LONGEST_LINE {
            found.push(line.to_owned());
        }
    }
    found
}

/// Whether a line is a copyright notice, and not a sentence or a template of a licence about them.
fn is_copyright(line: &str) -> bool {
    let lower = line.to_lowercase();
    let rest = ["copyright", "(c)", "©"]
        .into_iter()
        .find_map(|it| lower.strip_prefix(it));
    let Some(rest) = rest else {
        return false;
    };
    let is_template = ["[yyyy]", "<year>", "{yyyy}", "[year]"]
        .iter()
        .any(|it| lower.contains(it));
    let is_marked = rest.contains("(c)") || rest.contains('©') || !lower.starts_with("copyright");
    let has_year = rest
        .as_bytes()
        .windows(4)
        .any(|it| it.iter().all(u8::is_ascii_digit));
    !is_template && (is_marked || has_year) && rest.chars().any(char::is_alphanumeric)
}
