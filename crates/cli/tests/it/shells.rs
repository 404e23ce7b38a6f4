//! The completion scripts in the shells themselves: commands, values of options, and the workspaces of the present project. A
//! shell that is not installed is reported and left out.

use std::path::Path;
use std::process::Command;

use crate::run::{put, stdout};

/// A project with the workspaces `web` and `@ours/worker`.
fn project() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let lock = r#"{"name": "a", "lockfileVersion": 3, "packages": {"": {"name": "a", "workspaces": ["web", "worker"]},
      "node_modules/web": {"resolved": "web", "link": true}, "web": {"version": "1.0.0"},
      "node_modules/@ours/worker": {"resolved": "worker", "link": true},
      "worker": {"name": "@ours/worker", "version": "1.0.0"}}}"#;
    put(folder.path(), "package-lock.json", lock);
    folder
}

#[expect(clippy::print_stderr, reason = "a skipped test says so")]
fn skipped(shell: &str) {
    eprintln!("skipped: {shell} is not installed");
}

/// What a shell prints for a script, with the program on the search path; `None` when the shell is not installed.
fn run(shell: &[&str], folder: &Path, script: &str) -> Option<String> {
    let program = Path::new(env!("CARGO_BIN_EXE_bomtrail")).parent().unwrap();
    let mut paths = vec![program.to_path_buf()];
    paths.extend(std::env::split_paths(&std::env::var_os("PATH").unwrap()));
    let (name, arguments) = shell.split_first().unwrap();
    let output = Command::new(name)
        .args(arguments)
        .arg(script)
        .current_dir(folder)
        .env_clear()
        .env("PATH", std::env::join_paths(paths).unwrap())
        .env("HOME", folder)
        .env("TERM", "xterm")
        .output();
    let Ok(output) = output else {
        skipped(name);
        return None;
    };
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(errors.is_empty(), "{name}: {errors}");
    Some(String::from_utf8(output.stdout).unwrap())
}

/// What is typed, and candidates that must be offered.
const TYPED: [(&[&str], &[&str]); 5] = [
    (&["bomtrail", "sb"], &["sbom"]),
    (
        &["bomtrail", "sbom", "--format", "cyc"],
        &["cyclonedx-json", "cyclonedx-xml"],
    ),
    (&["bomtrail", "report", "--profile", "ci"], &["cisa-2026"]),
    (
        &["bomtrail", "check", "--deny", "approvals/unr"],
        &["approvals/unreviewed"],
    ),
    (
        &["bomtrail", "sbom", "--workspace", ""],
        &["web", "@ours/worker"],
    ),
];

fn offers(shell: &str, typed: &[&str], printed: &str, wanted: &[&str]) {
    for it in wanted {
        assert!(
            printed
                .lines()
                .any(|line| line.trim_end().split('\t').next() == Some(*it)),
            "{shell}, {typed:?}: no {it} in {printed:?}"
        );
    }
}

#[test]
fn bash_completes_commands_and_values() {
    let folder = project();
    for (typed, wanted) in TYPED {
        let words: Vec<String> = typed.iter().map(|it| format!("'{it}'")).collect();
        let script = format!(
            "source <(bomtrail completions bash); COMP_WORDS=({}); COMP_CWORD={}; COMP_TYPE=9
            _clap_complete_bomtrail bomtrail '{}' ''; printf '%s\\n' \"${{COMPREPLY[@]}}\"",
            words.join(" "),
            typed.len() - 1,
            typed.last().unwrap(),
        );
        let bash = ["bash", "--norc", "-c"];
        if let Some(printed) = run(&bash, folder.path(), &script) {
            offers("bash", typed, &printed, wanted);
        }
    }
}

#[test]
fn fish_completes_commands_and_values() {
    let folder = project();
    for (typed, wanted) in TYPED {
        let script = format!(
            "bomtrail completions fish | source; complete --do-complete '{}'",
            typed.join(" "),
        );
        if let Some(printed) = run(&["fish", "--no-config", "-c"], folder.path(), &script) {
            offers("fish", typed, &printed, wanted);
        }
    }
}

/// The functions that zsh shows candidates with print them instead; the rest is the script as it is.
#[test]
fn zsh_completes_commands_and_values() {
    let folder = project();
    for (typed, wanted) in TYPED {
        let words: Vec<String> = typed.iter().map(|it| format!("'{it}'")).collect();
        let script = format!(
            "compdef() {{ :; }}
            _describe() {{ local name=${{@[-1]}}; local all=(${{(P)name}}); printf '%s\\n' \"${{all[@]%%:*}}\"; }}
            source <(bomtrail completions zsh)
            words=({}); CURRENT={}; _clap_dynamic_completer_bomtrail",
            words.join(" "),
            typed.len(),
        );
        if let Some(printed) = run(&["zsh", "-f", "-c"], folder.path(), &script) {
            offers("zsh", typed, &printed, wanted);
        }
    }
}

#[test]
fn a_script_is_printed_for_every_shell() {
    let folder = project();
    for (shell, word) in [
        ("bash", "complete "),
        ("elvish", "edit:completion"),
        ("fish", "complete "),
        ("powershell", "Register-ArgumentCompleter"),
        ("zsh", "#compdef bomtrail"),
    ] {
        assert!(
            stdout(folder.path(), &["completions", shell]).contains(word),
            "{shell}"
        );
    }
}
