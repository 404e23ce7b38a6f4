//! What is one package and what is two.

use bomtrail_graph::{
    Completeness, Component, Diagnostics, Fact, Flags, License, NodeRef, Role, link,
};
use bomtrail_testkit::cases;

use crate::make::{
    Made, codes, flagged, hashed, linked, node, package, places, project, references, sha1,
};

#[test]
fn all_places_of_a_package_are_one_node_with_the_edges_of_all() {
    let mut made = Made::new("lock");
    let root = made.root(project("app"));
    let outer = made.dependency(root, "pkg:npm/x@1.0.0");
    let inner = made.add(package("pkg:npm/x@1.0.0", "node_modules/y/node_modules/x"));
    let (left, right) = (
        made.dependency(outer, "pkg:npm/l@1.0.0"),
        made.dependency(inner, "pkg:npm/r@1.0.0"),
    );
    made.link(left, outer);
    made.link(right, inner);
    let graph = made.graph();
    let merged = node(&graph, "pkg:npm/x@1.0.0");
    assert_eq!(
        places(merged),
        ["node_modules/x", "node_modules/y/node_modules/x"]
    );
    let names: Vec<&str> = merged.dependencies().map(NodeRef::name).collect();
    assert_eq!(names, ["l", "r"]);
}

#[test]
fn other_bytes_under_one_purl_are_two_nodes_and_an_error() {
    let mut made = Made::new("package-lock.json");
    for (place, byte) in [
        ("node_modules/x", 1),
        ("a/node_modules/x", 2),
        ("b/node_modules/x", 1),
        ("c/node_modules/x", 2),
    ] {
        made.add(hashed(
            package("pkg:npm/%40s/x@1.0.0", place),
            &[sha1(byte)],
        ));
    }
    made.add(package("pkg:npm/%40s/x@1.0.0", "d/node_modules/x"));
    let (graph, diagnostics) = linked(vec![made.0]);
    assert_eq!(
        references(&graph),
        ["pkg:npm/@s/x@1.0.0", "pkg:npm/@s/x@1.0.0#a/node_modules/x"]
    );
    let all: Vec<_> = graph.nodes().map(places).collect();
    assert_eq!(
        all[0],
        ["node_modules/x", "b/node_modules/x", "d/node_modules/x"]
    );
    assert_eq!(all[1], ["a/node_modules/x", "c/node_modules/x"]);
    let told: Vec<String> = diagnostics.iter().map(ToString::to_string).collect();
    assert_eq!(told.len(), 1);
    assert!(told[0].starts_with(
        "error[graph/conflict] package-lock.json (a/node_modules/x): `pkg:npm/@s/x@1.0.0` has other contents here than at \
         `node_modules/x` (help: "
    ));
}

#[test]
fn any_of_several_digests_may_be_the_one() {
    let mut made = Made::new("lock");
    made.add(hashed(package("pkg:npm/x@1.0.0", "a"), &[sha1(1), sha1(2)]));
    made.add(hashed(package("pkg:npm/x@1.0.0", "b"), &[sha1(2)]));
    made.add(hashed(package("pkg:npm/x@1.0.0", "c"), &[sha1(1)]));
    let (graph, diagnostics) = linked(vec![made.0]);
    // `b` rules out what `c` asks for.
    assert_eq!(codes(&diagnostics), ["graph/conflict"]);
    assert_eq!(places(graph.nodes().next().unwrap()), ["a", "b"]);
}

#[test]
fn digests_of_different_algorithms_do_not_contradict_each_other_and_are_all_kept() {
    let md5 = bomtrail_graph::Hash::new(bomtrail_graph::HashAlgorithm::Md5, &[9; 16]).unwrap();
    let mut made = Made::new("lock");
    made.add(package("pkg:npm/x@1.0.0", "a"));
    made.add(hashed(package("pkg:npm/x@1.0.0", "b"), &[sha1(1)]));
    made.add(hashed(
        package("pkg:npm/x@1.0.0", "c"),
        std::slice::from_ref(&md5),
    ));
    let (graph, diagnostics) = linked(vec![made.0]);
    assert_eq!(codes(&diagnostics), <[&str; 0]>::default());
    let all = graph.nodes().next().unwrap();
    assert_eq!(*all.component().hashes, [md5, sha1(1)]);
}

#[test]
fn our_own_package_is_never_merged_with_a_registry_package_of_its_name() {
    let mut made = Made::new("lock");
    let own = package("pkg:npm/x@1.0.0", "packages/x").with(|it| {
        it.role = Role::Member;
    });
    made.add(own);
    made.add(package("pkg:npm/x@1.0.0", "node_modules/x"));
    let (graph, diagnostics) = linked(vec![made.0]);
    assert_eq!(
        references(&graph),
        ["pkg:npm/x@1.0.0", "pkg:npm/x@1.0.0#node_modules/x"]
    );
    assert_eq!(
        node(&graph, "pkg:npm/x@1.0.0").component().role,
        Role::Member
    );
    assert!(diagnostics.is_empty());
}

