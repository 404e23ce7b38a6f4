//! `packages`: exact versions by package. This section alone approves.

use bomtrail_document::Table;

use crate::entry::Package;
use crate::key::Stated;
use crate::version;

const HELP: &str = "list exact versions only: every new version is a decision of its own";

pub(super) fn read(table: &mut Table<'_, '_>) -> Vec<Package> {
    let mut packages = Vec::new();
    let Some(table) = table.table("packages") else {
        return packages;
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
        if let Some(version) = &stated.version {
            let help =
                format!("remove the version from the name and write `[\"{version}\"]` after it");
            page.wrong(at, &format!("`{name}` has a version"), Some(&help));
            continue;
        }
        let (package_type, is_git) = (stated.key.package_type(), stated.key.is_git());
        for (text, at) in page.texts(name, &entry.value) {
            if let Some(why) = version::inexact(package_type, is_git, text) {
                let message = format!("`{text}` is not an exact version of `{name}`: {why}");
                page.wrong(at, &message, Some(HELP));
                continue;
            }
            packages.push(Package {
                key: stated.key.clone(),
                author: stated.author.clone(),
                version: text.to_owned(),
                line: page.line(at),
            });
        }
    }
    packages
}
