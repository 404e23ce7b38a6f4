//! Checks against the fixtures: each folder of `fixtures/approvals/` is named after what it proves.

use std::path::Path;

use bomtrail::approvals::Date;
use bomtrail::check::{CheckError, CheckOptions, Checked};
use bomtrail_testkit::{Outputs, run_fixtures};

fn check(folder: &Path) -> Result<Checked, CheckError> {
    Checked::run(
        folder,
        &CheckOptions::on(Date::parse("2026-11-21").unwrap()),
    )
}

/// What came of a check, one line for each package that is not the project's own and for each finding.
fn shown(checked: &Checked) -> String {
    let mut lines = Vec::new();
    let graph = checked.scan.graph();
    for node in graph.nodes().filter(|it| !it.is_root()) {
        let approval = checked.table.get(node.id()).unwrap();
        let chain = approval.chain.join(" > ");
        let (status, reason) = (approval.status().name(), approval.reason.name());
        lines.push(
            format!("{}: {status} ({reason}) {chain}", node.reference())
                .trim_end()
                .to_owned(),
        );
    }
    for it in &checked.findings {
        let (level, rule) = (it.verdict.name(), it.rule.id);
        let excepted = it.excepted.as_ref().map(|it| format!(" (set aside: {it})"));
        let excepted = excepted.unwrap_or_default();
        lines.push(format!(
            "{level} {rule} {} {}: {}{excepted}",
            it.place, it.subject, it.message
        ));
    }
    lines.push(if checked.failed { "fails" } else { "passes" }.to_owned());
    lines.join("\n") + "\n"
}

#[test]
fn fixtures() {
    run_fixtures("approvals", |case| {
        let text = match check(case.folder.path()) {
            Ok(checked) => shown(&checked),
            Err(error) => format!("{error}\n"),
        };
        Outputs::default().with("expected.check", text)
    });
}
