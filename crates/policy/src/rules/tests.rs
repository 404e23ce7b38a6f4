//! Every rule: what it finds, what it does not find, and that it does not run when it is set to `allow`.

use bomtrail_document::nearest;
use bomtrail_graph::{
    Approval, ApprovalReason, Code, Component, Date, Diagnostic, Diagnostics, Flags, Fragment,
    Graph, Level, License, Link, Need, NodeMap, Origin, PackageManager, Place, Problem, Purl, Role,
    Target, link,
};

use crate::policy::{Exception, Policy};
use crate::verdict::Verdict;
use crate::{Evidence, Facts, InputFacts, PackageFacts, RULES, check, fails};

const PURL: &str = "pkg:npm/a@1.0.0";

fn today() -> Date {
    Date::parse("2026-11-21").unwrap()
}

fn package() -> Component {
    let mut it = Component::new("a");
    it.version = Some("1.0.0".into());
    it.purl = Some(Purl::parse(PURL).unwrap());
    it.place = "node_modules/a".into();
    it.origin = Origin::Registry;
    it.flags = Flags::FETCHED;
    it
}

fn edge(from: bomtrail_graph::LocalId, to: Target, problem: Option<Problem>) -> Link {
    Link::new(from, to).with(|it| {
        it.name = Some("a".into());
        it.range = Some("^1.0.0".into());
        it.problem = problem;
    })
}

/// The project of an input, without packages.
fn project(path: &str) -> (Fragment, bomtrail_graph::LocalId) {
    let mut fragment = Fragment::default();
    fragment.path = path.into();
    let mut root = Component::new("app");
    root.role = Role::Root;
    let root = fragment.add(root).unwrap();
    fragment.roots.push(root);
    (fragment, root)
}

/// A project that needs some packages.
fn graph(packages: Vec<Component>, problem: Option<Problem>) -> Graph {
    let (mut fragment, root) = project("package-lock.json");
    for it in packages {
        let to = fragment.add(it).unwrap();
        fragment.links.push(edge(root, Target::Here(to), problem));
    }
    link(vec![fragment], &mut Diagnostics::new())
}

/// The ids of what is found in a project with one package, which is approved unless `reason` says otherwise.
struct Case {
    graph: Graph,
    reason: ApprovalReason,
    diagnostics: Diagnostics,
    facts: Option<Facts>,
    policy: Policy,
    has_list: bool,
    inputs: Vec<InputFacts>,
    scripts_run: bool,
}

impl Case {
    fn of(package: Component) -> Self {
        Self {
            graph: graph(vec![package], None),
            reason: ApprovalReason::Listed,
            diagnostics: Diagnostics::new(),
            facts: None,
            policy: Policy::default(),
            has_list: true,
            inputs: Vec::new(),
            scripts_run: true,
        }
    }

    fn flagged(flag: Flags) -> Self {
        let mut it = package();
        it.flags = it.flags.either(flag);
        Self::of(it)
    }

    fn approval(mut self, reason: ApprovalReason) -> Self {
        self.reason = reason;
        self
    }

    fn policy(mut self, text: &str) -> Self {
        self.policy = Policy::parse("bomtrail.toml", text).unwrap();
        self
    }

    fn facts(mut self, facts: PackageFacts) -> Self {
        let mut all = Facts::default();
        all.insert(&Purl::parse(PURL).unwrap(), facts);
        self.facts = Some(all);
        self
    }

    fn approvals(&self) -> NodeMap<Approval> {
        let mut approvals = NodeMap::new(&self.graph);
        for node in self.graph.nodes() {
            let reason = if node.is_root() {
                ApprovalReason::FirstParty
            } else {
                self.reason
            };
            approvals.insert(node.id(), Approval::new(reason));
        }
        approvals
    }

    fn run(&self, policy: &Policy) -> Vec<(&'static str, Verdict, String)> {
        let approvals = self.approvals();
        let mut evidence = Evidence::new(&self.graph, &approvals, &self.diagnostics, today());
        evidence.list = self.has_list.then_some("package-approvals.json");
        evidence.facts = self.facts.as_ref();
        evidence.inputs = &self.inputs;
        evidence.scripts_run = self.scripts_run;
        let findings = check(&evidence, policy);
        let shown = findings.into_iter().filter(|it| it.excepted.is_none());
        shown.map(|it| (it.rule.id, it.verdict, it.help)).collect()
    }

