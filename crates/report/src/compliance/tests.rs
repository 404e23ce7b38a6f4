//! What every format says, and that nothing of a component's name, licence or address is taken for markup.

use bomtrail_compliance::{PROFILES, Subject, assess, profile, quality};
use bomtrail_graph::{
    Component, Diagnostics, Fact, Fragment, Graph, License, Link, Need, Phase, Role, Target, Tool,
    link,
};

use super::*;

const HOSTILE: &str =
    "</script><script>document.title='owned'</script><img src=x onerror=alert(1)>";

fn graph(count: u32) -> Graph {
    let mut fragment = Fragment {
        path: "package-lock.json".into(),
        ..Fragment::default()
    };
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
        component.licenses = Fact::Known(Box::new([License::Named(HOSTILE.into())]));
        component.source = Some("javascript:alert(1)".into());
        let id = fragment.add(component).unwrap();
        fragment.links.push(Link {
            from: last,
            to: Target::Here(id),
            name: None,
            range: None,
            phase: Phase::Runtime,
            need: Need::Required,
            problem: None,
            detail: None,
        });
        if number % 10 == 0 {
            last = id;
        }
    }
    link(vec![fragment], &mut Diagnostics::new())
}

fn render(graph: &Graph, format: ComplianceFormat) -> String {
    let subject = Subject::new(graph);
    let assessment = assess(profile("bsi").unwrap(), &subject);
    let quality = quality(graph);
    let report = Compliance {
        graph,
        assessment: &assessment,
        quality: &quality,
        product: None,
        statements: None,
        approvals: None,
        tool: Tool {
            name: "bomtrail",
            version: "1.0.0",
        },
        timestamp: None,
    };
    let mut out = Vec::new();
    report.write(format, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn markup_in_data_stays_text() {
    let graph = graph(3);
    let html = render(&graph, ComplianceFormat::Html);
    assert_eq!(
        html.matches("</script>").count(),
        2,
        "data and program end once each"
    );
    assert!(!html.contains("<img") && html.contains("\\u003cimg"));
    assert!(
        !html.contains("http://") && !html.contains("https://"),
        "nothing to load"
    );
    let markdown = render(&graph, ComplianceFormat::Markdown);
    assert!(!markdown.contains("<script") && !markdown.contains("<img"));
    let csv = render(&graph, ComplianceFormat::Csv);
    assert!(csv.contains("\"'=1+1\"") && !csv.contains("\"=1+1\""));
    assert_eq!(csv.matches("\r\n").count(), 5);
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
    assert!(markdown.contains("| missing | creator of the SBOM: e-mail address, else URL | must | 5.2.1, required | set `sbom.author-email`"));
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
