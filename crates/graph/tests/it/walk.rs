//! Why a package is there.

use bomtrail_graph::{Chains, Graph, Need, Phase};
use bomtrail_testkit::cases;

use crate::make::{Made, node, package, project};

fn why<'g>(graph: &'g Graph, purl: &str, limit: usize) -> Chains<'g> {
    graph.why(node(graph, purl).id(), limit)
}

fn shown(chains: &Chains<'_>) -> Vec<String> {
    let text = |chain: &bomtrail_graph::Chain<'_>| {
        let ends = chain.edges.iter().map(|it| it.to().unwrap().name());
        [chain.start.name()]
            .into_iter()
            .chain(ends)
            .collect::<Vec<_>>()
            .join(" ")
    };
    chains.shown.iter().map(text).collect()
}

/// `height` diamonds on top of each other: 2^height shortest chains from the root to the last.
fn diamonds(height: usize) -> Graph {
    let mut made = Made::new("lock");
    let mut top = made.root(project("app"));
    for level in 0..height {
        let left = made.dependency(top, &format!("pkg:npm/l{level}@1"));
        let right = made.dependency(top, &format!("pkg:npm/r{level}@1"));
        top = made.dependency(left, &format!("pkg:npm/t{level}@1"));
        made.link(right, top);
    }
    made.graph()
}

#[test]
fn every_shortest_chain_is_counted_and_as_many_shown_as_asked_for() {
    let graph = diamonds(2);
    let chains = why(&graph, "pkg:npm/t1@1", 10);
    assert!(chains.from_roots);
    assert_eq!(chains.total, 4);
    assert_eq!(
        shown(&chains),
        [
            "app l0 t0 l1 t1",
            "app r0 t0 l1 t1",
            "app l0 t0 r1 t1",
            "app r0 t0 r1 t1"
        ]
    );
    let chains = why(&graph, "pkg:npm/t1@1", 3);
    assert_eq!((chains.total, chains.shown.len()), (4, 3));
    assert_eq!(why(&graph, "pkg:npm/t1@1", 0).shown.len(), 0);
}

#[test]
fn more_chains_than_can_be_listed_are_still_counted() {
    let graph = diamonds(40);
    let chains = why(&graph, "pkg:npm/t39@1", 2);
    assert_eq!((chains.total, chains.shown.len()), (1 << 40, 2));
    assert_eq!(chains.shown[0].edges.len(), 80);
    // 2^100 does not fit.
    assert_eq!(why(&diamonds(100), "pkg:npm/t99@1", 1).total, u64::MAX);
}

#[test]
fn a_tall_ladder_takes_no_more_than_its_height() {
    let height = cases(4_000, 20_000);
    let graph = diamonds(height);
    let top = format!("pkg:npm/t{}@1", height - 1);
    assert_eq!(why(&graph, &top, 1).shown[0].edges.len(), 2 * height);
}

#[test]
fn who_requires_it_on_a_longer_way_is_told_apart() {
    let mut made = Made::new("lock");
    let root = made.root(project("app"));
    let near = made.dependency(root, "pkg:npm/near@1");
    let far = made.dependency(near, "pkg:npm/far@1");
    let target = made.dependency(root, "pkg:npm/target@1");
    made.link(far, target);
    made.link(target, target);
    let graph = made.graph();
    let chains = why(&graph, "pkg:npm/target@1", 5);
    assert_eq!(shown(&chains), ["app target"]);
    let others: Vec<&str> = chains.other_requirers.iter().map(|it| it.name()).collect();
    assert_eq!(others, ["far"]);
}

#[test]
fn several_edges_between_two_packages_are_one_step() {
    let mut made = Made::new("lock");
    let root = made.root(project("app"));
    let target = made.dependency(root, "pkg:npm/x@1");
    made.link_as(root, target, Phase::Develop, Need::Required);
    assert_eq!(why(&made.graph(), "pkg:npm/x@1", 5).total, 1);
}

#[test]
fn a_conflict_is_no_reason() {
    let mut made = Made::new("lock");
    let root = made.root(project("app"));
    let target = made.add(package("pkg:npm/x@1", "node_modules/x"));
    made.link_as(root, target, Phase::Runtime, Need::Conflicts);
    let graph = made.graph();
    let chains = why(&graph, "pkg:npm/x@1", 5);
    assert!(!chains.from_roots);
    assert_eq!(chains.other_requirers.len(), 0);
    assert_eq!(node(&graph, "app").dependencies().count(), 0);
    assert_eq!(node(&graph, "app").edges().len(), 1);
}

#[test]
fn a_root_and_a_stray_are_their_own_reason() {
    let mut made = Made::new("lock");
    made.root(project("app"));
    let stray = made.add(package("pkg:npm/stray@1", "node_modules/stray"));
    made.dependency(stray, "pkg:npm/below@1");
    let graph = made.graph();
    let own = why(&graph, "app", 5);
    assert_eq!(
        (own.from_roots, own.total, shown(&own)),
        (true, 1, vec!["app".to_owned()])
    );
    let own = why(&graph, "pkg:npm/stray@1", 5);
    assert_eq!(
        (own.from_roots, own.total, shown(&own)),
        (false, 1, vec!["stray".to_owned()])
    );
    let below = why(&graph, "pkg:npm/below@1", 5);
    assert_eq!(
        (below.from_roots, shown(&below)),
        (false, vec!["stray below".to_owned()])
    );
}

#[test]
fn a_cycle_that_nothing_reaches_names_its_requirers() {
    let mut made = Made::new("lock");
    made.root(project("app"));
    let a = made.add(package("pkg:npm/a@1", "node_modules/a"));
    let b = made.dependency(a, "pkg:npm/b@1");
    made.link(b, a);
    let graph = made.graph();
    let chains = why(&graph, "pkg:npm/a@1", 5);
    assert_eq!(
        (chains.from_roots, chains.total, chains.shown.len()),
        (false, 0, 0)
    );
    assert_eq!(chains.other_requirers[0].name(), "b");
}

#[test]
fn a_cycle_through_the_root_ends() {
    let mut made = Made::new("lock");
    let root = made.root(project("app"));
    let a = made.dependency(root, "pkg:npm/a@1");
    let b = made.dependency(a, "pkg:npm/b@1");
    made.link(b, root);
    made.link(b, a);
    let graph = made.graph();
    assert_eq!(shown(&why(&graph, "pkg:npm/b@1", 5)), ["app a b"]);
    let all = graph.reach([node(&graph, "pkg:npm/b@1").id()], |_| true);
    assert_eq!(all, [true, true, true]);
    let none = graph.reach([node(&graph, "pkg:npm/b@1").id()], |_| false);
    assert_eq!(none.into_iter().filter(|it| *it).count(), 1);
}
