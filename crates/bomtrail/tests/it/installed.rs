//! Installed trees without a lockfile are what the package managers that made them say.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

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
    r#"{"name": "three", "version": "1.0.0", "private": true, "dependencies": {"other": "npm:e@3"}, "workspaces": ["w"]}"#,
];

/// A folder of package managers that is looked at before `PATH`.
const MANAGERS: &str = "BOMTRAIL_MANAGERS";

/// What a package manager prints, whether or not it succeeds; `None` where it is not installed.
fn output(folder: &Path, program: &str, args: &[&str]) -> Option<Output> {
    let mut command = Command::new(program);
    if let Some(managers) = std::env::var_os(MANAGERS) {
        let path = std::env::var_os("PATH").unwrap_or_default();
        let folders = std::env::split_paths(&managers).chain(std::env::split_paths(&path));
        command.env("PATH", std::env::join_paths(folders).unwrap());
    }
    command.args(args).current_dir(folder).stdin(Stdio::null());
    command.output().ok()
}

/// Runs a package manager; `None` where it is not installed, or prints nothing and fails.
fn run(folder: &Path, program: &str, args: &[&str]) -> Option<Vec<u8>> {
    let output = output(folder, program, args)?;
    (!output.stdout.is_empty() || output.status.success()).then_some(output.stdout)
}

