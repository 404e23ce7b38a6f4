//! Headless Chromium (Debian's package), driven over its `DevTools` protocol: messages of JSON that end with a zero byte, on
//! the descriptors 3 and 4.

#![expect(
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a test looks into answers, says what it skips and stores pictures"
)]

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use base64::Engine as _;
use serde_json::{Value, json};

const BROWSERS: [&str; 3] = [
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
];
/// How long a page may take until something is true of it.
const PATIENCE: Duration = Duration::from_secs(30);

/// A browser with one page.
pub(super) struct Browser {
    child: Child,
    to: ChildStdin,
    from: BufReader<ChildStdout>,
    session: Option<String>,
    last: u64,
}

impl Drop for Browser {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

impl Browser {
    /// Starts a browser with a profile in this folder; `None` with a message when none is installed.
    pub(super) fn start(folder: &Path) -> Option<Self> {
        let Some(browser) = BROWSERS.into_iter().find(|it| Path::new(it).exists()) else {
            println!("skipped: Chromium is not installed (Debian's package `chromium`)");
            return None;
        };
        let profile = format!("--user-data-dir={}", folder.join("profile").display());
        let script = "exec \"$0\" \"$@\" 3<&0 4>&1 0</dev/null 1>/dev/null 2>/dev/null";
        let mut child = Command::new("/bin/sh")
            .args(["-c", script, browser, "--headless=new", "--no-sandbox"])
            .args(["--disable-gpu", "--remote-debugging-pipe", &profile])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (to, from) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
        let mut browser = Self {
            child,
            to,
            from: BufReader::new(from),
            session: None,
            last: 0,
        };
        let page = browser.ask("Target.createTarget", &json!({"url": "about:blank"}));
        let target = json!({"targetId": page["targetId"], "flatten": true});
        let attached = browser.ask("Target.attachToTarget", &target);
        browser.session = attached["sessionId"].as_str().map(str::to_owned);
        Some(browser)
    }

    /// The result of a method of the protocol.
    fn ask(&mut self, method: &str, parameters: &Value) -> Value {
        self.last += 1;
        let mut message = json!({"id": self.last, "method": method, "params": parameters});
        if let Some(session) = &self.session {
            message["sessionId"] = json!(session);
        }
        self.to.write_all(message.to_string().as_bytes()).unwrap();
        self.to.write_all(&[0]).unwrap();
        loop {
            let mut answer = Vec::new();
            self.from.read_until(0, &mut answer).unwrap();
            assert_eq!(answer.pop(), Some(0), "the browser ended: {method}");
            let answer: Value = serde_json::from_slice(&answer).unwrap();
            if answer["id"] == self.last {
                assert!(answer["error"].is_null(), "{method}: {answer}");
                return answer["result"].clone();
            }
        }
    }

    /// The size of the page in pixels, and its colours: `light` or `dark`.
    pub(super) fn look(&mut self, (width, height): (u32, u32), scheme: &str) {
        let size =
            json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": false});
        self.ask("Emulation.setDeviceMetricsOverride", &size);
        let feature = json!({"name": "prefers-color-scheme", "value": scheme});
        self.ask(
            "Emulation.setEmulatedMedia",
            &json!({"features": [feature]}),
        );
    }

    /// Opens an address and waits until the page has its answer.
    pub(super) fn open(&mut self, address: &str) {
        self.ask("Page.navigate", &json!({"url": address}));
        self.wait();
    }

    /// Waits until the page has its answer.
    pub(super) fn wait(&mut self) {
        let script = "document.readyState === 'complete' && !['', 'Loading…'].includes(document.getElementById('status')?.textContent ?? '')";
        self.until(script);
    }

    /// Waits until a script answers `true`.
    pub(super) fn until(&mut self, script: &str) {
        let start = Instant::now();
        while self.run(script) != json!(true) {
            assert!(start.elapsed() < PATIENCE, "never true: {script}");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// The value of a script, which may be a promise.
    pub(super) fn run(&mut self, script: &str) -> Value {
        let parameters = json!({"expression": script, "returnByValue": true, "awaitPromise": true});
        let answer = self.ask("Runtime.evaluate", &parameters);
        assert!(answer["exceptionDetails"].is_null(), "{script}: {answer}");
        answer["result"]["value"].clone()
    }

    /// The text of a script's value.
    pub(super) fn text(&mut self, script: &str) -> String {
        let value = self.run(script);
        value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned)
    }

    /// Presses a key, by its name and its number: `Tab`, 9.
    pub(super) fn press(&mut self, key: &str, number: u32) {
        let text = if key == "Enter" { "\r" } else { "" };
        for kind in ["keyDown", "keyUp"] {
            let mut event =
                json!({"type": kind, "key": key, "code": key, "windowsVirtualKeyCode": number});
            if kind == "keyDown" && !text.is_empty() {
                event["text"] = json!(text);
            }
            self.ask("Input.dispatchKeyEvent", &event);
        }
    }

    /// Types a text where the focus is.
    pub(super) fn type_text(&mut self, text: &str) {
        self.ask("Input.insertText", &json!({"text": text}));
    }

    /// Stores a picture of the page in the folder that `BOMTRAIL_PICTURES` names, if it does.
    pub(super) fn picture(&mut self, name: &str) {
        let Some(folder) = std::env::var_os("BOMTRAIL_PICTURES") else {
            return;
        };
        let answer = self.ask("Page.captureScreenshot", &json!({"format": "png"}));
        let engine = base64::engine::general_purpose::STANDARD;
        let bytes = engine.decode(answer["data"].as_str().unwrap()).unwrap();
        std::fs::write(Path::new(&folder).join(name), bytes).unwrap();
    }
}
