use std::collections::BTreeSet;

use bomtrail_graph::{
    Component, Diagnostics, Fact, Fragment, Hash, HashAlgorithm, License, Link, Need, Phase, Purl,
    Role, Target, link,
};
use bomtrail_testkit::fragments;
use proptest::prelude::*;

use super::*;

fn package(name: &str, version: &str) -> Component {
    Component::new(name).with(|it| {
        it.version = Some(version.into());
        it.purl = Purl::npm(name, Some(version)).ok();
        it.place = ["node_modules/", name].concat().into();
    })
}

/// A graph in which the project needs the first package, that the second, and so on.
fn chain(packages: Vec<Component>) -> Graph {
    let mut fragment = Fragment::default();
    let root = Component::new("app").with(|it| {
        it.role = Role::Root;
    });
    let mut from = fragment.add(root).unwrap();
    fragment.roots = vec![from];
    for package in packages {
        let to = fragment.add(package).unwrap();
        fragment
            .links
            .push(Link::new(from, Target::Here(to)).with(|it| {
                it.name = None;
                it.range = None;
                it.phase = Phase::Runtime;
                it.need = Need::Required;
                it.problem = None;
                it.detail = None;
            }));
        from = to;
    }
    link(vec![fragment], &mut Diagnostics::new())
}

