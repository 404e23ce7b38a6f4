//! Distributions, packages and what they require, from a small database.

use bomtrail_graph::{Diagnostics, Input, Reader, link};
use bomtrail_testkit::MemoryFiles;

use super::{DebianPackages, debian_packages};

const STATUS: &str = "\
Package: libfoo-bar-perl
Status: install ok installed
Maintainer: Perl Group <perl@example.com>
Architecture: all
Version: 1.2000-1
Depends: perl:any, libxs-perl (>= 1) | libold-perl,
 libc6 (>= 2.3)
Homepage: https://metacpan.org/dist/Foo-Bar
Description: an example
 More words.

Package: libxs-perl
Status: install ok installed
Architecture: amd64
Source: libxs-perl (0.5-1)
Version: 1:0.5+dfsg-1+b1
Depends: perl (>= 5.36), perlapi-5.36.0

Package: libgone-perl
Status: deinstall ok config-files
Architecture: all
Version: 1-1

Package: perl-base
Status: install ok installed
Architecture: amd64
Source: perl
Version: 5.36.0-7
Provides: perl, perlapi-5.36.0

Package: tool
Status: install ok installed
Architecture: all
Version: 3-1
Depends: libfoo-bar-perl
";

fn system() -> MemoryFiles {
    MemoryFiles::new([
        ("etc/os-release", "ID=debian\nVERSION_ID=\"12\"\n"),
        ("var/lib/dpkg/status", STATUS),
        (
            "var/lib/dpkg/info/libfoo-bar-perl.list",
            "/.\n/usr/share/perl5/Foo/Bar.pm\n/usr/share/perl5/Foo/Bar/Inner.pm\n",
        ),
        (
            "usr/share/perl5/Foo/Bar.pm",
            "package Foo::Bar;\nour $VERSION = '1.20';\n",
        ),
        (
            "var/lib/dpkg/info/libxs-perl:amd64.list",
            "/usr/lib/x86_64-linux-gnu/perl5/5.36/Other/Name.pm\n",
        ),
        (
            "usr/share/doc/libxs-perl/copyright",
            "Format: 1.0\nSource: https://example.com/release/Other-Name\n\nFiles: *\nLicense: Artistic or GPL-1+\n",
        ),
        (
            "var/lib/dpkg/info/libgone-perl.list",
            "/usr/share/perl5/Gone.pm\n",
        ),
        (
            "var/lib/dpkg/info/tool.list",
            "/usr/share/perl5/Tool.pm\n/usr/bin/tool\n",
        ),
    ])
}

#[test]
fn packages_are_the_distributions_that_they_are_made_of() {
    let files = system();
    assert_eq!(debian_packages(&files), Some("var/lib/dpkg"));
    let mut diagnostics = Diagnostics::new();
    let input = Input {
        path: "var/lib/dpkg",
        bytes: b"",
        files: &files,
    };
    let fragment = DebianPackages.read(&input, &mut diagnostics);
    let graph = link(vec![fragment], &mut diagnostics);
    let found: Vec<(String, String)> = graph
        .nodes()
        .map(|it| {
            let below = it.dependencies().map(|it| it.name().to_owned());
            (
                it.reference().into_owned(),
                below.collect::<Vec<_>>().join(" "),
            )
        })
        .collect();
    let expected = [
        ("pkg:cpan/Foo-Bar@1.20", "Other-Name perl-base"),
        ("pkg:cpan/Other-Name@0.5", "perl-base"),
        (
            "pkg:deb/debian/perl-base@5.36.0-7?arch=amd64&distro=debian-12",
            "",
        ),
        (
            "pkg:deb/debian/tool@3-1?arch=all&distro=debian-12",
            "Foo-Bar",
        ),
        ("pkg:generic/project", "tool"),
    ];
    let expected = expected.map(|(purl, below)| (purl.to_owned(), below.to_owned()));
    assert_eq!(found, expected);
    let supplier = graph.nodes().next().unwrap();
    let details = supplier.component().details.as_deref().unwrap();
    assert_eq!(
        &*details.references[0].url,
        "pkg:deb/debian/libfoo-bar-perl@1.2000-1?arch=all&distro=debian-12"
    );
    let ids: Vec<&str> = diagnostics.iter().map(|it| it.code.id).collect();
    assert_eq!(ids, ["cpan/debian-only"]);
}

#[test]
fn a_system_without_perl_has_no_input() {
    let files = MemoryFiles::new([("var/lib/dpkg/status", "Package: a\nVersion: 1\n")]);
    assert_eq!(debian_packages(&files), None);
}

#[test]
fn an_image_without_dpkg_has_a_file_for_each_package() {
    let files = MemoryFiles::new([
        (
            "var/lib/dpkg/status.d/liba-perl",
            "Package: liba-perl\nVersion: 1-1\n",
        ),
        (
            "var/lib/dpkg/status.d/liba-perl.md5sums",
            "00000000000000000000000000000000  usr/share/perl5/A.pm\n",
        ),
    ]);
    assert_eq!(debian_packages(&files), Some("var/lib/dpkg"));
}
