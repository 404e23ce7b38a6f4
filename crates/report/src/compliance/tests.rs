//! What every format says, and that nothing of a component's name, licence or address is taken for markup.

use bomtrail_compliance::{PROFILES, Subject, assess, profile, quality};
use bomtrail_graph::{
    Approval, ApprovalReason, Axis, BuildIdentity, Code, Component, Decision, Diagnostic,
    Diagnostics, Evidence, EvidenceState, Fact, Fragment, Graph, Level, License, Link, Need,
    NodeMap, NodeRef, Phase, Place, Provenance, Role, Target, Tool, link,
};

use super::*;
use crate::ChangeKind;
use crate::wire::tests::{schema, valid};

static PROBLEM: Code = Code::new("npm/missing", Level::Warning, "a problem");

const HOSTILE: &str =
    "</script><script>document.title='owned'</script><img src=x onerror=alert(1)>";

fn graph(count: u32) -> Graph {
    let mut fragment = Fragment::default().with(|it| {
        it.path = "package-lock.json".into();
    });
    let mut root = Component::new("app");
    root.role = Role::Root;
    root.version = Some("1.0.0".into());
    let root = fragment.add(root).unwrap();
    fragment.roots.push(root);
    let mut last = root;
    for number in 0..count {
        let name = if number == 0 {
            HOSTILE.to_owned()
        } else {
            format!("part-{number}")
        };
        let mut component = Component::new(&name);
        component.version = Some("=1+1".into());
        component.place = format!("node_modules/{number}").into();
        component.purl = format!("pkg:npm/part-{number}@1.0.0").parse().ok();
        component.licenses = Fact::Known([License::Named(HOSTILE.into())].into());
        component.source = Some("javascript:alert(1)".into());
        let id = fragment.add(component).unwrap();
        fragment
            .links
            .push(Link::new(last, Target::Here(id)).with(|it| {
                it.name = None;
                it.range = None;
                it.phase = Phase::Runtime;
                it.need = Need::Required;
                it.problem = None;
                it.detail = None;
            }));
        if number % 10 == 0 {
            last = id;
        }
        if number == 20 {
            fragment.components[id.index()].role = Role::Member;
        }
    }
    link(vec![fragment], &mut Diagnostics::new())
}

/// What others think of the components: one approved, one denied, one built from a known commit, one that fails.
struct Opinions {
    approvals: NodeMap<Approval>,
    provenance: NodeMap<Provenance>,
}

fn opinions(graph: &Graph) -> Opinions {
    let mut approvals = NodeMap::new(graph);
    let mut provenance = NodeMap::new(graph);
    for node in graph.nodes() {
        let number = node.id().index();
        let reason = match (node.is_root(), number % 3) {
            (true, _) => ApprovalReason::FirstParty,
            (_, 0) => ApprovalReason::Listed,
            (_, 1) => ApprovalReason::DeniedName,
            _ => ApprovalReason::NoEntry,
        };
        let mut approval = Approval::new(reason);
        approval.detail = HOSTILE.into();
        approval.decision = Some(Box::new(Decision {
            by: vec!["=Ada <ada@example.com>".into()],
            on: Some("2026-11-02".into()),
            expires: Some("2027-11-02".into()),
            note: Some(HOSTILE.into()),
            ..Decision::default()
        }));
        approvals.insert(node.id(), approval);
        let mut proved = Provenance::default();
        proved.set(Axis::Pinned, Evidence::new(EvidenceState::Verified, ""));
        if number % 3 == 0 {
            let failed =
                Evidence::new(EvidenceState::Failed, "the signature is not the registry's");
            proved.set(Axis::RegistrySigned, failed);
        } else {
            proved.set(
                Axis::ProvenanceVerified,
                Evidence::new(EvidenceState::Verified, ""),
            );
            proved.build = Some(Box::new(BuildIdentity {
                signer: HOSTILE.into(),
                repository: Some("javascript:alert(2)".into()),
                commit: Some("0123456789012345678901234567890123456789".into()),
                ..BuildIdentity::default()
            }));
        }
        if !node.is_root() {
            provenance.insert(node.id(), proved);
        }
    }
    Opinions {
        approvals,
        provenance,
    }
}

fn render(graph: &Graph, format: ComplianceFormat) -> String {
    render_with(graph, format, None)
}

