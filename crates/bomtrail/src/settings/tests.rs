//! What a `bomtrail.toml` can have, and the place of every problem.

use std::path::Path;

use bomtrail_graph::{Fact, Graph, ProductKey};

use super::*;
use crate::{ScanOptions, scan};

const LOCK: &str = r#"{"name": "app", "version": "1.0.0", "lockfileVersion": 3, "packages": {
  "": {"name": "app", "version": "1.0.0", "dependencies": {"left": "^1.0.0"}},
  "node_modules/left": {"version": "1.2.0", "resolved": "https://npm.example.com/left/-/left-1.2.0.tgz"}
}}"#;

fn errors(text: &str) -> Vec<String> {
    let found = Settings::parse(text, "bomtrail.toml").unwrap_err();
    found.iter().map(ToString::to_string).collect()
}

#[test]
fn every_key_of_the_table_is_read() {
    for row in ProductKey::TABLE {
        let text = format!(
            "[{}]\n{} = \"{}\"\n",
            row.section,
            row.name,
            row.shape.example()
        );
        let settings = Settings::parse(&text, "t").unwrap();
        assert_eq!(
            settings.product.text(row.key),
            Some(row.shape.example()),
            "{text}"
        );
    }
}

/// A problem, and how it is reported.
const WRONG: &[(&str, &str)] = &[
    (
        "[product]\nname = \"a\"\nnaem = \"b\"\n",
        "t.toml:3:1: unknown key `naem`",
    ),
    (
        "[product]\nname = 1\n",
        "t.toml:2:8: `name` must be a string",
    ),
    ("\n[prodcut]\n", "t.toml:2:2: unknown key `prodcut`"),
    ("[product\n", "t.toml:1:9: not valid TOML: "),
    ("product = 1\n", "t.toml:1:11: `product` must be a table"),
    (
        "[support]\nend-of-support = \"soon\"\n",
        "t.toml:2:18: `end-of-support` must be a date",
    ),
    (
        "[contact]\nsecurity-txt = \"javascript:x\"\n",
        "t.toml:2:16: `security-txt` must be a web address",
    ),
    (
        "[product]\nartifact = \"../x\"\n",
        "t.toml:2:12: `artifact` must be the path",
    ),
    (
        "[[component]]\nlicense = \"MIT\"\n",
        "t.toml:1:1: `purl` is missing",
    ),
    (
        "[[component]]\npurl = \"pkg:npm/a\"\nlicense = \"MIT\"\n",
        "t.toml:1:1: `reason` is missing",
    ),
    (
        "[[component]]\npurl = \"pkg:npm/a\"\nlicense = \"my own\"\nreason = \"r\"\n",
        "t.toml:3:11: `license` must be an SPDX",
    ),
    (
        "[[component]]\npurl = \"pkg:npm/a\"\nunknown = [\"colour\"]\n",
        "t.toml:3:12: `colour` is not an element of `unknown`",
    ),
    (
        "[[dependency]]\npurl = \"libssl\"\n",
        "t.toml:2:8: `purl` must be a Package URL",
    ),
    (
        "[[dependency]]\npurl = \"pkg:deb/debian/libssl3\"\nphase = \"later\"\n",
        "t.toml:3:9: `phase` must be",
    ),
    (
        "[[service]]\nname = \"s\"\nauthenticated = \"yes\"\n",
        "t.toml:3:17: `authenticated` must be",
    ),
    (
        "[[service]]\nname = \"s\"\ndata = [{ direction = \"up\", classification = \"x\" }]\n",
        "t.toml:3:23: `direction` must be `inbound`, `outbound`, `bi-directional` or `unknown`",
    ),
    (
        "service = 1\n",
        "t.toml:1:11: `service` must be a list of tables",
    ),
    (
        "[sbom]\nunknown = [\"product.nmae\"]\n",
        "t.toml:2:12: `product.nmae` is not a key of this file (help: did you mean `product.name`?)",
    ),
    (
        "[product]\nname = \"a\"\n[sbom]\nwithheld = [\"product.name\"]\n",
        "t.toml:4:13: `product.name` is set in this file, so it is not withheld",
    ),
];

#[test]
fn unknown_keys_and_wrong_types_are_errors_with_their_line() {
    for (text, expected) in WRONG {
        let found = Settings::parse(text, "t.toml").unwrap_err();
        let found: Vec<_> = found.iter().map(ToString::to_string).collect();
        assert!(
            found.iter().any(|it| it.contains(expected)),
            "{text}\n{found:?}"
        );
    }
    assert_eq!(
        errors("[product]\na = 1\nb = 2\n").len(),
        2,
        "all errors are told"
    );
}

#[test]
fn the_policy_is_read_with_the_rest_of_the_file() {
    let text = "[product]\nnaem = 1\n[policy]\nfial-on = 1\n";
    let found = errors(text);
    assert_eq!(
        found,
        [
            "error[bomtrail/settings-unknown-key] bomtrail.toml:2:1: unknown key `naem` (help: did you mean `name`?)",
            "error[bomtrail/settings-unknown-key] bomtrail.toml:4:1: unknown key `fial-on` (help: did you mean `fail-on`?)",
        ]
    );
    let settings = Settings::parse("[policy]\nrequire-integrity = true\n", "t").unwrap();
    assert!(settings.policy.options.require_integrity);
    let registry = "[[registry]]\nurl = \"https://npm.example.com/\"\nmirror = true\n";
    let settings = Settings::parse(registry, "t").unwrap();
    assert!(settings.registries[0].mirror && settings.registries[0].ecosystem == "npm");
}

