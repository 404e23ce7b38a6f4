//! What a user may say about a CPAN project: the Perl it runs on, the features wanted, an index of CPAN.

use std::path::PathBuf;

use bomtrail::cpan::Perl;
use bomtrail::{Scan, ScanError, ScanOptions, Selection};

use crate::fixture::put;

const CPANFILE: &str = "\
requires 'JSON::PP', '4.11';
requires 'Carp';
feature 'fast' => sub { requires 'Acme::Fast' };
";

const INDEX: &str = "\
File: 02packages.details.txt

Acme::Fast  1.0  E/EX/EXAMPLE/Acme-Fast-1.0.tar.gz
JSON::PP  4.16  E/EX/EXAMPLE/JSON-PP-4.16.tar.gz
";

fn purls(scan: &Scan) -> Vec<String> {
    let purls = scan
        .graph()
        .nodes()
        .filter_map(|it| Some(it.purl()?.to_string()));
    purls.filter(|it| it.starts_with("pkg:cpan/")).collect()
}

fn project() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "cpanfile", CPANFILE);
    put(folder.path(), "packages.txt", INDEX);
    folder
}

#[test]
fn the_perl_decides_what_its_core_has() {
    let folder = project();
    let with = |perl: &str| {
        let options = ScanOptions::default().perl(Perl::parse(perl));
        Scan::with(folder.path(), &options).unwrap()
    };
    let old = with("5.32.0");
    assert_eq!(purls(&old), ["pkg:cpan/perl@5.32.0"]);
    let codes: Vec<&str> = old.diagnostics().iter().map(|it| it.code.id).collect();
    assert_eq!(codes, ["cpan/core-too-old", "cpan/unresolved"]);
    put(folder.path(), ".perl-version", "5.30.2\n");
    let stated = Scan::with(folder.path(), &ScanOptions::default()).unwrap();
    assert_eq!(purls(&stated), ["pkg:cpan/perl@5.30.2"]);
    assert_eq!(purls(&with("5.34.0")), ["pkg:cpan/perl@5.34.0"]);
}

#[test]
fn an_index_and_a_feature_add_what_they_name() {
    let folder = project();
    let options = ScanOptions::default()
        .perl(Perl::parse("5.32.0"))
        .cpan_index(Some(folder.path().join("packages.txt")))
        .features(vec!["fast".to_owned()]);
    let scan = Scan::with(folder.path(), &options).unwrap();
    let expected = [
        "pkg:cpan/Acme-Fast@1.0?author=EXAMPLE",
        "pkg:cpan/JSON-PP@4.16?author=EXAMPLE",
        "pkg:cpan/perl@5.32.0",
    ];
    assert_eq!(purls(&scan), expected);
    assert!(scan.diagnostics().is_empty());
    let paths: Vec<&str> = scan.graph().inputs().iter().map(|it| &*it.path).collect();
    assert_eq!(paths[..2], ["cpanfile", "packages.txt"]);
}

#[test]
fn what_is_not_there_is_refused() {
    let folder = project();
    let with = |options: ScanOptions| Scan::with(folder.path(), &options).unwrap_err();
    let feature = with(ScanOptions::default().features(vec!["slow".to_owned()]));
    assert_eq!(
        feature.to_string(),
        "there is no optional feature `slow`; there is `fast`"
    );
    let index =
        |name: &str| with(ScanOptions::default().cpan_index(Some(folder.path().join(name))));
    assert!(matches!(index("gone.txt"), ScanError::Unreachable { .. }));
    assert!(matches!(index("cpanfile"), ScanError::Index { .. }));
    let nowhere = ScanOptions::default().cpan_index(Some(PathBuf::from("/")));
    assert!(matches!(with(nowhere), ScanError::Unreachable { .. }));
}

#[test]
fn an_installed_tree_is_a_project_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let install = r#"{"pathname": "E/EX/EXAMPLE/A-1.10.tar.gz", "version": 1.1}"#;
    let record = "local/lib/perl5/x86_64-linux/.meta/A-1.10/";
    put(
        folder.path(),
        &(record.to_owned() + "install.json"),
        install,
    );
    for path in [
        folder.path().to_owned(),
        folder.path().join("local/lib/perl5"),
    ] {
        let scan = Scan::with(&path, &ScanOptions::default()).unwrap();
        assert_eq!(purls(&scan), ["pkg:cpan/A@1.10?author=EXAMPLE"]);
        assert_eq!(scan.graph().roots().count(), 1);
    }
}

#[test]
fn what_is_test_only_can_be_left_out_whichever_input_has_it() {
    let folder = tempfile::tempdir().unwrap();
    let cpanfile = "requires 'A'; on test => sub { requires 'B'; requires 'strict' };";
    put(folder.path(), "cpanfile", cpanfile);
    for (name, version) in [("A", "1"), ("B", "2")] {
        let record = format!("local/lib/perl5/x-y/.meta/{name}-{version}/install.json");
        let pathname = format!("E/EX/EXAMPLE/{name}-{version}.tar.gz");
        let install = format!(
            "{{\"pathname\": \"{pathname}\", \"provides\": {{\"{name}\": {{\"file\": \"x\"}}}}}}"
        );
        put(folder.path(), &record, &install);
    }
    let all = Scan::with(folder.path(), &ScanOptions::default()).unwrap();
    assert_eq!(purls(&all).len(), 3);
    let selection = Selection {
        omit_dev: true,
        ..Selection::default()
    };
    let options = ScanOptions::default().selection(selection);
    let part = Scan::with(folder.path(), &options).unwrap();
    assert_eq!(purls(&part), ["pkg:cpan/A@1?author=EXAMPLE"]);
}
