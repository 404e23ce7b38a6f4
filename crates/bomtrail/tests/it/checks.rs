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

/// What is wrong with a document by one of our own schemas.
fn invalid(schema: &str, document: &str) -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../schemas");
    let disk = bomtrail::Disk::open(&path, 1 << 20).unwrap();
    let schema = serde_json::from_slice(&disk.load(schema).unwrap()).unwrap();
    let options = jsonschema::options().should_validate_formats(true);
    let validator = options.build(&schema).unwrap();
    let document = serde_json::from_str(document).unwrap();
    validator
        .iter_errors(&document)
        .map(|it| format!("{}: {it}", it.instance_path()))
        .collect()
}

#[test]
fn lists_and_reports_of_all_fixtures_are_as_the_schemas_say() {
    let folder = bomtrail_testkit::fixtures().join("approvals");
    let disk = bomtrail::Disk::open(&folder, 1 << 20).unwrap();
    let mut lists = 0;
    for name in bomtrail::Files::list(&disk, "") {
        if let Ok(checked) = check(&folder.join(&name)) {
            let mut json = Vec::new();
            let report = checked.report();
            bomtrail::check::write_check(bomtrail::check::CheckFormat::Json, &report, &mut json)
                .unwrap();
            let found = invalid("check-v1.schema.json", &String::from_utf8(json).unwrap());
            assert!(found.is_empty(), "{name}: {found:#?}");
        }
        let Ok(list) = disk.load(&format!("{name}/package-approvals.json")) else {
            continue;
        };
        lists += 1;
        let text = String::from_utf8(list).unwrap();
        let found = invalid("approvals-v1.schema.json", &text);
        // The schema takes what the reader takes, and nothing else.
        let reads = bomtrail::approvals::approve("l", &text, &[]).is_ok();
        assert_eq!(found.is_empty(), reads, "{name}: {found:#?}");
    }
    assert!(lists > 20);
}