fn bytes_with(graph: &Graph, format: ComplianceFormat, opinions: Option<&Opinions>) -> Vec<u8> {
    let subject = Subject::new(graph);
    let assessment = assess(profile("bsi").unwrap(), &subject);
    let quality = quality(graph);
    let after = vec![HOSTILE.to_owned()];
    let changes = [Change::new(ChangeKind::Added, HOSTILE, Vec::new(), after)
        .brought_by(vec![HOSTILE.to_owned()])];
    let basis = ["npm-keys sha256:00 (given)".to_owned()];
    let mut tables = Tables::new().approvals(opinions.map(|it| &it.approvals));
    if let Some(it) = opinions {
        tables = tables.provenance(&it.provenance, &basis);
    }
    let mut diagnostics = Diagnostics::new();
    diagnostics.push(Diagnostic::new(
        &PROBLEM,
        Place::entry("package-lock.json", HOSTILE),
        HOSTILE.to_owned(),
    ));
    let members = graph
        .nodes()
        .filter(|it| it.component().role == Role::Member);
    let members: Vec<WorkspaceMember> = members
        .map(|it| {
            let reached = graph.reach([it.id()], |_| true);
            let needs = graph.nodes().map(NodeRef::id);
            WorkspaceMember {
                name: it.name().to_owned(),
                needs: needs.filter(|it| reached[it.index()]).collect(),
            }
        })
        .collect();
    let report = Compliance {
        graph,
        assessment: &assessment,
        quality: &quality,
        tables,
        list: opinions.map(|_| "package-approvals.json"),
        diagnostics: &diagnostics,
        members: &members,
        since: opinions.map(|_| Since {
            old: "git:v1.0.0:package-lock.json",
            changes: &changes,
        }),
        tool: Tool {
            name: "bomtrail",
            version: "1.0.0",
        },
        timestamp: None,
    };
    let mut out = Vec::new();
    report.write(format, &mut out).unwrap();
    out
}

fn render_with(graph: &Graph, format: ComplianceFormat, opinions: Option<&Opinions>) -> String {
    String::from_utf8(bytes_with(graph, format, opinions)).unwrap()
}

#[test]
fn what_others_think_is_in_every_format() {
    let graph = graph(6);
    let opinions = opinions(&graph);
    let render = |format| render_with(&graph, format, Some(&opinions));
    let markdown = render(ComplianceFormat::Markdown);
    for wanted in [
        "## Approvals",
        "2 denied, 2 unreviewed, 2 approved, 1 first-party, by `package-approvals.json`",
        "=Ada &lt;ada&#64;example.com&gt; | 2026-11-02 | 2027-11-02 |",
        "## Provenance",
        "| E4 | the build attestation is authentic and about this archive | 4 |",
        "failed&#58; the signature is not the registry's",
        "## Changes since git&#58;v1.0.0&#58;package-lock.json",
        "### Added (1)",
    ] {
        assert!(markdown.contains(wanted), "{wanted} in {markdown}");
    }
    assert!(!markdown.contains("<script") && !markdown.contains("<img"));
    let csv = render(ComplianceFormat::Csv);
    assert!(csv.contains("\"denied-name; </script>"), "{csv}");
    assert!(csv.contains("\"'=Ada <ada@example.com>\",\"2026-11-02\""));
    assert!(csv.contains("\"the signature is not the registry's\""));
    let html = render(ComplianceFormat::Html);
    assert_eq!(html.matches("</script>").count(), 3);
    assert!(!html.contains("<img"));
}

#[cfg(feature = "xlsx")]
#[test]
fn a_workbook_has_a_row_for_each_component_and_no_formulas() {
    let graph = graph(12);
    let opinions = opinions(&graph);
    let render = || bytes_with(&graph, ComplianceFormat::Xlsx, Some(&opinions));
    let bytes = render();
    assert_eq!(bytes, render());
    let mut archive = zip::ZipArchive::new(io::Cursor::new(bytes)).unwrap();
    let mut read = |name: &str| io::read_to_string(archive.by_name(name).unwrap()).unwrap();
    let sheet = read("xl/worksheets/sheet2.xml");
    assert_eq!(sheet.matches("<row ").count(), graph.nodes().len() + 1);
    assert!(!sheet.contains("<f>"));
    let texts = read("xl/sharedStrings.xml");
    assert!(texts.contains("=Ada &lt;ada@example.com&gt;"), "{texts}");
}

