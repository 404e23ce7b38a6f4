//! Projects of extreme shapes, of any size and from a formula: what is linear in a usual project need not be in these.

use std::fmt::Write as _;
use std::io;
use std::path::Path;

use serde_json::{Map, Value, json};

use super::PROJECT;
use crate::checkout;

/// A shape, by name, with the name of a package, and what writes a project of so many packages to a folder.
pub(crate) type Shape = (&'static str, &'static str, fn(u32, &Path) -> io::Result<()>);

/// Every shape.
pub(crate) const SHAPES: [Shape; 9] = [
    ("chain", "p1", |count, folder| {
        npm(&["p0".to_owned()], count, |it| next(it, count), folder)
    }),
    ("star", "p1", |count, folder| {
        npm(&names(0, count), count, |_| Vec::new(), folder)
    }),
    ("hub", "p1", |count, folder| {
        npm(
            &names(0, count),
            count,
            |it| vec!["p0".to_owned(); usize::from(it > 0)],
            folder,
        )
    }),
    ("places", "p1", places),
    ("workspaces", "p1", workspaces),
    ("pnpm", "package-1", super::write_pnpm),
    ("yarn", "p1", yarn),
    ("bun", "p1", bun),
    ("cpan", "Acme-D00001", |count, folder| {
        super::write_snapshot(count / CPAN_SHARE, folder)
    }),
];

/// A project of CPAN has as many distributions as a tenth of what the others have: the largest real ones have some hundreds.
const CPAN_SHARE: u32 = 10;
/// What the project itself requires, of a lockfile whose packages require each other.
const DIRECT: usize = 200;
const DIGEST: &str = "sha512-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==";

fn names(from: u32, to: u32) -> Vec<String> {
    (from..to).map(|it| format!("p{it}")).collect()
}

fn next(number: u32, count: u32) -> Vec<String> {
    names(number + 1, (number + 2).min(count))
}

fn ranges(names: &[String]) -> Value {
    let ranges = names.iter().map(|it| (it.clone(), "^1.0.0".into()));
    Value::Object(ranges.collect())
}

fn entry(name: &str, needs: &[String]) -> Value {
    json!({
        "version": "1.0.0",
        "resolved": format!("https://npm.example.com/{name}/-/{name}-1.0.0.tgz"),
        "integrity": DIGEST,
        "license": "MIT",
        "dependencies": ranges(needs),
    })
}

/// A lockfile of npm and its manifest.
fn write(manifest: &Value, mut entries: Map<String, Value>, folder: &Path) -> io::Result<()> {
    entries.insert(String::new(), manifest.clone());
    let lock = json!({ "name": PROJECT, "version": "1.0.0", "lockfileVersion": 3, "requires": true, "packages": entries });
    checkout::write(&folder.join("package-lock.json"), &lock.to_string())?;
    checkout::write(&folder.join("package.json"), &manifest.to_string())
}

/// Packages `p0` and so on at the top, each with what it needs.
fn npm(
    direct: &[String],
    count: u32,
    needs: impl Fn(u32) -> Vec<String>,
    folder: &Path,
) -> io::Result<()> {
    let manifest = json!({ "name": PROJECT, "version": "1.0.0", "dependencies": ranges(direct) });
    let entries = (0..count).map(|it| {
        let name = format!("p{it}");
        (format!("node_modules/{name}"), entry(&name, &needs(it)))
    });
    write(&manifest, entries.collect(), folder)
}

/// One package at half as many places.
fn places(count: u32, folder: &Path) -> io::Result<()> {
    let direct = names(0, count / 2);
    let manifest = json!({ "name": PROJECT, "version": "1.0.0", "dependencies": ranges(&direct) });
    let needs = ["same".to_owned()];
    let mut entries = Map::new();
    for name in &direct {
        let place = format!("node_modules/{name}");
        entries.insert(format!("{place}/node_modules/same"), entry("same", &[]));
        entries.insert(place, entry(name, &needs));
    }
    write(&manifest, entries, folder)
}

/// As many workspaces as packages, each listed by its path.
fn workspaces(count: u32, folder: &Path) -> io::Result<()> {
    let mut entries = Map::new();
    let mut listed = Vec::new();
    for name in names(0, count / 2) {
        let path = format!("w/{name}-own");
        let own = format!("{name}-own");
        entries.insert(
            format!("node_modules/{own}"),
            json!({ "resolved": path, "link": true }),
        );
        let member = json!({ "name": own, "version": "1.0.0", "dependencies": ranges(std::slice::from_ref(&name)) });
        entries.insert(path.clone(), member);
        entries.insert(format!("node_modules/{name}"), entry(&name, &[]));
        listed.push(path);
    }
    let manifest = json!({ "name": PROJECT, "version": "1.0.0", "workspaces": listed });
    write(&manifest, entries, folder)
}

/// The two packages that one requires, and the manifest of the project that requires some of all.
fn needs(number: u32, count: u32) -> [String; 2] {
    [7, 13].map(|step| format!("p{}", number.wrapping_mul(7).wrapping_add(step) % count))
}

fn direct(count: u32) -> Vec<String> {
    let step = (count as usize / DIRECT).max(1);
    names(0, count).into_iter().step_by(step).collect()
}

fn manifest(count: u32, folder: &Path) -> io::Result<()> {
    let direct = direct(count);
    let manifest = json!({ "name": PROJECT, "version": "1.0.0", "dependencies": ranges(&direct) });
    checkout::write(&folder.join("package.json"), &manifest.to_string())
}

fn yarn(count: u32, folder: &Path) -> io::Result<()> {
    let mut text = String::from(
        "# THIS IS AN AUTOGENERATED FILE. DO NOT EDIT THIS FILE DIRECTLY.\n# yarn lockfile v1\n\n\n",
    );
    for it in 0..count {
        // Writing to a `String` cannot fail.
        let _ = writeln!(
            text,
            "p{it}@^1.0.0:\n  version \"1.0.0\"\n  resolved \"https://npm.example.com/p{it}/-/p{it}-1.0.0.tgz\"\n  integrity {DIGEST}\n  dependencies:"
        );
        for name in needs(it, count) {
            let _ = writeln!(text, "    {name} \"^1.0.0\"");
        }
        text.push('\n');
    }
    checkout::write(&folder.join("yarn.lock"), &text)?;
    manifest(count, folder)
}

fn bun(count: u32, folder: &Path) -> io::Result<()> {
    let packages = (0..count).map(|it| {
        let name = format!("p{it}");
        let facts = json!({ "dependencies": ranges(&needs(it, count)) });
        let tuple = json!([format!("{name}@1.0.0"), "", facts, DIGEST]);
        (name, tuple)
    });
    let packages: Map<String, Value> = packages.collect();
    let lock = json!({
        "lockfileVersion": 1,
        "workspaces": { "": { "name": PROJECT, "dependencies": ranges(&direct(count)) } },
        "packages": packages,
    });
    checkout::write(&folder.join("bun.lock"), &lock.to_string())?;
    manifest(count, folder)
}
