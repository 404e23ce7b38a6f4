//! How a release is written, and where a project shows it.

use bomtrail_testkit::MemoryFiles;

use super::Perl;

fn shown(text: &str) -> Option<String> {
    Perl::parse(text).map(|it| it.to_string())
}

#[test]
fn a_release_is_read_as_people_write_it() {
    for (text, perl) in [
        ("5.36.0", "5.36.0"),
        ("v5.36.0", "5.36.0"),
        ("perl-5.36.0", "5.36.0"),
        (" 5.36.1\n", "5.36.1"),
        ("5.36", "5.36"),
        ("v5.42", "5.42"),
        ("5.8.9", "5.8.9"),
        ("5.036", "5.36.0"),
        ("5.036001", "5.36.1"),
        ("5.008_008", "5.8.8"),
        ("5.00801", "5.8.10"),
    ] {
        assert_eq!(shown(text).as_deref(), Some(perl), "{text}");
    }
    for text in [
        "",
        "5",
        "5.",
        "6.0.0",
        "5.x",
        "5.36.x",
        "5.36.0.1",
        "5.99999999999",
        "system",
    ] {
        assert_eq!(shown(text), None, "{text}");
    }
}

#[test]
fn a_project_shows_it_in_a_file_or_in_what_is_installed() {
    let found = |files: &[(&str, &str)]| {
        let files = MemoryFiles::new(files.iter().copied());
        Perl::of_project(&files).map(|it| it.to_string())
    };
    let tree = ("local/lib/perl5/5.34.1/x.pm", "");
    let older = ("local/lib/perl5/5.8.9/x.pm", "");
    assert_eq!(found(&[]), None);
    assert_eq!(
        found(&[(".perl-version", "5.36.0\n")]).as_deref(),
        Some("5.36.0")
    );
    assert_eq!(
        found(&[(".perl-version", "perl-5.36.0-thr@app")]).as_deref(),
        Some("5.36.0")
    );
    assert_eq!(found(&[tree, older]).as_deref(), Some("5.34.1"));
    assert_eq!(
        found(&[tree, (".perl-version", "5.36.0")]).as_deref(),
        Some("5.36.0")
    );
    assert_eq!(
        found(&[tree, (".perl-version", "system")]).as_deref(),
        Some("5.34.1")
    );
}

#[test]
fn a_release_without_a_patch_level_counts_as_the_first_of_its_series() {
    let perl = Perl::parse("5.30").unwrap();
    assert_eq!(perl.version(), "v5.30.0");
    assert_eq!(perl.release().unwrap().dotted(), "5.30.0");
    assert_eq!(perl.purl().unwrap().as_str(), "pkg:cpan/perl@5.30");
    assert!(!perl.is_beyond_table());
    assert!(Perl::parse("5.98.0").unwrap().is_beyond_table());
}
