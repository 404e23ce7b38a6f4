//! Archives against repositories that are made on the spot: every verdict, and every way in which a source is not found.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bomtrail::approvals::Date;
use bomtrail::check::{CheckOptions, Checked};
use bomtrail::source_match::{
    FileMatch, SourceFormat, SourceReport, SourceRequest, Verdict, match_archive, write_sources,
};
use bomtrail::{ArchiveSources, ScanOptions};
use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha512};

/// A repository, and what is packed from it.
struct Workshop {
    folder: tempfile::TempDir,
}

const MANIFEST: &str = r#"{"name": "pkg", "version": "1.0.0", "main": "lib/index.js"}"#;

impl Workshop {
    fn new() -> Self {
        Self::with(&["init", "-q"])
    }

    fn with(init: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("repo")).unwrap();
        let workshop = Self { folder };
        workshop.git(init);
        workshop
    }

    fn repository(&self) -> PathBuf {
        self.folder.path().join("repo")
    }

    fn git(&self, arguments: &[&str]) -> String {
        git(&self.repository(), arguments)
    }

    fn put(&self, path: &str, text: &str) -> &Self {
        let path = self.repository().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        self
    }

    /// Commits everything under a tag, and returns the commit.
    fn release(&self, tag: &str) -> String {
        self.git(&["add", "-A"]);
        self.git(&["commit", "-q", "--allow-empty", "-m", tag]);
        self.git(&["tag", "-f", tag]);
        self.git(&["rev-parse", "HEAD"])
    }

    /// Packs these files below a folder.
    fn pack(&self, top: &str, files: &[(&str, &str)]) -> PathBuf {
        let gzip = GzEncoder::new(Vec::new(), Compression::default());
        let mut archive = tar::Builder::new(gzip);
        for (path, text) in files {
            let mut header = tar::Header::new_gnu();
            header.set_size(text.len() as u64);
            header.set_mode(0o644);
            let path = format!("{top}/{path}");
            archive
                .append_data(&mut header, path, text.as_bytes())
                .unwrap();
        }
        let bytes = archive.into_inner().unwrap().finish().unwrap();
        let path = self.folder.path().join("pkg-1.0.0.tgz");
        fs::write(&path, bytes).unwrap();
        path
    }

    /// Packs these files, and compares them with the repository.
    fn compare(&self, files: &[(&str, &str)]) -> SourceReport {
        let archive = self.pack("package", files);
        let request = SourceRequest::of(self.repository());
        match_archive(&archive, &request).unwrap()
    }
}

fn git(folder: &Path, arguments: &[&str]) -> String {
    let mut command = Command::new("git");
    command
        .current_dir(folder)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .args(["-c", "maintenance.auto=false"])
        .args(["-c", "user.name=t", "-c", "user.email=t@example.com"])
        .args([
            "-c",
            "protocol.file.allow=always",
            "-c",
            "commit.gpgsign=false",
        ]);
    let output = command.args(arguments).output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {output:?}");
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

fn file<'r>(report: &'r SourceReport, path: &str) -> &'r FileMatch {
    let found = report.files.iter().find(|it| it.path == path);
    found.unwrap_or_else(|| panic!("{path} is not in {:?}", report.files))
}

fn verdicts(report: &SourceReport) -> Vec<(&str, &str)> {
    let files = report.files.iter();
    let mut all: Vec<_> = files.map(|it| (&*it.path, it.verdict.name())).collect();
    all.sort_unstable();
    all
}

