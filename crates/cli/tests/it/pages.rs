//! Every console block of the README and of the user guide runs: commands succeed, and the output that a page shows is the
//! output of the command. `BOMTRAIL_UPDATE_PAGES=1` writes the present output into the pages.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::run::{names, put};

/// The folder of the repository.
fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A folder with what the pages name, and where the commands of a page run.
struct Session {
    folder: tempfile::TempDir,
}

impl Session {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        for name in ["fixtures", "crates"] {
            let from = repository().join(name);
            let mut link = Command::new("ln");
            link.arg("-s").arg(from).arg(folder.path().join(name));
            assert!(link.status().unwrap().success());
        }
        put(
            folder.path(),
            "home/.gitconfig",
            "[user]\nname = A. Dev\nemail = dev@example.com\n",
        );
        put(folder.path(), "here", folder.path().to_str().unwrap());
        Self { folder }
    }

    /// Copies the files of a project into the present folder.
    fn project(&self, name: &str) {
        let from = repository().join(name);
        for file in names(&from) {
            let mut copy = Command::new("cp");
            copy.arg("-r").arg(from.join(file)).arg(self.folder.path());
            assert!(copy.status().unwrap().success());
        }
    }

    /// Runs a command where the one before ended; whether it succeeded, and what it printed.
    fn run(&self, command: &str) -> (bool, String) {
        let here = self.folder.path().join("here");
        let script = format!(
            "exec 2>&1; cd \"$(cat '{0}')\"; {command}\ncode=$?; pwd > '{0}'; exit $code",
            here.display()
        );
        let program = Path::new(env!("CARGO_BIN_EXE_bomtrail")).parent().unwrap();
        let mut paths = vec![program.to_path_buf()];
        paths.extend(std::env::split_paths(&std::env::var_os("PATH").unwrap()));
        let output = Command::new("sh")
            .args(["-c", &script])
            .env_clear()
            .env("PATH", std::env::join_paths(paths).unwrap())
            .env("HOME", self.folder.path().join("home"))
            .output()
            .unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        (output.status.success(), text)
    }
}

/// The commands of the first block build the program and run the tests, which is what happens here.
fn as_run_here(command: &str) -> String {
    let command = command.replace("cargo run --release -p bomtrail-cli -- ", "bomtrail ");
    command.replace("cargo test --workspace", "true")
}

/// Runs the blocks of a page; gives it with the output that its commands have now.
fn run(page: &str) -> String {
    let session = Session::new();
    let mut result = String::new();
    let mut lines = page.lines().peekable();
    let mut is_console = false;
    while let Some(line) = lines.next() {
        result.push_str(line);
        result.push('\n');
        if let Some(project) = line.strip_prefix("<!-- project: ") {
            session.project(project.trim_end_matches(" -->"));
        }
        is_console = match line {
            "```console" => true,
            "```" => false,
            _ => is_console,
        };
        let Some(command) = line.strip_prefix("$ ").filter(|_| is_console) else {
            continue;
        };
        let mut expected = String::new();
        while let Some(line) = lines.next_if(|it| !it.starts_with("$ ") && *it != "```") {
            expected.push_str(line);
            expected.push('\n');
        }
        let (is_success, printed) = session.run(&as_run_here(command));
        if expected.is_empty() {
            assert!(is_success, "{command}\n{printed}");
        } else {
            result.push_str(&printed);
        }
    }
    result
}

fn check(path: &str) {
    let path = repository().join(path);
    let (folder, name) = (path.parent().unwrap(), path.file_name().unwrap());
    let page = crate::run::get(folder, name.to_str().unwrap());
    let now = run(&page);
    if std::env::var_os("BOMTRAIL_UPDATE_PAGES").is_some() {
        put(folder, name.to_str().unwrap(), &now);
    } else {
        assert_eq!(
            page, now,
            "BOMTRAIL_UPDATE_PAGES=1 writes the present output"
        );
    }
}

#[test]
fn every_block_of_the_readme_runs() {
    check("README.md");
}

/// The pages of the guide that people write.
fn guide() -> Vec<String> {
    let mut pages = names(&repository().join("crates/cli/docs"));
    pages.retain(|it| {
        Path::new(it).extension().is_some_and(|it| it == "md")
            && !["SUMMARY.md", "diagnostics.md"].contains(&it.as_str())
    });
    pages
}

#[test]
fn every_block_of_the_guide_runs() {
    for page in guide() {
        if page == "fleet.md" && !cfg!(feature = "fleet") {
            continue;
        }
        check(&["crates/cli/docs/", &page].concat());
    }
}

#[test]
fn the_book_has_every_page_and_its_links_lead_somewhere() {
    let folder = repository().join("crates/cli/docs");
    let mut pages = guide();
    pages.push("diagnostics.md".to_owned());
    let summary = crate::run::get(&folder, "SUMMARY.md");
    for page in &pages {
        assert!(summary.contains(&format!("]({page})")), "{page}");
    }
    pages.push("SUMMARY.md".to_owned());
    for page in pages {
        let text = crate::run::get(&folder, &page);
        let targets = text.split("](").skip(1).filter_map(|it| it.split_once(')'));
        for (target, _) in targets.filter(|(it, _)| !it.contains("://")) {
            let file = target.split('#').next().unwrap();
            assert!(folder.join(file).exists(), "{page}: {target}");
        }
    }
}
