//! Checks against the fixtures: each folder of `fixtures/approvals/` is named after what it proves.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::sync::{Arc, Mutex};

use bomtrail::ScanError;
use bomtrail::approvals::{ApprovalStatus, Date};
use bomtrail::check::{CheckError, CheckOptions, Checked, Refreshed};
use bomtrail_testkit::{Outputs, run_fixtures};
use jsonschema::Validator;

fn options<'a>() -> CheckOptions<'a> {
    CheckOptions::on(Date::parse("2026-11-21").unwrap())
}

/// Checks a folder, with the facts and the attestations that lie in it.
fn check(folder: &Path) -> Result<Checked, CheckError> {
    check_part(folder, &[])
}

/// Checks what some workspace members of a folder need; with none, all of it.
fn check_part(folder: &Path, members: &[String]) -> Result<Checked, CheckError> {
    let mut options = options();
    options.scan.selection.members = members.to_vec();
    let facts = folder.join("facts.json");
    options.facts = Some(facts).filter(|it| it.exists());
    options.provenance = crate::attested::sources(folder);
    Checked::run(folder, &options)
}

/// What came of a check, one line for each package that is not the project's own and for each finding.
fn shown(checked: &Checked) -> String {
    let mut lines = Vec::new();
    let graph = checked.scan.graph();
    for node in graph.nodes().filter(|it| !it.is_root()) {
        let approval = checked.table.get(node.id()).unwrap();
        let chain = approval.chain.join(" > ");
        let (status, reason) = (approval.status().name(), approval.reason.name());
        lines.push(
            format!("{}: {status} ({reason}) {chain}", node.reference())
                .trim_end()
                .to_owned(),
        );
    }
    for it in &checked.findings {
        let (level, rule) = (it.verdict.name(), it.rule.id);
        let excepted = it.excepted.as_ref().map(|it| format!(" (set aside: {it})"));
        let excepted = excepted.unwrap_or_default();
        lines.push(format!(
            "{level} {rule} {} {}: {}{excepted}",
            it.place, it.subject, it.message
        ));
    }
    for it in &checked.basis.approvals.list.diagnostics {
        lines.push(it.to_string());
    }
    lines.push(if checked.failed { "fails" } else { "passes" }.to_owned());
    lines.join("\n") + "\n"
}

/// Every problem that ended a check.
fn problems(error: &CheckError) -> String {
    let all = match error {
        CheckError::Invalid(all) => Some(all),
        CheckError::Scan(ScanError::Settings { diagnostics }) => Some(diagnostics),
        _ => None,
    };
    let lines = all.map_or_else(
        || vec![error.to_string()],
        |all| all.iter().map(ToString::to_string).collect(),
    );
    lines.join("\n") + "\n"
}

#[test]
fn fixtures() {
    run_fixtures("approvals", |case| {
        let folder = case.folder.path();
        let checked = check(folder);
        let members = checked.as_ref().map_or(&[][..], |it| it.scan.members());
        let mut outputs = Outputs::default();
        for member in members {
            let part = check_part(folder, std::slice::from_ref(member)).unwrap();
            outputs = outputs.with(&format!("expected.{member}.check"), shown(&part));
        }
        let text = match &checked {
            Ok(checked) => shown(checked),
            Err(error) => problems(error),
        };
        outputs.with("expected.check", text)
    });
}

fn prepared(schema: &str) -> Validator {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../schemas");
    let disk = bomtrail::source::Disk::open(&path, 1 << 20).unwrap();
    let schema = serde_json::from_slice(&disk.load(schema).unwrap()).unwrap();
    let options = jsonschema::options().should_validate_formats(true);
    options.build(&schema).unwrap()
}

/// What is wrong with a document by one of our own schemas.
pub(crate) fn invalid(schema: &str, document: &str) -> Vec<String> {
    // Preparing a schema takes longer than comparing with it.
    static PREPARED: Mutex<BTreeMap<String, Arc<Validator>>> = Mutex::new(BTreeMap::new());
    let mut all = PREPARED.lock().unwrap();
    let entry = all.entry(schema.to_owned());
    let validator = Arc::clone(entry.or_insert_with(|| Arc::new(prepared(schema))));
    drop(all);
    let document = serde_json::from_str(document).unwrap();
    validator
        .iter_errors(&document)
        .map(|it| format!("{}: {it}", it.instance_path()))
        .collect()
}

