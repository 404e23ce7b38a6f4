//! The packages in `target/dist`, installed in fresh folders: each makes the same SBOM of a fixture. `cargo xtask dist` writes
//! them; before that, these tests are skipped.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::checkout;
use crate::dist::target::Target;

/// The packages for this machine.
struct Packages {
    folder: PathBuf,
    names: Vec<String>,
}

impl Packages {
    fn find() -> Option<Self> {
        let folder = checkout::root().join("target/dist");
        let sums = ["SHA256SUMS-", Target::here()?.triple].concat();
        let Ok(text) = checkout::read(&folder.join(&sums)) else {
            eprintln!("skipped: `cargo xtask dist` was not run");
            return None;
        };
        printed(
            Command::new("sha256sum")
                .args(["--check", "--strict", "--quiet", &sums])
                .current_dir(&folder),
        );
        let names = text.lines().filter_map(|it| it.split_once("  "));
        let names = names.map(|(_, name)| name.to_owned()).collect();
        Some(Self { folder, names })
    }

    fn ending(&self, ending: &str) -> Vec<PathBuf> {
        let names = self.names.iter().filter(|it| it.ends_with(ending));
        names.map(|it| self.folder.join(it)).collect()
    }
}

/// What a command prints; it succeeds.
fn printed(command: &mut Command) -> String {
    let output = command.output().unwrap();
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?}: {error}");
    String::from_utf8(output.stdout).unwrap()
}

fn is_installed(program: &str) -> bool {
    let is_there = Command::new(program).arg("--version").output().is_ok();
    if !is_there {
        eprintln!("skipped: `{program}` is not installed");
    }
    is_there
}

/// The SBOM that an installed program makes.
fn sbom(program: &Path) -> String {
    let project = checkout::root().join("fixtures/npm/basic");
    printed(
        Command::new(program)
            .args(["sbom", "--timestamp", "2026-01-01T00:00:00Z"])
            .current_dir(project),
    )
}

/// The program of the release archive, unpacked.
fn unpacked(packages: &Packages, folder: &Path) -> PathBuf {
    let archive = packages.ending(".tar.gz").remove(0);
    printed(
        Command::new("tar")
            .arg("-xzf")
            .arg(&archive)
            .arg("-C")
            .arg(folder),
    );
    let name = archive.file_name().unwrap().to_str().unwrap();
    folder
        .join(name.trim_end_matches(".tar.gz"))
        .join("bomtrail")
}

#[test]
fn every_package_installs_and_makes_the_same_sbom() {
    let Some(packages) = Packages::find() else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    let expected = sbom(&unpacked(&packages, root));
    assert!(expected.contains("pkg:npm/basket@2.1.0"), "{expected}");
    for install in [npm, wheel, debian] {
        if let Some(program) = install(&packages, root) {
            assert!(sbom(&program) == expected, "{}", program.display());
        }
    }
}

fn npm(packages: &Packages, root: &Path) -> Option<PathBuf> {
    is_installed("npm").then(|| {
        let prefix = root.join("npm");
        printed(
            Command::new("npm")
                .args([
                    "install",
                    "--offline",
                    "--ignore-scripts",
                    "--allow-file=all",
                ])
                .args(["--no-audit", "--no-fund", "--no-update-notifier"])
                .arg("--prefix")
                .arg(&prefix)
                .args(packages.ending(".tgz"))
                .env("HOME", root)
                .current_dir(root),
        );
        prefix.join("node_modules/.bin/bomtrail")
    })
}

fn wheel(packages: &Packages, root: &Path) -> Option<PathBuf> {
    is_installed("python3").then(|| {
        let target = root.join("python");
        printed(
            Command::new("python3")
                .args(["-m", "venv", "--without-pip"])
                .arg(&target),
        );
        printed(
            Command::new("python3")
                .args(["-m", "pip", "--python"])
                .arg(target.join("bin/python"))
                .args(["install", "--no-index", "--no-deps", "--quiet"])
                .args(["--disable-pip-version-check"])
                .args(packages.ending(".whl")),
        );
        target.join("bin/bomtrail")
    })
}

fn debian(packages: &Packages, root: &Path) -> Option<PathBuf> {
    is_installed("dpkg").then(|| {
        let target = root.join("debian");
        Command::new("mkdir").arg(&target).status().unwrap();
        printed(
            Command::new("dpkg")
                .args(["--force-not-root", "--force-depends", "--log=/dev/null"])
                .arg(["--root=", target.to_str().unwrap()].concat())
                .arg("--install")
                .args(packages.ending(".deb")),
        );
        let page = target.join("usr/share/man/man1/bomtrail-sbom.1.gz");
        assert!(page.exists(), "{}", page.display());
        target.join("usr/bin/bomtrail")
    })
}

#[test]
fn the_packages_name_the_oldest_c_library_that_the_program_runs_with() {
    let Some(packages) = Packages::find() else {
        return;
    };
    if !is_installed("objdump") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let program = unpacked(&packages, folder.path());
    let symbols = printed(Command::new("objdump").arg("-T").arg(program));
    let minors = symbols.split("(GLIBC_2.").skip(1).filter_map(|it| {
        let (version, _) = it.split_once(')')?;
        version.split('.').next()?.parse::<u32>().ok()
    });
    let floor = minors.max().unwrap();
    let wheel = packages.ending(".whl").remove(0);
    let tag = format!("manylinux_2_{floor}_");
    assert!(
        wheel.to_string_lossy().contains(&tag),
        "{floor}: {}",
        wheel.display()
    );
    let package = packages.ending(".deb").remove(0);
    let depends = printed(
        Command::new("dpkg-deb")
            .arg("-f")
            .arg(package)
            .arg("Depends"),
    );
    assert!(
        depends.contains(&format!("libc6 (>= 2.{floor})")),
        "{depends}"
    );
}
