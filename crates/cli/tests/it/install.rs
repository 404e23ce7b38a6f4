//! `bomtrail exec -- npm ci` with the npm that is installed and a registry of our own on this machine: what is not approved
//! is not installed, and none of its scripts runs.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::thread;

use crate::run::{bomtrail, names, put};

/// A package of the test's own: its manifest, and what npm's packing of it gave.
struct Package {
    name: &'static str,
    tarball: Vec<u8>,
    integrity: String,
    script: &'static str,
}

/// A registry that serves some packages, and remembers what it was asked for.
struct Registry {
    port: u16,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Registry {
    fn serve(packages: &[Package]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let paths = packages
            .iter()
            .map(|it| (format!("/{0}/-/{0}-1.0.0.tgz", it.name), it.tarball.clone()));
        let tarballs: BTreeMap<String, Vec<u8>> = paths.collect();
        let log = Arc::clone(&asked);
        thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let mut line = String::new();
                let mut reader = BufReader::new(stream.try_clone().unwrap());
                reader.read_line(&mut line).unwrap();
                let path = line.split(' ').nth(1).unwrap_or_default().to_owned();
                loop {
                    let mut header = String::new();
                    if reader.read_line(&mut header).unwrap() == 0 || header.trim().is_empty() {
                        break;
                    }
                }
                let (status, body) = match tarballs.get(&path) {
                    Some(bytes) => ("200 OK", bytes.as_slice()),
                    None => ("404 Not Found", b"{}".as_slice()),
                };
                log.lock().unwrap().push(path);
                let head = format!(
                    "HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
                    body.len()
                );
                // npm may have gone away already.
                drop(
                    stream
                        .write_all(head.as_bytes())
                        .and_then(|()| stream.write_all(body)),
                );
            }
        });
        Self { port, asked }
    }
}

/// npm with nothing of this machine's settings; `None`, with a message, if it is not installed.
#[expect(clippy::print_stderr, reason = "a test that is skipped says so")]
fn npm(home: &Path) -> Option<Command> {
    let path = std::env::var_os("PATH")?;
    let found = std::env::split_paths(&path).any(|it| it.join("npm").exists());
    if !found {
        eprintln!("skipped: npm is not installed");
        return None;
    }
    let mut npm = Command::new("npm");
    npm.env_clear().env("PATH", path).env("HOME", home);
    Some(npm)
}

/// Packs a package whose install script is `script`.
fn pack(home: &Path, name: &'static str, script: &'static str) -> Option<Package> {
    let folder = home.join("packed").join(name);
    let manifest = format!(
        r#"{{"name": "{name}", "version": "1.0.0", "scripts": {{"postinstall": "node script.js"}}}}"#
    );
    put(&folder, "package.json", &manifest);
    put(&folder, "script.js", script);
    let output = npm(home)?
        .current_dir(&folder)
        .args(["pack", "--json"])
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let text = String::from_utf8(output.stdout).unwrap();
    let (_, after) = text.split_once("\"integrity\": \"").unwrap();
    let (integrity, _) = after.split_once('"').unwrap();
    let disk = bomtrail::source::Disk::open(&folder, 1 << 20).unwrap();
    Some(Package {
        name,
        tarball: disk.load(&format!("{name}-1.0.0.tgz")).unwrap(),
        integrity: integrity.to_owned(),
        script,
    })
}