#[test]
fn files_are_the_same_moved_changed_or_from_another_commit() {
    let workshop = Workshop::new();
    workshop.put("old.js", "an older file\n").release("v0.9.0");
    fs::remove_file(workshop.repository().join("old.js")).unwrap();
    workshop
        .put("package.json", MANIFEST)
        .put("lib/index.js", "one\ntwo\n")
        .put("src/util.js", "moved\n")
        .put("README.md", "hello\n");
    let commit = workshop.release("v1.0.0");
    let report = workshop.compare(&[
        ("package.json", MANIFEST),
        ("lib/index.js", "one\nthree\nfour\n"),
        ("util.js", "moved\n"),
        ("before.js", "an older file\n"),
        ("README.md", "hello\n"),
    ]);
    assert_eq!(
        verdicts(&report),
        [
            ("README.md", "same"),
            ("before.js", "history"),
            ("lib/index.js", "changed"),
            ("package.json", "same"),
            ("util.js", "moved"),
        ]
    );
    assert_eq!(&*report.found.commit, commit);
    assert_eq!(&*report.found.named_by, "tag `v1.0.0`");
    let changed = file(&report, "lib/index.js");
    assert_eq!(changed.lines, Some((2, 1)));
    assert_eq!(changed.role.unwrap().name(), "entry point");
    assert_eq!(
        file(&report, "util.js").detail,
        "is `src/util.js` in the source"
    );
    assert!(!report.is_explained());
}

#[test]
fn an_archive_of_its_source_is_explained() {
    let workshop = Workshop::new();
    workshop
        .put("package.json", MANIFEST)
        .put("lib/index.js", "x\n");
    workshop.release("v1.0.0");
    let report = workshop.compare(&[("package.json", MANIFEST), ("lib/index.js", "x\n")]);
    assert!(report.is_explained());
    assert_eq!(report.found.evidence().state.name(), "verified");
    assert_eq!(report.swhids.len(), 2);
}

#[test]
fn line_ends_and_adapted_manifests_are_generated() {
    let workshop = Workshop::new();
    let source = r#"{"name": "pkg", "version": "0.0.0-dev", "scripts": {"test": "t", "build": "b"},
        "dependencies": {"a": "workspace:*", "b": "^1.0.0"}, "devDependencies": {"c": "1"}}"#;
    workshop
        .put("package.json", source)
        .put("index.js", "a\nb\n");
    workshop.put("win.js", "a\r\nb\r\nc\r\n");
    workshop.release("v1.0.0");
    let packed = r#"{"name": "pkg", "version": "1.0.0", "scripts": {"test": "t"},
        "dependencies": {"a": "2.0.0", "b": "^1.0.0"}}"#;
    let files = [
        ("package.json", packed),
        ("index.js", "a\r\nb\r\n"),
        ("win.js", "a\nb\nc\n"),
    ];
    let report = workshop.compare(&files);
    for path in ["package.json", "index.js", "win.js"] {
        assert_eq!(file(&report, path).verdict, Verdict::Generated, "{path}");
    }
    let detail = &file(&report, "package.json").detail;
    assert!(
        detail.contains("`version` set") && detail.contains("`devDependencies` removed"),
        "{detail}"
    );
}

