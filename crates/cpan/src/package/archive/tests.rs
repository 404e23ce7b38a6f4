//! What looks public, and what does not.

use bomtrail_graph::{Component, Origin};

use super::{Archive, Index};

const MIRROR: Index<'_> = Index {
    of_module: None,
    of_project: Some("https://user:pw@pan.example/orepan/"),
};

fn described(path: &str, index: &Index<'_>) -> (String, Origin) {
    let mut component = Component::default();
    Archive::parse(path, index).describe(&mut component);
    let purl = component.purl.map(|it| it.as_str().to_owned());
    (purl.unwrap_or_default(), component.origin)
}

#[test]
fn only_an_archive_of_cpan_looks_public() {
    let none = Index::default();
    let module = Index {
        of_module: MIRROR.of_project,
        of_project: None,
    };
    let pan = "repository_url=https:%2F%2Fpan.example%2Forepan%2F";
    for (path, index, purl, origin) in [
        (
            "E/EX/EXAMPLE/A-1.tar.gz",
            &MIRROR,
            "pkg:cpan/A@1?author=EXAMPLE",
            Origin::Registry,
        ),
        (
            "E/EX/EXAMPLE/A-1.tar.gz",
            &module,
            &*["pkg:cpan/A@1?author=EXAMPLE&", pan].concat(),
            Origin::OtherRegistry,
        ),
        (
            "D/DU/DUMMY/A-1.tar.gz",
            &none,
            "pkg:generic/A@1",
            Origin::OtherRegistry,
        ),
        (
            "M/MY/MY/A-1.tar.gz",
            &none,
            "pkg:generic/A@1",
            Origin::OtherRegistry,
        ),
        (
            "D/DU/DUMMY/A-1.tar.gz",
            &MIRROR,
            &["pkg:cpan/A@1?", pan].concat(),
            Origin::OtherRegistry,
        ),
        (
            "https://u:p@pan.example/A-1.tar.gz?key=s",
            &MIRROR,
            "pkg:cpan/A@1?download_url=https:%2F%2Fpan.example%2FA-1.tar.gz",
            Origin::RemoteArchive,
        ),
        // A path like CPAN's on another host is not CPAN.
        (
            "https://pan.example/authors/id/E/EX/EXAMPLE/A-1.tar.gz",
            &none,
            "pkg:cpan/A@1?download_url=https:%2F%2Fpan.example%2Fauthors%2Fid%2FE%2FEX%2FEXAMPLE%2FA-1.tar.gz",
            Origin::RemoteArchive,
        ),
        (
            "https://www.cpan.org/authors/id/E/EX/EXAMPLE/A-1.tar.gz",
            &none,
            "pkg:cpan/A@1?author=EXAMPLE",
            Origin::Registry,
        ),
        (
            "file:///home/me/A-1.tar.gz",
            &none,
            "pkg:generic/A@1",
            Origin::LocalArchive,
        ),
    ] {
        assert_eq!(described(path, index), (purl.to_owned(), origin), "{path}");
    }
}