/// The name of a package that is installed under an alias.
fn real(name: &str) -> &str {
    match name {
        "bee" => "b",
        "other" => "e",
        name => name,
    }
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
            let label = format!("{}@{}", real(name), below["version"].as_str().unwrap());
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

/// What `pnpm ls` prints about a project, or about all projects of a workspace.
fn listed_by_pnpm(folder: &Path) -> Listing {
    let mut args = vec!["ls", "--depth", "Infinity", "--json"];
    if folder.join("pnpm-workspace.yaml").exists() {
        args.insert(1, "-r");
    }
    let projects: Value = serde_json::from_slice(&run(folder, "pnpm", &args).unwrap()).unwrap();
    let mut listing = Listing::default();
    let mut open = Vec::new();
    for (number, project) in projects.as_array().unwrap().iter().enumerate() {
        let member = format!(
            "{}@{}",
            project["name"].as_str().unwrap(),
            project["version"].as_str().unwrap()
        );
        let label = if number == 0 { ".".to_owned() } else { member };
        if number > 0 {
            // The root of a workspace is what its members are for.
            listing.edges.insert((".".to_owned(), label.clone()));
            listing.packages.insert(label.clone());
        }
        open.push((label, project));
    }
    while let Some((from, package)) = open.pop() {
        for kind in ["dependencies", "devDependencies", "optionalDependencies"] {
            for (name, below) in package[kind].as_object().into_iter().flatten() {
                let name = below["from"].as_str().unwrap_or(name);
                let label = format!("{}@{}", real(name), below["version"].as_str().unwrap());
                listing.edges.insert((from.clone(), label.clone()));
                listing.packages.insert(label.clone());
                open.push((label, below));
            }
        }
    }
    listing
}

/// What `yarn list` prints: packages by their places, each with what it asks for. It does not list the project.
fn listed_by_yarn(folder: &Path) -> Listing {
    let printed = run(folder, "yarn", &["list", "--json"]).unwrap();
    let printed = String::from_utf8(printed).unwrap();
    let lines = printed
        .lines()
        .map(|it| serde_json::from_str::<Value>(it).unwrap());
    let tree = lines.into_iter().find(|it| it["type"] == "tree").unwrap();
    let top = &tree["data"]["trees"];
    let split = |it: &Value| {
        let text = it["name"].as_str().unwrap();
        // The range of an alias has a name, too: `bee@npm:b@2`.
        let mut marks = text.match_indices('@').map(|(at, _)| at);
        let (name, range) = text.split_at(marks.find(|at| *at > 0).unwrap());
        (name.to_owned(), range.trim_start_matches('@').to_owned())
    };
    let label = |it: &Value| format!("{}@{}", real(&split(it).0), split(it).1);
    let installed = |list: &Value, name: &str| {
        let all = list.as_array().into_iter().flatten();
        all.filter(|it| it["shadow"] != json!(true))
            .find(|it| split(it).0 == name)
            .map(label)
    };
    let mut listing = Listing::default();
    let mut open: Vec<(Vec<&Value>, &Value)> = top
        .as_array()
        .unwrap()
        .iter()
        .map(|it| (vec![top], it))
        .collect();
    while let Some((above, package)) = open.pop() {
        listing.packages.insert(label(package));
        let around: Vec<&Value> = above.into_iter().chain([&package["children"]]).collect();
        for child in package["children"].as_array().into_iter().flatten() {
            if child["shadow"] != json!(true) {
                open.push((around.clone(), child));
                continue;
            }
            let name = split(child).0;
            let found = around.iter().rev().find_map(|it| installed(it, &name));
            listing.edges.extend(found.map(|it| (label(package), it)));
        }
    }
    listing
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

/// Installs the projects with a package manager, and calls `list` before and `check` after their lockfiles are removed.
fn install<L>(program: &str, args: &[&str], list: impl Fn(&Path) -> L, check: impl Fn(&Path, L)) {
    if run(Path::new("."), program, &["--version"]).is_none() {
        eprintln!("skipped: `{program}` is not installed");
        return;
    }
    let mut packages = packages();
    if program == "yarn" {
        // Yarn does not install a project that asks for a package which does not exist, optional or not.
        for it in &mut packages {
            it.as_object_mut().unwrap().remove("optionalDependencies");
        }
    }
    let registry = Registry::of(&packages);
    for manifest in bomtrail_testkit::sample(PROJECTS.to_vec(), 3) {
        let scratch = tempfile::tempdir().unwrap();
        let folder = scratch.path();
        put(folder, "package.json", manifest);
        put(
            folder,
            "w/package.json",
            r#"{"name": "w", "version": "0.1.0", "dependencies": {"b": "1"}}"#,
        );
        if program == "pnpm" && manifest.contains("workspaces") {
            put(folder, "pnpm-workspace.yaml", "packages:\n  - w\n");
        }
        let settings = format!(
            "registry={}/\ncache={1}/.cache\nstore-dir={1}/.store\n",
            registry.url,
            folder.display()
        );
        put(folder, ".npmrc", &settings);
        let done = output(folder, program, args).unwrap();
        assert!(done.status.success(), "{done:?}");
        let listed = list(folder);
        for lockfile in [
            "package-lock.json",
            "node_modules/.package-lock.json",
            "yarn.lock",
            "pnpm-lock.yaml",
        ] {
            std::fs::remove_file(folder.join(lockfile)).ok();
        }
        check(folder, listed);
    }
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
    install("npm", &QUIET, add_extraneous, |folder, ()| {
        assert_eq!(read(folder), listed(folder, &[]).unwrap());
    });
}

#[test]
fn a_linked_tree_is_what_npm_says() {
    let args = [&QUIET[..], &["--install-strategy=linked"]].concat();
    install(
        "npm",
        &args,
        |_| (),
        |folder, ()| {
            assert_eq!(read(folder), listed(folder, &[]).unwrap());
        },
    );
}

#[test]
fn a_tree_of_pnpm_is_what_pnpm_says() {
    let args = ["install", "--ignore-scripts", "--no-frozen-lockfile"];
    install("pnpm", &args, listed_by_pnpm, |folder, listed| {
        assert_eq!(read(folder), listed);
    });
}

#[test]
fn a_tree_of_yarn_is_what_yarn_and_npm_say() {
    let args = ["install", "--ignore-scripts"];
    install("yarn", &args, listed_by_yarn, |folder, by_yarn| {
        let mut found = read(folder);
        assert_eq!(found, listed(folder, &[]).unwrap());
        // Yarn lists neither what the project asks for nor what is met by a peer.
        let is_peer = |from: &str, to: &str| from == "b@2.0.0" && to == "a@1.0.0";
        found
            .edges
            .retain(|(from, to)| from != "." && !is_peer(from, to));
        assert_eq!(found, by_yarn);
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

/// A folder next to the project that its manifest names, as npm links it.
#[cfg(unix)]
#[test]
fn a_link_out_of_the_project_is_followed_where_the_manifest_states_it() {
    let scratch = tempfile::tempdir().unwrap();
    let root = scratch.path();
    put(
        root,
        "app/package.json",
        r#"{"name": "app", "version": "1.0.0", "dependencies": {"lib": "file:../lib"}}"#,
    );
    put(
        root,
        "lib/package.json",
        r#"{"name": "lib", "version": "2.0.0", "dependencies": {"z": "1"}}"#,
    );
    put(
        root,
        "lib/node_modules/z/package.json",
        r#"{"name": "z", "version": "1.0.0"}"#,
    );
    let modules = root.join("app/node_modules");
    std::fs::create_dir_all(&modules).unwrap();
    std::os::unix::fs::symlink("../../lib", modules.join("lib")).unwrap();
    std::os::unix::fs::symlink("../../lib/node_modules/z", modules.join("z")).unwrap();
    let scan = bomtrail::scan(root.join("app")).unwrap();
    let found = of_graph(scan.graph());
    let edge = |from: &str, to: &str| (from.to_owned(), to.to_owned());
    assert_eq!(
        found.edges,
        BTreeSet::from([edge(".", "lib@2.0.0"), edge("lib@2.0.0", "z@1.0.0")])
    );
    let ids: Vec<&str> = scan.diagnostics().iter().map(|it| it.code.id).collect();
    assert!(ids.contains(&"npm/link-outside"), "{ids:?}");
}

/// Folders of a project in which nothing is installed yet.
#[test]
fn a_project_without_packages_is_what_its_manifest_asks_for() {
    let scratch = tempfile::tempdir().unwrap();
    let folder = scratch.path();
    put(
        folder,
        "package.json",
        r#"{"name": "p", "version": "1.0.0", "dependencies": {"a": "1"}}"#,
    );
    put(folder, "node_modules/.bin/x", "");
    let scan = bomtrail::scan(folder).unwrap();
    assert_eq!(scan.graph().nodes().len(), 1);
    let ids: Vec<&str> = scan.diagnostics().iter().map(|it| it.code.id).collect();
    assert_eq!(ids, ["npm/installed-not-proven", "npm/missing-dependency"]);
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
    let device = modules.join("device");
    std::fs::create_dir(&device).unwrap();
    // An endless file; only root may make one.
    run(&device, "mknod", &["package.json", "c", "1", "5"]);
    if !device.join("package.json").exists() {
        eprintln!("skipped: device files, which only root can make");
    }
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
    let count = bomtrail_testkit::cases(200, 100_000);
    for number in 0..count {
        let text = format!(
            r#"{{"name": "p{number}", "version": "1.0.0", "dependencies": {{"p0": "1"}}}}"#
        );
        // Not by the writer that waits for the disk.
        let package = folder.join(format!("node_modules/p{number}"));
        bomtrail::write::make_folder(&package).unwrap();
        let mut file = std::fs::File::create(package.join("package.json")).unwrap();
        file.write_all(text.as_bytes()).unwrap();
    }
    let found = read(folder);
    assert_eq!(found.packages.len(), count);
    assert_eq!(found.extraneous.len(), count);
}