/// A range of the workspace becomes a version, never another package.
#[test]
fn a_dependency_on_another_package_is_a_change() {
    for (range, verdict) in [
        ("^2.0.0", Verdict::Generated),
        ("npm:evil@2.0.0", Verdict::Changed),
        ("https://example.com/a.tgz", Verdict::Changed),
    ] {
        let workshop = Workshop::new();
        let manifest = |it: &str| {
            format!(r#"{{"name": "pkg", "version": "1.0.0", "dependencies": {{"a": "{it}"}}}}"#)
        };
        workshop
            .put("package.json", &manifest("workspace:^"))
            .release("v1.0.0");
        let report = workshop.compare(&[("package.json", &manifest(range))]);
        assert_eq!(file(&report, "package.json").verdict, verdict, "{range}");
    }
}

#[test]
fn a_script_that_only_the_archive_has_is_an_install_script_on_top() {
    let workshop = Workshop::new();
    workshop
        .put("package.json", MANIFEST)
        .put("lib/index.js", "x\n");
    workshop.release("v1.0.0");
    let packed = MANIFEST.replace('}', r#", "scripts": {"postinstall": "node setup"}}"#);
    let report = workshop.compare(&[
        ("package.json", &packed),
        ("lib/index.js", "x\n"),
        ("setup.js", "require('./data/blob')"),
        ("data/blob.js", "payload"),
        ("zzz.txt", "a note"),
    ]);
    let first: Vec<(&str, Option<&str>)> = report
        .files
        .iter()
        .take(3)
        .map(|it| {
            (
                &*it.path,
                it.role.map(bomtrail::source_match::FileRole::name),
            )
        })
        .collect();
    assert_eq!(
        first,
        [
            ("setup.js", Some("install script")),
            ("package.json", Some("install script")),
            ("data/blob.js", Some("named by code")),
        ]
    );
    assert_eq!(file(&report, "package.json").detail, "differs in `scripts`");
    assert_eq!(file(&report, "data/blob.js").detail, "named by `setup.js`");
    assert_eq!(file(&report, "zzz.txt").role, None);
}

/// The attack on xz: the archive has a build macro that the repository has not, and it unpacks a payload from a test file.
#[test]
fn a_build_file_that_only_the_archive_has_is_on_top() {
    let workshop = Workshop::new();
    let meta = r#"{"name": "Pkg", "version": "1.0", "meta-spec": {"version": 2}}"#;
    workshop
        .put("Makefile.PL", "WriteMakefile")
        .put("lib/Pkg.pm", "package Pkg;")
        .put("configure.ac", "AC_INIT")
        .put("tests/good.bin", "fine");
    workshop.release("v1.0");
    let archive = workshop.pack(
        "Pkg-1.0",
        &[
            ("META.json", meta),
            ("Makefile.PL", "WriteMakefile"),
            ("lib/Pkg.pm", "package Pkg;"),
            ("configure.ac", "AC_INIT"),
            ("tests/good.bin", "fine"),
            ("aaa.txt", "harmless"),
            ("tests/bad-3-corrupt.bin", "payload"),
            ("m4/build-to-host.m4", "gl_path=tests/bad-3-corrupt.bin"),
        ],
    );
    let request = SourceRequest::of(workshop.repository());
    let report = match_archive(&archive, &request).unwrap();
    let first: Vec<&str> = report.files.iter().take(2).map(|it| &*it.path).collect();
    assert_eq!(first, ["m4/build-to-host.m4", "tests/bad-3-corrupt.bin"]);
    assert_eq!(file(&report, "META.json").verdict, Verdict::Generated);
    let mut text = Vec::new();
    write_sources(&[report], SourceFormat::Text, bomtrail::TOOL, &mut text).unwrap();
    let text = String::from_utf8(text).unwrap();
    let line = text.lines().nth(2).unwrap();
    assert!(line.contains("m4/build-to-host.m4 [build]"), "{text}");
}

#[test]
fn machine_code_that_is_not_in_the_source_is_code() {
    let workshop = Workshop::new();
    workshop.put("package.json", MANIFEST).release("v1.0.0");
    let report = workshop.compare(&[
        ("package.json", MANIFEST),
        ("prebuilds/linux/x.node", "\u{7f}ELF\u{2}\u{1}"),
    ]);
    let code = &report.found.unexplained_code;
    let wanted = ("prebuilds/linux/x.node".into(), "machine code".into());
    assert_eq!(**code, [wanted]);
}

#[test]
fn a_package_of_a_monorepo_is_found_by_its_manifest() {
    let workshop = Workshop::new();
    workshop
        .put("package.json", r#"{"name": "root", "private": true}"#)
        .put("packages/pkg/package.json", MANIFEST)
        .put("packages/pkg/lib/index.js", "x\n")
        .put("packages/other/package.json", r#"{"name": "other"}"#)
        .put("LICENSE", "terms\n");
    workshop.release("pkg@1.0.0");
    let files = [
        ("package.json", MANIFEST),
        ("lib/index.js", "x\n"),
        ("LICENSE", "terms\n"),
    ];
    let report = workshop.compare(&files);
    assert_eq!(&*report.found.folder, "packages/pkg");
    assert_eq!(report.found.summary(), "same 2, moved 1");
    let archive = workshop.pack("package", &files);
    let other = SourceRequest::of(workshop.repository()).folder(Some("packages/other".to_owned()));
    let report = match_archive(&archive, &other).unwrap();
    assert_eq!(report.found.summary(), "moved 3");
    let none = SourceRequest::of(workshop.repository()).folder(Some("packages/gone".to_owned()));
    let report = match_archive(&archive, &none).unwrap();
    assert_eq!(
        &*report.found.reason,
        "the commit has no folder `packages/gone`"
    );
}

#[test]
fn files_of_submodules_are_compared_where_they_are_there() {
    let inner = Workshop::new();
    inner.put("code.js", "inner\n").release("v1");
    let workshop = Workshop::new();
    workshop.put("package.json", MANIFEST);
    let address = inner.repository();
    workshop.git(&[
        "submodule",
        "--quiet",
        "add",
        address.to_str().unwrap(),
        "vendor/inner",
    ]);
    workshop.release("v1.0.0");
    let files = [
        ("package.json", MANIFEST),
        ("vendor/inner/code.js", "inner\n"),
    ];
    let report = workshop.compare(&files);
    assert_eq!(report.found.summary(), "same 2");
    // A clone without its submodules.
    let clone = workshop.folder.path().join("clone");
    let from = workshop.repository();
    git(
        workshop.folder.path(),
        &["clone", "-q", from.to_str().unwrap(), "clone"],
    );
    let archive = workshop.pack("package", &files);
    let report = match_archive(&archive, &SourceRequest::of(&clone)).unwrap();
    let found = file(&report, "vendor/inner/code.js");
    assert_eq!(found.verdict, Verdict::Unexplained);
    assert!(
        found
            .detail
            .starts_with("is in the submodule `vendor/inner`, whose commit"),
        "{}",
        found.detail
    );
}

#[test]
fn compiled_files_are_explained_by_a_build_map_whose_sources_are_in_the_tree() {
    let workshop = Workshop::new();
    workshop
        .put("package.json", MANIFEST)
        .put("src/index.ts", "let x: number = 1;\n");
    workshop.release("v1.0.0");
    let map = |source: &str, text: &str| {
        format!(
            r#"{{"version": 3, "sources": ["{source}"], "sourcesContent": ["{text}"], "mappings": "A"}}"#
        )
    };
    let good = map("../src/index.ts", "let x: number = 1;\\n");
    let bad = map("../src/index.ts", "let x: string = steal();\\n");
    let report = workshop.compare(&[
        ("package.json", MANIFEST),
        (
            "lib/index.js",
            "let x = 1;\n//# sourceMappingURL=index.js.map\n",
        ),
        ("lib/index.js.map", &good),
        (
            "lib/extra.js",
            "let x = 2;\n//# sourceMappingURL=extra.js.map\n",
        ),
        ("lib/extra.js.map", &bad),
    ]);
    assert_eq!(file(&report, "lib/index.js").verdict, Verdict::Generated);
    assert_eq!(
        file(&report, "lib/index.js.map").verdict,
        Verdict::Generated
    );
    assert!(
        file(&report, "lib/index.js")
            .detail
            .ends_with("the compilation was not repeated")
    );
    assert_eq!(file(&report, "lib/extra.js").verdict, Verdict::Unexplained);
    let honest = [
        ("package.json", MANIFEST),
        (
            "lib/index.js",
            "let x = 1;\n//# sourceMappingURL=index.js.map\n",
        ),
        ("lib/index.js.map", &good),
    ];
    let evidence = workshop.compare(&honest).found.evidence();
    assert_eq!(evidence.state.name(), "unverifiable");
    assert_eq!(
        &*evidence.reason,
        "same 1, generated 2; the compilation was not repeated"
    );
}

#[test]
fn a_moved_tag_and_a_missing_commit_are_reported() {
    let workshop = Workshop::new();
    workshop.put("package.json", MANIFEST).put("a.js", "a\n");
    let first = workshop.release("v1.0.0");
    workshop
        .put("a.js", "changed after the release\n")
        .release("v1.0.0");
    let packed = MANIFEST.replace('}', &format!(r#", "gitHead": "{first}"}}"#));
    let report = workshop.compare(&[("package.json", &packed), ("a.js", "a\n")]);
    assert_eq!(&*report.found.commit, first);
    assert_eq!(file(&report, "a.js").verdict, Verdict::Same);
    assert!(
        report.notes[0].starts_with("the tag `v1.0.0` names another commit"),
        "{:?}",
        report.notes
    );
    let gone = "1234567890123456789012345678901234567890";
    let packed = MANIFEST.replace('}', &format!(r#", "gitHead": "{gone}"}}"#));
    let report = workshop.compare(&[("package.json", &packed)]);
    assert!(
        report
            .found
            .reason
            .contains(&format!("has no commit `{gone}`")),
        "{}",
        report.found.reason
    );
    assert!(!report.is_explained() && report.files.is_empty());
    let other = MANIFEST.replace("1.0.0", "3.0.0");
    let report = workshop.compare(&[("package.json", &other)]);
    assert!(
        report.found.reason.starts_with("neither provenance"),
        "{}",
        report.found.reason
    );
}

#[test]
fn a_shallow_clone_says_that_history_is_missing() {
    let workshop = Workshop::new();
    workshop.put("old.js", "older\n");
    let first = workshop.release("v0.9.0");
    fs::remove_file(workshop.repository().join("old.js")).unwrap();
    workshop.put("package.json", MANIFEST).release("v1.0.0");
    let from = format!("file://{}", workshop.repository().display());
    let into = workshop.folder.path();
    git(
        into,
        &[
            "clone", "-q", "--depth", "1", "--branch", "v1.0.0", &from, "shallow",
        ],
    );
    let request = SourceRequest::of(into.join("shallow"));
    let archive = workshop.pack(
        "package",
        &[("package.json", MANIFEST), ("x.js", "older\n")],
    );
    let report = match_archive(&archive, &request).unwrap();
    assert_eq!(file(&report, "x.js").verdict, Verdict::Unexplained);
    assert!(
        report
            .notes
            .iter()
            .any(|it| it.starts_with("the clone is shallow"))
    );
    let missing = match_archive(&archive, &request.commit(Some(first))).unwrap();
    assert!(
        missing.found.reason.contains("git fetch --unshallow"),
        "{}",
        missing.found.reason
    );
}

#[test]
fn a_repository_with_sha256_is_compared() {
    let workshop = Workshop::with(&["init", "-q", "--object-format=sha256"]);
    workshop
        .put("package.json", MANIFEST)
        .put("lib/index.js", "x\n");
    let commit = workshop.release("v1.0.0");
    assert_eq!(commit.len(), 64);
    let report = workshop.compare(&[("package.json", MANIFEST), ("lib/index.js", "x\n")]);
    assert_eq!(report.found.summary(), "same 2");
}

#[test]
fn a_repository_runs_nothing_and_replaces_nothing() {
    let workshop = Workshop::new();
    workshop
        .put("package.json", MANIFEST)
        .put("lib/index.js", "x\n")
        .put("evil.js", "payload\n");
    workshop.release("v1.0.0");
    let good = workshop.git(&["rev-parse", "HEAD:lib/index.js"]);
    let evil = workshop.git(&["rev-parse", "HEAD:evil.js"]);
    workshop.git(&["replace", &good, &evil]);
    let mark = workshop.folder.path().join("ran");
    let hook = format!("touch {}", mark.display());
    workshop.git(&["config", "core.fsmonitor", &hook]);
    let report = workshop.compare(&[("package.json", MANIFEST), ("lib/index.js", "y\n")]);
    assert_eq!(file(&report, "lib/index.js").lines, Some((1, 1)));
    assert!(!mark.exists());
    // A folder in a work tree is not a repository of its own.
    let archive = workshop.pack("package", &[("package.json", MANIFEST)]);
    let inside = SourceRequest::of(workshop.repository().join("lib"));
    assert!(match_archive(&archive, &inside).is_err());
}

#[test]
fn formats_agree() {
    let workshop = Workshop::new();
    workshop.put("package.json", MANIFEST).release("v1.0.0");
    let report = workshop.compare(&[("package.json", MANIFEST), ("x|y.js", "<b>")]);
    let write = |format| {
        let mut out = Vec::new();
        write_sources(
            std::slice::from_ref(&report),
            format,
            bomtrail::TOOL,
            &mut out,
        )
        .unwrap();
        out.flush().unwrap();
        String::from_utf8(out).unwrap()
    };
    assert!(write(SourceFormat::Markdown).contains("| x\\|y.js | unexplained |"));
    assert!(write(SourceFormat::Json).contains("\"verdict\": \"unexplained\""));
    assert!(write(SourceFormat::Text).contains("unexplained x|y.js"));
}

/// A project with packages, whose archives are in a mirror.
fn write_project(folder: &Path, archives: &[(&str, Vec<u8>)]) {
    fs::create_dir_all(folder.join("mirror")).unwrap();
    fs::create_dir_all(folder.join("app")).unwrap();
    let entry = |(name, bytes): &(&str, Vec<u8>)| {
        fs::write(folder.join(format!("mirror/{name}-1.0.0.tgz")), bytes).unwrap();
        let digest = STANDARD.encode(Sha512::digest(bytes));
        format!(
            r#", "node_modules/{name}": {{"version": "1.0.0", "hasInstallScript": true, "integrity": "sha512-{digest}",
            "resolved": "https://npm.example.com/{name}/-/{name}-1.0.0.tgz"}}"#
        )
    };
    let entries: Vec<String> = archives.iter().map(entry).collect();
    let entries = entries.concat();
    let lock = format!(
        r#"{{"name": "app", "lockfileVersion": 3, "packages": {{"": {{"dependencies": {{"pkg": "1", "tiny-pad": "1",
        "broken": "1"}}}}{entries}}}}}"#
    );
    fs::write(folder.join("app/package-lock.json"), lock).unwrap();
}