#[test]
fn dates_may_be_toml_dates_and_facts_unknown_or_withheld() {
    let text = "[support]\nend-of-support = 2031-12-31\n[sbom]\nunknown = [\"product.cpe\"]\nwithheld = [\"manufacturer.address\"]\n";
    let product = Settings::parse(text, "t").unwrap().product;
    assert_eq!(product.text(ProductKey::EndOfSupport), Some("2031-12-31"));
    assert_eq!(product.get(ProductKey::Cpe), Some(&Fact::Unknown));
    assert_eq!(
        product.get(ProductKey::ManufacturerAddress),
        Some(&Fact::Withheld)
    );
}

fn project(settings: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "package-lock.json", LOCK);
    write(folder.path(), "bomtrail.toml", settings);
    folder
}

fn write(folder: &Path, name: &str, text: &str) {
    crate::write::write_atomic(&folder.join(name), |out| {
        out.write_all(text.as_bytes())?;
        Ok::<(), bomtrail_graph::WriteError>(())
    })
    .unwrap();
}

#[test]
fn dependencies_become_nodes_and_edges() {
    let folder = project(
        "[[dependency]]\npurl = \"pkg:deb/debian/libssl3\"\nfrom = \"left\"\nphase = \"build\"\n\
         [[dependency]]\npurl = \"pkg:generic/postgres@16\"\ntype = \"application\"\nneed = \"optional\"\n\
         [[dependency]]\npurl = \"pkg:generic/x\"\nfrom = \"nobody\"\n",
    );
    let scan = scan(folder.path()).unwrap();
    let edges: Vec<String> = scan
        .graph()
        .edges()
        .filter_map(|edge| {
            let (from, to) = (edge.from()?.name(), edge.to()?.reference());
            let (phase, need) = (edge.phase().name(), edge.need().name());
            Some(format!("{from} {to} {phase} {need}"))
        })
        .collect();
    assert!(
        edges.contains(&"left pkg:deb/debian/libssl3 build required".to_owned()),
        "{edges:?}"
    );
    assert!(
        edges.contains(&"app pkg:generic/postgres@16 runtime optional".to_owned()),
        "{edges:?}"
    );
    let told: Vec<_> = scan.diagnostics().iter().map(|it| it.code.id).collect();
    assert!(told.contains(&"bomtrail/settings-no-match"), "{told:?}");
    assert_eq!(scan.graph().find_name("x").count(), 0);
}

#[test]
fn statements_reach_the_components_of_their_pattern() {
    let folder = project(
        "[[component]]\npurl = \"pkg:npm/*\"\nsupplier = { name = \"All\" }\nunknown = [\"hash\"]\n\
         [[component]]\npurl = \"pkg:npm/left\"\nsupplier = { name = \"Left\", email = \"l@example.com\" }\nlicense = \"MIT\"\nreason = \"r\"\n\
         [[component]]\npurl = \"pkg:npm/right\"\n",
    );
    let scan = scan(folder.path()).unwrap();
    let left = scan.graph().find_name("left").next().unwrap();
    let statement = scan.statements().unwrap().get(left.id()).unwrap();
    assert_eq!(&*statement.supplier.as_ref().unwrap().name, "Left");
    assert_eq!(statement.unknown, ["hash".into()]);
    assert_eq!(statement.license.as_ref().unwrap().text(), "MIT");
    let told = scan.diagnostics().iter();
    assert_eq!(
        told.filter(|it| it.code.id == "bomtrail/settings-no-match")
            .count(),
        1
    );
}

#[test]
fn the_delivered_file_is_hashed_and_a_missing_one_told() {
    let folder = project("[product]\nartifact = \"app.tgz\"\n");
    let told = |scan: &crate::Scan| {
        let mut all = scan.diagnostics().iter();
        all.any(|it| it.code.id == "bomtrail/settings-no-artifact")
    };
    let without = scan(folder.path()).unwrap();
    assert!(told(&without) && without.settings().unwrap().product.hashes.is_empty());
    write(folder.path(), "app.tgz", "abc");
    let with = scan(folder.path()).unwrap();
    assert!(!told(&with));
    let hashes = &with.settings().unwrap().product.hashes;
    // FIPS 180-2, example B.1.
    assert_eq!(
        hashes.first().unwrap().hex(),
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    );
    assert_eq!(hashes.len(), 2);
}

#[test]
fn errors_in_the_file_end_the_scan() {
    let folder = project("[product]\nnaem = \"x\"\n");
    let error = crate::Scan::with(folder.path(), &ScanOptions::default()).unwrap_err();
    assert!(error.to_string().contains("bomtrail.toml:2:1"), "{error}");
}

#[test]
fn the_template_is_valid_and_filled_in() {
    let folder = project("");
    let scan = scan(folder.path()).unwrap();
    let text = settings_template(scan.graph());
    let settings = Settings::parse(&text, "t").unwrap();
    assert_eq!(settings.product.text(ProductKey::Name), Some("app"));
    assert_eq!(settings.product.text(ProductKey::Version), Some("1.0.0"));
    // With every comment taken for a setting, it is valid as well.
    let sections = ["product.cpe", "manufacturer.address"];
    let all: String = text
        .lines()
        .map(|line| match line.strip_prefix("# ") {
            Some(rest) if rest.starts_with('[') || rest.contains(" = ") => rest,
            _ => line,
        })
        .filter(|line| {
            !line.ends_with("= \"\"") && !line.contains(sections[0]) && !line.contains(sections[1])
        })
        .flat_map(|line| [line, "\n"])
        .collect();
    let all = Settings::parse(&all, "t").unwrap_or_else(|it| panic!("{it:?}\n{all}"));
    assert_eq!(
        (
            all.components.len(),
            all.dependencies.len(),
            all.product.services.len()
        ),
        (1, 1, 1)
    );
    assert!(settings_template(&Graph::default()).contains("[product]"));
}