    fn ids(&self) -> Vec<&'static str> {
        let found = self.run(&self.policy);
        found.into_iter().map(|(id, _, _)| id).collect()
    }

    /// Asserts that the rule alone has findings, and none of it once it is set to `allow`.
    fn finds(self, rule: &'static str) {
        assert_eq!(self.ids(), [rule]);
        let policy = self.policy.clone().with(rule, Verdict::Allow);
        let left = self.run(&policy);
        assert!(left.iter().all(|(id, _, _)| *id != rule), "{left:?}");
    }
}

fn diagnostic(id: &'static str) -> Diagnostics {
    let code = Box::leak(Box::new(Code::new(id, Level::Warning, "a test")));
    let mut all = Diagnostics::new();
    let place = Place::file("package-lock.json");
    all.push(Diagnostic::new(code, place, "a message".to_owned()));
    all
}

#[test]
fn an_approved_package_of_the_registry_is_no_finding() {
    assert_eq!(Case::of(package()).ids(), [""; 0]);
}

#[test]
fn approvals_decide() {
    let case = |reason| Case::of(package()).approval(reason);
    case(ApprovalReason::NoEntry).finds("approvals/unreviewed");
    case(ApprovalReason::Expired).finds("approvals/unreviewed");
    case(ApprovalReason::DeniedName).finds("approvals/denied");
    case(ApprovalReason::IntegrityMismatch).finds("approvals/denied");
    case(ApprovalReason::IdentityMismatch).finds("lock/identity-mismatch");
    case(ApprovalReason::AddressLookalike).finds("lock/identity-mismatch");
}

#[test]
fn without_a_list_there_is_one_finding_and_other_rules_run() {
    let mut case = Case::flagged(Flags::UNVERIFIED).approval(ApprovalReason::NoEntry);
    case.has_list = false;
    assert_eq!(case.ids(), ["approvals/no-list", "lock/integrity-missing"]);
    // It has the verdict of an unreviewed package, unless it is set itself.
    let policy = Policy::default().with("approvals/unreviewed", Verdict::Warn);
    let found = case.run(&policy);
    assert_eq!(
        (found[0].0, found[0].1),
        ("approvals/no-list", Verdict::Warn)
    );
    let policy = policy.with("approvals/no-list", Verdict::Deny);
    assert_eq!(case.run(&policy)[0].1, Verdict::Deny);
    let policy = Policy::default().with("approvals/unreviewed", Verdict::Allow);
    assert_eq!(case.run(&policy)[0].0, "lock/integrity-missing");
    let mut empty = Case::of(package());
    empty.has_list = false;
    empty.graph = graph(Vec::new(), None);
    assert_eq!(empty.ids(), [""; 0]);
}

#[test]
fn flags_of_the_lockfile_are_findings() {
    for (flag, rule) in [
        (Flags::UNVERIFIED, "lock/integrity-missing"),
        (Flags::WEAK_DIGEST, "lock/integrity-weak"),
        (Flags::INSECURE, "lock/insecure-url"),
        (Flags::HAS_SHRINKWRAP, "lock/own-shrinkwrap"),
        (Flags::INSTALL_SCRIPT, "scripts/unapproved"),
        (Flags::CARRIED, "lock/bundled"),
    ] {
        Case::flagged(flag).finds(rule);
    }
}

#[test]
fn scripts_that_the_project_turns_off_are_not_findings() {
    let mut off = Case::flagged(Flags::INSTALL_SCRIPT);
    off.scripts_run = false;
    assert_eq!(off.ids(), [""; 0]);
}

#[test]
fn diagnostics_of_readers_are_repeated() {
    for (id, rule) in [
        ("bomtrail/second-lockfile", "lock/both-lockfiles"),
        ("npm/not-as-npm-writes", "lock/not-as-npm-writes"),
        ("npm/command-clash", "lock/command-clash"),
        ("npm/out-of-step", "lock/out-of-sync"),
        ("npm/other-source", "lock/out-of-sync"),
        ("npm/other-version", "lock/out-of-sync"),
        ("npm/unused-override", "graph/override-unused"),
    ] {
        let mut case = Case::of(package());
        case.diagnostics = diagnostic(id);
        case.finds(rule);
    }
    let mut other = Case::of(package());
    other.diagnostics = diagnostic("npm/something-else");
    assert_eq!(other.ids(), [""; 0]);
}

#[test]
fn a_range_that_is_not_met_is_out_of_sync() {
    let mut case = Case::of(package());
    case.graph = graph(vec![package()], Some(Problem::Invalid));
    assert_eq!(
        case.ids(),
        ["lock/out-of-sync", "graph/overridden-out-of-range"]
    );
}

