//! A web page and a JSON interface over a store, for one machine: it answers on a loopback address unless another one is asked
//! for, and changes nothing.

mod api;
mod query;

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::time::Duration;

use oxhttp::ListeningServer;
use oxhttp::model::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HOST, REFERRER_POLICY,
    X_CONTENT_TYPE_OPTIONS,
};
use oxhttp::model::{Body, Method, Request, Response, StatusCode};

/// How long a client may take for a request.
const PATIENCE: Duration = Duration::from_secs(10);
/// How many clients are answered at the same time.
const MOST_CLIENTS: usize = 32;
/// The page loads nothing from elsewhere, and no other page may embed it.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; form-action 'self'; \
     base-uri 'none'; frame-ancestors 'none'";

/// The files of the page.
const FILES: [(&str, &str, &str); 3] = [
    (
        "/",
        "text/html; charset=utf-8",
        include_str!("serve/index.html"),
    ),
    (
        "/app.js",
        "text/javascript; charset=utf-8",
        include_str!("serve/app.js"),
    ),
    (
        "/style.css",
        "text/css; charset=utf-8",
        include_str!("serve/style.css"),
    ),
];

/// A server that runs.
pub struct Server {
    server: ListeningServer,
    address: SocketAddr,
}

/// An answer to a request.
struct Reply {
    status: StatusCode,
    kind: &'static str,
    body: Vec<u8>,
}

/// The program, as answers name it.
#[derive(Clone, Copy, Debug)]
pub struct Program {
    /// Its name.
    pub name: &'static str,
    /// Its version.
    pub version: &'static str,
}

impl Server {
    /// Answers on an address; port 0 takes a free one.
    ///
    /// # Errors
    /// The error of the system, such as an address in use.
    pub fn start(store: &Path, address: SocketAddr, program: Program) -> io::Result<Self> {
        // The server does not say which free port it took, so one is found before.
        let address = TcpListener::bind(address)?.local_addr()?;
        let site = Site {
            store: store.to_path_buf(),
            address,
            program,
        };
        let server = oxhttp::Server::new(move |request| site.response(request))
            .bind(address)
            .with_global_timeout(PATIENCE)
            .with_max_concurrent_connections(MOST_CLIENTS)
            .spawn()?;
        Ok(Self { server, address })
    }

    /// Where it answers.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Waits until it ends, which it does only when it fails.
    ///
    /// # Errors
    /// The error that ended it.
    pub fn join(self) -> io::Result<()> {
        self.server.join()
    }
}

struct Site {
    store: PathBuf,
    address: SocketAddr,
    program: Program,
}

impl Site {
    fn response(&self, request: &Request<Body>) -> Response<Body> {
        let reply = self.reply(request);
        let body = if request.method() == Method::HEAD {
            Vec::new()
        } else {
            reply.body
        };
        let built = Response::builder()
            .status(reply.status)
            .header(CONTENT_TYPE, reply.kind)
            .header(CACHE_CONTROL, "no-store")
            .header(CONTENT_SECURITY_POLICY, POLICY)
            .header(REFERRER_POLICY, "no-referrer")
            .header(X_CONTENT_TYPE_OPTIONS, "nosniff")
            .body(Body::from(body));
        built.unwrap_or_else(|_| Response::new(Body::empty()))
    }

    fn reply(&self, request: &Request<Body>) -> Reply {
        if !self.is_for_here(request) {
            return Reply::error(
                StatusCode::MISDIRECTED_REQUEST,
                "the request is for another host",
            );
        }
        if request.method() != Method::GET && request.method() != Method::HEAD {
            return Reply::error(StatusCode::METHOD_NOT_ALLOWED, "only GET is answered");
        }
        let path = request.uri().path();
        if let Some((_, kind, text)) = FILES.iter().find(|(it, _, _)| *it == path) {
            return Reply {
                status: StatusCode::OK,
                kind,
                body: text.as_bytes().to_vec(),
            };
        }
        let query = query::Parameters::of(request.uri().query().unwrap_or_default());
        match path.strip_prefix("/api/v1/") {
            Some(question) => api::answer(&self.store, question, &query, self.program),
            None => Reply::error(StatusCode::NOT_FOUND, "there is no such page"),
        }
    }

    /// Pages of other sites may resolve a name of theirs to this machine; their requests name another host.
    fn is_for_here(&self, request: &Request<Body>) -> bool {
        if !self.address.ip().is_loopback() {
            return true;
        }
        let host = request.headers().get(HOST).and_then(|it| it.to_str().ok());
        let named = host.or_else(|| Some(request.uri().authority()?.as_str()));
        let port = self.address.port();
        let allowed = [
            self.address.to_string(),
            format!("localhost:{port}"),
            format!("127.0.0.1:{port}"),
            format!("[::1]:{port}"),
        ];
        named.is_some_and(|it| allowed.iter().any(|name| name == it))
    }
}

impl Reply {
    fn error(status: StatusCode, message: &str) -> Self {
        let body = serde_json::json!({ "error": message }).to_string();
        Self {
            status,
            kind: "application/json",
            body: body.into_bytes(),
        }
    }
}
