//! A package registry on this machine, for package managers that install without the network.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;

use base64::Engine as _;
use serde_json::{Value, json};
use sha2::{Digest, Sha512};

/// A registry that answers until the test ends.
pub(crate) struct Registry {
    /// Its address.
    pub(crate) url: String,
}

impl Registry {
    /// A registry with these package.json files.
    pub(crate) fn of(manifests: &[Value]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let pages = Arc::new(pages(&url, manifests));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let pages = Arc::clone(&pages);
                thread::spawn(move || answer(stream, &pages));
            }
        });
        Self { url }
    }
}

/// What is at each path: the document of each package, and its archives.
fn pages(url: &str, manifests: &[Value]) -> BTreeMap<String, Vec<u8>> {
    let mut pages = BTreeMap::new();
    let mut documents: BTreeMap<String, Value> = BTreeMap::new();
    for manifest in manifests {
        let (name, version) = (
            manifest["name"].as_str().unwrap(),
            manifest["version"].as_str().unwrap(),
        );
        let path = format!("/{name}/-/{}-{version}.tgz", name.replace('/', "-"));
        let mut listed = manifest.clone();
        let bytes = archive(manifest);
        let digest = base64::engine::general_purpose::STANDARD.encode(Sha512::digest(&bytes));
        let integrity = format!("sha512-{digest}");
        listed["dist"] = json!({ "tarball": format!("{url}{path}"), "integrity": integrity });
        let document = documents
            .entry(name.to_owned())
            .or_insert_with(|| json!({ "name": name, "dist-tags": {}, "versions": {} }));
        document["dist-tags"]["latest"] = json!(version);
        document["versions"][version] = listed;
        pages.insert(path, bytes);
    }
    for (name, document) in documents {
        let encoded = format!("/{}", name.replace('/', "%2f"));
        pages.insert(encoded, document.to_string().into_bytes());
    }
    pages
}

/// An archive with a manifest.
fn archive(manifest: &Value) -> Vec<u8> {
    let encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    let mut archive = tar::Builder::new(encoder);
    let text = manifest.to_string();
    let mut header = tar::Header::new_gnu();
    header.set_size(text.len() as u64);
    header.set_mode(0o644);
    header.set_cksum();
    archive
        .append_data(&mut header, "package/package.json", text.as_bytes())
        .unwrap();
    archive.into_inner().unwrap().finish().unwrap()
}

/// Answers the requests of one connection, one after another.
fn answer(stream: TcpStream, pages: &BTreeMap<String, Vec<u8>>) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut stream = stream;
    loop {
        let mut request = String::new();
        let mut line = String::new();
        loop {
            line.clear();
            match reader.read_line(&mut line) {
                Ok(0) | Err(_) => return,
                Ok(_) if line.trim().is_empty() => break,
                Ok(_) if request.is_empty() => request.clone_from(&line),
                Ok(_) => {}
            }
        }
        let path = request.split(' ').nth(1).unwrap_or_default();
        let path = path.replace("%2F", "%2f");
        let (status, body) = match pages.get(&path) {
            Some(body) => ("200 OK", body.as_slice()),
            None => ("404 Not Found", b"{}".as_slice()),
        };
        let head = format!(
            "HTTP/1.1 {status}\r\ncontent-length: {}\r\n\r\n",
            body.len()
        );
        if stream
            .write_all(head.as_bytes())
            .and_then(|()| stream.write_all(body))
            .is_err()
        {
            return;
        }
    }
}
