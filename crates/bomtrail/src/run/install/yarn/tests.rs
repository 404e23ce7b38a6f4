use super::*;

fn put(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    crate::write::make_folder(path.parent().unwrap()).unwrap();
    crate::write::write_atomic::<std::io::Error>(&path, |out| out.write_all(text.as_bytes()))
        .unwrap();
}

fn shown(folder: &Path) -> Vec<String> {
    let found = yarn_differences(folder).unwrap();
    found.iter().map(ToString::to_string).collect()
}

const CLASSIC: &str = "# yarn lockfile v1\n\n\na@^1.0.0:\n  version \"1.0.0\"\n  resolved \"https://npmjs.org/a/-/a-1.0.0.tgz#aa\"\n";
const BERRY: &str = "__metadata:\n  version: 8\n\n\"a@npm:^1.0.0\":\n  version: 1.0.0\n  resolution: \"a@npm:1.0.0\"\n\n\"app@workspace:.\":\n  version: 0.0.0-use.local\n  resolution: \"app@workspace:.\"\n  dependencies:\n    a: \"npm:^1.0.0\"\n";
const APP: &str = r#"{"name":"app","version":"1.0.0","dependencies":{"a":"^1.0.0"}}"#;

#[test]
fn an_installation_of_yarn_1_is_compared() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    put(here, "package.json", APP);
    put(here, "yarn.lock", CLASSIC);
    assert_eq!(shown(here).len(), 1);
    let record = r#"{"lockfileEntries": {"a@^1.0.0": "https://npmjs.org/a/-/a-1.0.0.tgz#aa"}}"#;
    put(here, "node_modules/.yarn-integrity", record);
    put(
        here,
        "node_modules/a/package.json",
        r#"{"name":"a","version":"1.0.0"}"#,
    );
    assert_eq!(yarn_generation(here).unwrap(), YarnGeneration::Classic);
    assert_eq!(shown(here), [""; 0]);
    put(
        here,
        "node_modules/.yarn-integrity",
        &record.replace("npmjs.org/a", "npm.example.com/a"),
    );
    put(
        here,
        "node_modules/a/package.json",
        r#"{"name":"a","version":"1.0.1"}"#,
    );
    put(
        here,
        "node_modules/b/package.json",
        r#"{"name":"b","version":"1.0.0"}"#,
    );
    assert_eq!(
        shown(here),
        [
            "`https://npm.example.com/a/-/a-1.0.0.tgz#aa` is installed, but is not in the lockfile",
            "`node_modules/a` is `a@1.0.1`, but the lockfile has `a@1.0.0`",
            "`node_modules/b` is installed, but is not in the lockfile",
        ]
    );
}

#[test]
fn an_installation_of_later_versions_is_compared() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    put(here, "package.json", APP);
    put(here, "yarn.lock", BERRY);
    assert_eq!(yarn_generation(here).unwrap(), YarnGeneration::Berry);
    assert_eq!(shown(here).len(), 1);
    let state = "__metadata:\n  version: 1\n\n\"a@virtual:00#npm:1.0.0\":\n  locations:\n    - \"node_modules/a\"\n\n\"app@workspace:.\":\n  locations:\n    - \"\"\n";
    put(here, STATE, state);
    put(
        here,
        "node_modules/a/package.json",
        r#"{"name":"a","version":"1.0.0"}"#,
    );
    assert_eq!(shown(here), [""; 0]);
    put(here, STATE, &state.replace("npm:1.0.0", "npm:1.0.1"));
    assert_eq!(
        shown(here),
        ["`a@npm:1.0.1` is installed, but is not in the lockfile"]
    );
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    put(here, "package.json", APP);
    put(here, "yarn.lock", BERRY);
    let pnp = |version: &str| {
        format!(
            "const RAW_RUNTIME_STATE =\n'{{\\\n  \"packageRegistryData\": [\\\n    [null, [[null, {{}}]]],\\\n    [\"a\", [[\"npm:{version}\", {{}}]]]\\\n  ]\\\n}}';\n"
        )
    };
    put(here, PLUG_AND_PLAY, &pnp("1.0.0"));
    assert_eq!(shown(here), [""; 0]);
    put(here, PLUG_AND_PLAY, &pnp("2.0.0"));
    assert_eq!(
        shown(here),
        ["`a@npm:2.0.0` is installed, but is not in the lockfile"]
    );
}

#[test]
fn settings_that_change_an_installation_are_found() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    put(
        here,
        ".yarnrc",
        "--install.modules-folder lib\nregistry \"https://npm.example.com\"\n",
    );
    put(
        here,
        ".yarnrc.yml",
        "nodeLinker: node-modules\nchecksumBehavior: ignore\n",
    );
    let variables = [("YARN_LOCKFILE_FILENAME".to_owned(), "other.lock".to_owned())];
    let found = unsafe_yarn_settings(here, None, &variables).unwrap();
    let shown: Vec<String> = found
        .iter()
        .map(|it| format!("{} {}", it.source, it.key))
        .collect();
    assert_eq!(
        shown,
        [
            ".yarnrc:1 modules-folder",
            ".yarnrc.yml:2 checksum-behavior",
            "YARN_LOCKFILE_FILENAME lockfile-filename"
        ]
    );
}
