//! The page in headless Chromium: what it shows, by keyboard, light and dark, wide and narrow. Skipped with a message when Chromium
//! is not installed. `BOMTRAIL_PICTURES` names a folder for pictures, `BOMTRAIL_AXE` the file `axe.min.js` of axe-core, whose
//! findings fail the test.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Stdio};

use serde_json::json;

use super::browser::Browser;
use super::project;
use crate::run::{bomtrail, put};

const WIDE: (u32, u32) = (1280, 900);
const NARROW: (u32, u32) = (400, 900);
const QUESTION: &str = "?q=bad%40%3E%3D1";

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

/// A store with a product whose name looks like an element, and one with approvals.
fn store(here: &Path) {
    let name = "<img src=x onerror=alert(1)>";
    project(&here.join("one"), "shop", "1.0.0", "own");
    project(&here.join("two"), "desk", "2.0.0", "desk-own");
    put(
        &here.join("two"),
        "package-approvals.json",
        r#"{"version": 1, "packages": {"web": ["1.2.0"]}}"#,
    );
    for arguments in [&["one", "--product", name][..], &["two", "--statuses"]] {
        let mut add = bomtrail(here);
        let added = add.args(["fleet", "add"]).args(arguments).status();
        assert!(added.unwrap().success());
    }
}

/// A browser, and the page of a store that is served; `None`, with a message, without Chromium.
fn start(here: &Path) -> Option<(Browser, Served, String)> {
    let browser = Browser::start(here)?;
    store(here);
    let (server, address) = serve(here);
    Some((browser, server, address))
}

/// The least contrast of all texts against what is behind them (WCAG 2), with the text.
const CONTRAST: &str = r"(() => {
  const parts = (color) => {
    const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const light = ([r, g, b]) => [r, g, b].map((it) => it / 255)
    .map((it) => it <= 0.04045 ? it / 12.92 : ((it + 0.055) / 1.055) ** 2.4)
    .reduce((sum, it, at) => sum + it * [0.2126, 0.7152, 0.0722][at], 0);
  const behind = (it) => {
    for (let at = it; at; at = at.parentElement) {
      const color = parts(getComputedStyle(at).backgroundColor);
      if (color[3] === 255) return color;
    }
    return [255, 255, 255];
  };
  let least = [Infinity, ''];
  for (const it of document.body.querySelectorAll('*')) {
    const own = [...it.childNodes].some((child) => child.nodeType === 3 && child.textContent.trim());
    if (!own || !it.checkVisibility()) continue;
    const [a, b] = [light(parts(getComputedStyle(it).color)), light(behind(it))];
    const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (contrast < least[0]) least = [contrast, it.outerHTML.slice(0, 100)];
  }
  return least;
})()";

/// Whether all texts can be read, and what axe-core finds.
#[expect(
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a test looks into answers, and reads and shows what it checks with"
)]
fn examine(browser: &mut Browser, what: &str) {
    let least = browser.run(CONTRAST);
    assert!(least[0].as_f64().unwrap() >= 4.5, "{what}: {least}");
    let Some(axe) = std::env::var_os("BOMTRAIL_AXE") else {
        return;
    };
    browser.run(&(std::fs::read_to_string(axe).unwrap() + ";true"));
    let found = "axe.run(document).then((it) => it.violations.map((it) => [it.id, it.nodes.map((it) => it.html.slice(0, 200))]))";
    let found = browser.run(found);
    println!("axe-core, {what}: {found}");
    assert_eq!(found, json!([]), "{what}");
}

#[test]
fn the_page_shows_products_paths_and_the_timeline() {
    let folder = tempfile::tempdir().unwrap();
    let Some((mut browser, _server, address)) = start(folder.path()) else {
        return;
    };
    browser.look(WIDE, "light");
    browser.open(&address);
    let products = browser.text("document.body.innerHTML");
    assert!(products.contains("2 products in the store."), "{products}");
    browser.open(&[&address, QUESTION].concat());
    let found = browser.text("document.body.innerHTML");
    for text in [
        "2 products, 2 with it in the newest release.",
        "still shipped",
        "<li>web@1.2.0</li><li>log@1.0.3</li><li>bad@1.0.0</li>",
        "Timeline",
        "Download CSV",
        "unreviewed",
        "&lt;img src=x onerror=alert(1)&gt;",
    ] {
        assert!(found.contains(text), "{text} is missing: {found}");
    }
    assert!(!found.contains("<img"), "no element came out of data");
    browser.open(&[&address, "?q=ba"].concat());
    let nothing = browser.text("document.body.innerHTML");
    assert!(nothing.contains("Similar names"), "{nothing}");
}

