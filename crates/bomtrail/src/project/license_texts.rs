//! The texts of declared licences, from the files of the packages that are installed.

use bomtrail_graph::{Component, Files, Fragment, License, Text};

use crate::source::terms::{self, Terms};

/// What the names of files with a licence begin with, in lower case; notices are not licences.
const LICENSES: [&str; 4] = ["licence", "license", "copying", "unlicense"];

/// Adds the texts to the packages that declare a licence and are installed.
pub(super) fn add(fragments: &mut [Fragment], files: &dyn Files) {
    for fragment in fragments {
        let base = fragment
            .path
            .rsplit_once('/')
            .map_or("", |(base, _)| base)
            .to_owned();
        for component in &mut fragment.components {
            if let Some(found) = texts(component, &base, files) {
                let texts = &mut component.details_mut().license_texts;
                for (name, text) in found {
                    if !texts.iter().any(|(it, _)| *it == name) {
                        texts.push((name, text));
                    }
                }
            }
        }
    }
}

/// The texts of a package, each with the licence that it is of.
fn texts(component: &Component, base: &str, files: &dyn Files) -> Option<Vec<(Text, Text)>> {
    let licenses = component.licenses.known()?;
    if component.place.is_empty() {
        return None;
    }
    let below = [base, "/", &component.place].concat();
    let folders = [&*component.place, below.trim_start_matches('/')];
    let mut found = folders.iter().map(|it| in_folder(it, files));
    let found = found.find(|it| !it.is_empty())?;
    Some(
        licenses
            .iter()
            .flat_map(|it| of_license(it, &found))
            .collect(),
    )
}

fn in_folder(folder: &str, files: &dyn Files) -> Vec<Terms> {
    let mut found = terms::in_folder(folder, files);
    found.retain(|it| {
        let name = it.file.to_ascii_lowercase();
        LICENSES.iter().any(|begin| name.starts_with(begin))
    });
    found
}

/// The text of a licence, or those of the licences of an expression: by the names of the files where there are several.
fn of_license(license: &License, found: &[Terms]) -> Vec<(Text, Text)> {
    let pair = |name: &str, it: &Terms| (Text::from(name), Text::from(&*it.text));
    if let License::Expression(expression) = license {
        let names = expression.split([' ', '(', ')']);
        let texts = names.filter_map(|name| Some(pair(name, named(name, found)?)));
        let all: Vec<(Text, Text)> = texts.collect();
        if !all.is_empty() {
            return all;
        }
    }
    let name = license.text();
    let text = named(name, found).or(found.first());
    text.map(|it| pair(name, it)).into_iter().collect()
}

/// The file whose name has the name of a licence: `LICENSE-APACHE` for `Apache-2.0`.
fn named<'f>(license: &str, found: &'f [Terms]) -> Option<&'f Terms> {
    let word = license
        .split('-')
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    let operators = ["", "and", "or", "with"];
    if operators.contains(&word.as_str()) {
        return None;
    }
    found.iter().find(|it| {
        let name = it.file.to_ascii_lowercase();
        let mut words = name.split(|c: char| !c.is_ascii_alphanumeric());
        words.any(|it| it == word)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(files: &[&str]) -> Vec<Terms> {
        let terms = |file: &&str| Terms {
            file: (*file).to_owned(),
            text: format!("the text of {file}"),
        };
        files.iter().map(terms).collect()
    }

    #[test]
    fn texts_belong_to_the_licences_that_their_files_name() {
        let of = |license: &str, files: &[&str]| {
            let license = License::declared(license).unwrap();
            let all = of_license(&license, &found(files)).into_iter();
            all.map(|(name, text)| format!("{name}: {text}"))
                .collect::<Vec<_>>()
        };
        let both = of("MIT OR Apache-2.0", &["LICENSE-APACHE", "LICENSE-MIT"]);
        assert_eq!(
            both,
            [
                "MIT: the text of LICENSE-MIT",
                "Apache-2.0: the text of LICENSE-APACHE"
            ]
        );
        assert_eq!(of("MIT", &["LICENSE"]), ["MIT: the text of LICENSE"]);
        let whole = of("MIT OR ISC", &["COPYING"]);
        assert_eq!(whole, ["MIT OR ISC: the text of COPYING"]);
    }
}
