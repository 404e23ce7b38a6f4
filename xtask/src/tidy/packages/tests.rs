//! What cargo states becomes what the rules read.

use super::{Package, dependency, of_workspace};

#[test]
fn a_renamed_test_dependency_keeps_both_names() {
    let stated =
        serde_json::json!({ "name": "real", "rename": "short", "kind": "dev", "path": null });
    let read = dependency(&stated);
    assert_eq!(
        (read.name.as_str(), read.alias.as_str(), read.dev, read.own),
        ("real", "short", true, false)
    );
    let text =
        "[dependencies]\nshorter = \"1\"\n[dev-dependencies]\nshort = { package = \"real\" }\n";
    let package = Package {
        text: text.to_owned(),
        ..Package::default()
    };
    assert_eq!(package.line_of(&read), 4);
}

#[test]
fn a_dependency_with_its_own_table_is_found() {
    let stated = serde_json::json!({ "name": "real", "kind": null, "path": "x" });
    let package = Package {
        text: "[package]\n\n[target.x.dependencies.real]\n".to_owned(),
        ..Package::default()
    };
    assert_eq!(package.line_of(&dependency(&stated)), 3);
}

#[test]
fn this_workspace_is_read() {
    let packages = of_workspace().unwrap();
    let own = packages
        .iter()
        .find(|package| package.name == "xtask")
        .unwrap();
    assert_eq!(own.manifest, "xtask/Cargo.toml");
    assert!(
        own.dependencies
            .iter()
            .any(|it| it.name == "serde_json" && !it.own && !it.dev)
    );
}
