//! Names that other inputs provide, and looking nodes up.

use bomtrail_graph::{Need, Problem, Purl};

use crate::make::{Made, codes, linked, node, package, project, provides};

fn snapshot(path: &str, purls: &[&str]) -> Made {
    let mut made = Made::new(path);
    for purl in purls {
        made.add(provides(package(purl, purl), "Foo::Bar"));
    }
    made
}

fn asking(name: &str, need: Need) -> Made {
    let mut made = Made::new("cpanfile");
    let root = made.root(project("app"));
    made.ask(root, name, need);
    made
}

#[test]
fn a_name_is_resolved_in_another_fragment() {
    let fragments = vec![
        asking("Foo::Bar", Need::Required).0,
        snapshot("cpanfile.snapshot", &["pkg:cpan/Foo-Bar@1"]).0,
    ];
    let (graph, diagnostics) = linked(fragments);
    assert!(diagnostics.is_empty());
    let edge = node(&graph, "app").edges().next().unwrap();
    assert_eq!((edge.name(), edge.problem()), ("Foo::Bar", None));
    assert_eq!(edge.to().unwrap().reference(), "pkg:cpan/Foo-Bar@1");
}

#[test]
fn a_needed_name_that_nothing_provides_stays_and_is_told_once() {
    let mut made = asking("No::Such", Need::Required);
    let root = made.0.roots[0];
    made.ask(root, "No::Such", Need::Peer);
    made.ask(root, "Not::Needed", Need::Suggested);
    let (graph, diagnostics) = linked(vec![made.0]);
    let edges: Vec<_> = graph
        .edges()
        .map(|it| (it.name(), it.to().is_none(), it.problem()))
        .collect();
    let missing = Some(Problem::Missing);
    assert_eq!(
        edges,
        [
            ("No::Such", true, missing),
            ("No::Such", true, missing),
            ("Not::Needed", true, None)
        ]
    );
    assert_eq!(codes(&diagnostics), ["graph/unresolved"]);
    let message = &diagnostics.iter().next().unwrap().message;
    assert_eq!(
        message,
        "nothing provides `No::Such`, which 2 dependencies ask for"
    );
}

#[test]
fn the_first_of_two_packages_is_taken_with_a_warning() {
    let two = snapshot("cpanfile.snapshot", &["pkg:cpan/A@1", "pkg:cpan/B@1"]);
    let (graph, diagnostics) = linked(vec![two.0, asking("Foo::Bar", Need::Required).0]);
    assert_eq!(graph.edges().next().unwrap().to().unwrap().name(), "A");
    assert_eq!(codes(&diagnostics), ["graph/ambiguous"]);
    let message = &diagnostics.iter().next().unwrap().message;
    assert_eq!(
        message,
        "`Foo::Bar` is provided by `pkg:cpan/A@1` and `pkg:cpan/B@1`; the first is taken"
    );
}

#[test]
fn two_places_of_one_package_are_not_ambiguous() {
    let two = snapshot(
        "cpanfile.snapshot",
        &["pkg:cpan/A@1", "pkg:cpan/A@1?author=GDT"],
    );
    let (_, diagnostics) = linked(vec![two.0, asking("Foo::Bar", Need::Required).0]);
    assert!(diagnostics.is_empty());
}

#[test]
fn two_packages_without_purl_are_ambiguous() {
    let mut made = asking("Foo::Bar", Need::Required);
    made.add(provides(project("one"), "Foo::Bar"));
    made.add(provides(project("two"), "Foo::Bar"));
    let (_, diagnostics) = linked(vec![made.0]);
    assert_eq!(codes(&diagnostics), ["graph/ambiguous"]);
    assert!(
        diagnostics
            .iter()
            .next()
            .unwrap()
            .message
            .contains("`one` and `two`")
    );
}