#[test]
fn purls_that_only_decode_alike_stay_apart() {
    let mut made = Made::new("lock");
    made.add(package("pkg:npm/a@1.0.0", "node_modules/a"));
    made.add(package("pkg:npm/a%401.0.0", "node_modules/a@1.0.0"));
    let graph = made.graph();
    assert_eq!(graph.nodes().len(), 2);
    assert_eq!(references(&graph)[0], "pkg:npm/a@1.0.0");
}

#[test]
fn an_unknown_cpan_author_is_any_and_two_known_ones_are_two() {
    let forms = [
        "pkg:cpan/X@1",
        "pkg:cpan/GDT/X@1",
        "pkg:cpan/X@1?author=GDT",
        "pkg:cpan/X@1?author=JV",
    ];
    let mut made = Made::new("cpanfile.snapshot");
    for form in forms {
        made.add(package(form, form));
    }
    let (graph, diagnostics) = linked(vec![made.0]);
    assert!(diagnostics.is_empty());
    let all: Vec<(String, usize)> = graph
        .nodes()
        .map(|it| {
            (
                it.purl().unwrap().cpan_author().unwrap().into_owned(),
                it.instances().len(),
            )
        })
        .collect();
    assert_eq!(all, [("GDT".to_owned(), 3), ("JV".to_owned(), 1)]);
}

#[test]
fn bytes_decide_which_author_an_authorless_place_belongs_to() {
    let mut made = Made::new("cpanfile.snapshot");
    made.add(hashed(package("pkg:cpan/X@1?author=GDT", "a"), &[sha1(1)]));
    made.add(hashed(package("pkg:cpan/X@1?author=JV", "b"), &[sha1(2)]));
    made.add(hashed(package("pkg:cpan/X@1", "c"), &[sha1(2)]));
    let (graph, diagnostics) = linked(vec![made.0]);
    assert!(diagnostics.is_empty());
    assert_eq!(places(graph.nodes().nth(1).unwrap()), ["b", "c"]);
}

#[test]
fn many_places_with_many_contents_all_have_a_name() {
    let mut made = Made::new("lock");
    let digest = |number: u16| {
        let bytes: Vec<u8> = number.to_le_bytes().into_iter().cycle().take(20).collect();
        bomtrail_graph::Hash::new(bomtrail_graph::HashAlgorithm::Sha1, &bytes).unwrap()
    };
    // Quadratic work would show here: every one has other contents, at one and the same place.
    let count = cases(4_000, 20_000);
    for number in 0..count {
        made.add(hashed(package("pkg:npm/x@1.0.0", "p"), &[digest(number)]));
    }
    for _ in 0..count {
        made.add(Component::new("nameless").with(|it| {
            it.place = "p".into();
        }));
    }
    let (graph, diagnostics) = linked(vec![made.0]);
    assert_eq!(graph.nodes().len(), 2 * usize::from(count));
    assert_eq!(diagnostics.len(), usize::from(count) - 1);
}

#[test]
fn a_node_says_what_any_of_its_places_says() {
    let mut made = Made::new("lock");
    let mut first = flagged(package("pkg:npm/x@1.0.0", "a"), Flags::DEV);
    first.flags.set(Flags::BUNDLED, true);
    first.details_mut().bundled_by = Some("node_modules/y".into());
    first.details_mut().properties = vec![("p".into(), "1".into())];
    let mut second = flagged(
        hashed(package("pkg:npm/x@1.0.0", "b"), &[sha1(1)]),
        Flags::INSTALL_SCRIPT,
    );
    second.licenses = Fact::Known([License::declared("MIT").unwrap()].into());
    second.dependencies = Completeness::Unknown;
    second.details_mut().properties = vec![("q".into(), "2".into()), ("p".into(), "1".into())];
    made.add(first);
    made.add(second);
    let mut diagnostics = Diagnostics::new();
    let graph = link(vec![made.0], &mut diagnostics);
    let all = graph.nodes().next().unwrap();
    // Dev and bundled at one place only: that is not a fact about the package. An install script at one place is.
    assert_eq!(all.flags().names().collect::<Vec<_>>(), ["install-script"]);
    let component = all.component();
    assert_eq!(component.details.as_ref().unwrap().bundled_by, None);
    assert_eq!(component.licenses.known().unwrap()[0].text(), "MIT");
    assert_eq!(component.dependencies, Completeness::Unknown);
    assert_eq!(component.details.as_ref().unwrap().properties.len(), 2);
    assert_eq!(component.hashes.len(), 1);
}