fn text(old: &Graph, new: &Graph) -> String {
    let mut out = Vec::new();
    diff(old, new).write_text(&mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn new_removed_and_other_versions_are_listed_with_the_dependency_that_leads_to_them() {
    let old = chain(vec![package("a", "1.0.0"), package("gone", "1.0.0")]);
    let new = chain(vec![package("a", "2.0.0"), package("new", "1.0.0")]);
    assert_eq!(
        text(&old, &new),
        "added pkg:npm/new 1.0.0 (through a)\n\
         removed pkg:npm/gone 1.0.0\n\
         version pkg:npm/a 1.0.0 -> 2.0.0 (major) (through a)\n"
    );
    assert_eq!(text(&old, &old), "");
}

#[test]
fn other_bytes_licences_and_scripts_of_one_version_are_changes() {
    let with = |byte: u8, license: &str, script: bool| {
        let mut it = package("a", "1.0.0");
        it.hashes = [Hash::new(HashAlgorithm::Md5, &[byte; 16]).unwrap()].into();
        it.licenses = Fact::Known(License::declared(license).into_iter().collect());
        it.flags.set(Flags::INSTALL_SCRIPT, script);
        chain(vec![it])
    };
    let told = text(&with(0, "MIT", false), &with(1, "ISC", true));
    let zeros = "0".repeat(32);
    let ones = "01".repeat(16);
    assert_eq!(
        told,
        format!(
            "hash pkg:npm/a@1.0.0 MD5:{zeros} -> MD5:{ones}\n\
             install-script pkg:npm/a 1.0.0 (through a)\n\
             license pkg:npm/a@1.0.0 MIT -> ISC\n"
        )
    );
}

#[test]
fn markup_in_a_name_is_escaped() {
    let new = chain(vec![Component::new("a|b`<img>")]);
    let mut out = Vec::new();
    diff(&chain(Vec::new()), &new)
        .write_markdown(&mut out)
        .unwrap();
    let page = String::from_utf8(out).unwrap();
    assert!(page.contains("| a\\|b\\`&lt;img&gt; |"), "{page}");
}

fn kinds(old: Vec<Component>, new: Vec<Component>) -> Vec<&'static str> {
    let found = diff(&chain(old), &chain(new)).changes;
    found.iter().map(|it| it.kind.name()).collect()
}

#[test]
fn a_lost_weaker_or_other_digest_is_a_change() {
    let with = |hashes: &[(HashAlgorithm, usize)]| {
        let mut it = package("a", "1.0.0");
        let hashes = hashes
            .iter()
            .filter_map(|(it, length)| Hash::new(*it, &vec![0; *length]));
        it.hashes = hashes.collect();
        vec![it]
    };
    let strong = || with(&[(HashAlgorithm::Sha512, 64)]);
    assert_eq!(kinds(strong(), with(&[])), ["integrity-lost"]);
    let weak = with(&[(HashAlgorithm::Sha1, 20)]);
    assert_eq!(kinds(strong(), weak), ["integrity-weakened"]);
    let other = with(&[(HashAlgorithm::Sha256, 32)]);
    assert_eq!(kinds(strong(), other), ["integrity-changed"]);
    assert_eq!(kinds(with(&[]), strong()), ["integrity-changed"]);
    assert!(kinds(strong(), strong()).is_empty());
}

#[test]
fn another_registry_repository_or_author_is_a_change() {
    let from = |purl: &str| {
        let purl: Purl = purl.parse().unwrap();
        let mut it = package("a", "1.0.0");
        it.purl = Some(purl);
        vec![it]
    };
    let public = || from("pkg:npm/a@1.0.0");
    let private = from("pkg:npm/a@1.0.0?repository_url=https://npm.example.com");
    assert_eq!(kinds(public(), private), ["registry"]);
    let git = from("pkg:npm/a@1.0.0?vcs_url=git%2Bhttps://example.com/a.git");
    assert_eq!(kinds(public(), git), ["source"]);
    let author = |name: &str| from(&format!("pkg:cpan/A@1.0.0?author={name}"));
    assert_eq!(kinds(author("ONE"), author("TWO")), ["source"]);
    assert!(kinds(author("ONE"), from("pkg:cpan/A@1.0.0")).is_empty());
}

#[test]
fn version_steps_are_those_of_semantic_versioning() {
    let step = |old: &str, new: &str| {
        let found = diff(
            &chain(vec![package("a", old)]),
            &chain(vec![package("a", new)]),
        );
        found
            .changes
            .first()
            .and_then(|it| it.step)
            .map(VersionStep::name)
    };
    assert_eq!(step("1.2.3", "2.0.0"), Some("major"));
    assert_eq!(step("1.2.3", "1.3.0"), Some("minor"));
    assert_eq!(step("1.2.3", "1.2.4"), Some("patch"));
    assert_eq!(step("1.2.3-rc.1", "1.2.3"), Some("prerelease"));
    assert_eq!(step("1.2.3", "1.2.2"), Some("downgrade"));
    assert_eq!(step("1.2", "v5"), Some("unknown-step"));
}

/// A project with two packages of its own, and dependencies between them by number.
fn project(links: &[(usize, usize, Phase)]) -> Graph {
    let mut fragment = Fragment::default();
    let mut root = Component::new("app");
    root.role = Role::Root;
    let root = fragment.add(root).unwrap();
    fragment.roots = vec![root];
    let a = fragment.add(package("a", "1.0.0")).unwrap();
    let b = fragment.add(package("b", "1.0.0")).unwrap();
    let all = [root, a, b];
    for (from, to, phase) in links {
        let mut link = Link::new(all[*from], Target::Here(all[*to]));
        link.phase = *phase;
        fragment.links.push(link);
    }
    link(vec![fragment], &mut Diagnostics::new())
}

#[test]
fn scopes_and_dependencies_of_packages_that_stay_are_changes() {
    let dev = project(&[(0, 1, Phase::Runtime), (0, 2, Phase::Develop)]);
    let production = project(&[(0, 1, Phase::Runtime), (0, 2, Phase::Runtime)]);
    assert_eq!(
        text(&dev, &production),
        "production pkg:npm/b@1.0.0 excluded -> required\n"
    );
    let through = project(&[
        (0, 1, Phase::Runtime),
        (0, 2, Phase::Runtime),
        (1, 2, Phase::Runtime),
    ]);
    assert_eq!(
        text(&production, &through),
        "edge-added pkg:npm/a@1.0.0 pkg:npm/b\n"
    );
    assert_eq!(
        text(&through, &production),
        "edge-removed pkg:npm/a@1.0.0 pkg:npm/b\n"
    );
}

/// Everything that is compared, in plain words: one line for each fact of each package.
fn summary(graph: &Graph) -> BTreeSet<String> {
    let mut lines = BTreeSet::new();
    for node in graph.nodes() {
        let name = labelled(&key(node), node.version().unwrap_or_default());
        let mut add = |what: String| {
            lines.insert(format!("{name} {what}"));
        };
        add(String::new());
        for it in facts::licenses(&[node]) {
            add(it);
        }
        for hash in &node.component().hashes {
            add(format!("{hash:?}"));
        }
        add(format!("{:?}", Sources::of(&[node])));
        let mut needs: BTreeMap<String, Option<Problem>> = BTreeMap::new();
        for edge in node.edges().filter(|it| it.need() != Need::Conflicts) {
            // The name that an edge asks for counts only where nothing answers to it.
            let open = || edge.problem().map(|_| edge.name().into());
            if let Some(name) = edge.to().map(key).or_else(open) {
                let problem = needs.entry(name.into_owned()).or_default();
                *problem = problem.or(edge.problem());
            }
        }
        for (name, problem) in needs {
            add(format!("{name} {problem:?}"));
        }
    }
    lines
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(bomtrail_testkit::cases(32, 256)) })]

    #[test]
    fn a_graph_has_no_changes_to_itself(fragments in fragments()) {
        let graph = link(fragments, &mut Diagnostics::new());
        prop_assert!(diff(&graph, &graph).changes.is_empty());
    }

    #[test]
    fn without_changes_all_compared_facts_are_equal(
        fragments in fragments(),
        (number, kind) in any::<(usize, u8)>(),
    ) {
        let mut other = fragments.clone();
        let mut all: Vec<&mut Component> =
            other.iter_mut().flat_map(|it| &mut it.components).collect();
        let count = all.len().max(1);
        if let Some(it) = all.get_mut(number % count) {
            match kind % 5 {
                0 => it.licenses = Fact::Known(License::declared("0BSD").into_iter().collect()),
                1 => it.hashes = [Hash::new(HashAlgorithm::Sha256, &[7; 32]).unwrap()].into(),
                2 => it.purl = Purl::npm("another", Some("1.0.0")).ok(),
                3 => it.version = Some("9.9.9".into()),
                _ => {}
            }
        }
        let old = link(fragments, &mut Diagnostics::new());
        let new = link(other, &mut Diagnostics::new());
        if diff(&old, &new).changes.is_empty() {
            prop_assert_eq!(summary(&old), summary(&new));
        } else {
            prop_assert!(kind % 5 != 4);
        }
    }
}

