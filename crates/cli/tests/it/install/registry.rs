//! Packages of the tests' own, packed by npm, and a registry on this machine that serves them.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::path::Path;
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::thread;

use serde_json::{Value, json};

use crate::run::put;

/// A package to pack.
pub(super) struct Source {
    pub(super) name: &'static str,
    pub(super) version: &'static str,
    /// More fields of its package.json, each with a comma in front.
    pub(super) fields: &'static str,
    /// Its files: path and text.
    pub(super) files: Vec<(&'static str, &'static str)>,
}

/// A packed package.
#[derive(Clone)]
pub(super) struct Package {
    pub(super) name: String,
    pub(super) version: String,
    pub(super) manifest: Value,
    pub(super) tarball: Vec<u8>,
    pub(super) integrity: String,
}

impl Package {
    /// Its place in a registry.
    pub(super) fn path(&self) -> String {
        format!("/{0}/-/{0}-{1}.tgz", self.name, self.version)
    }
}

/// npm with no settings of this machine; `None`, with a message, if it is not installed.
#[expect(clippy::print_stderr, reason = "a test that is skipped says so")]
pub(super) fn npm(home: &Path) -> Option<Command> {
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

/// Packs packages with one run of npm; `None` if npm is not installed.
pub(super) fn pack(home: &Path, sources: &[Source]) -> Option<Vec<Package>> {
    let folder = home.join("packed");
    let mut npm = npm(home)?;
    npm.current_dir(&folder).args(["pack", "--json"]);
    let mut manifests = Vec::new();
    for (source, number) in sources.iter().zip(0..) {
        let (name, version) = (source.name, source.version);
        let manifest = format!(
            r#"{{"name": "{name}", "version": "{version}"{}}}"#,
            source.fields
        );
        put(&folder, &format!("{number}/package.json"), &manifest);
        for (path, text) in &source.files {
            put(&folder, &format!("{number}/{path}"), text);
        }
        npm.arg(format!("./{number}"));
        manifests.push(serde_json::from_str::<Value>(&manifest).unwrap());
    }
    let output = npm.output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    let packed: Value = serde_json::from_slice(&output.stdout).unwrap();
    let disk = bomtrail::source::Disk::open(&folder, 1 << 20).unwrap();
    let all = sources.iter().zip(manifests).map(|(source, manifest)| {
        let text = |value: &Value, key| value.get(key).and_then(Value::as_str).map(str::to_owned);
        let file = format!("{}-{}.tgz", source.name, source.version);
        let mut all: Vec<&Value> = packed.as_array().into_iter().flatten().collect();
        all.extend(packed.as_object().into_iter().flat_map(|it| it.values()));
        let entry = all
            .iter()
            .find(|it| text(it, "filename").as_ref() == Some(&file))
            .unwrap();
        Package {
            name: source.name.to_owned(),
            version: source.version.to_owned(),
            manifest,
            tarball: disk.load(&file).unwrap(),
            integrity: text(entry, "integrity").unwrap(),
        }
    });
    Some(all.collect())
}

/// A registry that serves some packages, and records what it was asked for.
pub(super) struct Registry {
    pub(super) port: u16,
    pub(super) asked: Arc<Mutex<Vec<String>>>,
}

impl Registry {
    /// Serves packages under their places, and files under paths of their own.
    pub(super) fn serve(packages: &[Package], files: &[(&str, &Package)]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let mut served: BTreeMap<String, Vec<u8>> = packages
            .iter()
            .map(|it| (it.path(), it.tarball.clone()))
            .collect();
        served.extend(
            files
                .iter()
                .map(|(path, it)| ((*path).to_owned(), it.tarball.clone())),
        );
        for package in packages {
            let document = document(&package.name, packages, port).to_string();
            served.insert(format!("/{}", package.name), document.into_bytes());
        }
        let log = Arc::clone(&asked);
        thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let path = request(&mut BufReader::new(stream.try_clone().unwrap()));
                let (status, body) = match served.get(&path) {
                    Some(bytes) => ("200 OK", bytes.as_slice()),
                    None => ("404 Not Found", b"{}".as_slice()),
                };
                log.lock().unwrap().push(path);
                let head = format!(
                    "HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
                    body.len()
                );
                // npm may have closed the connection.
                let sent = stream.write_all(head.as_bytes());
                drop(sent.and_then(|()| stream.write_all(body)));
            }
        });
        Self { port, asked }
    }
}

/// The path of a request.
fn request(reader: &mut impl BufRead) -> String {
    let mut line = String::new();
    reader.read_line(&mut line).unwrap();
    loop {
        let mut header = String::new();
        if reader.read_line(&mut header).unwrap() == 0 || header.trim().is_empty() {
            break;
        }
    }
    line.split(' ').nth(1).unwrap_or_default().to_owned()
}

/// What a registry says about a package: all its versions.
fn document(name: &str, packages: &[Package], port: u16) -> Value {
    let versions = packages.iter().filter(|it| it.name == name).map(|it| {
        let mut manifest = it.manifest.clone();
        let tarball = format!("http://127.0.0.1:{port}{}", it.path());
        let dist = json!({"tarball": tarball, "integrity": it.integrity});
        manifest
            .as_object_mut()
            .unwrap()
            .insert("dist".into(), dist);
        (it.version.clone(), manifest)
    });
    let versions: serde_json::Map<String, Value> = versions.collect();
    let latest = versions.keys().next_back().cloned();
    json!({"name": name, "dist-tags": {"latest": latest}, "versions": versions})
}
