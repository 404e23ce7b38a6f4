use bomtrail_graph::{
    ApprovalReason, Component, Diagnostics, Flags, Fragment, Link, Need, Phase, Place, Purl, Role,
    Target, link,
};
use bomtrail_policy::{Evidence, Finding, Policy};
use serde_json::Value;

use super::*;
use crate::escape::shell;
use crate::wire::tests::valid;

/// Names that mean something to a terminal, a shell, XML, Markdown or GitHub's runner.
const HOSTILE: [&str; 8] = [
    "a\n::error file=x::pwned",
    "a%0A::set-output name=x::y",
    "a\u{1b}[2Jb",
    "a]]><b/>&amp;\"'",
    "a$(touch pwned)`id`'; rm -rf /",
    "a|b\n| c |<script>[x](javascript:1)",
    "a\u{202e}b\u{0}\u{ffff}",
    "a: b, c=d",
];

fn graph() -> Graph {
    let mut fragment = Fragment::default().with(|it| {
        it.path = "package-lock.json".into();
    });
    let mut root = Component::new("app");
    root.role = Role::Root;
    let root = fragment.add(root).unwrap();
    fragment.roots.push(root);
    for name in HOSTILE {
        let mut it = Component::new(name);
        it.version = Some("1.0.0".into());
        it.purl = Purl::build("generic", name).version("1.0.0").finish().ok();
        it.place = format!("node_modules/{name}").into();
        it.flags = Flags::FETCHED.either(Flags::UNVERIFIED);
        let to = Target::Here(fragment.add(it).unwrap());
        fragment.links.push(Link::new(root, to).with(|it| {
            it.name = None;
            it.range = Some("*".into());
            it.phase = Phase::Runtime;
            it.need = Need::Required;
            it.problem = None;
            it.detail = None;
        }));
    }
    link(vec![fragment], &mut Diagnostics::new())
}

