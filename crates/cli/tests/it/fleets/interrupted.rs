//! Kills at any moment, and several writers: nothing that was acknowledged is lost, and nothing is there twice.

use std::path::Path;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use bomtrail_testkit::cases;

use super::{answer, count, sboms};
use crate::run::bomtrail;

/// Starts a command and kills it after this time; true when it ended before.
fn killed_after(mut child: Child, time: Duration) -> bool {
    let start = Instant::now();
    while start.elapsed() < time {
        if let Some(status) = child.try_wait().unwrap() {
            assert!(status.success());
            return true;
        }
        std::thread::sleep(Duration::from_micros(200));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    false
}

fn fleet(folder: &Path, arguments: &[&str]) -> Child {
    let mut command = bomtrail(folder);
    command.arg("fleet").args(arguments);
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().unwrap()
}

/// A part of the whole time for each round; no two are near each other (the golden ratio).
fn moment(round: u32, whole: Duration) -> Duration {
    whole.mul_f64((f64::from(round) * 0.618_033_988_749_895).fract())
}

/// Each round adds one more folder and kills the command at another moment.
#[test]
fn a_killed_add_loses_nothing_and_doubles_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    let wanted = cases(3, 100);
    let (mut acknowledged, mut kills) = (0, 0);
    sboms(&here.join("all"), 0, 12);
    let begin = Instant::now();
    assert!(killed_after(
        fleet(here, &["add", "all"]),
        Duration::from_mins(1)
    ));
    let whole = begin.elapsed();
    std::fs::remove_file(here.join("fleet.db")).unwrap();
    for round in 0..10 * wanted {
        if kills == wanted {
            break;
        }
        let time = moment(round, whole);
        if killed_after(fleet(here, &["add", "all"]), time) {
            acknowledged = 12;
        } else {
            kills += 1;
        }
        if here.join("fleet.db").is_file()
            && std::fs::metadata(here.join("fleet.db")).unwrap().len() > 0
        {
            let stored = opened(here);
            assert!(
                stored == 0 || stored == 12,
                "one transaction is there or not: {stored}"
            );
            assert!(stored >= acknowledged, "round {round}");
        }
        if round % 3 == 2 {
            // A store that is full has nothing to add, so the next rounds begin again.
            for name in ["fleet.db", "fleet.db-wal", "fleet.db-shm"] {
                drop(std::fs::remove_file(here.join(name)));
            }
            acknowledged = 0;
        }
    }
    assert_eq!(kills, wanted, "the command is too fast to be killed");
    assert!(killed_after(
        fleet(here, &["add", "all"]),
        Duration::from_mins(1)
    ));
    assert_eq!(count(here), 12);
    println!("{kills} kills");
}

/// How many SBOMs there are; 0 for a store whose first transaction never happened.
fn opened(folder: &Path) -> usize {
    let listed = bomtrail(folder)
        .args(["fleet", "ls", "-q"])
        .output()
        .unwrap();
    if listed.status.success() {
        return count(folder);
    }
    let problems = String::from_utf8_lossy(&listed.stderr);
    assert!(problems.contains("is not a fleet store"), "{problems}");
    0
}

/// An export that was killed is completed by the next one; until then a reader finds each SBOM once or not at all.
#[test]
fn a_killed_export_is_completed() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    sboms(&here.join("all"), 0, 12);
    assert!(killed_after(
        fleet(here, &["add", "all"]),
        Duration::from_mins(1)
    ));
    let begin = Instant::now();
    assert!(killed_after(
        fleet(here, &["export", "first", "--per-sbom"]),
        Duration::from_mins(1)
    ));
    let whole = begin.elapsed();
    let wanted = cases(3, 100);
    let mut kills = 0;
    for round in 0..10 * wanted {
        if kills == wanted {
            break;
        }
        let time = moment(round, whole);
        let (name, layout) =
            [("data", "--per-sbom"), ("months", "-v")][usize::try_from(round % 2).unwrap()];
        let is_done = killed_after(fleet(here, &["export", name, layout]), time);
        kills += u32::from(!is_done);
        if here.join(name).join("_fleet.json").is_file() {
            let store = format!("check-{round}.db");
            let imported = bomtrail(here)
                .args(["fleet", "--store", &store, "import", name])
                .output()
                .unwrap();
            let problems = String::from_utf8_lossy(&imported.stderr);
            assert!(imported.status.success(), "{problems}");
            let listed = answer(here, &["ls", "--store", &store]);
            assert!(listed["sboms"].as_array().unwrap().len() <= 12);
            std::fs::remove_file(here.join(&store)).unwrap();
        }
        // A dataset that is complete has nothing to write, so the next round begins again.
        if (is_done || round % 5 == 4) && here.join(name).exists() {
            std::fs::remove_dir_all(here.join(name)).unwrap();
        }
    }
    assert_eq!(kills, wanted, "the command is too fast to be killed");
    for (name, layout) in [("data", "--per-sbom"), ("months", "-v")] {
        assert!(killed_after(
            fleet(here, &["export", name, layout]),
            Duration::from_mins(1)
        ));
        let store = format!("{name}.db");
        let imported = bomtrail(here)
            .args(["fleet", "--store", &store, "import", name])
            .status()
            .unwrap();
        assert!(imported.success());
        let listed = answer(here, &["ls", "--store", &store]);
        assert_eq!(listed["sboms"].as_array().unwrap().len(), 12);
    }
    println!("{kills} kills");
}

#[test]
fn writers_at_the_same_time_lose_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    let writers = cases(3, 8);
    for writer in 0..writers {
        // Each has two SBOMs of its own and one that all have.
        let own = here.join(format!("writer-{writer}"));
        sboms(&own, 2 * writer, 2 * writer + 2);
        sboms(&own, 1000, 1001);
    }
    let name = |writer| format!("writer-{writer}");
    let children: Vec<Child> = (0..writers)
        .map(|it| fleet(here, &["add", &name(it)]))
        .collect();
    for mut child in children {
        assert!(child.wait().unwrap().success());
    }
    assert_eq!(count(here), 2 * writers + 1);
}
