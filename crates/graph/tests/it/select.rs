//! Parts of a project.

use bomtrail_graph::{
    Completeness, Component, Flags, Fragment, Link, NameSpace, Need, Phase, Platform, Role,
    Selection, Target, Text,
};

use crate::make::{Made, SPACE, flagged, linked, package, project, provides};

fn names(fragment: &Fragment) -> Vec<&str> {
    fragment.components.iter().map(|it| &*it.name).collect()
}

fn applied(selection: &Selection, made: &Made) -> Fragment {
    let mut fragments = vec![made.0.clone()];
    selection.apply_all(&mut fragments);
    fragments.pop().unwrap_or_default()
}

fn one_of_each() -> Made {
    let mut made = Made::new("lock");
    let root = made.root(project("app"));
    for (name, phase, need) in [
        ("run", Phase::Runtime, Need::Required),
        ("dev", Phase::Develop, Need::Required),
        ("opt", Phase::Runtime, Need::Optional),
        ("peer", Phase::Runtime, Need::Peer),
        ("opt-peer", Phase::Runtime, Need::OptionalPeer),
        ("conflict", Phase::Runtime, Need::Conflicts),
    ] {
        let id = made.add(package(&format!("pkg:npm/{name}@1"), name));
        made.link_as(root, id, phase, need);
        made.dependency(id, &format!("pkg:npm/{name}-below@1"));
    }
    made.add(package("pkg:npm/stray@1", "stray"));
    made
}

#[test]
fn nothing_asked_for_keeps_everything() {
    let made = one_of_each();
    assert!(applied(&Selection::default(), &made) == made.0);
}

#[test]
fn each_omission_takes_away_what_only_it_needs() {
    let made = one_of_each();
    let left = |selection: Selection| -> String {
        let fragment = applied(&selection, &made);
        names(&fragment)
            .into_iter()
            .filter(|it| !it.ends_with("-below"))
            .collect::<Vec<_>>()
            .join(" ")
    };
    let all = Selection::default();
    assert_eq!(
        left(Selection {
            omit_dev: true,
            ..all.clone()
        }),
        "app run opt peer opt-peer conflict stray"
    );
    assert_eq!(
        left(Selection {
            omit_optional: true,
            ..all.clone()
        }),
        "app run dev peer conflict stray"
    );
    assert_eq!(
        left(Selection {
            omit_peer: true,
            ..all
        }),
        "app run dev opt conflict stray"
    );
}

#[test]
fn what_is_also_needed_otherwise_stays_and_nothing_is_incomplete() {
    let mut made = Made::new("lock");
    let root = made.root(project("app"));
    let shared = made.dependency(root, "pkg:npm/shared@1");
    made.link_as(root, shared, Phase::Develop, Need::Required);
    let selection = Selection {
        omit_dev: true,
        ..Selection::default()
    };
    let fragment = applied(&selection, &made);
    assert_eq!(names(&fragment), ["app", "shared"]);
    assert_eq!(fragment.components[0].dependencies, Completeness::Complete);
    assert_eq!(fragment.links.len(), 2);
}

#[test]
fn what_lost_a_dependency_says_so() {
    let selection = Selection {
        omit_dev: true,
        ..Selection::default()
    };
    let fragment = applied(&selection, &one_of_each());
    assert_eq!(
        fragment.components[0].dependencies,
        Completeness::Incomplete
    );
    assert!(
        fragment
            .components
            .iter()
            .skip(1)
            .all(|it| it.dependencies == Completeness::Complete)
    );
}

#[test]
fn a_missing_name_goes_with_what_asks_for_it() {
    let mut made = Made::new("lock");
    let root = made.root(project("app"));
    made.push(
        root,
        Target::Absent,
        Some("gone"),
        (Phase::Develop, Need::Required),
    );
    made.push(
        root,
        Target::Absent,
        Some("kept"),
        (Phase::Runtime, Need::Required),
    );
    let fragment = applied(
        &Selection {
            omit_dev: true,
            ..Selection::default()
        },
        &made,
    );
    let asked: Vec<_> = fragment.links.iter().map(|it| it.name.as_deref()).collect();
    assert_eq!(asked, [Some("kept")]);
    assert_eq!(
        fragment.components[0].dependencies,
        Completeness::Incomplete
    );
}

