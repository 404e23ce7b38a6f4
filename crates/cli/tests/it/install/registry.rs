//! Packages of the tests' own, and a registry on this machine that serves them.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::path::Path;
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::thread;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bomtrail_testkit::Tarball;
use serde_json::{Value, json};
use sha2::{Digest, Sha512};

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

/// Packs packages as npm does; `None`, with a message, if npm is not installed, because only npm would install them.
pub(super) fn pack(home: &Path, sources: &[Source]) -> Option<Vec<Package>> {
    npm(home)?;
    let packed = sources.iter().map(|source| {
        let (name, version) = (source.name, source.version);
        let manifest = format!(
            r#"{{"name": "{name}", "version": "{version}"{}}}"#,
            source.fields
        );
        let mut archive = Tarball::default().file("package/package.json", &manifest);
        for (path, text) in &source.files {
            archive = archive.file(&["package/", path].concat(), text);
        }
        let tarball = archive.gzip();
        Package {
            name: name.to_owned(),
            version: version.to_owned(),
            manifest: serde_json::from_str(&manifest).unwrap(),
            integrity: ["sha512-", &STANDARD.encode(Sha512::digest(&tarball))].concat(),
            tarball,
        }
    });
    Some(packed.collect())
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
