//! Where a project's folder shows its Perl.

use bomtrail_testkit::MemoryFiles;

use crate::resolve::Perl;

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
fn an_installation_of_perl_shows_it_in_its_paths() {
    for (path, perl) in [
        (
            "site_perl/5.42.0/x86_64-linux-gnu/.meta/Foo-1.0/install.json",
            Some("5.42.0"),
        ),
        (
            "lib/perl5/site_perl/5.42.0/.meta/Foo-1.0/install.json",
            Some("5.42.0"),
        ),
        (
            "usr/local/lib/perl5/site_perl/5.42.0/x-y/.meta/Foo-1.0/install.json",
            Some("5.42.0"),
        ),
        (
            "usr/local/share/perl/5.36.0/x-y/.meta/Foo-1.0/install.json",
            Some("5.36.0"),
        ),
        // A folder that only looks like a release.
        ("5.42.0/notes.txt", None),
    ] {
        let files = MemoryFiles::new([(path, "{}")]);
        let found = Perl::of_project(&files).map(|it| it.to_string());
        assert_eq!(found.as_deref(), perl, "{path}");
    }
}
