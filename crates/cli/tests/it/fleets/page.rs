//! The page in headless Chromium (Debian's package). Skipped with a message when Chromium is not installed.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use super::project;
use crate::run::bomtrail;

const BROWSERS: [&str; 3] = [
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
];

/// Ends the server with the test.
struct Served(Child);

impl Drop for Served {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

/// Starts the server on a free port; its address.
fn serve(here: &Path) -> (Served, String) {
    let mut child = bomtrail(here)
        .args(["fleet", "serve", "--port", "0"])
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stderr.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    let address = line.trim().rsplit(' ').next().unwrap().to_owned();
    assert!(address.starts_with("http://127.0.0.1:"), "{line}");
    (Served(child), address)
}

/// The page of an address as the browser has it after its program ran.
fn open(browser: &str, folder: &Path, address: &str) -> String {
    let profile = format!("--user-data-dir={}", folder.join("profile").display());
    let output = Command::new(browser)
        .args([
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--dump-dom",
        ])
        .args(["--virtual-time-budget=5000", &profile, address])
        .output()
        .unwrap();
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn the_page_shows_products_paths_and_the_timeline() {
    let Some(browser) = BROWSERS.into_iter().find(|it| Path::new(it).exists()) else {
        println!("skipped: Chromium is not installed (Debian's package `chromium`)");
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    // The name of a product is text, whatever it looks like.
    let name = "<img src=x onerror=alert(1)>";
    project(&here.join("one"), "shop", "1.0.0", "own");
    let added = bomtrail(here)
        .args(["fleet", "add", "one", "--product", name])
        .status()
        .unwrap();
    assert!(added.success());
    let (_server, address) = serve(here);
    let products = open(browser, here, &address);
    assert!(products.contains("1 product in the store."), "{products}");
    let found = open(browser, here, &[&address, "?q=bad%40%3E%3D1"].concat());
    for text in [
        "1 product, 1 with it in the newest release.",
        "still shipped",
        "<li>web@1.2.0</li><li>log@1.0.3</li><li>bad@1.0.0</li>",
        "Timeline",
        "Download CSV",
        "&lt;img src=x onerror=alert(1)&gt;",
    ] {
        assert!(found.contains(text), "{text} is missing: {found}");
    }
    assert!(!found.contains("<img"), "no element came out of data");
    let nothing = open(browser, here, &[&address, "?q=ba"].concat());
    assert!(nothing.contains("Similar names"), "{nothing}");
}