#[test]
fn a_member_becomes_the_root_and_its_flags_are_its_own() {
    let mut made = Made::new("lock");
    let root = made.root(project("app"));
    let member = |name: &str| {
        Component::new(name).with(|it| {
            it.role = Role::Member;
            it.place = format!("packages/{name}").into();
        })
    };
    let (a, b) = (made.add(member("a")), made.add(member("b")));
    made.link(root, a);
    made.link(root, b);
    made.link(a, b);
    let tool = made.add(package("pkg:npm/tool@1", "node_modules/tool"));
    made.link_as(a, tool, Phase::Develop, Need::Required);
    // Shipped by the project as a whole, and of no interest to `a`'s users.
    made.link(root, tool);
    let other = made.add(flagged(
        package("pkg:npm/other@1", "node_modules/other"),
        Flags::DEV,
    ));
    made.link_as(b, other, Phase::Develop, Need::Required);
    let below = made.add(flagged(
        package("pkg:npm/below@1", "node_modules/below"),
        Flags::DEV,
    ));
    made.link(b, below);
    for asked in ["a", "packages/a"] {
        let selection = Selection {
            members: vec![asked.to_owned()],
            ..Selection::default()
        };
        let fragment = applied(&selection, &made);
        assert_eq!(names(&fragment), ["a", "b", "tool", "below"]);
        assert_eq!(fragment.roots.len(), 1);
        assert_eq!(
            fragment.component(fragment.roots[0]).unwrap().role,
            Role::Root
        );
        let dev: Vec<bool> = fragment
            .components
            .iter()
            .map(|it| it.flags.has(Flags::DEV))
            .collect();
        assert_eq!(dev, [false, false, true, false]);
    }
}

#[test]
fn a_member_that_needs_the_root_does_not_need_its_members() {
    let mut made = Made::new("package-lock.json");
    let root = made.root(project("root"));
    let member = |name: &str| {
        Component::new(name).with(|it| {
            it.role = Role::Member;
            it.place = format!("packages/{name}").into();
        })
    };
    let (a, b, needed) = (
        made.add(member("a")),
        made.add(member("b")),
        made.add(member("needed")),
    );
    for id in [a, b, needed] {
        let link = Link::new(root, Target::Here(id));
        made.0.links.push(link.with(|it| it.is_membership = true));
    }
    made.link(a, root);
    made.link(root, needed);
    let of = |members: &[&str]| {
        let selection = Selection {
            members: members.iter().map(|it| (*it).to_owned()).collect(),
            ..Selection::default()
        };
        names(&applied(&selection, &made)).join(" ")
    };
    assert_eq!(of(&["a"]), "root a needed");
    assert_eq!(of(&["root"]), "root a b needed");
}

#[test]
fn without_a_root_the_flags_decide() {
    let mut made = Made::new("node_modules/.package-lock.json");
    let run = made.add(package("pkg:npm/run@1", "run"));
    let dev = made.add(flagged(package("pkg:npm/dev@1", "dev"), Flags::DEV));
    made.add(flagged(
        package("pkg:npm/both@1", "both"),
        Flags::DEV_OPTIONAL,
    ));
    made.link(run, dev);
    let all = Selection {
        omit_dev: true,
        ..Selection::default()
    };
    assert_eq!(names(&applied(&all, &made)), ["run", "both"]);
    let all = Selection {
        omit_optional: true,
        ..all
    };
    assert_eq!(names(&applied(&all, &made)), ["run"]);
}

