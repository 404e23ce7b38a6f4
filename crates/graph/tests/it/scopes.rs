//! What ships, what may ship, what only development needs.

use bomtrail_graph::{Completeness, Flags, Need, Phase, Scope};

use crate::make::{Made, flagged, node, package, project};

#[test]
fn the_strictest_way_decides() {
    let mut made = Made::new("lock");
    let root = made.root(project("app"));
    let required = made.dependency(root, "pkg:npm/required@1");
    let deep = made.dependency(required, "pkg:npm/deep@1");
    for (name, phase, need) in [
        ("optional", Phase::Runtime, Need::Optional),
        ("develop", Phase::Develop, Need::Required),
        ("test", Phase::Test, Need::Required),
        ("conflicts", Phase::Runtime, Need::Conflicts),
    ] {
        let id = made.add(package(&format!("pkg:npm/{name}@1"), name));
        made.link_as(root, id, phase, need);
        made.link(id, deep);
        let below = made.add(package(&format!("pkg:npm/below-{name}@1"), name));
        made.link(id, below);
    }
    let graph = made.graph();
    let scope = |name: &str| node(&graph, &format!("pkg:npm/{name}@1")).scope();
    assert_eq!(
        (scope("required"), scope("deep")),
        (Scope::Required, Scope::Required)
    );
    assert_eq!(
        (scope("optional"), scope("below-optional")),
        (Scope::Optional, Scope::Optional)
    );
    assert_eq!(
        (scope("develop"), scope("below-develop")),
        (Scope::Excluded, Scope::Excluded)
    );
    assert_eq!(
        (scope("test"), scope("below-test")),
        (Scope::Excluded, Scope::Excluded)
    );
    assert_eq!(
        (scope("conflicts"), scope("below-conflicts")),
        (Scope::Excluded, Scope::Excluded)
    );
}

#[test]
fn one_place_does_not_lend_its_dependencies_to_another() {
    let mut made = Made::new("lock");
    let root = made.root(project("app"));
    let shipped = made.add(package("pkg:npm/x@1", "node_modules/x"));
    made.link(root, shipped);
    let tool = made.add(package("pkg:npm/tool@1", "node_modules/tool"));
    made.link_as(root, tool, Phase::Develop, Need::Required);
    let inner = made.add(package("pkg:npm/x@1", "node_modules/tool/node_modules/x"));
    made.link(tool, inner);
    let only_inner = made.add(package("pkg:npm/y@1", "node_modules/tool/node_modules/y"));
    made.link(inner, only_inner);
    let graph = made.graph();
    // As a merged package x reaches y and ships; the x that ships has no y.
    assert_eq!(node(&graph, "pkg:npm/x@1").scope(), Scope::Required);
    assert_eq!(node(&graph, "pkg:npm/x@1").dependencies().count(), 1);
    assert_eq!(node(&graph, "pkg:npm/y@1").scope(), Scope::Excluded);
}

#[test]
fn what_no_root_reaches_is_excluded_where_the_links_are_known() {
    let mut made = Made::new("lock");
    made.root(project("app"));
    made.add(package("pkg:npm/stray@1", "node_modules/stray"));
    assert_eq!(
        node(&made.graph(), "pkg:npm/stray@1").scope(),
        Scope::Excluded
    );
}

#[test]
fn what_no_root_reaches_goes_by_its_flags_where_they_are_not() {
    let mut made = Made::new("lock");
    let mut root = project("app");
    root.dependencies = Completeness::Unknown;
    made.root(root);
    for (name, flag) in [
        ("dev", Flags::DEV),
        ("optional", Flags::OPTIONAL),
        ("both", Flags::DEV_OPTIONAL),
        ("extraneous", Flags::EXTRANEOUS),
        ("plain", Flags::default()),
    ] {
        made.add(flagged(package(&format!("pkg:npm/{name}@1"), name), flag));
    }
    let graph = made.graph();
    let scope = |name: &str| node(&graph, &format!("pkg:npm/{name}@1")).scope().name();
    assert_eq!(
        (scope("dev"), scope("extraneous")),
        (Some("excluded"), Some("excluded"))
    );
    assert_eq!(
        (scope("optional"), scope("both")),
        (Some("optional"), Some("optional"))
    );
    assert_eq!(scope("plain"), None);
}
