//! The page and the JSON interface.

use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};

use bomtrail_fleet::{Program, Server, Store};

use crate::make::fleet;

fn ask(address: SocketAddr, request: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

#[test]
fn the_interface_answers_only_this_machine() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("fleet.db");
    Store::create(&path).unwrap().add(&fleet()).unwrap();
    let program = Program {
        name: "test",
        version: "1",
    };
    let any = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    let address = Server::start(&path, any, program).unwrap().address();
    let get = |target: &str, host: &str| {
        let request = format!("GET {target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        ask(address, &request)
    };
    let here = address.to_string();
    let page = get("/", &here);
    assert!(
        page.starts_with("HTTP/1.1 200") && page.contains("<!doctype html>"),
        "{page}"
    );
    assert!(page.contains("default-src 'none'"), "{page}");
    let found = get("/api/v1/where?q=bad%401.0.0", &here);
    assert!(found.contains("\"product\": \"shop\""), "{found}");
    let csv = get("/api/v1/where?q=bad&format=csv", &here);
    assert!(
        csv.contains("text/csv") && csv.contains("\"desk\""),
        "{csv}"
    );
    for question in ["since?q=bad", "top", "stale", "search?q=ba", "advisories"] {
        let answer = get(&["/api/v1/", question].concat(), &here);
        assert!(answer.starts_with("HTTP/1.1 200"), "{question}: {answer}");
    }
    assert!(get("/api/v1/where?q=pkg:npm", &here).starts_with("HTTP/1.1 400"));
    assert!(get("/api/v1/other", &here).starts_with("HTTP/1.1 404"));
    assert!(get("/etc/passwd", &here).starts_with("HTTP/1.1 404"));
    assert!(get("/", "example.com").starts_with("HTTP/1.1 421"));
    let post = format!(
        "POST /api/v1/top HTTP/1.1\r\nHost: {here}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
    );
    assert!(ask(address, &post).starts_with("HTTP/1.1 405"));
}