#[test]
fn precedence_comes_before_the_own_input_and_that_before_others() {
    let mut later = snapshot("installed", &["pkg:cpan/Installed@1"]);
    later.0.precedence = 1;
    let project_snapshot = || snapshot("cpanfile.snapshot", &["pkg:cpan/Locked@1"]);
    let mut own = asking("Foo::Bar", Need::Required);
    let target = |fragments| {
        let (graph, diagnostics) = linked(fragments);
        assert!(diagnostics.is_empty());
        graph
            .edges()
            .next()
            .unwrap()
            .to()
            .unwrap()
            .name()
            .to_owned()
    };
    let asking_alone = asking("Foo::Bar", Need::Required);
    assert_eq!(
        target(vec![later.0.clone(), project_snapshot().0, asking_alone.0]),
        "Locked"
    );
    own.add(provides(package("pkg:cpan/Own@1", "own"), "Foo::Bar"));
    assert_eq!(
        target(vec![later.0.clone(), project_snapshot().0, own.0.clone()]),
        "Own"
    );
    own.0.precedence = 2;
    assert_eq!(target(vec![later.0, own.0]), "Installed");
}

#[test]
fn many_askers_and_many_providers_are_matched_once() {
    // Quadratic work would show here.
    let mut made = asking("Foo::Bar", Need::Required);
    let root = made.0.roots[0];
    for number in 0..30_000 {
        made.add(provides(
            package("pkg:cpan/A@1", &number.to_string()),
            "Foo::Bar",
        ));
        made.ask(root, "Foo::Bar", Need::Required);
    }
    let (graph, diagnostics) = linked(vec![made.0]);
    assert_eq!((graph.edges().len(), diagnostics.len()), (1, 0));
}

#[test]
fn a_purl_finds_every_node_that_it_names() {
    let mut made = Made::new("lock");
    let other = "pkg:npm/x@1.0.0?repository_url=https:%2F%2Fnpm.example.com";
    for purl in [
        "pkg:npm/x@1.0.0",
        "pkg:npm/x@2.0.0",
        other,
        "pkg:cpan/X@1?author=GDT",
        "pkg:npm/%40s/x@1.0.0",
    ] {
        made.add(package(purl, purl));
    }
    let graph = made.graph();
    let found = |purl: &str| -> Vec<String> {
        let purl = Purl::parse(purl).unwrap();
        graph
            .find(&purl)
            .map(|it| it.purl().unwrap().to_string())
            .collect()
    };
    assert_eq!(
        found("pkg:npm/x"),
        ["pkg:npm/x@1.0.0", other, "pkg:npm/x@2.0.0"]
    );
    assert_eq!(found("pkg:npm/x@1.0.0"), ["pkg:npm/x@1.0.0", other]);
    assert_eq!(found(other), [other]);
    assert_eq!(found("pkg:npm/%40s/x"), ["pkg:npm/%40s/x@1.0.0"]);
    let cpan = ["pkg:cpan/X@1?author=GDT"];
    for purl in [
        "pkg:cpan/X",
        "pkg:cpan/X@1",
        "pkg:cpan/GDT/X",
        "pkg:cpan/GDT/X@1",
        "pkg:cpan/X?author=GDT",
    ] {
        assert_eq!(found(purl), cpan, "{purl}");
    }
    for purl in [
        "pkg:cpan/JV/X",
        "pkg:cpan/JV/X@1",
        "pkg:cpan/X@2",
        "pkg:npm/X@1.0.0",
    ] {
        assert_eq!(found(purl), <[&str; 0]>::default(), "{purl}");
    }
}

#[test]
fn a_name_finds_with_and_without_its_version() {
    let mut made = Made::new("lock");
    for (name, version) in [("x", "1"), ("x", "2"), ("@s/x", "1")] {
        let mut component = package("pkg:npm/any@1", &format!("{name}{version}"));
        component.purl = Some(Purl::npm(name, Some(version)).unwrap());
        component.name = name.into();
        component.version = Some(version.into());
        made.add(component);
    }
    let graph = made.graph();
    let found = |name: &str| -> Vec<String> {
        graph
            .find_name(name)
            .map(|it| it.reference().into_owned())
            .collect()
    };
    assert_eq!(found("x"), ["pkg:npm/x@1", "pkg:npm/x@2"]);
    assert_eq!(found("x@2"), ["pkg:npm/x@2"]);
    assert_eq!(found("@s/x"), ["pkg:npm/@s/x@1"]);
    assert_eq!(found("@s/x@1"), ["pkg:npm/@s/x@1"]);
    assert_eq!(found("x@3"), <[&str; 0]>::default());
}
