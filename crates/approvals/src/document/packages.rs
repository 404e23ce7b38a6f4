//! `packages`: exact versions by package. The only thing that approves.

use jsonc_parser::ast::Value;

use super::Package;
use crate::json::Page;
use crate::key::Stated;
use crate::version;

const HELP: &str = "list exact versions only; the next one is a decision of its own";

pub(super) fn read<'t>(page: &mut Page<'t>, value: &Value<'t>) -> Vec<Package> {
    let Some(object) = page.as_object("packages", value) else {
        return Vec::new();
    };
    let mut packages = Vec::with_capacity(object.properties.len());
    for (name, at, versions) in page.properties(object, None) {
        let stated = match Stated::parse(name) {
            Ok(stated) => stated,
            Err(why) => {
                page.wrong(at, format!("`{name}` names no package: {why}"), None);
                continue;
            }
        };
        if let Some(version) = &stated.version {
            let help =
                format!("take the version out of the name and write `[\"{version}\"]` after it");
            page.wrong(at, format!("`{name}` carries a version"), Some(&help));
            continue;
        }
        for (text, at) in page.as_texts(name, versions) {
            let (package_type, is_git) = (stated.key.package_type(), stated.key.is_git());
            if let Some(why) = version::inexact(package_type, is_git, text) {
                let message = format!("`{text}` is no exact version of `{name}`: {why}");
                page.wrong(at, message, Some(HELP));
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