fn with<T>(run: impl FnOnce(&Check<'_>) -> T) -> T {
    let graph = graph();
    let mut approvals = NodeMap::new(&graph);
    for node in graph.nodes() {
        let reason = if node.is_root() {
            ApprovalReason::FirstParty
        } else {
            ApprovalReason::NoEntry
        };
        approvals.insert(node.id(), Approval::new(reason));
    }
    let diagnostics = Diagnostics::new();
    let today = bomtrail_graph::Date::parse("2026-11-21").unwrap();
    let mut evidence = Evidence::new(&graph, &approvals, &diagnostics, today);
    evidence.list = Some("package-approvals.json");
    let mut findings: Vec<Finding> = bomtrail_policy::check(&evidence, &Policy::default());
    findings.first_mut().unwrap().place = Place::default();
    findings.last_mut().unwrap().excepted = Some("known: <&>\n".to_owned());
    run(&Check {
        graph: &graph,
        approvals: &approvals,
        findings: &findings,
        failed: true,
        list: Some("package-approvals.json"),
        tool: Tool {
            name: "bomtrail",
            version: "0.0.0",
        },
    })
}

fn text_of(format: CheckFormat) -> String {
    let mut out = Vec::new();
    with(|check| write_check(format, check, &mut out).unwrap());
    String::from_utf8(out).unwrap()
}

#[test]
fn sarif_is_valid_and_every_result_has_one_place_and_a_fingerprint() {
    let text = text_of(CheckFormat::Sarif);
    let document: Value = serde_json::from_str(&text).unwrap();
    let schema = include_str!("../../tests/sarif-2.1.0.schema.json");
    let mut schema: Value = serde_json::from_str(schema).unwrap();
    // The published schema has a pattern that is not a valid regular expression (an unmatched bracket).
    for owner in ["run", "toolComponent"] {
        let at = format!("/definitions/{owner}/properties/language");
        let language = schema.pointer_mut(&at).and_then(Value::as_object_mut);
        language.unwrap().remove("pattern").unwrap();
    }
    let validator = jsonschema::options()
        .should_validate_formats(true)
        .build(&schema)
        .unwrap();
    let errors: Vec<String> = validator
        .iter_errors(&document)
        .map(|it| format!("{}: {it}", it.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{errors:#?}");
    let mut broken = document.clone();
    broken.as_object_mut().unwrap().remove("version");
    assert!(
        !validator.is_valid(&broken),
        "a schema that takes anything proves nothing"
    );
    let results = document
        .pointer("/runs/0/results")
        .and_then(Value::as_array)
        .unwrap();
    assert!(results.len() > HOSTILE.len());
    let mut prints = Vec::new();
    for result in results {
        let places = result.get("locations").and_then(Value::as_array).unwrap();
        assert_eq!(places.len(), 1);
        assert!(
            places
                .first()
                .unwrap()
                .pointer("/physicalLocation/region/startLine")
                .is_some()
        );
        prints.push(
            result
                .pointer("/partialFingerprints/bomtrail~1v1")
                .and_then(Value::as_str)
                .unwrap(),
        );
    }
    let count = prints.len();
    prints.sort_unstable();
    prints.dedup();
    assert_eq!(prints.len(), count);
}

#[test]
fn no_name_adds_a_line_or_a_command_to_githubs_annotations() {
    let text = text_of(CheckFormat::Github);
    for line in text.lines() {
        let command = line.starts_with("::error ") || line.starts_with("::warning ");
        assert!(command || line.starts_with("FAIL: "), "{line}");
        assert!(
            !line.contains('\u{1b}') && !line.contains('\u{202e}'),
            "{line}"
        );
        let properties = line.split("::").nth(1).unwrap_or("=");
        assert!(properties.split(',').all(|it| it.contains('=')), "{line}");
    }
    assert!(text.contains("a%0A::error file=x"));
    assert!(text.contains("a%250A::set-output"));
    let markdown = with(summary_markdown);
    assert_eq!(
        markdown.lines().filter(|it| it.starts_with('|')).count(),
        2 + with(|it| it.findings.len())
    );
    assert!(!markdown.contains('<') && !markdown.contains("]("));
    assert!(!markdown.replace("\\`", "").contains('`'));
}

#[test]
fn junit_is_xml_whatever_the_names() {
    let text = text_of(CheckFormat::Junit);
    let mut open: Vec<&str> = Vec::new();
    for tag in text.split('<').skip(1) {
        let (tag, between) = tag.split_once('>').unwrap();
        assert!(
            !between.contains('&')
                || between
                    .split('&')
                    .skip(1)
                    .all(|it| ["amp;", "lt;", "gt;", "quot;", "apos;"]
                        .iter()
                        .any(|known| it.starts_with(known)))
        );
        let name = tag.split([' ', '/']).next().unwrap_or_default();
        if tag.starts_with('?') || tag.ends_with('/') {
            continue;
        }
        match tag.strip_prefix('/') {
            Some(closed) => assert_eq!(open.pop(), Some(closed)),
            None => open.push(name),
        }
    }
    assert!(open.is_empty());
    assert!(
        text.chars().all(
            |it| matches!(it, '\n' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
        )
    );
    assert!(text.contains("failures=\""));
}

#[test]
fn text_moves_no_cursor_and_its_commands_are_one_word_each() {
    let text = text_of(CheckFormat::Text);
    assert!(!text.contains('\u{1b}') && !text.contains('\u{202e}') && !text.contains('\u{0}'));
    let command = text
        .lines()
        .find(|it| it.starts_with("  bomtrail approve"))
        .unwrap();
    assert!(
        command.contains("rm%20-rf") || command.contains("'\\''"),
        "{command}"
    );
    assert_eq!(shell("-x"), "'-x'");
    assert_eq!(shell("a'b"), "'a'\\''b'");
    assert_eq!(shell("@s/a@1.0.0"), "@s/a@1.0.0");
}

#[test]
fn json_says_how_it_ended_and_which_version_it_is() {
    let document = valid(text_of(CheckFormat::Json).as_bytes());
    assert_eq!(
        document.get("conclusion").and_then(Value::as_str),
        Some("fail")
    );
    assert_eq!(
        document
            .pointer("/summary/unreviewed")
            .and_then(Value::as_u64),
        Some(8)
    );
}