#[test]
fn a_peer_that_npm_is_told_not_to_install_is_not_out_of_sync() {
    static NPM: PackageManager = PackageManager {
        name: "npm",
        lockfile: "package-lock.json",
        update: "npm install",
        replace: "",
        dedupe: "",
    };
    let of = |need: Need| {
        let (mut fragment, root) = project("package-lock.json");
        let asked = edge(root, Target::Absent, Some(Problem::Missing));
        fragment.links.push(asked.with(|it| it.need = need));
        let mut case = Case::of(package());
        case.graph = link(vec![fragment], &mut Diagnostics::new());
        case.inputs = vec![InputFacts::new(Some(&NPM), false)];
        case
    };
    let mut peer = of(Need::Peer);
    assert_eq!(peer.ids(), ["lock/out-of-sync"]);
    peer.diagnostics = diagnostic("npm/legacy-peer-deps");
    assert_eq!(peer.ids(), [""; 0]);
    let mut required = of(Need::Required);
    required.diagnostics = diagnostic("npm/legacy-peer-deps");
    assert_eq!(required.ids(), ["lock/out-of-sync"]);
}

#[test]
fn a_manifest_without_a_lockfile_is_missing_one() {
    static MANAGER: PackageManager = PackageManager {
        name: "carton",
        lockfile: "cpanfile.snapshot",
        update: "carton install",
        replace: "",
        dedupe: "",
    };
    let (mut fragment, root) = project("cpanfile");
    let nothing = Target::Absent;
    fragment
        .links
        .push(edge(root, nothing, Some(Problem::Missing)));
    let mut case = Case::of(package());
    case.graph = link(vec![fragment], &mut Diagnostics::new());
    case.inputs = vec![InputFacts {
        manager: Some(&MANAGER),
        is_manifest: true,
    }];
    let found = case.run(&case.policy);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].0, "lock/missing");
    assert_eq!(
        found[0].2,
        "run `carton install` and commit `cpanfile.snapshot`"
    );
    // The same edge of a lockfile is out of sync.
    case.inputs.clear();
    assert_eq!(case.ids(), ["lock/out-of-sync"]);
}

#[test]
fn sources_are_findings() {
    let from = |origin: Origin, purl: &str| {
        let mut it = package();
        it.origin = origin;
        it.source = Some("https://npm.example.com/a.tgz".into());
        it.purl = Some(Purl::parse(purl).unwrap());
        Case::of(it)
    };
    let registry = "pkg:npm/a@1.0.0?repository_url=https://npm.example.com";
    from(Origin::OtherRegistry, registry).finds("source/unknown-registry");
    let known = "[policy]\nregistries = [\"https://NPM.example.com/\"]\n";
    let known = from(Origin::OtherRegistry, registry).policy(known);
    assert_eq!(known.ids(), [""; 0]);
    from(Origin::Unknown, PURL).finds("source/unknown-registry");
    let remote = from(Origin::RemoteArchive, PURL);
    assert_eq!(
        remote.ids(),
        ["source/only-registry", "source/no-remote-tarball"]
    );
    let branch = "pkg:npm/a@1.0.0?vcs_url=git%2Bhttps://example.com/a.git%40main";
    assert_eq!(
        from(Origin::Git, branch).ids(),
        [
            "source/only-registry",
            "source/no-git",
            "source/git-ref-not-sha"
        ]
    );
    let direct = "[policy.rules]\n\"source/only-registry\" = \"allow\"\n\"source/no-remote-tarball\" = { scope = \"transitive\" }\n";
    let direct = from(Origin::RemoteArchive, PURL).policy(direct);
    assert_eq!(direct.ids(), [""; 0]);
}

#[test]
fn rules_that_are_off_run_when_a_policy_sets_them() {
    let facts = PackageFacts {
        published: Date::parse("2026-11-20"),
        license: Some("GPL-3.0-only".to_owned()),
        ..PackageFacts::default()
    };
    for (setting, rule) in [
        ("\"age/min-release\" = \"deny\"", "age/min-release"),
        (
            "\"license/allow-only\" = { level = \"deny\", licenses = [\"MIT\"] }",
            "license/allow-only",
        ),
        (
            "\"license/deny\" = { level = \"deny\", licenses = [\"GPL-3.0-only\"] }",
            "license/deny",
        ),
        ("\"provenance/required\" = \"warn\"", "provenance/required"),
        (
            "\"pkg/scope-allow\" = { level = \"deny\", packages = [\"@ours/*\"] }",
            "pkg/scope-allow",
        ),
        (
            "\"graph/max-packages\" = { level = \"deny\", limit = 0 }",
            "graph/max-packages",
        ),
        (
            "\"graph/max-depth\" = { level = \"deny\", limit = 0 }",
            "graph/max-depth",
        ),
    ] {
        let case = Case::of(package()).facts(facts.clone());
        case.policy(&format!("[policy.rules]\n{setting}\n"))
            .finds(rule);
    }
    let old = "[policy.rules]\n\"age/min-release\" = { level = \"deny\", days = 1 }\n\"license/allow-only\" = { level = \"deny\", licenses = [\"GPL-3.0-only\"] }\n";
    let case = Case::of(package()).facts(facts).policy(old);
    assert_eq!(case.ids(), [""; 0]);
    // What is unknown is a finding.
    let unknown = Case::of(package()).policy(old);
    assert_eq!(unknown.ids(), ["license/allow-only", "age/min-release"]);
}

