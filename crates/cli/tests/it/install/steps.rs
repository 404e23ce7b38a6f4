//! Where `exec` refuses, the guide has steps: install without scripts, check what was installed, run the scripts that are
//! approved.

use std::path::Path;

use super::registry::{Registry, Source, npm, pack};
use super::tricks::with_registry;
use crate::run::{bomtrail, get, put};

/// The steps of the guide.
fn steps() -> Vec<String> {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
    let page = get(&docs, "gate.md");
    let (_, section) = page.split_once("## 5. ").unwrap();
    let (section, _) = section.split_once("## ").unwrap();
    let steps = section
        .lines()
        .filter_map(|it| it.trim().strip_prefix("- run: "));
    steps.map(str::to_owned).collect()
}

fn package(name: &'static str) -> Source {
    Source {
        name,
        version: "1.0.0",
        fields: r#", "scripts": {"postinstall": "node run.js"}"#,
        files: vec![(
            "run.js",
            "require('fs').writeFileSync(process.env.INIT_CWD + '/ran-' + process.env.npm_package_name, '')",
        )],
    }
}

#[test]
fn the_steps_of_the_guide_install_what_is_approved() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    let Some(packages) = pack(home, &[package("speedup"), package("quiet")]) else {
        return;
    };
    let registry = Registry::serve(&packages, &[]);
    let folder = home.join("project");
    let host = ["registry", "npmjs.org"].join(".");
    let entries = packages.iter().map(|it| {
        format!(
            r#", "node_modules/{}": {{"version": "1.0.0", "resolved": "https://{host}{}", "integrity": "{}", "hasInstallScript": true}}"#,
            it.name,
            it.path(),
            it.integrity
        )
    });
    let wanted = r#""name": "app", "version": "1.0.0", "dependencies": {"speedup": "^1.0.0", "quiet": "^1.0.0"}"#;
    let lock = format!(
        r#"{{"name": "app", "version": "1.0.0", "lockfileVersion": 3, "requires": true, "packages": {{"": {{{wanted}}}{}}}}}"#,
        entries.collect::<String>()
    );
    put(&folder, "package.json", &format!("{{{wanted}}}"));
    put(&folder, "package-lock.json", &lock);
    put(&folder, ".npmrc", "legacy-peer-deps=true\n");
    let run = |text: &str| {
        let mut words = text.split(' ');
        let mut command = match words.next() {
            Some("npm") => npm(home).unwrap(),
            _ => bomtrail(&folder),
        };
        command.current_dir(&folder).args(words);
        with_registry(command, home, registry.port)
    };
    let (code, shown) = run("bomtrail approve speedup@1.0.0 quiet@1.0.0");
    assert_eq!(code, 0, "{shown}");
    let (code, shown) = run("bomtrail exec -- npm ci");
    let steps = steps();
    assert_eq!((code, steps.len()), (2, 4), "{shown}");
    for step in &steps {
        let words = step.strip_suffix(" speedup").unwrap_or(step);
        assert!(
            shown.contains(words),
            "`{words}` is not in the help: {shown}"
        );
    }
    for step in &steps {
        let (code, shown) = run(step);
        assert_eq!(code, 0, "{step}: {shown}");
        assert_eq!(
            folder.join("ran-speedup").exists(),
            step.starts_with("npm rebuild")
        );
    }
    assert!(!folder.join("ran-quiet").exists());

    let other = r#"{"name": "evil", "version": "6.6.6"}"#;
    put(&folder, "node_modules/quiet/package.json", other);
    let (code, shown) = run(&steps[2]);
    assert_eq!(code, 1, "{shown}");
}
