//! The page in headless Chromium (Debian's package): it opens, shows its components, and inserts names as text. Skipped with
//! a message when Chromium is not installed.

use std::path::Path;
use std::process::Command;

use bomtrail_testkit::cases;

use super::{graph, opinions, render, render_with};
use crate::compliance::ComplianceFormat;

/// The page as the browser has it after `script` ran in it.
fn open(html: &str, script: &str, size: &str) -> Option<String> {
    let browser = [
        "/usr/bin/chromium",
        "/usr/bin/chromium-browser",
        "/usr/bin/google-chrome",
    ]
    .into_iter()
    .find(|it| Path::new(it).exists());
    let Some(browser) = browser else {
        println!("skipped: Chromium is not installed (Debian's package `chromium`)");
        return None;
    };
    let folder = tempfile::tempdir().unwrap();
    let page = folder.path().join("report.html");
    let checked = html.replace(
        "</body>",
        &["<script>", script, "</script></body>"].concat(),
    );
    // An error in the page is shown where the test looks.
    let listen = "<head><script>addEventListener('error', (e) => { document.documentElement.dataset.error = e.message; });\
                  addEventListener('securitypolicyviolation', (e) => { document.documentElement.dataset.error = e.blockedURI; });</script>";
    let checked = checked.replacen("<head>", listen, 1);
    #[expect(clippy::disallowed_methods, reason = "a file for the browser")]
    std::fs::write(&page, checked).unwrap();
    let profile = format!(
        "--user-data-dir={}",
        folder.path().join("profile").display()
    );
    let output = Command::new(browser)
        .args([
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--dump-dom",
            "--virtual-time-budget=5000",
        ])
        .args([profile.as_str(), size])
        .arg(format!("file://{}", page.display()))
        .output()
        .unwrap();
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

const WIDE: &str = "--window-size=1280,900";

#[test]
fn hostile_names_are_shown_as_text_and_nothing_fails() {
    let html = render(&graph(30), ComplianceFormat::Html);
    let Some(dom) = open(&html, "", WIDE) else {
        return;
    };
    assert!(
        dom.contains("data-ready=\"31\""),
        "the program ran to its end"
    );
    assert!(!dom.contains("data-error"), "no error on the page");
    assert!(!dom.contains("<img"), "no element came out of data");
    assert!(!dom.contains("<title>owned"));
    assert!(
        dom.contains("&lt;img src=x onerror=alert(1)&gt;"),
        "the name is there as text"
    );
}

#[test]
fn search_filters_sorting_and_ways_work() {
    let html = render(&graph(30), ComplianceFormat::Html);
    let script = "
        const search = document.getElementById('search');
        search.value = 'part-21';
        search.dispatchEvent(new Event('input'));
        const rows = document.querySelectorAll('#rows tr');
        rows[0].querySelector('button').click();
        const way = [...document.querySelectorAll('.path li')].map((it) => it.textContent.slice(2, 7)).join('/');
        search.value = '';
        search.dispatchEvent(new Event('input'));
        document.querySelector('#head button').click();
        const first = document.querySelector('#rows td').textContent;
        const sort = document.querySelector('#head th').getAttribute('aria-sort');
        document.getElementById('by-role').value = 'root';
        document.getElementById('by-role').dispatchEvent(new Event('change'));
        const roots = document.querySelectorAll('#rows tr').length;
        document.documentElement.dataset.seen = [rows.length, way, first, sort, roots].join(';');";
    let Some(dom) = open(&html, script, WIDE) else {
        return;
    };
    assert!(!dom.contains("data-error"));
    let seen = dom
        .split("data-seen=\"")
        .nth(1)
        .and_then(|it| it.split('"').next());
    assert_eq!(
        seen,
        Some("1;p 1.0/scrip/rt-10/rt-20/rt-21;part-29;descending;1")
    );
}

#[test]
fn approvals_provenance_and_changes_are_shown_and_filtered() {
    let graph = graph(61);
    let html = render_with(&graph, ComplianceFormat::Html, Some(&opinions(&graph)));
    let script = "
        const set = (id, value) => { const it = document.getElementById(id); it.value = value; it.dispatchEvent(new Event('change')); };
        const rows = () => document.querySelectorAll('#rows tr').length;
        const shown = ['approvals', 'provenance', 'since'].map((id) => Boolean(document.getElementById(id)));
        set('by-approval', 'denied');
        const denied = rows();
        set('by-approval', '');
        set('by-level', 'failed');
        const failed = rows();
        set('by-level', '');
        set('by-workspace', 'part-20');
        const needed = document.getElementById('count').textContent;
        const listed = document.querySelectorAll('#approvals tbody tr:not([hidden])').length;
        const first = document.querySelector('#approvals tbody .badge').textContent;
        dispatchEvent(new Event('beforeprint'));
        const paper = [rows(), document.querySelectorAll('#approvals tbody tr:not([hidden])').length];
        dispatchEvent(new Event('afterprint'));
        const after = document.querySelectorAll('#approvals tbody tr:not([hidden])').length;
        document.documentElement.dataset.seen = [shown, denied, failed, needed, listed, first, paper, after].join(';');";
    let Some(dom) = open(&html, script, WIDE) else {
        return;
    };
    assert!(!dom.contains("data-error") && !dom.contains("<img"));
    let seen = dom
        .split("data-seen=\"")
        .nth(1)
        .and_then(|it| it.split('"').next());
    assert_eq!(
        seen,
        Some("true,true,true;21;20;41 of 62 components;50;denied;62,61;50")
    );
}

#[test]
fn many_components_are_there_within_two_seconds() {
    let count = cases(1000, 5000);
    let html = render(&graph(count), ComplianceFormat::Html);
    let script = "document.documentElement.dataset.took = String(Math.round(performance.now()));";
    let Some(dom) = open(&html, script, WIDE) else {
        return;
    };
    assert!(dom.contains(&format!("data-ready=\"{}\"", count + 1)) && !dom.contains("data-error"));
    let took = dom
        .split("data-took=\"")
        .nth(1)
        .and_then(|it| it.split('"').next());
    let took: u32 = took.unwrap().parse().unwrap();
    println!("{} components after {took} ms", count + 1);
    assert!(took < 2000, "{took} ms");
}
