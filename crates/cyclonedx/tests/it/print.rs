//! Runs the writer over fragments.

use bomtrail_cyclonedx::{Json, SpecVersion};
use bomtrail_graph::{Bom, Diagnostics, Fragment, Graph, Tool, Writer, link};
use serde_json::Value;

pub(crate) const TOOL: Tool<'static> = Tool {
    name: "bomtrail",
    version: "0.1.0",
};

pub(crate) fn graph(fragment: Fragment) -> Graph {
    link(vec![fragment], &mut Diagnostics::new())
}

/// The document, and what was reported.
pub(crate) fn print(bom: &Bom<'_>, version: SpecVersion) -> (String, Vec<String>) {
    let mut out = Vec::new();
    let mut diagnostics = Diagnostics::new();
    Json::new(version)
        .write(bom, &mut out, &mut diagnostics)
        .unwrap();
    let told = diagnostics.iter().map(ToString::to_string).collect();
    (String::from_utf8(out).unwrap(), told)
}

pub(crate) fn pretty(graph: &Graph, version: SpecVersion) -> String {
    print(&Bom::new(graph, TOOL), version).0
}

pub(crate) fn value(graph: &Graph, version: SpecVersion) -> Value {
    serde_json::from_str(&pretty(graph, version)).unwrap()
}

/// Fails when the document breaks the official schema; says nothing where that is absent.
pub(crate) fn must_be_valid(document: &str, version: SpecVersion) {
    let findings = bomtrail_testkit::validate_cyclonedx(version.name(), document);
    assert_eq!(
        findings.unwrap_or_default(),
        Vec::<String>::new(),
        "{document}"
    );
}
