//! Every way in which a project can install something else than it seems to: `exec` refuses it, and nothing that is not
//! approved runs. With `BOMTRAIL_THOROUGH=1` the tricks are played on npm itself, which shows that they are real.

mod table;

use std::path::{Path, PathBuf};
use std::process::Command;

use table::Edit::{self, Rename, Replace, Write};
use table::Effect::{Installs, Nothing, Runs};
use table::{HONEST, TRICKS};

use super::registry::{Package, Registry, Source, npm, pack};
use crate::run::{bomtrail, put};

/// A package of an attacker: its script leaves a file in the project.
fn evil(name: &'static str, version: &'static str) -> Source {
    Source {
        name,
        version,
        fields: r#", "scripts": {"postinstall": "node run.js"}"#,
        files: vec![(
            "run.js",
            "require('fs').writeFileSync(process.env.INIT_CWD + '/executed', '')",
        )],
    }
}

/// The packages, those that are approved first, and the attacker's own `good@1.0.0`.
fn packages(home: &Path) -> Option<(Vec<Package>, Package)> {
    let plain = |name, fields| Source {
        name,
        version: "1.0.0",
        fields,
        files: vec![("index.js", "")],
    };
    let mut carrier = plain(
        "carrier",
        r#", "dependencies": {"inner": "*"}, "bundleDependencies": ["inner"]"#,
    );
    carrier.files.push((
        "node_modules/inner/package.json",
        r#"{"name": "inner", "version": "1.0.0"}"#,
    ));
    let all = [
        plain("good", ""),
        plain("other", r#", "dependencies": {"good": "^1.0.0"}"#),
        carrier,
        evil("inner", "1.0.0"),
        evil("good", "1.0.1"),
    ];
    let all = pack(&home.join("honest"), &all)?;
    let false_good = pack(&home.join("false"), &[evil("good", "1.0.0")])?.pop()?;
    Some((all, false_good))
}

/// The texts of a project, with addresses and digests filled in.
struct Filled<'p> {
    packages: &'p [Package],
    /// The attacker's archive.
    archive: &'p Package,
    port: u16,
}

impl Filled<'_> {
    fn text(&self, text: &str) -> String {
        // npm fetches what has the public registry's own host from the registry that is configured.
        let public = ["https://registry", "npmjs.org"].join(".");
        let mut text = text
            .replace("{public}", &public)
            .replace("{here}", &format!("http://127.0.0.1:{}", self.port));
        for package in self.packages.iter().filter(|it| it.version != "1.0.1") {
            text = text.replace(&["{", &package.name, "}"].concat(), &package.integrity);
        }
        text.replace("{false}", &self.archive.integrity)
    }

    /// Makes the honest project with changes in it.
    fn project(&self, folder: &Path, edits: &[Edit]) {
        let mut files: Vec<(&str, String)> = HONEST
            .iter()
            .map(|(path, text)| (*path, (*text).to_owned()))
            .collect();
        for edit in edits {
            match edit {
                Replace(path, old, new) => {
                    let file = files.iter_mut().find(|(it, _)| it == path).unwrap();
                    assert!(file.1.contains(old), "`{old}` is not in {path}");
                    file.1 = file.1.replacen(old, new, 1);
                }
                Write(path, text) => {
                    files.retain(|(it, _)| it != path);
                    files.push((path, (*text).to_owned()));
                }
                Rename(path, to) => {
                    let file = files.iter_mut().find(|(it, _)| it == path).unwrap();
                    file.0 = to;
                }
            }
        }
        for (path, text) in files {
            put(folder, path, &self.text(&text));
        }
    }
}

/// A project for a trick, with the attacker's archive in the places that specifiers name.
fn prepare(home: &Path, name: &str, edits: &[Edit], filled: &Filled<'_>) -> PathBuf {
    let folder = home.join(name.replace([' ', ','], "-")).join("project");
    filled.project(&folder, edits);
    for path in [
        "vendor/x.tgz",
        "^1.0.0 || vendor/x.tgz",
        "^1.0.0 x.tgz",
        "lib/^1.0.0 || ../vendor/x.tgz",
    ] {
        let path = folder.join(path);
        bomtrail::write::make_folder(path.parent().unwrap()).unwrap();
        bomtrail::write::write_atomic::<std::io::Error>(&path, |out| {
            std::io::Write::write_all(out, &filled.archive.tarball)
        })
        .unwrap();
    }
    put(
        &folder,
        "vendor/good/run.js",
        "require('fs').writeFileSync(process.env.INIT_CWD + '/executed', '')",
    );
    folder
}