#[test]
fn the_page_can_be_read_light_and_dark_wide_and_narrow() {
    let folder = tempfile::tempdir().unwrap();
    let Some((mut browser, _server, address)) = start(folder.path()) else {
        return;
    };
    let mut backgrounds = Vec::new();
    for scheme in ["light", "dark"] {
        for (size, name) in [(WIDE, "wide"), (NARROW, "narrow")] {
            browser.look(size, scheme);
            for (query, page) in [("", "products"), (QUESTION, "package")] {
                browser.open(&[&address, query].concat());
                let what = [page, scheme, name].join("-");
                examine(&mut browser, &what);
                browser.picture(&format!("fleet-{what}.png"));
                let root = "document.documentElement";
                let sideways = browser.run(&format!("{root}.scrollWidth > {root}.clientWidth"));
                assert_eq!(sideways, json!(false), "{what} scrolls sideways");
            }
        }
        // Each cell of a card is inside of the page, with its name before it.
        let cells = "[...document.querySelectorAll('td')].map((it) => \
                     [it.dataset.label, it.getBoundingClientRect().right <= innerWidth, it.scrollWidth <= it.clientWidth])";
        let cells = browser.run(cells);
        for label in ["Phase", "Approval", "Path"] {
            let is_shown = |it: &serde_json::Value| *it == json!([label, true, true]);
            assert!(
                cells.as_array().unwrap().iter().any(is_shown),
                "{label}: {cells}"
            );
        }
        backgrounds.push(browser.text("getComputedStyle(document.body).backgroundColor"));
    }
    assert_eq!(backgrounds, ["rgb(247, 248, 250)", "rgb(20, 23, 28)"]);
}

#[test]
fn the_page_works_by_keyboard() {
    let folder = tempfile::tempdir().unwrap();
    let Some((mut browser, _server, address)) = start(folder.path()) else {
        return;
    };
    browser.look(WIDE, "light");
    browser.open(&address);
    // Each stop has an outline, and is on the page.
    let stop = "(() => { const it = document.activeElement, box = it.getBoundingClientRect(), style = getComputedStyle(it); \
                return [it.id || it.className || it.textContent, style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 \
                && box.left >= 0 && box.width > 0]; })()";
    for name in ["skip", "bomtrail fleet", "q"] {
        browser.press("Tab", 9);
        assert_eq!(browser.run(stop), json!([name, true]));
    }
    browser.type_text("bad@1.0.0");
    browser.press("Enter", 13);
    browser.until("location.search === '?q=bad%401.0.0'");
    browser.wait();
    let status = browser.text("document.getElementById('status').textContent");
    assert_eq!(status, "2 products, 2 with it in the newest release.");
    let title = browser.text("document.title");
    assert_eq!(title, "bad@1.0.0 - bomtrail fleet");
    // The first stop skips the search.
    browser.run("document.activeElement.blur()");
    browser.press("Tab", 9);
    assert_eq!(browser.run(stop), json!(["skip", true]));
    browser.picture("fleet-skip.png");
    browser.press("Enter", 13);
    browser.until("document.activeElement.id === 'results'");
    for name in ["button plain", "button plain", "button plain", "scroll"] {
        browser.press("Tab", 9);
        assert_eq!(browser.run(stop), json!([name, true]));
    }
    // A package of the first page is a link, so that nothing needs a pointer.
    browser.open(&address);
    let focus = "document.querySelector('td a, tbody th a').focus(); true";
    browser.run(focus);
    browser.press("Enter", 13);
    browser.until("location.search.startsWith('?q=pkg')");
    browser.wait();
}