#[test]
fn a_platform_leaves_out_optional_packages_of_others() {
    let list = |text: &str| -> Vec<Text> { text.split_whitespace().map(Into::into).collect() };
    let mut made = Made::new("lock");
    let root = made.root(project("app"));
    for (name, need, os, cpu, libc) in [
        ("anywhere", Need::Optional, "", "", ""),
        ("any", Need::Optional, "any", "", ""),
        ("linux", Need::Optional, "linux darwin", "x64", ""),
        ("glibc", Need::Optional, "linux", "x64", "glibc"),
        ("musl", Need::Optional, "linux", "x64", "musl"),
        ("arm", Need::Optional, "", "arm64", ""),
        ("not-linux", Need::Optional, "!linux", "", ""),
        ("not-win", Need::Optional, "!win32", "", ""),
        ("mac", Need::Optional, "darwin", "", ""),
        ("mac-peer", Need::OptionalPeer, "darwin", "", ""),
        ("mac-needed", Need::Required, "darwin", "", ""),
    ] {
        let mut component = package(&format!("pkg:npm/{name}@1"), name);
        let details = component.details_mut();
        (details.os, details.cpu, details.libc) = (list(os), list(cpu), list(libc));
        let id = made.add(component);
        made.link_as(root, id, Phase::Runtime, need);
    }
    let left = |platform: &str| {
        let platform = Some(Platform::parse(platform).unwrap());
        let fragment = applied(
            &Selection {
                platform,
                ..Selection::default()
            },
            &made,
        );
        names(&fragment).join(" ")
    };
    assert_eq!(
        left("linux-x64-glibc"),
        "app anywhere any linux glibc not-win mac-needed"
    );
    assert_eq!(
        left("linux-x64"),
        "app anywhere any linux glibc musl not-win mac-needed"
    );
    assert_eq!(
        left("darwin-arm64"),
        "app anywhere any arm not-linux not-win mac mac-peer mac-needed"
    );
}

#[test]
fn a_platform_has_two_or_three_parts() {
    for odd in [
        "",
        "linux",
        "linux-",
        "-x64",
        "linux-x64-",
        "linux-x64-glibc-2",
    ] {
        assert_eq!(Platform::parse(odd), None, "{odd}");
    }
    let parsed = Platform::parse("linux-x64-musl").unwrap();
    assert_eq!(
        (&*parsed.os, &*parsed.cpu, parsed.libc.as_deref()),
        ("linux", "x64", Some("musl"))
    );
}

/// A project that asks for modules, and what is installed for it.
fn two_inputs() -> Vec<Fragment> {
    let mut asking = Made::new("cpanfile");
    let root = asking.root(project("app"));
    asking.ask(root, "Run::Me", Need::Required);
    asking.push(
        root,
        Target::Named(NameSpace::of(SPACE)),
        Some("Test::Me"),
        (Phase::Test, Need::Required),
    );
    let mut installed = Made::new("local");
    let run = installed.add(provides(package("pkg:cpan/Run-Me@1", "run"), "Run::Me"));
    installed.add(provides(package("pkg:cpan/Test-Me@1", "test"), "Test::Me"));
    let deep = provides(package("pkg:cpan/Deep@1", "deep"), "Deep");
    installed.add(deep);
    installed.ask(run, "Deep", Need::Required);
    installed.add(package("pkg:cpan/Alone@1", "alone"));
    vec![asking.0, installed.0]
}

#[test]
fn names_lead_a_selection_from_one_input_to_another() {
    let mut fragments = two_inputs();
    Selection::default().apply_all(&mut fragments);
    assert_eq!(fragments, two_inputs());
    let selection = Selection {
        omit_dev: true,
        ..Selection::default()
    };
    selection.apply_all(&mut fragments);
    assert_eq!(names(&fragments[0]), ["app"]);
    assert_eq!(names(&fragments[1]), ["Run-Me", "Deep"]);
    assert_eq!(
        fragments[0].components[0].dependencies,
        Completeness::Incomplete
    );
    let (graph, diagnostics) = linked(fragments);
    assert!(diagnostics.is_empty());
    assert_eq!(graph.edges().len(), 2);
}

#[test]
fn an_input_of_which_nothing_is_selected_is_dropped() {
    let mut fragments = two_inputs();
    let mut other = Made::new("package-lock.json");
    let root = other.root(project("web"));
    other.dependency(root, "pkg:npm/x@1");
    fragments.push(other.0);
    let selection = Selection {
        members: vec!["web".to_owned()],
        ..Selection::default()
    };
    selection.apply_all(&mut fragments);
    let paths: Vec<&str> = fragments.iter().map(|it| &*it.path).collect();
    assert_eq!(paths, ["package-lock.json"]);
    assert_eq!(names(&fragments[0]), ["web", "x"]);
}