/// A command in the project, with npm and the registry in reach.
pub(super) fn with_registry(mut command: Command, home: &Path, port: u16) -> (i32, String) {
    let settings = [
        ("registry", format!("http://127.0.0.1:{port}/")),
        ("audit", "false".to_owned()),
        ("fund", "false".to_owned()),
        ("update_notifier", "false".to_owned()),
    ];
    command
        .env("PATH", std::env::var_os("PATH").unwrap())
        .env("HOME", home)
        .env("npm_config_cache", home.join("cache"))
        .envs(settings.map(|(key, value)| (format!("npm_config_{key}"), value)));
    let output = command.output().unwrap();
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    (output.status.code().unwrap(), text)
}

/// Whether a script ran that is not approved.
fn has_run(folder: &Path) -> bool {
    let here = ["executed", "executed-by-lockfile"];
    here.iter()
        .any(|it| folder.join(it).exists() || folder.join("..").join(it).exists())
}

/// Whether something is installed that is not approved.
fn has_installed(folder: &Path) -> bool {
    let modules = folder.join("node_modules");
    let strange = [
        ".bin/tool",
        "good/run.js",
        "carrier/node_modules/inner/run.js",
    ];
    let is_link = modules.join("good").is_symlink();
    is_link || strange.iter().any(|it| modules.join(it).exists())
}

#[test]
fn no_trick_installs_or_runs_what_is_not_approved() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    let Some((packages, archive)) = packages(home) else {
        return;
    };
    let registry = Registry::serve(&packages, &[("/false.tgz", &archive)]);
    let port = registry.port;
    let filled = Filled {
        packages: &packages,
        archive: &archive,
        port,
    };
    let exec = |folder: &Path| {
        let mut command = bomtrail(folder);
        command.args(["exec", "--", "npm", "ci"]);
        with_registry(command, home, port)
    };
    let honest = prepare(home, "honest", &[], &filled);
    let (code, shown) = exec(&honest);
    assert_eq!(code, 0, "{shown}");
    assert!(!has_run(&honest));
    registry.asked.lock().unwrap().clear();
    for trick in bomtrail_testkit::sample(TRICKS.iter().collect(), 5) {
        let folder = prepare(home, trick.name, trick.edits, &filled);
        let (code, shown) = exec(&folder);
        assert!(matches!(code, 1 | 2), "{}: {code}\n{shown}", trick.name);
        assert!(!has_run(&folder), "{}", trick.name);
        // A lockfile cannot show which commands an archive declares: this is found after the installation.
        let found_late = shown.contains("a command that its package does not declare");
        let installed = folder.join("node_modules").exists();
        let asked = std::mem::take(&mut *registry.asked.lock().unwrap());
        let nothing = !installed && asked.is_empty();
        assert!(nothing || found_late, "{}: {shown}", trick.name);
    }
}

#[test]
fn the_tricks_work_on_npm_itself() {
    if bomtrail_testkit::cases(0, 1) == 0 {
        return;
    }
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    let Some((packages, archive)) = packages(home) else {
        return;
    };
    let version = npm(home).unwrap().arg("--version").output().unwrap();
    if !version.stdout.starts_with(b"11.") {
        return;
    }
    let registry = Registry::serve(&packages, &[("/false.tgz", &archive)]);
    let filled = Filled {
        packages: &packages,
        archive: &archive,
        port: registry.port,
    };
    let mut other = Vec::new();
    for trick in TRICKS {
        let folder = prepare(home, trick.name, trick.edits, &filled);
        let mut command = npm(home).unwrap();
        command.arg("ci").current_dir(&folder);
        let (code, shown) = with_registry(command, home, registry.port);
        let effect = match code {
            _ if has_run(&folder) => Runs,
            0 if has_installed(&folder) => Installs,
            _ => Nothing,
        };
        if effect != trick.effect {
            other.push(format!("{}: {effect:?}, exit {code}\n{shown}", trick.name));
        }
    }
    assert!(other.is_empty(), "{}", other.join("\n"));
}
