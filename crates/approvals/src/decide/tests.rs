use bomtrail_graph::{
    Component, Date, Diagnostics, Flags, Fragment, Hash, HashAlgorithm, Link, LocalId, Need,
    Origin, Phase, Purl, Role, Target, link,
};
use bomtrail_testkit::MemoryFiles;

use super::*;
use crate::load::{LoadOptions, load};

fn list(text: &str) -> List {
    lists(&[("list.json", text)])
}

fn lists(files: &[(&str, &str)]) -> List {
    let files = MemoryFiles::new(files.iter().copied());
    match load("list.json", &files, &LoadOptions::default()) {
        Ok(loaded) => loaded.list,
        Err(problems) => panic!("{problems:?}"),
    }
}

fn digest(byte: u8) -> Hash {
    Hash::new(HashAlgorithm::Sha512, &[byte; 64]).unwrap()
}

/// A package of the public registry as a good lockfile has it.
fn package(name: &str, version: &str) -> Component {
    let mut it = Component::new(name);
    it.version = Some(version.into());
    it.purl = Some(Purl::npm(name, Some(version)).unwrap());
    it.place = format!("node_modules/{name}").into();
    it.origin = Origin::Registry;
    it.flags = Flags::FETCHED;
    it.hashes = Box::new([digest(1)]);
    it
}

fn graph(components: Vec<Component>) -> Graph {
    let mut fragment = Fragment::default().with(|it| {
        it.path = "package-lock.json".into();
    });
    let mut root = Component::new("app");
    root.role = Role::Root;
    let root = fragment.add(root).unwrap();
    fragment.roots.push(root);
    for component in components {
        let to = fragment.add(component).unwrap();
        fragment.links.push(edge(root, to, Phase::Runtime));
    }
    link(vec![fragment], &mut Diagnostics::new())
}

fn edge(from: LocalId, to: LocalId, phase: Phase) -> Link {
    Link::new(from, Target::Here(to)).with(|it| {
        it.name = None;
        it.range = Some("*".into());
        it.phase = phase;
        it.need = Need::Required;
        it.problem = None;
        it.detail = None;
    })
}

fn requirements() -> Requirements {
    Requirements::on(Date::parse("2026-11-21").unwrap())
}

fn all(list: &List, components: Vec<Component>) -> Vec<(String, Approval)> {
    let graph = graph(components);
    let table = decide(&graph, list, &requirements());
    let third_party = graph.nodes().filter(|it| !it.is_root());
    third_party
        .map(|it| {
            (
                it.reference().into_owned(),
                table.get(it.id()).unwrap().clone(),
            )
        })
        .collect()
}

fn one(list: &List, component: Component) -> Approval {
    let mut found = all(list, vec![component]);
    assert_eq!(found.len(), 1);
    found.remove(0).1
}

fn reason(text: &str, component: Component) -> &'static str {
    one(&list(text), component).reason.name()
}

fn pin(byte: u8) -> String {
    crate::sri(&digest(byte)).unwrap()
}

#[test]
fn only_a_listed_version_is_approved_and_the_nearest_is_named() {
    let text = r#"{"version": 1, "packages": {"a": ["1.0.0", "1.2.0", "3.0.0"]}}"#;
    assert_eq!(reason(text, package("a", "1.2.0")), "listed");
    assert_eq!(reason(text, package("b", "1.2.0")), "no-entry");
    let other = one(&list(text), package("a", "2.0.0"));
    assert_eq!(other.reason.name(), "other-version-approved");
    assert_eq!(other.nearest.as_deref(), Some("1.2.0"));
}

