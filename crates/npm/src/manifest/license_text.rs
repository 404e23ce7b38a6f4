//! The texts of licences that packages name by a file of theirs: `SEE LICENSE IN LICENSE.txt`.

use bomtrail_graph::{Component, Files, Fragment, License, Text};

use crate::manifest::files;
use crate::paths;

/// How npm names a licence by a file, in both spellings.
const NAMING: [&str; 2] = ["SEE LICENSE IN ", "SEE LICENCE IN "];

/// The largest file that is taken for a licence, in bytes.
const LARGEST: usize = 1 << 20;

/// Adds the texts of the licences that are named so, where the files are installed. `folder` says where a package is installed,
/// relative to the project's folder `base`.
pub(crate) fn add(
    fragment: &mut Fragment,
    base: &str,
    files: &dyn Files,
    folder: &dyn Fn(&Component) -> Option<String>,
) {
    for component in &mut fragment.components {
        let named = component.licenses.known().and_then(|it| named(it));
        let Some((name, file)) = named else { continue };
        let path = folder(component).and_then(|it| inside(&it, &file));
        let bytes = path.and_then(|it| files::read(base, &it, files));
        let Some(bytes) = bytes.filter(|it| it.len() <= LARGEST) else {
            continue;
        };
        let text = String::from_utf8_lossy(&bytes);
        if !text.trim().is_empty() {
            let texts = &mut component.details_mut().license_texts;
            texts.push((name, Text::from(&*text)));
        }
    }
}

/// The licence that is named by a file, and the file.
fn named(licenses: &[License]) -> Option<(Text, String)> {
    licenses.iter().find_map(|it| {
        let text = it.text();
        let head = text.get(..NAMING.first()?.len())?;
        let is_naming = NAMING.iter().any(|it| head.eq_ignore_ascii_case(it));
        let file = text.get(head.len()..).filter(|_| is_naming)?;
        Some((text.into(), file.trim().to_owned()))
    })
}

/// The path of a file in a folder; `None` for one that leaves it.
fn inside(folder: &str, file: &str) -> Option<String> {
    let leaves = file.split(['/', '\\']).any(|it| it == "..");
    paths::join(folder, file).filter(|_| !leaves && !file.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_licence_may_be_named_by_a_file() {
        let of = |text: &str| named(&[License::declared(text).unwrap()]).map(|(_, file)| file);
        assert_eq!(
            of("SEE LICENSE IN LICENSE.txt").as_deref(),
            Some("LICENSE.txt")
        );
        assert_eq!(
            of("see licence in docs/terms").as_deref(),
            Some("docs/terms")
        );
        assert_eq!(of("MIT"), None);
        assert_eq!(inside("node_modules/a", "../b/LICENSE"), None);
        assert_eq!(inside("node_modules/a", "/etc/passwd"), None);
    }
}