#[test]
fn lists_and_reports_of_all_fixtures_are_as_the_schemas_say() {
    let folder = bomtrail_testkit::fixtures().join("approvals");
    let disk = bomtrail::source::Disk::open(&folder, 1 << 20).unwrap();
    let mut lists = 0;
    for name in bomtrail::graph::Files::list(&disk, "") {
        if let Ok(checked) = check(&folder.join(&name)) {
            let mut json = Vec::new();
            let report = checked.report();
            bomtrail::check::write_check(bomtrail::check::CheckFormat::Json, &report, &mut json)
                .unwrap();
            let found = invalid("check-v1.schema.json", &String::from_utf8(json).unwrap());
            assert!(found.is_empty(), "{name}: {found:#?}");
        }
        let Ok(list) = disk.load(&format!("{name}/package-approvals.json")) else {
            continue;
        };
        lists += 1;
        let text = String::from_utf8(list).unwrap();
        let found = invalid("approvals-v1.schema.json", &text);
        // The schema takes what the reader takes, and nothing else.
        let reads = bomtrail::approvals::approve("l", &text, &[]).is_ok();
        assert_eq!(found.is_empty(), reads, "{name}: {found:#?}");
    }
    assert!(lists > 20);
}

/// Answers each request with what the pages say of its path, once for each page of `count`.
fn serve(pages: BTreeMap<&'static str, String>) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut line = String::new();
            BufReader::new(stream.try_clone().unwrap())
                .read_line(&mut line)
                .unwrap();
            let path = line.split(' ').nth(1).unwrap_or_default();
            let body = pages.get(path).map_or("", String::as_str);
            write!(stream, "HTTP/1.0 200 OK\r\n\r\n{body}").unwrap();
        }
    });
    port
}

/// What a server on this machine says of a URL's path, in place of the host that the URL names.
fn fetch(port: u16, url: &str) -> Result<Vec<u8>, String> {
    let path = url
        .strip_prefix("https://policy.example.com")
        .ok_or("is another host")?;
    let mut stream = TcpStream::connect(("127.0.0.1", port)).map_err(|it| it.to_string())?;
    write!(stream, "GET {path} HTTP/1.0\r\n\r\n").map_err(|it| it.to_string())?;
    let mut answer = String::new();
    stream
        .read_to_string(&mut answer)
        .map_err(|it| it.to_string())?;
    let (_, body) = answer.split_once("\r\n\r\n").ok_or("is no answer")?;
    Ok(body.as_bytes().to_vec())
}

#[test]
fn remote_lists_are_fetched_on_demand_and_never_by_a_check() {
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, text: &str| {
        bomtrail::write::write_atomic::<std::io::Error>(&folder.path().join(name), |out| {
            out.write_all(text.as_bytes())
        })
        .unwrap();
    };
    let source = bomtrail::source::Disk::open(
        &bomtrail_testkit::fixtures().join("approvals/approved"),
        1 << 20,
    )
    .unwrap();
    for name in ["package.json", "package-lock.json"] {
        put(
            name,
            &String::from_utf8(source.load(name).unwrap()).unwrap(),
        );
    }
    put(
        "package-approvals.json",
        r#"{"version": 1, "extends": "https://policy.example.com/org.json"}"#,
    );
    let run = || Checked::run(folder.path(), &options());
    assert!(run().unwrap_err().to_string().contains("source-unlocked"));

    let approving =
        r#"{"version": 1, "packages": {"is-number": ["7.0.0"]}, "extends": "base.json"}"#;
    let base = r#"{"version": 1}"#.to_owned();
    let port = serve(BTreeMap::from([
        ("/org.json", approving.to_owned()),
        ("/base.json", base.clone()),
    ]));
    let fresh = Refreshed::fetch(folder.path(), &options(), &|url| fetch(port, url)).unwrap();
    let effect = fresh.effect();
    assert_eq!(
        effect,
        [(
            "pkg:npm/is-number@7.0.0".to_owned(),
            None,
            ApprovalStatus::Approved
        )]
    );
    assert!(run().is_err(), "nothing is written before it is asked for");
    fresh.write().unwrap();
    assert!(!run().unwrap().failed);
    assert!(
        Refreshed::fetch(folder.path(), &options(), &|url| fetch(port, url))
            .unwrap()
            .is_same()
    );

    let denying = r#"{"version": 1, "denied": {"is-number": {"reason": "malware"}}}"#;
    let port = serve(BTreeMap::from([
        ("/org.json", denying.to_owned()),
        ("/base.json", base),
    ]));
    let fresh = Refreshed::fetch(folder.path(), &options(), &|url| fetch(port, url)).unwrap();
    let (org, base) = (
        "https://policy.example.com/org.json",
        "https://policy.example.com/base.json",
    );
    assert_eq!(
        fresh.changed_sources(),
        [(org.to_owned(), "changed"), (base.to_owned(), "gone")]
    );
    assert_eq!(fresh.effect().first().unwrap().2, ApprovalStatus::Denied);
    fresh.write().unwrap();
    assert!(run().unwrap().failed);
}