#[test]
fn a_refusal_wins_over_an_approval() {
    for (denied, expected) in [
        (r#""a": {"reason": "malware"}"#, "denied-name"),
        (r#""pkg:npm/a@1.0.0": {}"#, "denied-exact"),
        (r#""a": {"versions": ["1.0.0"]}"#, "denied-exact"),
        (r#""a": {"ranges": ["<2"]}"#, "denied-range"),
        (
            r#""a": {"versions": ["1.0.1"], "ranges": [">2"]}"#,
            "listed",
        ),
        (r#""A": {}"#, "listed"),
    ] {
        let text =
            format!(r#"{{"version": 1, "packages": {{"a": ["1.0.0"]}}, "denied": {{{denied}}}}}"#);
        assert_eq!(reason(&text, package("a", "1.0.0")), expected, "{denied}");
    }
}

#[test]
fn a_refusal_by_name_holds_wherever_the_package_is_from() {
    let text = r#"{"version": 1, "denied": {"a": {"reason": "malware"}}}"#;
    let mut fork = package("a", "1.0.0");
    let purl = fork.purl.take().unwrap();
    fork.purl = Some(
        purl.with_qualifier(
            "vcs_url",
            "git+https://github.com/evil/a.git@0123456789012345678901234567890123456789",
        )
        .unwrap(),
    );
    fork.origin = Origin::Git;
    assert_eq!(reason(text, fork), "denied-name");
}

#[test]
fn an_extended_refusal_beats_the_own_approval_unless_it_is_set_aside() {
    let org = (
        "org.json",
        r#"{"version": 1, "denied": {"a": {}}, "packages": {"b": ["1.0.0"]}}"#,
    );
    let own = r#"{"version": 1, "packages": {"a": ["1.0.0"]}, "extends": "org.json"}"#;
    let found = lists(&[("list.json", own), org]);
    let denied = one(&found, package("a", "1.0.0"));
    assert_eq!(denied.reason.name(), "denied-inherited");
    assert_eq!(
        denied.chain.iter().map(|it| &**it).collect::<Vec<_>>(),
        ["list.json", "org.json"]
    );
    assert_eq!(
        one(&found, package("b", "1.0.0")).reason.name(),
        "inherited"
    );
    let own = r#"{"version": 1, "packages": {"a": ["1.0.0"]}, "extends": {"path": "org.json", "exclude": ["a"]}}"#;
    let found = lists(&[("list.json", own), org]);
    assert_eq!(one(&found, package("a", "1.0.0")).reason.name(), "listed");
    assert!(
        found
            .diagnostics
            .iter()
            .any(|it| it.code.id == "approvals/excluded")
    );
}

#[test]
fn every_doubt_about_identity_is_denied_with_its_own_reason() {
    let text = r#"{"version": 1, "packages": {"a": ["1.0.0"]}}"#;
    for (flag, expected) in [
        (Flags::CONTRADICTED, "identity-mismatch"),
        (Flags::MASKED, "manifest-mismatch"),
        (Flags::ODD_USER, "address-user-info"),
        (Flags::ODD_PORT, "address-port"),
        (Flags::ODD_SPELLING, "address-spelling"),
        (Flags::ODD_SCRIPT, "address-script"),
        (Flags::LOOKALIKE, "address-lookalike"),
        (Flags::TRAVERSAL, "address-traversal"),
    ] {
        let mut it = package("a", "1.0.0");
        it.flags.set(flag, true);
        assert_eq!(reason(text, it), expected);
    }
    let mut local = package("a", "1.0.0");
    local.role = Role::Local;
    local.flags = Flags::CONTRADICTED;
    assert_eq!(reason(text, local), "identity-mismatch");
}

#[test]
fn a_pinned_digest_must_be_the_one_that_is_there() {
    let review = |integrity: &str| {
        format!(
            r#"{{"version": 1, "packages": {{"a": ["1.0.0"]}}, "reviews": {{"pkg:npm/a@1.0.0": {{"integrity": [{integrity}]}}}}}}"#
        )
    };
    let good = one(
        &list(&review(&format!("\"{}\"", pin(1)))),
        package("a", "1.0.0"),
    );
    assert_eq!(good.reason.name(), "listed");
    assert!(good.decision.unwrap().integrity_verified);
    assert_eq!(
        reason(&review(&format!("\"{}\"", pin(2))), package("a", "1.0.0")),
        "integrity-mismatch"
    );
    let both = review(&format!("\"{}\", \"{}\"", pin(2), pin(1)));
    assert_eq!(reason(&both, package("a", "1.0.0")), "listed");
    // Another place of the same package without a digest, or with a weak one, may hold anything.
    for flag in [Flags::UNVERIFIED, Flags::WEAK_DIGEST] {
        let mut loose = package("a", "1.0.0");
        loose.place = "node_modules/b/node_modules/a".into();
        loose.hashes = Box::default();
        loose.flags.set(flag, true);
        let found = all(&list(&both), vec![package("a", "1.0.0"), loose]);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].1.reason.name(), "integrity-mismatch");
    }
    let mut none = package("a", "1.0.0");
    none.hashes = Box::default();
    assert_eq!(reason(&both, none), "integrity-mismatch");
}

#[test]
fn two_lists_that_pin_other_bytes_are_in_conflict() {
    let with = |byte, more: &str| {
        let pin = pin(byte);
        format!(
            r#"{{"version": 1, {more} "packages": {{"a": ["1.0.0"]}}, "reviews": {{"pkg:npm/a@1.0.0": {{"integrity": ["{pin}"]}}}}}}"#
        )
    };
    let (own, org) = (with(1, r#""extends": "org.json","#), with(2, ""));
    let found = lists(&[("list.json", &own), ("org.json", &org)]);
    assert_eq!(
        one(&found, package("a", "1.0.0")).reason.name(),
        "integrity-conflict"
    );
}

#[test]
fn without_an_address_only_a_pinned_digest_tells_what_it_is() {
    let text = r#"{"version": 1, "packages": {"a": ["1.0.0"]}}"#;
    let mut it = package("a", "1.0.0");
    it.flags.set(Flags::UNSTATED, true);
    assert_eq!(reason(text, it.clone()), "no-trusted-identity");
    let pinned = format!(
        r#"{{"version": 1, "packages": {{"a": ["1.0.0"]}}, "reviews": {{"pkg:npm/a@1.0.0": {{"integrity": ["{}"]}}}}}}"#,
        pin(1)
    );
    assert_eq!(reason(&pinned, it), "listed");
}

#[test]
fn a_review_narrows_by_date_use_and_criteria() {
    let with = |review: &str| {
        format!(
            r#"{{"version": 1, "packages": {{"a": ["1.0.0"]}}, "reviews": {{"pkg:npm/a@1.0.0": {{{review}}}}}}}"#
        )
    };
    assert_eq!(
        reason(&with(r#""expires": "2026-11-21""#), package("a", "1.0.0")),
        "listed"
    );
    assert_eq!(
        reason(&with(r#""expires": "2026-11-20""#), package("a", "1.0.0")),
        "expired"
    );
    assert_eq!(
        reason(&with(r#""scope": ["dev"]"#), package("a", "1.0.0")),
        "scope-not-covered"
    );
    assert_eq!(
        reason(&with(r#""scope": ["prod"]"#), package("a", "1.0.0")),
        "listed"
    );
    let graph = graph(vec![package("a", "1.0.0")]);
    let mut requirements = requirements();
    requirements.criteria = vec!["safe".to_owned()];
    for (review, expected) in [
        (r#""criteria": ["fast"]"#, "criteria-missing"),
        (r#""criteria": ["fast", "safe"]"#, "listed"),
    ] {
        let table = decide(&graph, &list(&with(review)), &requirements);
        let node = graph.find_name("a").next().unwrap();
        assert_eq!(table.get(node.id()).unwrap().reason.name(), expected);
    }
}

#[test]
fn a_bare_name_is_not_the_package_of_another_registry() {
    let text = r#"{"version": 1, "packages": {"a": ["1.0.0"]}}"#;
    let mut it = package("a", "1.0.0");
    let purl = it.purl.take().unwrap();
    it.purl = Some(
        purl.with_qualifier("repository_url", "https://npm.example.com")
            .unwrap(),
    );
    it.origin = Origin::OtherRegistry;
    assert_eq!(reason(text, it.clone()), "registry-not-covered");
    let text = r#"{"version": 1, "packages": {"pkg:npm/a?repository_url=https://npm.example.com": ["1.0.0"]}}"#;
    assert_eq!(reason(text, it), "listed");
    assert_eq!(reason(text, package("a", "1.0.0")), "no-entry");
}

#[test]
fn git_is_approved_by_repository_and_whole_commit() {
    let commit = "0123456789012345678901234567890123456789";
    let from = |reference: &str| {
        let mut it = package("a", "1.0.0");
        let purl = it.purl.take().unwrap();
        let url = format!("git+https://github.com/o/a.git@{reference}");
        it.purl = Some(purl.with_qualifier("vcs_url", &url).unwrap());
        it.origin = Origin::Git;
        it.hashes = Box::default();
        it
    };
    let text = format!(
        r#"{{"version": 1, "packages": {{"pkg:npm/a?vcs_url=git%2Bhttps://github.com/o/a": ["{commit}"]}}}}"#
    );
    assert_eq!(reason(&text, from(commit)), "listed");
    assert_eq!(reason(&text, from("main")), "no-trusted-identity");
    assert_eq!(
        reason(&text, from(&commit.replace('0', "f"))),
        "other-version-approved"
    );
    let denied = r#"{"version": 1, "denied": {"pkg:npm/a?vcs_url=git%2Bhttps://github.com/o/a": {"versions": ["0123456"]}}}"#;
    assert_eq!(reason(denied, from(commit)), "denied-exact");
}

#[test]
fn an_archive_from_anywhere_needs_a_pinned_digest() {
    let mut it = package("a", "1.0.0");
    let purl = it.purl.take().unwrap();
    it.purl = Some(
        purl.with_qualifier("download_url", "https://h.example/a.tgz")
            .unwrap(),
    );
    it.origin = Origin::RemoteArchive;
    let text = r#"{"version": 1, "packages": {"pkg:npm/a?download_url=https://h.example/a.tgz": ["1.0.0"]}}"#;
    assert_eq!(reason(text, it), "integrity-unpinned");
}

#[test]
fn what_is_bundled_is_as_trustworthy_as_its_carrier() {
    let mut inner = package("inner", "1.0.0");
    inner.place = "node_modules/outer/node_modules/inner".into();
    inner.origin = Origin::Bundle;
    inner.flags = Flags::CARRIED.either(Flags::BUNDLED);
    inner.hashes = Box::default();
    inner.details_mut().bundled_by = Some("node_modules/outer".into());
    let mut deeper = inner.clone();
    deeper.name = "deeper".into();
    deeper.purl = Some(Purl::npm("deeper", Some("1.0.0")).unwrap());
    deeper.place = "node_modules/outer/node_modules/inner/node_modules/deeper".into();
    let parts = || vec![package("outer", "1.0.0"), inner.clone(), deeper.clone()];
    let reasons = |text: &str| -> Vec<&'static str> {
        all(&list(text), parts())
            .iter()
            .map(|(_, it)| it.reason.name())
            .collect()
    };
    let pinned = pin(1);
    let review = format!(r#""reviews": {{"pkg:npm/outer@1.0.0": {{"integrity": ["{pinned}"]}}}}"#);
    let text = format!(r#"{{"version": 1, "packages": {{"outer": ["1.0.0"]}}, {review}}}"#);
    assert_eq!(
        reasons(&text),
        ["bundled-in-approved", "bundled-in-approved", "listed"]
    );
    let unpinned = r#"{"version": 1, "packages": {"outer": ["1.0.0"], "inner": ["1.0.0"]}}"#;
    assert_eq!(
        reasons(unpinned),
        ["bundled-in-unapproved", "bundled-in-unapproved", "listed"]
    );
    let denied = format!(
        r#"{{"version": 1, "packages": {{"outer": ["1.0.0"]}}, "denied": {{"inner": {{}}}}, {review}}}"#
    );
    assert_eq!(
        reasons(&denied),
        ["bundled-in-approved", "denied-name", "listed"]
    );
}

#[test]
fn a_member_does_not_lend_its_name_to_what_is_fetched() {
    let mut member = package("ours", "1.0.0");
    member.role = Role::Member;
    member.flags = Flags::default();
    member.hashes = Box::default();
    member.place = "packages/ours".into();
    let text = r#"{"version": 1}"#;
    assert_eq!(reason(text, member.clone()), "first-party");
    let found = all(&list(text), vec![member, package("ours", "1.0.0")]);
    assert!(
        found.iter().any(|(_, it)| it.reason.name() == "no-entry"),
        "{found:?}"
    );
}

#[test]
fn a_cpan_author_narrows() {
    let mut it = Component::new("DBI");
    it.version = Some("1.646".into());
    it.purl = Some(Purl::parse("pkg:cpan/DBI@1.646?author=HMBRAND").unwrap());
    let with = |key: &str| format!(r#"{{"version": 1, "packages": {{"{key}": ["1.646"]}}}}"#);
    assert_eq!(reason(&with("pkg:cpan/DBI"), it.clone()), "listed");
    assert_eq!(reason(&with("pkg:cpan/HMBRAND/DBI"), it.clone()), "listed");
    assert_eq!(
        reason(&with("pkg:cpan/DBI?author=OTHER"), it),
        "other-version-approved"
    );
}

#[test]
fn one_place_of_a_package_never_vouches_for_another() {
    let pinned = pin(1);
    let text = format!(
        r#"{{"version": 1, "packages": {{"good": ["1.0.0"], "outer": ["1.0.0"]}},
        "reviews": {{"pkg:npm/good@1.0.0": {{"integrity": ["{pinned}"]}}, "pkg:npm/outer@1.0.0": {{"integrity": ["{pinned}"]}}}}}}"#
    );
    let twin = |flags: Flags, carrier: Option<&str>| {
        let mut it = package("good", "1.0.0");
        it.place = "node_modules/other/node_modules/good".into();
        it.flags = flags;
        it.hashes = Box::default();
        if let Some(carrier) = carrier {
            it.details_mut().bundled_by = Some(carrier.into());
        }
        it
    };
    let carried = Flags::CARRIED.either(Flags::BUNDLED);
    let fetched = Flags::FETCHED.either(Flags::UNVERIFIED);
    for (twin, expected) in [
        (twin(fetched, None), "integrity-mismatch"),
        (
            twin(carried, Some("node_modules/other")),
            "bundled-in-unapproved",
        ),
        (
            twin(carried, Some("node_modules/gone")),
            "bundled-in-unapproved",
        ),
        (twin(carried, None), "bundled-in-unapproved"),
        (twin(carried, Some("node_modules/outer")), "listed"),
    ] {
        let parts = vec![
            package("good", "1.0.0"),
            package("other", "1.0.0"),
            package("outer", "1.0.0"),
            twin,
        ];
        let found = all(&list(&text), parts);
        let good = found.iter().find(|(it, _)| it.contains("good")).unwrap();
        assert_eq!(good.1.reason.name(), expected, "{found:?}");
    }
}

#[test]
fn the_host_of_a_registry_that_is_known_is_no_reason_to_deny() {
    const KNOWN: &str = "https://Registry.example.com.mirror.example/npm/";
    let mirror = |flags: Flags| {
        let mut it = package("a", "1.0.0");
        it.source = Some("https://registry.example.com.mirror.example/npm/a/-/a-1.0.0.tgz".into());
        it.flags = flags.either(Flags::FETCHED);
        it
    };
    let list = list(r#"{"version": 1, "packages": {"a": ["1.0.0"]}}"#);
    let decided = |registry: &str, flags: Flags| {
        let mut requirements = requirements();
        requirements.registries = vec![registry.to_owned()];
        let graph = graph(vec![mirror(flags)]);
        let table = decide(&graph, &list, &requirements);
        let node = graph.find_name("a").next().unwrap();
        table.get(node.id()).unwrap().reason.name()
    };
    assert_eq!(decided(KNOWN, Flags::LOOKALIKE), "listed");
    assert_eq!(decided(KNOWN, Flags::ODD_PORT), "listed");
    assert_eq!(
        decided(KNOWN, Flags::LOOKALIKE.either(Flags::TRAVERSAL)),
        "address-traversal"
    );
    for other in [
        "https://registry.example.com.mirror.example/np",
        "https://mirror.example",
        "",
    ] {
        assert_eq!(decided(other, Flags::LOOKALIKE), "address-lookalike");
    }
}