/// A project that has one package locked, as npm writes it for the public registry.
fn project(home: &Path, package: &Package) -> PathBuf {
    let folder = home.join("project");
    let name = package.name;
    // npm fetches what is locked under the public registry's own host from the registry that is configured.
    let host = ["registry", "npmjs.org"].join(".");
    let manifest =
        format!(r#""name": "app", "version": "1.0.0", "dependencies": {{"{name}": "1.0.0"}}"#);
    put(
        &folder,
        "package.json",
        &format!("{{{manifest}, \"private\": true}}"),
    );
    let entry = format!(
        r#"{{"version": "1.0.0", "resolved": "https://{host}/{name}/-/{name}-1.0.0.tgz", "integrity": "{}", "hasInstallScript": true}}"#,
        package.integrity
    );
    let lock = format!(
        r#"{{"name": "app", "version": "1.0.0", "lockfileVersion": 3, "requires": true, "packages": {{"": {{{manifest}}}, "node_modules/{name}": {entry}}}}}"#
    );
    put(&folder, "package-lock.json", &lock);
    put(
        &folder,
        "package-approvals.json",
        "{\"version\": 1, \"packages\": {}}\n",
    );
    folder
}

/// Runs the program with npm within reach.
fn exec(home: &Path, folder: &Path, port: u16, arguments: &[&str]) -> (i32, String) {
    let mut command = bomtrail(folder);
    command
        .env("PATH", std::env::var_os("PATH").unwrap())
        .env("HOME", home);
    command.env("npm_config_registry", format!("http://127.0.0.1:{port}/"));
    command.env("npm_config_cache", home.join("cache"));
    for quiet in [
        "npm_config_audit",
        "npm_config_fund",
        "npm_config_update_notifier",
    ] {
        command.env(quiet, "false");
    }
    let output = command.args(arguments).output().unwrap();
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    (output.status.code().unwrap(), told)
}

#[test]
fn what_is_not_approved_is_neither_installed_nor_run() {
    let home = tempfile::tempdir().unwrap();
    let script = "require('fs').writeFileSync('../../marker', '')";
    let Some(package) = pack(home.path(), "leaves-a-marker", script) else {
        return;
    };
    let registry = Registry::serve(std::slice::from_ref(&package));
    let folder = project(home.path(), &package);
    let ci = ["exec", "--", "npm", "ci"];
    let (code, told) = exec(home.path(), &folder, registry.port, &ci);
    assert_eq!(code, 1, "{told}");
    assert!(
        told.contains("leaves-a-marker@1.0.0: it is not in the approvals list"),
        "{told}"
    );
    assert_eq!(
        names(&folder),
        [
            "package-approvals.json",
            "package-lock.json",
            "package.json"
        ]
    );
    assert!(registry.asked.lock().unwrap().is_empty());

    let (code, told) = exec(
        home.path(),
        &folder,
        registry.port,
        &["approve", "leaves-a-marker@1.0.0"],
    );
    assert_eq!(code, 0, "{told}");
    let (code, told) = exec(home.path(), &folder, registry.port, &ci);
    assert_eq!(code, 0, "{told}");
    assert!(
        folder
            .join("node_modules/leaves-a-marker/script.js")
            .exists()
    );
    assert!(!registry.asked.lock().unwrap().is_empty());
    assert!(
        package.script.contains("marker") && folder.join("marker").exists(),
        "{told}"
    );
}

#[test]
fn a_lockfile_that_lies_installs_nothing() {
    let home = tempfile::tempdir().unwrap();
    let Some(package) = pack(home.path(), "is-something-else", "") else {
        return;
    };
    let registry = Registry::serve(std::slice::from_ref(&package));
    let folder = project(home.path(), &package);
    let lock = crate::run::get(&folder, "package-lock.json");
    let lying = lock
        .replace("node_modules/is-something-else", "node_modules/is-number")
        .replace(
            "\"is-something-else\": \"1.0.0\"",
            "\"is-number\": \"1.0.0\"",
        );
    put(&folder, "package-lock.json", &lying);
    put(
        &folder,
        "package.json",
        r#"{"name": "app", "version": "1.0.0", "private": true, "dependencies": {"is-number": "1.0.0"}}"#,
    );
    put(
        &folder,
        "package-approvals.json",
        r#"{"version": 1, "packages": {"is-number": ["1.0.0"]}}"#,
    );
    let (code, told) = exec(
        home.path(),
        &folder,
        registry.port,
        &["exec", "--", "npm", "ci"],
    );
    assert_eq!(code, 1, "{told}");
    assert!(
        told.contains("its `resolved` address says `is-something-else@1.0.0`"),
        "{told}"
    );
    assert!(!folder.join("node_modules").exists());
    assert!(registry.asked.lock().unwrap().is_empty());
}

#[test]
fn what_changes_the_lockfile_while_it_is_installed_is_found() {
    let home = tempfile::tempdir().unwrap();
    let script = "require('fs').appendFileSync('../../package-lock.json', '\\n')";
    let Some(package) = pack(home.path(), "meddles", script) else {
        return;
    };
    let registry = Registry::serve(std::slice::from_ref(&package));
    let folder = project(home.path(), &package);
    let (code, told) = exec(home.path(), &folder, registry.port, &["approve", "meddles"]);
    assert_eq!(code, 0, "{told}");
    let (code, told) = exec(
        home.path(),
        &folder,
        registry.port,
        &["exec", "--", "npm", "ci"],
    );
    assert_eq!(code, 1, "{told}");
    assert!(
        told.contains("`package-lock.json` changed while npm ran"),
        "{told}"
    );
}

#[test]
fn what_an_install_script_adds_to_the_installation_is_found() {
    for (name, script, place) in [
        (
            "adds-a-package",
            "const fs = require('fs'); fs.mkdirSync('../evil'); fs.writeFileSync('../evil/package.json', '{}')",
            "`node_modules/evil` is installed, but is not in the lockfile",
        ),
        (
            "adds-a-command",
            "const fs = require('fs'); fs.mkdirSync('../.bin'); fs.symlinkSync('../adds-a-command/script.js', '../.bin/tsc')",
            "`node_modules/.bin/tsc` is a command that its package does not declare",
        ),
        (
            "becomes-another",
            "require('fs').writeFileSync('package.json', JSON.stringify({name: 'evil', version: '6.6.6'}))",
            "`node_modules/becomes-another` is `evil@6.6.6`, but the lockfile has `becomes-another@1.0.0`",
        ),
    ] {
        let home = tempfile::tempdir().unwrap();
        let Some(package) = pack(home.path(), name, script) else {
            return;
        };
        let registry = Registry::serve(std::slice::from_ref(&package));
        let folder = project(home.path(), &package);
        let (code, told) = exec(home.path(), &folder, registry.port, &["approve", name]);
        assert_eq!(code, 0, "{told}");
        let ci = ["exec", "--", "npm", "ci"];
        let (code, told) = exec(home.path(), &folder, registry.port, &ci);
        assert_eq!(code, 1, "{told}");
        assert!(told.contains(place), "{told}");
    }
}

#[test]
fn only_a_clean_install_is_run() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("project");
    put(&folder, "package.json", "{}");
    for words in [
        ["install", "left-pad"],
        ["update", "--all"],
        ["ci", "--prefix=.."],
    ] {
        let arguments = [&["exec", "--", "npm"], &words[..]].concat();
        let (code, told) = exec(home.path(), &folder, 1, &arguments);
        assert_eq!(code, 2, "{told}");
        assert!(told.contains("not checked"), "{told}");
    }
    let (code, told) = exec(home.path(), &folder, 1, &["exec", "--", "npm", "ci"]);
    assert_eq!(code, 2, "{told}");
    assert!(
        told.contains("neither npm-shrinkwrap.json nor package-lock.json"),
        "{told}"
    );
}