#[test]
fn a_package_can_be_deprecated_by_facts_and_have_an_unreadable_licence() {
    let facts = PackageFacts {
        deprecated: Some(true),
        ..PackageFacts::default()
    };
    Case::of(package()).facts(facts).finds("pkg/deprecated");
    let mut it = package();
    it.licenses = bomtrail_graph::Fact::Known(License::declared("my own").into_iter().collect());
    let policy = "[policy.rules]\n\"license/allow-only\" = { level = \"deny\", licenses = [\"MIT\"], unknown = \"warn\" }\n";
    let found = Case::of(it).policy(policy);
    let found = found.run(&found.policy);
    assert_eq!(
        (found[0].0, found[0].1),
        ("license/allow-only", Verdict::Warn)
    );
}

#[test]
fn versions_of_one_package_are_duplicates() {
    let mut other = package();
    other.version = Some("2.0.0".into());
    other.purl = Some(Purl::parse("pkg:npm/a@2.0.0").unwrap());
    other.place = "node_modules/b/node_modules/a".into();
    for (setting, rule) in [
        (
            "\"graph/duplicate-versions\" = \"warn\"",
            "graph/duplicate-versions",
        ),
        (
            "\"graph/singleton\" = { level = \"deny\", packages = [\"a\"] }",
            "graph/singleton",
        ),
    ] {
        let mut case = Case::of(package()).policy(&format!("[policy.rules]\n{setting}\n"));
        case.graph = graph(vec![package(), other.clone()], None);
        case.finds(rule);
    }
}

#[test]
fn an_exception_covers_a_package_until_its_last_day() {
    let case = Case::flagged(Flags::INSECURE);
    let except = |purl: &str, day: &str| {
        let (purl, day) = (Purl::parse(purl).unwrap(), Date::parse(day).unwrap());
        let exception = Exception::new("lock/insecure-url", purl, "known", day);
        let found = case.run(&Policy::default().except(exception));
        found.into_iter().map(|(id, _, _)| id).collect::<Vec<_>>()
    };
    assert_eq!(except("pkg:npm/a", "2026-11-21"), [""; 0]);
    assert_eq!(except(PURL, "2026-11-21"), [""; 0]);
    let both = ["lock/insecure-url", "policy/unused-exception"];
    assert_eq!(except(PURL, "2026-11-20"), both);
    assert_eq!(except("pkg:npm/a@2.0.0", "2026-11-21"), both);
}

#[test]
fn a_policy_that_contradicts_itself_is_a_finding() {
    for setting in [
        "\"graph/singleton\" = \"deny\"",
        "\"graph/max-depth\" = \"deny\"",
        "\"age/min-release\" = { days = 3 }",
    ] {
        let case = Case::of(package()).policy(&format!("[policy.rules]\n{setting}\n"));
        assert_eq!(case.ids(), ["policy/contradiction"], "{setting}");
    }
}

#[test]
fn the_verdict_decides_whether_a_check_fails() {
    let case = Case::flagged(Flags::CARRIED);
    let approvals = case.approvals();
    let mut evidence = Evidence::new(&case.graph, &approvals, &case.diagnostics, today());
    evidence.list = Some("package-approvals.json");
    let mut policy = Policy::default();
    let findings = check(&evidence, &policy);
    assert!(!fails(&findings, &policy));
    policy.options.fail_on = Verdict::Warn;
    assert!(fails(&findings, &policy));
}

#[test]
fn rule_ids_and_texts_are_in_order() {
    for rule in RULES {
        let ids = RULES.iter().filter(|it| it.id == rule.id).count();
        assert_eq!(ids, 1, "{}", rule.id);
        assert!(!rule.help.contains('{'), "{}", rule.id);
        let others = RULES.iter().map(|it| it.id).filter(|it| *it != rule.id);
        assert_ne!(nearest(rule.id, others), Some(rule.id));
        let text = rule.help_for(None);
        assert_eq!(text, rule.help);
    }
}
