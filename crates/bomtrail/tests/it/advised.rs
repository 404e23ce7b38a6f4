//! Projects of the fixtures compared with their advisories.

use std::path::Path;

use bomtrail::advisories::{Advised, AdvisoryFormat, AdvisoryOptions};
use bomtrail_testkit::run_fixtures;

/// A project of a fixture, compared with its advisories.
fn advised(folder: &Path) -> Advised {
    let options = AdvisoryOptions::at("2026-11-28T00:00:00Z").unwrap();
    let options = options.sources(&[folder.join("advisories")]);
    Advised::run(folder.join("project"), &options).unwrap()
}

fn written(advised: &Advised, format: AdvisoryFormat) -> String {
    let mut text = Vec::new();
    advised.report().write(format, &mut text).unwrap();
    String::from_utf8(text).unwrap()
}

#[test]
fn fixtures() {
    run_fixtures("advisories", |case| {
        let advised = advised(case.folder.path());
        let json = written(&advised, AdvisoryFormat::Json);
        let problems = crate::checks::invalid("advisories-v1.schema.json", &json);
        assert_eq!(problems, Vec::<String>::new(), "{json}");
        let problems = advised.diagnostics.iter();
        let lines: Vec<String> = problems.map(|it| format!("{it}\n")).collect();
        let text = written(&advised, AdvisoryFormat::Text);
        bomtrail_testkit::Outputs::default().with("expected.txt", text + &lines.concat())
    });
}
