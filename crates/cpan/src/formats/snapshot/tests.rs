//! What a snapshot says of its distributions and of the project.

use bomtrail_graph::Reader;

use super::CpanfileSnapshot;

#[test]
fn it_reads_files_of_its_name() {
    for (path, claimed) in [
        ("cpanfile.snapshot", true),
        ("a/cpanfile.snapshot", true),
        ("cpanfile", false),
        ("cpanfile.web.snapshot", true),
        ("app.cpanfile.snapshot", true),
        ("other.snapshot", false),
        ("cpanfile.snapshot.orig", false),
        ("cpanfile.snapshot/x", false),
    ] {
        assert_eq!(CpanfileSnapshot.claims(path), claimed, "{path}");
    }
}
