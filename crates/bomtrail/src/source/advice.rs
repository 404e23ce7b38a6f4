//! What to do in a folder without an input: advice by the files that are there.

#[cfg(feature = "discovery")]
use std::path::Path;

use bomtrail_graph::Files;

#[cfg(feature = "discovery")]
use super::discovery::{Discovery, DiscoveryOptions};
use super::inputs;

/// Files that are programs or belong to a tool whose files are not read, and what to do about each.
const KNOWN: &[(&str, &str)] = &[
    (
        "Makefile.PL",
        "`Makefile.PL` is a program; `perl Makefile.PL` writes a `MYMETA.json`, which is read",
    ),
    (
        "Build.PL",
        "`Build.PL` is a program; `perl Build.PL` writes a `MYMETA.json`, which is read",
    ),
    (
        "dist.ini",
        "`dist.ini` belongs to Dist::Zilla; `dzil build` makes a folder with a `META.json`, which is read",
    ),
    (
        "minil.toml",
        "`minil.toml` belongs to Minilla; `minil build` makes a folder with a `META.json`, which is read",
    ),
    (
        "Cargo.toml",
        "`cargo generate-lockfile` makes a `Cargo.lock` of the `Cargo.toml`, which is read",
    ),
    (
        "alienfile",
        "`alienfile` is a program of Alien::Build; `perl Makefile.PL` writes a `MYMETA.json`, which is read",
    ),
];

/// What to do about the files of a folder; a way to make an input for each ecosystem where none of them is known.
pub(crate) fn advice(files: &dyn Files) -> Vec<String> {
    let all = files.list("");
    let is_there = |name: &str| all.iter().any(|it| it == name);
    let known = KNOWN.iter().filter(|(name, _)| is_there(name));
    let known = known.map(|(_, advice)| (*advice).to_owned());
    // Inputs under other names are read when they are named.
    let readable = all.iter().filter(|it| inputs::reader_of(it).is_some());
    let readable =
        readable.map(|it| format!("`{it}` is read when it is named in place of the folder"));
    let found: Vec<String> = known.chain(readable).collect();
    if found.is_empty() {
        let general = inputs::advice().into_iter();
        return general.map(str::to_owned).collect();
    }
    found
}

/// Where the projects below a folder are; `None` without a project nearby.
#[cfg(feature = "discovery")]
pub(crate) fn of_projects_below(folder: &Path, label: &Path) -> Option<String> {
    const MOST_NAMED: usize = 5;
    let options = DiscoveryOptions {
        depth: 8,
        entries: 50_000,
        ..DiscoveryOptions::default()
    };
    let found = Discovery::below(folder, &options).ok()?;
    let inputs = found.projects.iter().filter_map(|it| {
        let folder = found.path(it);
        Some(folder.join(it.inputs.first()?).display().to_string())
    });
    let inputs: Vec<String> = inputs.map(|it| format!("`{it}`")).collect();
    let named = inputs.get(..MOST_NAMED).unwrap_or(&inputs).join(", ");
    let more = match inputs.len() {
        0 => return None,
        count if count > MOST_NAMED => format!(" and {} more", count - MOST_NAMED),
        _ => String::new(),
    };
    let label = label.display();
    Some(format!(
        "below it are {named}{more}: name one of the folders, or read all of them with `--all {label}`"
    ))
}
