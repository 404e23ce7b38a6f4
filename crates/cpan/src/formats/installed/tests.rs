//! What the records of installers say, and what they leave out.

use bomtrail_graph::{Diagnostics, Fragment, Input, Reader};
use bomtrail_testkit::{MemoryFiles, diagnostics_text};

use super::{InstalledTree, installed_trees, library_of};

fn read(files: &MemoryFiles, path: &str) -> (Fragment, String) {
    let mut diagnostics = Diagnostics::new();
    let input = Input {
        path,
        bytes: b"",
        files,
    };
    let fragment = InstalledTree.read(&input, &mut diagnostics);
    (fragment, diagnostics_text(&diagnostics))
}

fn names(fragment: &Fragment) -> Vec<String> {
    let name = |it: &bomtrail_graph::Component| it.name.to_string();
    fragment.components.iter().map(name).collect()
}

#[test]
fn it_reads_library_folders() {
    for (path, claimed) in [
        ("local/lib/perl5", true),
        ("lib/perl5", true),
        ("app/local/lib/perl5", true),
        (".", true),
        ("xlib/perl5", false),
        ("lib/perl5/x.pm", false),
    ] {
        assert_eq!(InstalledTree.claims(path), claimed, "{path}");
    }
}

#[test]
fn trees_are_found_where_something_is_recorded() {
    let found = |path: &str| installed_trees(&MemoryFiles::new([(path, "{}")]));
    assert_eq!(
        found("local/lib/perl5/.meta/A-1/install.json"),
        ["local/lib/perl5"]
    );
    assert_eq!(
        found("lib/perl5/x86_64-linux/.meta/A-1/install.json"),
        ["lib/perl5"]
    );
    assert_eq!(
        found("lib/perl5/5.36.0/x86_64-linux/.meta/A-1/install.json"),
        ["lib/perl5"]
    );
    assert_eq!(found("x86_64-linux/.meta/A-1/install.json"), ["."]);
    assert_eq!(
        found("lib/perl5/x86_64-linux/auto/A/B/.packlist"),
        ["lib/perl5"]
    );
    assert_eq!(
        found("lib/site_perl/5.36.0/x86_64-linux/.meta/A-1/install.json"),
        ["lib/site_perl"]
    );
    let of_debian = "usr/local/lib/x86_64-linux-gnu/perl";
    let record = [of_debian, "/5.36.0/.meta/A-1/install.json"].concat();
    assert_eq!(found(&record), [of_debian]);
    assert!(InstalledTree.claims(of_debian));
    assert_eq!(
        library_of("a/local/lib/perl5"),
        Some(("a", "local/lib/perl5"))
    );
    assert_eq!(library_of("local/lib"), None);
    assert_eq!(found("lib/perl5/A/B.pm"), <[&str; 0]>::default());
    assert_eq!(
        found("lib/perl5/A/.meta/A-1/install.json"),
        <[&str; 0]>::default()
    );
}

#[test]
fn the_newest_of_several_records_counts() {
    let record = |version: &str| {
        let folder = ["lib/perl5/x-y/.meta/A-", version].concat();
        let path = ["\"E/EX/EXAMPLE/A-", version, ".tar.gz\""].concat();
        let install = ["{\"pathname\":", &path, ",\"version\":1.1}"].concat();
        let meta = "{\"meta-spec\":{\"version\":2},\"name\":\"A\",\"version\":\"1\"}".to_owned();
        [
            (folder.clone() + "/install.json", install),
            (folder + "/MYMETA.json", meta),
        ]
    };
    let files: Vec<(String, String)> = ["1.10", "1.9", "1.2"]
        .into_iter()
        .flat_map(record)
        .collect();
    let files = MemoryFiles::new(
        files
            .iter()
            .map(|(path, text)| (path.as_str(), text.as_str())),
    );
    let (fragment, said) = read(&files, "lib/perl5");
    assert_eq!(names(&fragment), ["A", "project"]);
    assert_eq!(fragment.components[0].version.as_deref(), Some("1.9"));
    assert_eq!(said.matches("cpan/stale-record").count(), 2, "{said}");
}

#[test]
fn a_record_that_cannot_be_read_leaves_the_name_of_its_folder() {
    let files = MemoryFiles::new([
        (
            "lib/perl5/x-y/.meta/A-B-0.50/install.json",
            "{\"version\":0.5}",
        ),
        ("lib/perl5/x-y/.meta/C-1/install.json", "["),
        ("lib/perl5/x-y/.meta/C-1/MYMETA.json", "oops"),
    ]);
    let (fragment, said) = read(&files, "lib/perl5");
    let purls: Vec<&str> = fragment
        .components
        .iter()
        .filter_map(|it| Some(it.purl.as_ref()?.as_str()))
        .collect();
    assert_eq!(
        purls,
        ["pkg:cpan/A-B@0.50", "pkg:cpan/C@1", "pkg:generic/project"]
    );
    assert_eq!(said.matches("cpan/unreadable-record").count(), 2, "{said}");
}

#[test]
fn a_list_of_files_is_a_component_without_purl_unless_a_record_has_its_modules() {
    let list = "/app/local/lib/perl5/A/B.pm\n/app/local/lib/perl5/x-y/A/C.pm type=file\n/app/local/man/man3/A::B.3pm\n";
    let log = "=head2 x: C<Module> L<A::B|A::B>\n\nC<VERSION: 1.20>\n";
    let mut files = MemoryFiles::new([
        ("local/lib/perl5/x-y/auto/A/B/.packlist", list),
        ("local/lib/perl5/x-y/perllocal.pod", log),
    ]);
    let (fragment, said) = read(&files, "local/lib/perl5");
    let found = &fragment.components[0];
    assert_eq!(
        (&*found.name, found.version.as_deref(), &found.purl),
        ("A::B", Some("1.20"), &None)
    );
    let modules: Vec<&str> = found.provides.iter().map(|it| &*it.name).collect();
    assert_eq!(modules, ["A::B", "A::C"]);
    assert!(
        said.starts_with("warning[cpan/unknown-distribution]"),
        "{said}"
    );
    let install =
        "{\"pathname\":\"E/EX/EXAMPLE/Other-1.tar.gz\",\"provides\":{\"A::C\":{\"file\":\"x\"}}}";
    files.insert(
        "local/lib/perl5/x-y/.meta/Other-1/install.json",
        install.as_bytes(),
    );
    let (fragment, _) = read(&files, "local/lib/perl5");
    assert_eq!(names(&fragment), ["Other", "project"]);
}

#[test]
fn a_described_project_gets_no_root_of_its_own() {
    let record = ("local/lib/perl5/x-y/.meta/A-1/install.json", "{}");
    let (fragment, _) = read(
        &MemoryFiles::new([record, ("cpanfile", "")]),
        "local/lib/perl5",
    );
    assert_eq!(
        (names(&fragment), fragment.roots.len()),
        (vec!["A".to_owned()], 0)
    );
}
