//! What to do about each diagnostic: the advice that the function which builds it gives, else the line of `docs/advice.toml`.

use std::collections::BTreeMap;

use regex::Regex;
use toml_edit::DocumentMut;

use crate::checkout::File;
use crate::codes::{in_crate_source, is_test};

/// The file with the advice that no function gives.
pub(crate) const PAGE: &str = "crates/cli/docs/advice.toml";

/// The advice of every diagnostic, by its id.
pub(crate) fn of_crates(files: &[File]) -> Result<BTreeMap<String, String>, String> {
    let mut all = BTreeMap::new();
    let (names, help) = patterns()?;
    let sources = files.iter();
    for file in sources.filter(|it| in_crate_source(&it.path) && !is_test(&it.path)) {
        all.extend(of_file(&file.text, &names, &help));
    }
    let page = files.iter().find(|it| it.path == PAGE);
    for (id, advice) in page
        .map(|it| written(&it.text))
        .transpose()?
        .into_iter()
        .flatten()
    {
        all.entry(id).or_insert(advice);
    }
    Ok(all)
}

fn patterns() -> Result<(Regex, Regex), String> {
    let new = |pattern| Regex::new(pattern).map_err(|error| error.to_string());
    Ok((
        new(r#"static (\w+): Code =\s*Code::new\(\s*"([^"]+)""#)?,
        new(r#"\.help\(\s*(?:format!\(\s*)?"((?:[^"\\]|\\.|\\\n)*)""#)?,
    ))
}

/// The advice in a file: a function that names a code and gives literal advice.
fn of_file(text: &str, names: &Regex, help: &Regex) -> Vec<(String, String)> {
    let mut found = Vec::new();
    // Functions at the top level of a file; what follows a function may be the next code.
    let functions: Vec<&str> = text.split("fn ").skip(1).collect();
    for name in names.captures_iter(text) {
        let (Some(name), Some(id)) = (name.get(1), name.get(2)) else {
            continue;
        };
        let used = ["&", name.as_str()].concat();
        let mut own = functions.iter().filter(|it| mentions(it, &used));
        let advice = own.find_map(|it| help.captures(it)?.get(1));
        found.extend(advice.map(|it| (id.as_str().to_owned(), plain(it.as_str()))));
    }
    found
}

/// True when a name is in a text as a whole word.
fn mentions(text: &str, name: &str) -> bool {
    text.split(name).skip(1).any(|rest| {
        let next = rest.chars().next();
        next.is_none_or(|it| !it.is_alphanumeric() && it != '_')
    })
}

/// A string literal as its text, with an ellipsis for each value.
fn plain(literal: &str) -> String {
    let mut text = String::new();
    let mut characters = literal.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\\' if characters.peek() == Some(&'\n') => {
                while characters.next_if(|it| it.is_whitespace()).is_some() {}
            }
            '\\' => text.extend(characters.next()),
            '{' => {
                text.push('…');
                characters.by_ref().find(|it| *it == '}');
            }
            other => text.push(other),
        }
    }
    text
}

fn written(text: &str) -> Result<Vec<(String, String)>, String> {
    let page: DocumentMut = text.parse().map_err(|error| format!("{PAGE}: {error}"))?;
    let lines = page.iter();
    Ok(lines
        .filter_map(|(id, advice)| Some((id.to_owned(), advice.as_str()?.to_owned())))
        .collect())
}

#[cfg(test)]
mod tests;
