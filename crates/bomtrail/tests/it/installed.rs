//! Installed trees without a lockfile are what the package managers that made them say.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Command, Stdio};

use bomtrail::Graph;
use serde_json::{Value, json};

use crate::fixture::put;
use crate::registry::Registry;

/// Packages as `name@version`, and what needs what; the project is `.`.
#[derive(Debug, Default, PartialEq, Eq)]
struct Listing {
    packages: BTreeSet<String>,
    edges: BTreeSet<(String, String)>,
    extraneous: BTreeSet<String>,
}

fn packages() -> Vec<Value> {
    vec![
        json!({"name": "a", "version": "1.0.0", "dependencies": {"b": "^1.0.0", "@s/c": "1"}, "license": "MIT"}),
        json!({"name": "b", "version": "1.1.0", "dependencies": {"d": "1"}, "license": "ISC"}),
        json!({"name": "b", "version": "2.0.0", "peerDependencies": {"a": "1"}}),
        json!({"name": "@s/c", "version": "1.0.0", "dependencies": {"b": "2"}, "optionalDependencies": {"gone": "1"}}),
        json!({"name": "d", "version": "1.0.0", "dependencies": {"a": "1"}, "bin": {"d": "x.js"}}),
        json!({"name": "e", "version": "3.0.0", "dependencies": {"bee": "npm:b@2"}}),
    ]
}

const PROJECTS: [&str; 3] = [
    r#"{"name": "one", "version": "1.0.0", "dependencies": {"a": "1"}, "devDependencies": {"e": "3"}}"#,
    r#"{"name": "two", "version": "1.0.0", "dependencies": {"b": "2", "a": "1"}}"#,
    r#"{"name": "three", "version": "1.0.0", "dependencies": {"other": "npm:e@3"}, "workspaces": ["w"]}"#,
];

/// Runs a package manager; `None` where it is not installed, or does not do it.
fn run(folder: &Path, program: &str, args: &[&str]) -> Option<Vec<u8>> {
    let mut command = Command::new(program);
    command.args(args).current_dir(folder).stdin(Stdio::null());
    let output = command.output().ok()?;
    (!output.stdout.is_empty() || output.status.success()).then_some(output.stdout)
}

/// What `npm ls` prints.
fn listed(folder: &Path, more: &[&str]) -> Option<Listing> {
    let args = [&["ls", "--all", "--json"], more].concat();
    let root: Value = serde_json::from_slice(&run(folder, "npm", &args)?).ok()?;
    let mut listing = Listing::default();
    let mut open = vec![(".".to_owned(), &root)];
    while let Some((from, package)) = open.pop() {
        for (name, below) in package["dependencies"].as_object().into_iter().flatten() {
            if below["version"].is_null() {
                continue;
            }
            // npm shows aliases only.
            let name = match name.as_str() {
                "bee" => "b",
                "other" => "e",
                name => name,
            };
            let label = format!("{name}@{}", below["version"].as_str().unwrap());
            if below["extraneous"] == json!(true) {
                listing.extraneous.insert(label.clone());
            } else {
                listing.edges.insert((from.clone(), label.clone()));
            }
            listing.packages.insert(label.clone());
            open.push((label, below));
        }
    }
    Some(listing)
}

fn read(folder: &Path) -> Listing {
    let scan = bomtrail::scan(folder).unwrap();
    of_graph(scan.graph())
}

fn of_graph(graph: &Graph) -> Listing {
    let mut listing = Listing::default();
    let label = |it: bomtrail::NodeRef<'_>| match it.version() {
        Some(version) if !it.is_root() => format!("{}@{version}", it.name()),
        _ => ".".to_owned(),
    };
    for node in graph.nodes() {
        for to in node.dependencies() {
            listing.edges.insert((label(node), label(to)));
        }
        if !node.is_root() {
            listing.packages.insert(label(node));
        }
        let flags = node.component().flags;
        if flags.names().any(|it| it == "extraneous") {
            listing.extraneous.insert(label(node));
        }
    }
    listing
}

/// Installs the projects with a package manager, and calls `check` for each.
fn install(program: &str, args: &[&str], check: impl Fn(&Path)) -> bool {
    if run(Path::new("."), program, &["--version"]).is_none() {
        eprintln!("skipped: `{program}` is not installed");
        return false;
    }
    let registry = Registry::of(&packages());
    for manifest in PROJECTS {
        let scratch = tempfile::tempdir().unwrap();
        let folder = scratch.path();
        put(folder, "package.json", manifest);
        put(
            folder,
            "w/package.json",
            r#"{"name": "w", "version": "0.1.0", "dependencies": {"b": "1"}}"#,
        );
        let settings = format!(
            "registry={}/\ncache={}/.cache\n",
            registry.url,
            folder.display()
        );
        put(folder, ".npmrc", &settings);
        run(folder, program, args).unwrap();
        for lockfile in [
            "package-lock.json",
            "node_modules/.package-lock.json",
            "yarn.lock",
            "pnpm-lock.yaml",
        ] {
            std::fs::remove_file(folder.join(lockfile)).ok();
        }
        check(folder);
    }
    true
}

