//! What goes wrong while a list is written: another writer, a crash, a folder that cannot be written, a link that leads out.

use std::process::Command;
use std::thread;

use crate::approve::{LIST, code, project};
use crate::run::{bomtrail, get, names, put, shown};

#[test]
fn two_writers_lose_nothing() {
    let folder = tempfile::tempdir().unwrap();
    project(folder.path());
    let runs: Vec<_> = (0..12)
        .map(|number| {
            let mut command = bomtrail(folder.path());
            command.args(["deny", &format!("package-{number}"), "--reason", "test"]);
            thread::spawn(move || command.output().unwrap())
        })
        .collect();
    for run in runs {
        let output = run.join().unwrap();
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
    let list = get(folder.path(), LIST);
    for number in 0..12 {
        assert!(list.contains(&format!("\"package-{number}\"")), "{list}");
    }
    assert_eq!(
        names(folder.path()),
        [LIST, "package-lock.json", "package.json"]
    );
}

#[test]
fn what_a_crash_leaves_behind_is_in_nobodys_way() {
    let folder = tempfile::tempdir().unwrap();
    project(folder.path());
    put(folder.path(), LIST, "{\"version\": 1, \"packages\": {}}\n");
    // Written and never moved into place.
    put(
        folder.path(),
        ".package-approvals.json.1-0.part",
        "{\"version\": 1, \"pack",
    );
    assert_eq!(code(&shown(folder.path(), &["approve", "plain"])), "exit 0");
    assert!(get(folder.path(), LIST).contains("plain"));
    assert!(get(folder.path(), ".package-approvals.json.1-0.part").ends_with("\"pack"));
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_repository_is_not_followed() {
    let folder = tempfile::tempdir().unwrap();
    let (project_folder, outside) = (
        folder.path().join("project"),
        folder.path().join("outside.json"),
    );
    project(&project_folder);
    put(
        folder.path(),
        "outside.json",
        "{\"version\": 1, \"packages\": {}}\n",
    );
    std::os::unix::fs::symlink(&outside, project_folder.join(LIST)).unwrap();
    for command in [
        &["approve", "plain"][..],
        &["deny", "plain", "--reason", "x"],
    ] {
        let shown = shown(&project_folder, command);
        assert!(shown.starts_with("exit 2"), "{shown}");
    }
    assert_eq!(
        get(folder.path(), "outside.json"),
        "{\"version\": 1, \"packages\": {}}\n"
    );
    // Within the repository a link is a link, and stays one.
    put(folder.path(), ".git/HEAD", "");
    assert_eq!(
        code(&shown(&project_folder, &["deny", "other", "--reason", "x"])),
        "exit 0"
    );
    assert!(get(folder.path(), "outside.json").contains("other"));
    assert!(project_folder.join(LIST).is_symlink());
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_written_is_told() {
    let folder = tempfile::tempdir().unwrap();
    project(folder.path());
    let modes = |mode: &str| {
        let status = Command::new("chmod").arg(mode).arg(folder.path()).status();
        assert!(status.unwrap().success());
    };
    modes("555");
    let writable =
        bomtrail::write::write_atomic::<std::io::Error>(&folder.path().join("probe"), |_| Ok(()));
    let shown = shown(folder.path(), &["deny", "plain", "--reason", "x"]);
    modes("755");
    if writable.is_ok() {
        eprintln!("skipped: whoever runs this test may write anywhere");
        return;
    }
    assert!(
        shown.starts_with("exit 2") && shown.contains("cannot be written"),
        "{shown}"
    );
    assert_eq!(names(folder.path()), ["package-lock.json", "package.json"]);
}
