//! `denied`: packages that may not be used, whatever approves them.

use bomtrail_document::Table;
use bomtrail_version::Scheme;

use super::reviews;
use crate::entry::Denial;
use crate::key::Stated;

const KNOWN: [&str; 7] = [
    "reason",
    "note",
    "by",
    "on",
    "useInstead",
    "versions",
    "ranges",
];

pub(super) fn read(table: &mut Table<'_, '_>) -> Vec<Denial> {
    let mut denials = Vec::new();
    let Some(table) = table.table("denied") else {
        return denials;
    };
    for entry in table.iter() {
        let (name, at, page) = (&*entry.key, entry.at, &mut *table.page);
        let stated = match Stated::parse(name) {
            Ok(stated) => stated,
            Err(why) => {
                page.wrong(at, &format!("`{name}` is not a package: {why}"), None);
                continue;
            }
        };
        if stated.version.is_some() && !name.starts_with("pkg:") {
            let help = "use a Package URL, or `versions` next to the reason";
            page.wrong(at, &format!("`{name}` has a version"), Some(help));
            continue;
        }
        let mut denial = Denial::stated(stated, page.line(at));
        if let Some(mut details) = Table::of(page, &entry.value, name) {
            details.only_or_own(&KNOWN);
            describe(&mut details, &mut denial);
        }
        denials.push(denial);
    }
    denials
}

fn describe(table: &mut Table<'_, '_>, denial: &mut Denial) {
    denial.reason = table.text("reason").map(str::to_owned);
    denial.note = table.text("note").map(str::to_owned);
    denial.use_instead = table.text("useInstead").map(str::to_owned);
    denial.by = reviews::reviewers(table);
    denial.on = table.date("on");
    if table.get("versions").is_some() {
        let versions = table.texts("versions");
        if versions.is_empty() {
            table.wrong("versions", "a list of at least one version");
        }
        for (text, at) in versions {
            if text.is_empty()
                || text.contains(|c: char| c.is_whitespace() || "<>=^~*|".contains(c))
            {
                let help = "write ranges under `ranges`";
                let message = format!("`{text}` is not an exact version");
                table.page.wrong(at, &message, Some(help));
            }
            denial.versions.push(text.to_owned());
        }
    }
    if table.get("ranges").is_some() {
        ranges(table, denial);
    }
}

/// Ranges, in the grammar of the package's ecosystem.
fn ranges(table: &mut Table<'_, '_>, denial: &mut Denial) {
    let package_type = denial.key.package_type();
    let scheme = Scheme::of_type(package_type).filter(|_| !denial.key.is_git());
    let ranges = table.texts("ranges");
    let Some(scheme) = scheme.filter(|_| !ranges.is_empty()) else {
        let wanted =
            "a list of version ranges of a registry package whose version grammar is known";
        table.wrong("ranges", wanted);
        return;
    };
    for (text, at) in ranges {
        if text.trim().is_empty() || !scheme.is_range(text) {
            let message = format!("`{text}` is not a version range of {package_type}");
            table.page.wrong(at, &message, None);
        }
        denial.ranges.push(text.to_owned());
    }
}
