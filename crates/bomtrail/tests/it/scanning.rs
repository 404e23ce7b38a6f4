//! From a path to a graph, on real folders.

use std::path::Path;

use bomtrail::source::discovery::Discovery;
use bomtrail::{NodeRef, Project, Scan, ScanError, ScanOptions, Selection, scan};
use bomtrail_testkit::{cases, sample};

use crate::fixture::{basic, put};

const LOCK: &str = r#"{"name":"a","version":"1.0.0","lockfileVersion":3,"packages":{"":{"name":"a","version":"1.0.0"}}}"#;

const WORKSPACES: &str = r#"{"name":"all","lockfileVersion":3,"packages":{
  "":{"name":"all","workspaces":["packages/*"]},
  "packages/one":{"name":"@all/one","version":"1.0.0","dependencies":{"x":"^1.0.0"}},
  "packages/two":{"name":"two","version":"2.0.0","devDependencies":{"@all/one":"*"}},
  "node_modules/@all/one":{"resolved":"packages/one","link":true},
  "node_modules/two":{"resolved":"packages/two","link":true},
  "node_modules/x":{"version":"1.2.3"}}}"#;

fn ids(scan: &Scan) -> Vec<&str> {
    scan.diagnostics().iter().map(|it| it.code.id).collect()
}

fn names(scan: &Scan) -> Vec<&str> {
    scan.graph().nodes().map(NodeRef::name).collect()
}

fn members(name: &str) -> Selection {
    Selection {
        members: vec![name.to_owned()],
        ..Selection::default()
    }
}

#[test]
fn a_shrinkwrap_wins_and_the_other_lockfile_is_reported() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "package-lock.json", LOCK);
    put(folder.path(), "node_modules/.package-lock.json", LOCK);
    let only = scan(folder.path()).unwrap();
    assert!(ids(&only).is_empty());
    put(
        folder.path(),
        "npm-shrinkwrap.json",
        &LOCK.replace("1.0.0", "2.0.0"),
    );
    let both = scan(folder.path()).unwrap();
    let expected = ["bomtrail/second-lockfile", "bomtrail/shrinkwrap-ignored"];
    assert_eq!(ids(&both), expected);
    assert_eq!(&*both.graph().inputs()[0].path, "npm-shrinkwrap.json");
    assert_eq!(
        both.graph().roots().next().unwrap().version(),
        Some("2.0.0")
    );
}

#[test]
fn what_is_installed_is_read_where_no_lockfile_is() {
    let folder = tempfile::tempdir().unwrap();
    let hidden =
        r#"{"name":"a","lockfileVersion":3,"packages":{"node_modules/x":{"version":"1.0.0"}}}"#;
    put(folder.path(), "node_modules/.package-lock.json", hidden);
    put(
        folder.path(),
        "package.json",
        r#"{"name":"a","dependencies":{"x":"1"}}"#,
    );
    // A lockfile that a package carries means nothing.
    put(folder.path(), "node_modules/x/package-lock.json", LOCK);
    let by_folder = scan(folder.path()).unwrap();
    let by_file = scan(folder.path().join("node_modules/.package-lock.json")).unwrap();
    assert_eq!(by_folder.graph(), by_file.graph());
    assert_eq!(by_folder.graph().inputs().len(), 1);
    assert!(names(&by_folder).contains(&"x"));
}

#[test]
fn a_folder_and_the_file_in_it_are_the_same_project() {
    let by_folder = scan(basic()).unwrap();
    let by_file = scan(basic().join("package-lock.json")).unwrap();
    assert_eq!(by_folder.graph(), by_file.graph());
    assert_eq!(by_folder.graph().verify(), Ok(()));
}

#[test]
fn a_lockfile_that_says_nothing_is_an_error_and_no_empty_graph() {
    let folder = tempfile::tempdir().unwrap();
    for text in ["", "{\"packages\": {", "\u{0}\u{1}", "[]", "null"] {
        put(folder.path(), "package-lock.json", text);
        match scan(folder.path()) {
            Err(ScanError::Unreadable {
                inputs,
                diagnostics,
                ..
            }) => {
                assert_eq!(inputs, ["package-lock.json"], "{text:?}");
                assert!(!diagnostics.is_empty());
            }
            other => panic!("{text:?}: {other:?}"),
        }
    }
}

#[test]
fn a_lockfile_that_cannot_be_opened_is_not_passed_over() {
    let folder = tempfile::tempdir().unwrap();
    bomtrail::write::make_folder(&folder.path().join("npm-shrinkwrap.json")).unwrap();
    put(folder.path(), "package-lock.json", LOCK);
    let error = scan(folder.path()).unwrap_err();
    assert!(matches!(error, ScanError::Unreachable { .. }), "{error}");
    let missing = scan(folder.path().join("gone")).unwrap_err();
    assert!(
        matches!(missing, ScanError::Unreachable { .. }),
        "{missing}"
    );
}

#[test]
fn a_lockfile_over_the_limit_is_refused() {
    let options = ScanOptions::default().size_limit(100);
    let error = Scan::with(basic(), &options).unwrap_err().to_string();
    assert!(
        error.contains("larger than the limit of 100 bytes"),
        "{error}"
    );
}

#[test]
fn a_part_of_a_project_has_only_what_it_needs() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "package-lock.json", WORKSPACES);
    let project = Project::open(folder.path(), &ScanOptions::default()).unwrap();
    assert_eq!(project.members(), ["@all/one", "two"]);
    let one = project.scan(&members("@all/one")).unwrap();
    assert_eq!(names(&one), ["@all/one", "x"]);
    assert!(one.graph().roots().all(|it| it.name() == "@all/one"));
    assert_eq!(one.members(), ["@all/one", "two"]);
    let place = project.scan(&members("packages/one")).unwrap();
    assert_eq!(place.graph(), one.graph());
    let two = project
        .scan(&Selection {
            omit_dev: true,
            ..members("two")
        })
        .unwrap();
    assert_eq!(names(&two), ["two"]);
}

