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
fn what_a_crash_leaves_behind_is_cleaned_up() {
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
    assert_eq!(
        names(folder.path()),
        [LIST, "package-lock.json", "package.json"]
    );
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

#[test]
fn an_output_never_replaces_an_input() {
    let folder = tempfile::tempdir().unwrap();
    project(folder.path());
    put(folder.path(), LIST, "{\"version\": 1, \"packages\": {}}\n");
    put(folder.path(), "bomtrail.toml", "");
    let sbom = shown(folder.path(), &["sbom", "-o", "a.cdx.json"]);
    assert!(sbom.starts_with("exit 0"), "{sbom}");
    put(folder.path(), "attestations.json", "{}");
    #[cfg(unix)]
    std::os::unix::fs::symlink("package-lock.json", folder.path().join("link.json")).unwrap();
    for (arguments, outputs) in [
        (
            &["sbom"][..],
            &["package-lock.json", "package.json", "link.json"][..],
        ),
        (&["graph"], &["package-lock.json", "link.json"]),
        (&["report"], &["package-lock.json", LIST, "link.json"]),
        (&["check"], &["package-lock.json", LIST]),
        (
            &["verify", "--attestations", "attestations.json"],
            &["attestations.json"],
        ),
        (&["convert", "a.cdx.json"], &["a.cdx.json"]),
        (&["validate", "a.cdx.json"], &["a.cdx.json"]),
        (
            &["merge", "a.cdx.json", "."],
            &["a.cdx.json", "package-lock.json"],
        ),
        (&["diff", "a.cdx.json", "."], &["a.cdx.json", "link.json"]),
        (&["sbom", "--updates", "a.cdx.json"], &["a.cdx.json"]),
        (&["approvals", "aggregate", LIST], &[LIST]),
    ] {
        for output in outputs {
            let before = get(folder.path(), output);
            let all = [arguments, &["-o", output]].concat();
            let shown = shown(folder.path(), &all);
            assert!(
                shown.starts_with("exit 2") && shown.contains("is an input"),
                "{all:?}: {shown}"
            );
            assert_eq!(get(folder.path(), output), before, "{all:?}");
        }
    }
}

#[cfg(unix)]
#[test]
fn a_link_to_a_file_that_does_not_exist_yet_is_followed() {
    let folder = tempfile::tempdir().unwrap();
    project(folder.path());
    let link = folder.path().join("link.cdx.json");
    std::os::unix::fs::symlink("target.cdx.json", &link).unwrap();
    let shown = shown(folder.path(), &["sbom", "-o", "link.cdx.json"]);
    assert!(shown.starts_with("exit 0"), "{shown}");
    assert!(link.is_symlink() && get(folder.path(), "target.cdx.json").contains("CycloneDX"));
}

#[cfg(unix)]
#[test]
fn a_signal_removes_what_is_not_finished() {
    let folder = tempfile::tempdir().unwrap();
    project(folder.path());
    let pipe = folder.path().join("pipe");
    let made = Command::new("mkfifo").arg(&pipe).status();
    if !made.is_ok_and(|it| it.success()) {
        eprintln!("skipped: no mkfifo");
        return;
    }
    // The first document waits, unfinished, for the second one, and the pipe has no reader.
    let mut child = bomtrail(folder.path())
        .args(["sbom", "-o", "a.cdx.json", "-o", "pipe"])
        .spawn()
        .unwrap();
    let unfinished = || names(folder.path()).iter().any(|it| it.starts_with(".a."));
    for _ in 0..500 {
        if unfinished() {
            break;
        }
        thread::sleep(std::time::Duration::from_millis(20));
    }
    assert!(unfinished());
    let id = child.id().to_string();
    let killed = Command::new("kill").args(["-TERM", &id]).status().unwrap();
    let status = child.wait().unwrap();
    assert!(killed.success());
    assert_eq!(
        std::os::unix::process::ExitStatusExt::signal(&status),
        Some(15)
    );
    assert!(!unfinished());
}

#[cfg(unix)]
#[test]
fn a_size_limit_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    project(folder.path());
    let program = env!("CARGO_BIN_EXE_bomtrail");
    // The limit is in blocks of 512 or 1024 bytes, which the SBOM exceeds.
    let script = format!("ulimit -f 1; exec '{program}' sbom -o out.cdx.json");
    let mut command = Command::new("sh");
    let output = command
        .current_dir(folder.path())
        .args(["-c", &script])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    assert_eq!(names(folder.path()), ["package-lock.json", "package.json"]);
}
