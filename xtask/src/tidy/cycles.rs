//! Import cycles between files of different folders of one crate. Such a cycle means that a value type lives in the file of
//! the code that uses it; a file of its own breaks the cycle. The top-level folders count, since each is one stage or
//! subject; a module `foo.rs` belongs to the folder `foo`.

use std::collections::{BTreeMap, BTreeSet};

use super::Violation;
use crate::checkout::File;
use crate::codes::is_test;
use crate::source::{Kind, Token, begins, tokens};

/// A path below the crate root, one name per element.
type ModulePath = Vec<String>;

/// The files of one crate by their module paths, with the modules each imports.
type Imports = BTreeMap<ModulePath, BTreeSet<ModulePath>>;

/// One violation for each group of files that import each other and lie in different folders.
pub(super) fn between_folders(files: &[File]) -> Vec<Violation> {
    let mut crates: BTreeMap<&str, Vec<(ModulePath, &File)>> = BTreeMap::new();
    for file in files {
        if let Some((source, path)) = module_of(&file.path) {
            crates.entry(source).or_default().push((path, file));
        }
    }
    crates
        .iter()
        .flat_map(|(source, files)| in_crate(source, files))
        .collect()
}

/// The `src` folder of a file and its module path; `None` for tests, crate roots and what is not in a `src` folder.
fn module_of(path: &str) -> Option<(&str, ModulePath)> {
    let at = path.find("/src/")? + "/src/".len();
    let (source, module) = path.split_at_checked(at)?;
    let module = module.strip_suffix(".rs")?;
    let root = matches!(module, "lib" | "main");
    (!root && !is_test(path)).then(|| (source, module.split('/').map(str::to_owned).collect()))
}

fn in_crate(source: &str, files: &[(ModulePath, &File)]) -> Vec<Violation> {
    let modules: BTreeSet<&ModulePath> = files.iter().map(|(path, _)| path).collect();
    let mut imports = Imports::new();
    for (path, file) in files {
        let tokens = tokens(&file.text).unwrap_or_default();
        let named = paths(&tokens, path);
        let named = named.iter().filter_map(|it| file_of(it, &modules));
        imports.insert(path.clone(), named.filter(|it| it != path).collect());
    }
    let reach: Imports = imports
        .keys()
        .map(|it| (it.clone(), reach(it, &imports)))
        .collect();
    let mut found = Vec::new();
    let mut seen = BTreeSet::new();
    for (path, reached) in &reach {
        let back = |it: &&ModulePath| reach.get(*it).is_some_and(|it| it.contains(path));
        let cycle: Vec<&ModulePath> = reached.iter().filter(back).collect();
        if cycle.len() < 2 || !seen.insert(cycle.clone()) {
            continue;
        }
        let folders: BTreeSet<&str> = cycle.iter().map(|it| folder(it, &modules)).collect();
        if folders.len() > 1 {
            let names: Vec<String> = cycle.iter().map(|it| it.join("/")).collect();
            let message = format!(
                "files of different folders import each other: {}; move the shared value types to files of their own",
                names.join(", ")
            );
            found.push(Violation::new(
                &format!("{source}{}.rs", path.join("/")),
                1,
                message,
            ));
        }
    }
    found
}

/// The top-level folder that a module counts for; empty for a file next to the crate root.
fn folder<'a>(path: &'a ModulePath, modules: &BTreeSet<&ModulePath>) -> &'a str {
    let has_folder = modules
        .iter()
        .any(|it| it.len() > path.len() && it.starts_with(path));
    let inside = path.len() > 1 || has_folder;
    path.first().filter(|_| inside).map_or("", String::as_str)
}

/// Every module that can be reached over imports.
fn reach(from: &ModulePath, imports: &Imports) -> BTreeSet<ModulePath> {
    let mut reached = BTreeSet::new();
    let mut open = vec![from];
    while let Some(next) = open.pop() {
        for module in imports.get(next).into_iter().flatten() {
            if reached.insert(module.clone()) {
                open.push(module);
            }
        }
    }
    reached
}

/// The file that a path leads into: the longest beginning that is a module.
fn file_of(path: &ModulePath, modules: &BTreeSet<&ModulePath>) -> Option<ModulePath> {
    (1..=path.len())
        .rev()
        .filter_map(|count| path.get(..count))
        .map(<[String]>::to_vec)
        .find(|it| modules.contains(it))
}

/// All paths of a file that begin at `crate`, `super` or `self`, and `use` declarations of its own child modules. What a
/// module re-exports does not count: its users depend on it, but it does not depend on what it passes on.
fn paths(tokens: &[Token], module: &ModulePath) -> Vec<ModulePath> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(rest) = tokens.get(at..).filter(|it| !it.is_empty()) {
        at += 1;
        if begins(rest, &["pub", "use"]) {
            at += rest.iter().position(|it| it.text == ";").unwrap_or(0);
            continue;
        }
        let start = match rest {
            [first, colon, ..] if first.kind == Kind::Word && colon.text == ":" => {
                match first.text.as_str() {
                    "crate" => Some(Vec::new()),
                    "self" => Some(module.clone()),
                    "super" => Some(module.iter().take(module.len() - 1).cloned().collect()),
                    _ => None,
                }
            }
            _ => None,
        };
        if let Some(start) = start {
            let (end, mut all) = tree(rest.get(1..).unwrap_or_default(), start);
            found.append(&mut all);
            at += end;
        } else if let [keyword, name, ..] = rest
            && keyword.text == "use"
            && name.kind == Kind::Word
            && !matches!(name.text.as_str(), "crate" | "self" | "super")
        {
            let (_, mut all) = tree(rest.get(1..).unwrap_or_default(), module.clone());
            found.append(&mut all);
        }
    }
    found
}

/// The paths of a use tree that goes on after `prefix`, and how many tokens it has.
fn tree(tokens: &[Token], prefix: ModulePath) -> (usize, Vec<ModulePath>) {
    let mut found = Vec::new();
    let mut open = vec![prefix.clone()];
    let mut current = prefix;
    let mut used = 0;
    for token in tokens {
        match (token.kind, token.text.as_str()) {
            (Kind::Sign, ":") | (Kind::Word, "as") => {}
            (Kind::Sign, "{") => open.push(current.clone()),
            (Kind::Sign, ",") if open.len() > 1 => {
                let prefix = open.last().cloned().unwrap_or_default();
                found.push(std::mem::replace(&mut current, prefix));
            }
            (Kind::Sign, "}") if open.len() > 1 => {
                open.pop();
                let prefix = open.last().cloned().unwrap_or_default();
                found.push(std::mem::replace(&mut current, prefix));
            }
            (Kind::Word, "super") => drop(current.pop()),
            (Kind::Word, word) => current.push(word.to_owned()),
            _ => break,
        }
        used += 1;
        // A path outside braces ends where no colon follows.
        let more = tokens
            .get(used)
            .is_some_and(|it| it.text == ":" || it.text == "{");
        if open.len() == 1 && token.kind == Kind::Word && !more {
            break;
        }
    }
    found.push(current);
    (used, found)
}

#[cfg(test)]
mod tests;