#[test]
fn an_unknown_member_is_answered_with_those_there_are() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "package-lock.json", WORKSPACES);
    let mut selection = members("two");
    selection.members.push("three".to_owned());
    let options = ScanOptions::default().selection(selection.clone());
    let error = Scan::with(folder.path(), &options).unwrap_err().to_string();
    insta::assert_snapshot!(error, @"there is no workspace `three`; there is `@all/one`, `two`");
    let options = ScanOptions::default().selection(members("three"));
    let error = Scan::with(basic(), &options).unwrap_err().to_string();
    insta::assert_snapshot!(error, @"there is no workspace `three`; the project has none");
}

/// Whether npm's own view of a project of the corpus is an error.
fn npm_refuses(project: &Path) -> bool {
    let disk = bomtrail::source::Disk::open(project, 1 << 30).unwrap();
    let view = String::from_utf8(disk.load("arborist.json").unwrap()).unwrap();
    !view.contains("\"nodes\"")
}

#[test]
fn every_project_of_the_corpus_gives_a_graph_that_holds() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus/npm");
    let Ok(entries) = corpus.read_dir() else {
        eprintln!("skipped: ../shared/corpus/npm is absent");
        return;
    };
    let mut count = 0;
    let mut entries: Vec<_> = entries.map(|it| it.unwrap().path()).collect();
    entries.sort();
    for entry in sample(entries, 9) {
        let project = entry.join("project");
        if !project.is_dir() {
            continue;
        }
        match scan(&project) {
            Ok(scan) => {
                assert_eq!(scan.graph().verify(), Ok(()), "{}", project.display());
                // The larger ones take long in a debug build and say nothing new.
                if scan.graph().nodes().len() < 1000 {
                    crate::registries::everything_is_written(&scan);
                }
            }
            // Some projects lie one folder deeper, and one is refused by npm too.
            Err(ScanError::NothingToRead { .. }) => continue,
            Err(error) => assert!(npm_refuses(&entry), "{}: {error}", project.display()),
        }
        count += 1;
    }
    assert!(
        count > cases(5, 50),
        "only {count} projects of the corpus were read"
    );
}

#[test]
fn several_projects_of_a_folder_are_one_product() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "package-lock.json", LOCK);
    put(folder.path(), "cpanfile", "requires 'Moose';\n");
    let product = |name: &str| {
        let scan = scan(folder.path()).unwrap();
        let roots: Vec<_> = scan.graph().roots().collect();
        let [root] = &*roots else {
            panic!("{} roots", roots.len());
        };
        assert_eq!(root.name(), name);
        let on = root.dependencies().map(|it| it.reference().into_owned());
        on.collect::<Vec<_>>()
    };
    let folder_name = folder.path().file_name().unwrap().to_str().unwrap();
    assert_eq!(product(folder_name), ["pkg:npm/a@1.0.0"]);
    put(
        folder.path(),
        "bomtrail.toml",
        "[product]\nname = \"Shop\"\nversion = \"3.1\"\n",
    );
    let generic = ["pkg:generic/", folder_name].concat();
    assert_eq!(product("Shop"), [&*generic, "pkg:npm/a@1.0.0"]);
}

#[test]
fn a_search_excludes_what_the_settings_name() {
    let scratch = tempfile::tempdir().unwrap();
    let root = scratch.path();
    put(root, "a/package-lock.json", LOCK);
    put(root, "b/test/fixtures/package-lock.json", LOCK);
    let settings = "[discovery]\nexclude = [\"**/fixtures\"]\n";
    put(root, "bomtrail.toml", settings);
    let options = bomtrail::discovery_options(root).unwrap();
    let found = Discovery::below(root, &options).unwrap();
    assert_eq!(found.projects.len(), 1);
    assert_eq!(found.projects[0].folder, "a");
    put(root, "bomtrail.toml", "[discovery]\nexclude = [\"!a\"]\n");
    assert!(bomtrail::discovery_options(root).is_err());
}

/// Members of workspaces of Cargo and pnpm, whose lockfiles are in the roots.
#[test]
fn a_member_without_a_lockfile_is_read_with_its_workspace() {
    let scratch = tempfile::tempdir().unwrap();
    let root = scratch.path();
    put(root, "rust/Cargo.toml", "[workspace]\nmembers = [\"in\"]\n");
    put(
        root,
        "rust/Cargo.lock",
        "version = 4\n\n[[package]]\nname = \"in\"\nversion = \"0.1.0\"\n",
    );
    put(
        root,
        "rust/in/Cargo.toml",
        "[package]\nname = \"in\"\nversion = \"0.1.0\"\n",
    );
    put(root, "js/pnpm-workspace.yaml", "packages:\n  - 'pk/*'\n");
    put(
        root,
        "js/pnpm-lock.yaml",
        "lockfileVersion: '9.0'\nimporters:\n  .: {}\n  pk/one: {}\n",
    );
    put(root, "js/package.json", "{\"name\": \"js\"}");
    put(root, "js/pk/one/package.json", "{\"name\": \"one\"}");
    for (folder, name) in [("rust/in", "in"), ("js/pk/one", "one")] {
        let scan = scan(root.join(folder)).unwrap();
        assert!(names(&scan).contains(&name), "{folder}");
        assert_eq!(ids(&scan)[0], "bomtrail/member-folder", "{folder}");
    }
}