#[test]
fn json_is_as_its_schema_says() {
    let validator = jsonschema::validator_for(&schema("report-v1")).unwrap();
    let graph = graph(12);
    let opinions = opinions(&graph);
    for opinions in [None, Some(&opinions)] {
        let json = valid(render_with(&graph, ComplianceFormat::Json, opinions).as_bytes());
        let mut odd = json.clone();
        odd["components"][0]["surprise"] = true.into();
        assert!(
            !validator.is_valid(&odd),
            "the schema takes what is not said"
        );
        assert_eq!(json.get("approvals").is_some(), opinions.is_some());
    }
}

#[test]
fn markup_in_data_stays_text() {
    let graph = graph(3);
    let html = render(&graph, ComplianceFormat::Html);
    assert_eq!(
        html.matches("</script>").count(),
        3,
        "the mark, data and program end once each"
    );
    assert!(!html.contains("<img") && html.contains("\\u003cimg"));
    for loading in ["src=", "href=\"http", "url(", "@import"] {
        let own = html
            .replace("&lt;img src=x", "")
            .replace("u003cimg src=x", "");
        assert!(!own.contains(loading), "the page loads with {loading}");
    }
    let markdown = render(&graph, ComplianceFormat::Markdown);
    assert!(!markdown.contains("<script") && !markdown.contains("<img"));
    let csv = render(&graph, ComplianceFormat::Csv);
    assert!(csv.contains("\"'=1+1\"") && !csv.contains("\"=1+1\""));
    assert_eq!(csv.matches("\r\n").count(), 5);
}

/// The text of the page where scripts do not run.
fn without_scripts(html: &str) -> String {
    let (_, body) = html.split_once("<body>").unwrap();
    let (body, _) = body.split_once("<script").unwrap();
    let mut text = String::new();
    for part in body.split('<') {
        text.push(' ');
        text.push_str(part.split_once('>').map_or(part, |(_, text)| text));
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_page_shows_everything_without_scripts() {
    let graph = graph(61);
    let opinions = opinions(&graph);
    let json = valid(render_with(&graph, ComplianceFormat::Json, Some(&opinions)).as_bytes());
    let html = render_with(&graph, ComplianceFormat::Html, Some(&opinions));
    let text = without_scripts(&html);
    let verdict = json["verdict"].as_str().unwrap();
    assert!(text.contains(verdict.get(1..).unwrap()), "{verdict}");
    let missing = json["document"].as_array().unwrap().iter();
    for it in missing.filter(|it| it["state"] == "missing") {
        let field = it["requirement"]["field"].as_str().unwrap();
        assert!(text.contains(field), "{field} in {text}");
    }
    for wanted in [
        "What needs attention",
        "Problems of the inputs",
        "part-60",
        "Denied",
        "the signature is not the registry&#39;s",
        "Changes since git:v1.0.0:package-lock.json",
        "BSI TR-03183-2",
    ] {
        assert!(text.contains(wanted), "{wanted} in {text}");
    }
    assert!(!html.contains("<noscript"));
}

#[test]
fn json_is_what_the_page_shows() {
    let graph = graph(12);
    let json: serde_json::Value =
        serde_json::from_str(&render(&graph, ComplianceFormat::Json)).unwrap();
    assert_eq!(json["schema"], "bomtrail/report/v1");
    let html = render(&graph, ComplianceFormat::Html);
    let data = html
        .split("id=\"data\">")
        .nth(1)
        .unwrap()
        .split("</script>")
        .next()
        .unwrap();
    assert_eq!(
        serde_json::from_str::<serde_json::Value>(data).unwrap(),
        json
    );
    let missing = json["components"][0]["missing"].as_array().unwrap();
    assert!(missing.contains(&"hash".into()) || missing.contains(&"component-creator".into()));
}

#[test]
fn markdown_names_what_is_missing_and_how_to_supply_it() {
    let markdown = render(&graph(1), ComplianceFormat::Markdown);
    assert!(markdown.contains("| missing | creator of the SBOM: e-mail address, else URL | required | 5.2.1, required | set `sbom.author-email`"));
    assert!(
        markdown.contains("**hash value (SHA-512) of the deployable component** is missing for 1")
    );
}

#[test]
fn every_profile_is_explained_row_by_row() {
    for profile in PROFILES {
        let mut out = Vec::new();
        explain(profile, &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        for row in profile.requirements {
            assert!(
                text.contains(row.field) && text.contains(row.clause),
                "{}",
                row.id
            );
        }
        let rows = text.lines().filter(|it| it.starts_with("| ")).count();
        assert_eq!(rows, profile.requirements.len() + 1);
    }
}

mod browser;
