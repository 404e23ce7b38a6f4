//! The packages of a small program.

mod installed;

use std::io::Read as _;

use super::payload::{Entry, Payload};
use super::release::Release;
use super::target::Target;
use super::{archive, deb, npm, wheel};

fn release() -> Release {
    Release {
        version: "1.2.3".to_owned(),
        target: Target::named("x86_64-unknown-linux-gnu").unwrap(),
        commit: None,
        seconds: 1_795_000_000,
    }
}

fn payload() -> Payload {
    Payload {
        program: Entry::program("bomtrail", "program"),
        licenses: vec![Entry::new("LICENSE-MIT", "text")],
        completions: vec![("bash", Entry::new("bomtrail", "complete"))],
        pages: vec![Entry::new("bomtrail.1", "page")],
        readme: Entry::new("README.md", "read me"),
        sbom: Vec::new(),
        glibc: Some((2, 17)),
    }
}

/// The paths of a compressed tar file, with their modes.
fn listed(bytes: &[u8]) -> Vec<(String, u32)> {
    let mut archive = tar::Archive::new(flate2::read::GzDecoder::new(bytes));
    let entries = archive.entries().unwrap().map(|entry| {
        let entry = entry.unwrap();
        let path = entry.path().unwrap().to_string_lossy().into_owned();
        (path, entry.header().mode().unwrap())
    });
    entries.collect()
}

#[test]
fn an_archive_has_one_folder_and_the_same_bytes_each_time() {
    let one = archive::of(&release(), &payload()).unwrap();
    let other = archive::of(&release(), &payload()).unwrap();
    assert!(one.bytes == other.bytes);
    assert_eq!(one.name, "bomtrail-1.2.3-x86_64-unknown-linux-gnu.tar.gz");
    let folder = "bomtrail-1.2.3-x86_64-unknown-linux-gnu/";
    let paths = listed(&one.bytes);
    assert!(paths.iter().all(|(path, _)| path.starts_with(folder)));
    assert!(paths.contains(&([folder, "bomtrail"].concat(), 0o755)));
    assert!(paths.contains(&([folder, "man/bomtrail.1"].concat(), 0o644)));
}

#[test]
fn the_npm_launcher_names_every_platform_in_its_own_version() {
    let [launcher, program] = npm::packages(&release(), &payload()).unwrap();
    assert_eq!(launcher.name, "bomtrail-1.2.3.tgz");
    assert_eq!(program.name, "bomtrail-cli-linux-x64-1.2.3.tgz");
    let manifest = |bytes: &[u8]| {
        let mut archive = tar::Archive::new(flate2::read::GzDecoder::new(bytes));
        let mut entries = archive.entries().unwrap().map(Result::unwrap);
        let mut entry = entries
            .find(|it| it.path().unwrap().ends_with("package.json"))
            .unwrap();
        let mut text = String::new();
        entry.read_to_string(&mut text).unwrap();
        serde_json::from_str::<serde_json::Value>(&text).unwrap()
    };
    let launcher = manifest(&launcher.bytes);
    assert_eq!(
        launcher["optionalDependencies"]["@bomtrail/cli-linux-x64"],
        "1.2.3"
    );
    assert!(launcher.get("scripts").is_none());
    let program = manifest(&program.bytes);
    assert_eq!(program["os"][0], "linux");
    assert_eq!(program["libc"][0], "glibc");
}

#[test]
fn a_wheel_names_the_oldest_c_library_and_lists_every_file() {
    let wheel = wheel::of(&release(), &payload()).unwrap().unwrap();
    assert_eq!(
        wheel.name,
        "bomtrail-1.2.3-py3-none-manylinux_2_17_x86_64.whl"
    );
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(wheel.bytes)).unwrap();
    let names: Vec<String> = zip
        .file_names()
        .map(|it| it.unwrap().into_owned())
        .collect();
    let mut record = String::new();
    let mut file = zip.by_name("bomtrail-1.2.3.dist-info/RECORD").unwrap();
    file.read_to_string(&mut record).unwrap();
    for name in names {
        assert!(record.contains(&[&name, ","].concat()), "{name}");
    }
}

#[test]
fn a_debian_package_has_three_parts_and_states_its_libraries() {
    let package = deb::of(&release(), &payload()).unwrap().unwrap();
    assert_eq!(package.name, "bomtrail_1.2.3_amd64.deb");
    let mut parts = ar::Archive::new(&*package.bytes);
    let mut names = Vec::new();
    while let Some(part) = parts.next_entry() {
        let mut part = part.unwrap();
        let name = String::from_utf8_lossy(part.header().identifier()).into_owned();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).unwrap();
        if name == "data.tar.gz" {
            let paths = listed(&bytes);
            assert!(
                paths.contains(&("usr/bin/bomtrail".to_owned(), 0o755)),
                "{paths:?}"
            );
            // dpkg creates no folder that is not listed before its files.
            let at = |path: &str| paths.iter().position(|(it, _)| it == path);
            assert!(at("usr/bin/").unwrap() < at("usr/bin/bomtrail").unwrap());
        }
        names.push(name);
    }
    assert_eq!(names, ["debian-binary", "control.tar.gz", "data.tar.gz"]);
}
