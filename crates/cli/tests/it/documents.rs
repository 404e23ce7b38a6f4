//! Documents: which format goes where, and what is in none of them.

use crate::run::{basic, bomtrail, get, names, stdout};

#[test]
fn formats_and_outputs_are_paired_in_order() {
    let folder = tempfile::tempdir().unwrap();
    let path = basic();
    let project = path.to_str().unwrap();
    let pairs = [
        "sbom",
        project,
        "-f",
        "spdx-json",
        "-o",
        "a.json",
        "-f",
        "cyclonedx-json@1.5",
        "-o",
        "b.json",
    ];
    assert_eq!(stdout(folder.path(), &pairs), "");
    assert!(get(folder.path(), "a.json").contains("SPDX-2.3"));
    assert!(get(folder.path(), "b.json").contains("\"specVersion\": \"1.5\""));
    let by_name = [
        "sbom",
        project,
        "-o",
        "c.spdx.json",
        "-o",
        "d.cdx.json",
        "-o",
        "-",
    ];
    assert!(stdout(folder.path(), &by_name).contains("\"specVersion\": \"1.6\""));
    assert!(get(folder.path(), "c.spdx.json").contains("SPDX-2.3"));
    assert!(get(folder.path(), "d.cdx.json").contains("CycloneDX"));
    assert_eq!(
        names(folder.path()),
        ["a.json", "b.json", "c.spdx.json", "d.cdx.json"]
    );
}

#[test]
fn a_document_has_the_time_it_is_given_and_no_other() {
    let folder = basic();
    assert!(!stdout(&folder, &["sbom", "--timestamp", "none"]).contains("timestamp"));
    let given = stdout(
        &folder,
        &["sbom", "--timestamp", "2026-05-01T10:00:00.25+02:00"],
    );
    assert!(given.contains("\"timestamp\": \"2026-05-01T08:00:00Z\""));
    for format in ["cyclonedx-json", "spdx-json"] {
        let run = || {
            let mut command = bomtrail(&folder);
            command
                .args(["sbom", "-f", format])
                .env("SOURCE_DATE_EPOCH", "1700000000");
            String::from_utf8(command.output().unwrap().stdout).unwrap()
        };
        assert!(run().contains("2023-11-14T22:13:20Z"));
        assert_eq!(run(), run());
    }
    assert!(stdout(&folder, &["sbom", "-f", "spdx-json"]).contains("\"created\""));
}

#[test]
fn compact_is_one_line() {
    for arguments in [["sbom", "--compact"], ["graph", "--compact"]] {
        assert!(stdout(&basic(), &arguments).trim_end().lines().count() == 1);
    }
}

#[test]
fn what_is_left_out_is_not_there() {
    let all = stdout(&basic(), &["tree"]);
    assert!(all.contains("checker") && all.contains("speedup"));
    let shipped = stdout(&basic(), &["tree", "--omit", "dev", "--omit=optional"]);
    assert!(!shipped.contains("checker") && !shipped.contains("speedup"));
    let elsewhere = stdout(&basic(), &["tree", "--platform", "darwin-arm64"]);
    assert!(elsewhere.contains("checker") && !elsewhere.contains("speedup"));
}