/// A project with a package whose archive has a payload, one whose repository is not there, and one whose archive is invalid.
#[test]
fn a_check_of_a_project_reports_what_its_sources_do_not_explain() {
    let stated = |scripts: &str| {
        format!(
            r#"{{"name": "pkg", "version": "1.0.0", "repository": "https://github.com/example/pkg"{scripts}}}"#
        )
    };
    let workshop = Workshop::new();
    workshop
        .put("package.json", &stated(""))
        .put("index.js", "1;");
    workshop.release("v1.0.0");
    workshop.git(&[
        "remote",
        "add",
        "origin",
        "https://github.com/example/pkg.git",
    ]);
    let payload = stated(r#", "scripts": {"postinstall": "node build/setup"}"#);
    let packed = workshop.pack(
        "package",
        &[
            ("package.json", &*payload),
            ("index.js", "1;"),
            ("build/setup.js", "payload"),
        ],
    );
    let folder = workshop.folder.path();
    let mirror =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/archives/pinned/mirror");
    let archives = [
        ("pkg", fs::read(packed).unwrap()),
        (
            "tiny-pad",
            fs::read(mirror.join("tiny-pad-1.0.0.tgz")).unwrap(),
        ),
        ("broken", b"no archive".to_vec()),
    ];
    write_project(folder, &archives);
    let archives = ArchiveSources::of(&[folder.join("mirror")]);
    let options = CheckOptions::on(Date::parse("2026-11-28").unwrap())
        .scan(ScanOptions::default().archives(Some(archives)))
        .clones(Some(folder.to_path_buf()));
    let checked = Checked::run(folder.join("app"), &options).unwrap();
    let of = |rule: &str| {
        let found = checked.findings.iter().filter(|it| it.rule.id == rule);
        found.map(|it| it.message.as_str()).collect::<Vec<_>>()
    };
    let code = of("source/unexplained-code");
    assert_eq!(code.len(), 1);
    assert!(
        code[0].contains("`build/setup.js` (install script)"),
        "{code:?}"
    );
    assert_eq!(
        of("source/not-found"),
        ["its source was not compared: its repository is not in the folder of clones"]
    );
    assert_eq!(
        of("archive/refused"),
        ["the archive `broken-1.0.0.tgz` was not checked: the archive is not in gzip format"]
    );
    assert!(checked.failed);
}
