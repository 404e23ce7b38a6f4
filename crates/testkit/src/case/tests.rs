use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;

use super::{Case, Outputs, run_cases};

/// A folder of cases, taken away at the end.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str) -> Self {
        let path =
            std::env::temp_dir().join(format!("bomtrail-testkit-{}-{name}", std::process::id()));
        fs::create_dir_all(path.join("rule")).unwrap();
        Self(path)
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.0.join("rule").join(name), text).unwrap();
    }

    /// The message of a failed run; `None` when it passes.
    fn run(&self, found: &str) -> Option<String> {
        let run = |_: &Case| Outputs::default().with("expected.text", found.to_owned());
        let result = catch_unwind(AssertUnwindSafe(|| run_cases(&self.0, run, false)));
        result.err().map(|it| *it.downcast::<String>().unwrap())
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).unwrap();
    }
}

#[test]
fn what_is_found_must_be_what_is_expected() {
    let scratch = Scratch::new("compare");
    assert!(
        scratch
            .run("a\n")
            .unwrap()
            .contains("expected.text is missing")
    );
    scratch.write("expected.text", "a\nb\nc\n");
    assert_eq!(scratch.run("a\nb\nc\n"), None);
    let message = scratch.run("a\nx\nc\n").unwrap();
    assert!(
        message.contains("line 2:\n  a\n- b\n+ x\n  c\n"),
        "{message}"
    );
    scratch.write("expected.other", "");
    assert!(
        scratch
            .run("a\nb\nc\n")
            .unwrap()
            .contains("expected.other is nothing")
    );
}

#[test]
fn an_update_writes_what_is_found_and_removes_the_rest() {
    let scratch = Scratch::new("update");
    scratch.write("expected.other", "");
    run_cases(
        &scratch.0,
        |_: &Case| Outputs::default().with("expected.text", "a\n".to_owned()),
        true,
    );
    assert_eq!(scratch.run("a\n"), None);
}

#[test]
fn readers_do_not_see_expectations() {
    let scratch = Scratch::new("hidden");
    scratch.write("expected.text", "");
    scratch.write("input", "");
    let seen = |case: &Case| Outputs::default().with("expected.text", case.folder.all().join(" "));
    run_cases(&scratch.0, seen, true);
    assert_eq!(scratch.run("input"), None);
}

#[test]
#[should_panic(expected = "no cases in")]
fn no_cases_prove_nothing() {
    run_cases(
        &PathBuf::from("does-not-exist"),
        |_: &Case| Outputs::default(),
        false,
    );
}