/// A package that nothing needs.
fn add_extraneous(folder: &Path) {
    put(
        folder,
        "node_modules/lost/package.json",
        r#"{"name": "lost", "version": "9.0.0"}"#,
    );
}

const QUIET: [&str; 4] = ["install", "--no-audit", "--no-fund", "--ignore-scripts"];

#[test]
fn a_hoisted_tree_is_what_npm_says() {
    install("npm", &QUIET, |folder| {
        add_extraneous(folder);
        assert_eq!(read(folder), listed(folder, &[]).unwrap());
    });
}

#[test]
fn a_linked_tree_is_what_npm_says() {
    let args = [&QUIET[..], &["--install-strategy=linked"]].concat();
    install("npm", &args, |folder| {
        let listed = listed(folder, &[]).unwrap();
        assert_eq!(read(folder), listed);
    });
}

#[test]
fn trees_of_pnpm_and_yarn_are_what_npm_says() {
    let hoisted = |folder: &Path| assert_eq!(read(folder), listed(folder, &[]).unwrap());
    install("yarn", &["install", "--ignore-scripts"], hoisted);
    install("pnpm", &["install", "--ignore-scripts"], |folder| {
        let packages = read(folder).packages;
        assert!(packages.len() >= 4, "{packages:?}");
    });
}

#[test]
fn the_global_tree_of_this_machine_is_what_npm_says() {
    let here = Path::new(".");
    let Some(root) = run(here, "npm", &["root", "-g"]) else {
        eprintln!("skipped: `npm` is not installed");
        return;
    };
    let root = String::from_utf8(root).unwrap();
    let root = Path::new(root.trim());
    if root.is_dir() {
        assert_eq!(read(root), listed(here, &["-g"]).unwrap());
    }
}

/// A tree with links in circles and out of the project, folders without a manifest, odd names, and a pipe.
#[cfg(unix)]
#[test]
fn a_hostile_tree_ends_with_what_was_read() {
    use std::os::unix::fs::{PermissionsExt, symlink};

    let scratch = tempfile::tempdir().unwrap();
    let folder = scratch.path().join("project");
    let package = |place: &str, text: &str| put(&folder, &format!("{place}/package.json"), text);
    put(
        &folder,
        "package.json",
        r#"{"name": "p", "version": "1.0.0", "dependencies": {"a": "1", "loop": "1"}}"#,
    );
    put(
        scratch.path(),
        "outside/package.json",
        r#"{"name": "outside", "version": "1.0.0"}"#,
    );
    package(
        "node_modules/a",
        r#"{"name": "a", "version": "1.0.0", "dependencies": {"b": "*"}}"#,
    );
    package("node_modules/broken", "{");
    package("node_modules/list", "[]");
    package("node_modules/b\nc", r#"{"name": "b", "version": "1.0.0"}"#);
    package(
        "node_modules/secret",
        r#"{"name": "secret", "version": "1.0.0"}"#,
    );
    let modules = folder.join("node_modules");
    std::fs::create_dir_all(modules.join("empty/node_modules")).unwrap();
    symlink("loop", modules.join("loop")).unwrap();
    symlink("../node_modules", modules.join("a/node_modules")).unwrap();
    symlink("../..", modules.join("up")).unwrap();
    symlink("../../outside", modules.join("outside")).unwrap();
    symlink("/etc", modules.join("etc")).unwrap();
    let pipe = modules.join("pipe");
    std::fs::create_dir(&pipe).unwrap();
    run(&pipe, "mkfifo", &["package.json"]);
    let secret = modules.join("secret");
    std::fs::set_permissions(&secret, std::fs::Permissions::from_mode(0o0)).unwrap();
    let scan = bomtrail::scan(&*folder).unwrap();
    std::fs::set_permissions(&secret, std::fs::Permissions::from_mode(0o755)).unwrap();
    let found = of_graph(scan.graph());
    assert!(found.packages.contains("a@1.0.0"), "{found:?}");
    assert!(!found.packages.contains("outside@1.0.0"), "{found:?}");
    let ids: BTreeSet<&str> = scan.diagnostics().iter().map(|it| it.code.id).collect();
    for id in [
        "npm/control-characters",
        "npm/link-outside",
        "npm/no-manifest",
        "npm/unreadable",
    ] {
        assert!(ids.contains(id), "{id} is not among {ids:?}");
    }
    for it in scan.diagnostics() {
        assert!(!it.to_string().contains('\n'), "{it}");
    }
}

#[test]
fn a_tree_of_many_folders_is_read_in_time_for_its_size() {
    let scratch = tempfile::tempdir().unwrap();
    let folder = scratch.path();
    put(
        folder,
        "package.json",
        r#"{"name": "p", "version": "1.0.0"}"#,
    );
    let count = bomtrail_testkit::cases(500, 100_000);
    for number in 0..count {
        let text = format!(
            r#"{{"name": "p{number}", "version": "1.0.0", "dependencies": {{"p0": "1"}}}}"#
        );
        put(
            folder,
            &format!("node_modules/p{number}/package.json"),
            &text,
        );
    }
    let found = read(folder);
    assert_eq!(found.packages.len(), count);
    assert_eq!(found.extraneous.len(), count);
}
