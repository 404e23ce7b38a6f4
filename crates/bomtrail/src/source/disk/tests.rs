use std::os::unix::fs::symlink;

use super::*;
use crate::write::write_atomic;

fn project() -> (tempfile::TempDir, Disk) {
    let outer = tempfile::tempdir().unwrap();
    let root = outer.path().join("project");
    fs::create_dir_all(root.join("inner")).unwrap();
    fs::create_dir_all(outer.path().join("beside")).unwrap();
    put(&outer.path().join("beside/package.json"), b"beside");
    put(&root.join("inner/package.json"), b"inner");
    let disk = Disk::open(&root, 10).unwrap();
    (outer, disk)
}

fn put(path: &Path, bytes: &[u8]) {
    write_atomic::<io::Error>(path, |out| out.write_all(bytes)).unwrap();
}

#[test]
fn reads_files_of_the_project_and_knows_its_folder() {
    let (_keep, disk) = project();
    assert_eq!(disk.read("inner/package.json").unwrap(), b"inner");
    assert_eq!(
        disk.read("./inner/../inner/package.json").unwrap(),
        b"inner"
    );
    assert_eq!(disk.list(""), ["inner"]);
    assert!(disk.is_dir("inner"));
    assert!(!disk.is_dir("inner/package.json"));
    assert_eq!(disk.folder_name(), Some("project"));
    assert!(matches!(disk.load("inner"), Err(ReadError::NotAFile)));
    assert!(matches!(disk.load("gone"), Err(ReadError::NotFound)));
    assert!(matches!(
        disk.load("inner/package.json/gone"),
        Err(ReadError::NotFound)
    ));
}

#[test]
fn a_path_leaves_the_project_only_as_far_as_it_says() {
    let (outer, disk) = project();
    assert_eq!(disk.read("../beside/package.json").unwrap(), b"beside");
    let absolute = outer.path().join("beside/package.json");
    assert!(matches!(
        disk.load(absolute.to_str().unwrap()),
        Err(ReadError::Outside)
    ));
    symlink("../beside", outer.path().join("project/link")).unwrap();
    assert!(matches!(
        disk.load("link/package.json"),
        Err(ReadError::Outside)
    ));
    assert!(disk.list("link").is_empty());
    symlink("/", outer.path().join("beside/away")).unwrap();
    assert!(matches!(
        disk.load("../beside/away/etc/passwd"),
        Err(ReadError::Outside)
    ));
    let high = "../".repeat(100);
    assert!(disk.load(&high).is_err());
}

#[test]
fn a_file_over_the_limit_is_refused() {
    let (outer, disk) = project();
    put(&outer.path().join("project/big"), b"12345678901");
    put(&outer.path().join("project/fits"), b"1234567890");
    assert!(matches!(
        disk.load("big"),
        Err(ReadError::TooLarge { limit: 10 })
    ));
    assert_eq!(disk.load("fits").unwrap().len(), 10);
}

fn names(folder: &Path) -> Vec<String> {
    Disk::open(folder, 1).unwrap().list("")
}

#[test]
fn a_failed_write_leaves_the_old_file_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out.json");
    put(&path, b"old");
    let failed = write_atomic(&path, |out| {
        out.write_all(b"half")?;
        Err(io::Error::other("stop"))
    });
    assert_eq!(failed.unwrap_err().to_string(), "stop");
    let disk = Disk::open(folder.path(), 100).unwrap();
    assert_eq!(disk.read("out.json").unwrap(), b"old");
    assert_eq!(names(folder.path()), ["out.json"]);
}

#[test]
fn a_write_keeps_links_and_permissions() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("target");
    put(&target, b"old");
    fs::set_permissions(&target, fs::Permissions::from_mode(0o600)).unwrap();
    let link = folder.path().join("link");
    symlink("target", &link).unwrap();
    put(&link, b"new");
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    let mode = fs::metadata(&target).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let disk = Disk::open(folder.path(), 100).unwrap();
    assert_eq!(disk.read("target").unwrap(), b"new");
}

#[test]
fn a_device_is_written_and_not_replaced() {
    put(Path::new("/dev/null"), b"gone");
    assert!(!fs::metadata("/dev/null").unwrap().is_file());
}

/// Each question to a disk that was asked before has the answer of one that was not.
#[test]
fn earlier_questions_change_no_answer() {
    let (outer, _) = project();
    let root = outer.path().join("project");
    fs::create_dir_all(root.join("many/Deep")).unwrap();
    for name in ["one", "Two", "TWO", "drei\u{df}", "f\u{fc}nf", "e~1"] {
        put(&root.join("many").join(name), b"1");
    }
    symlink("inner", root.join("link")).unwrap();
    symlink("../beside", root.join("out")).unwrap();
    symlink("gone", root.join("dangling")).unwrap();
    symlink("one", root.join("many/to-one")).unwrap();
    let folders = [
        "",
        "inner",
        "many",
        "many/Deep",
        "link",
        "out",
        "../beside",
        "gone",
    ];
    let names = [
        "inner",
        "package.json",
        "Package.json",
        "many",
        "one",
        "ONE",
        "Two",
        "two",
        "TWO",
        "dreiss",
        "drei\u{df}",
        "f\u{fc}nf",
        "fu\u{308}nf",
        "e~1",
        "to-one",
        "dangling",
        "Deep",
        "deep",
        "gone",
    ];
    let answers = |disk: &Disk, folder: &str, name: &str| {
        let path = [folder, name].join("/");
        let path = path.trim_start_matches('/');
        (
            disk.read(path),
            disk.is_file(path),
            disk.is_dir(path),
            disk.has(path),
            disk.real(path),
            disk.list(path),
        )
    };
    let asked = Disk::open(&root, 10).unwrap();
    for round in 0..3 {
        for folder in folders {
            if round == 1 {
                let fresh = Disk::open(&root, 10).unwrap();
                assert_eq!(asked.list(folder), fresh.list(folder), "{folder}");
            }
            for name in names {
                let fresh = Disk::open(&root, 10).unwrap();
                let (found, expected) =
                    (answers(&asked, folder, name), answers(&fresh, folder, name));
                assert_eq!(found, expected, "{folder}/{name}");
            }
        }
    }
}

#[test]
fn a_folder_is_read_once() {
    let (outer, disk) = project();
    let root = outer.path().join("project");
    assert!(!disk.has("later"));
    assert_eq!(disk.list(""), ["inner"]);
    put(&root.join("later"), b"1");
    assert!(!disk.has("later"));
    assert_eq!(disk.list(""), ["inner"]);
    let absent = |number: u32| disk.has(&format!("inner/{number}"));
    assert!(!(0..8).any(absent));
    put(&root.join("inner/9"), b"1");
    assert!(!disk.has("inner/9"));
    assert!(Disk::open(&root, 10).unwrap().has("inner/9"));
}