#[test]
fn what_a_package_is_called_has_no_version_and_no_qualifiers() {
    for (purl, called) in [
        ("pkg:npm/%40s/n@1.0.0", "pkg:npm/%40s/n"),
        ("pkg:npm/n@1.0.0?vcs_url=git:x#y", "pkg:npm/n"),
        (
            "pkg:npm/n?download_url=https://example.com/n@1.tgz",
            "pkg:npm/n",
        ),
        ("pkg:npm/a%25b@1.0.0", "pkg:npm/a%25b"),
        ("pkg:cpan/AUTHOR/Foo-Bar@1.0", "pkg:cpan/Foo-Bar"),
        ("pkg:cargo/serde@1.0.0", "pkg:cargo/serde"),
    ] {
        let package = Component::new("x").with(|it| it.purl = Some(Purl::parse(purl).unwrap()));
        let graph = chain(vec![package]);
        let node = graph.nodes().find(|it| it.purl().is_some()).unwrap();
        assert_eq!(key(node), called);
    }
}

/// The first five names, in order, whatever the order and number of the paths.
#[test]
fn a_package_that_many_dependencies_lead_to_names_the_first_of_them() {
    let mut fragment = Fragment::default();
    let root = Component::new("app").with(|it| it.role = Role::Root);
    let root = fragment.add(root).unwrap();
    fragment.roots = vec![root];
    let names = ["g", "b", "f", "a", "e", "c", "d"];
    let direct = names.map(|it| fragment.add(package(it, "1.0.0")).unwrap());
    let [middle, last] = ["middle", "last"].map(|it| fragment.add(package(it, "1.0.0")).unwrap());
    let mut join = |from, to| fragment.links.push(Link::new(from, Target::Here(to)));
    for it in direct {
        join(root, it);
        join(it, middle);
    }
    join(middle, last);
    join(last, middle);
    join(root, last);
    let new = link(vec![fragment], &mut Diagnostics::new());
    let old = chain(Vec::new());
    let text = text(&old, &new);
    assert!(
        text.contains("added pkg:npm/last 1.0.0 (through a, b, c, d, e)"),
        "{text}"
    );
    assert!(text.contains("added pkg:npm/g 1.0.0 (through g)"), "{text}");
}
