use super::*;

const HONEST: &str = r#"{
  "lockfileVersion": 1,
  "workspaces": {
    "": {
      "name": "app",
      "dependencies": {
        "a": "^1",
        "t": "./t.tgz",
      },
    },
    "w": {
      "name": "w",
    },
  },
  "packages": {
    "a": ["a@1.1.0", "", { "dependencies": { "b": "^1" } }, "sha512-AAAA"],

    "b": ["b@1.0.0", "", {}, "sha512-AAAA"],

    "g": ["g@github:o/g#abc", {}, "o-g-abc"],

    "t": ["t@./t.tgz", {}, "sha512-AAAA"],

    "w": ["w@workspace:w"],

    "a/b": ["b@1.1.0", "https://npm.example.com/", {}, "sha512-AAAA"],
  }
}
"#;

#[test]
fn what_bun_writes_has_no_deviation() {
    assert_eq!(deviations(HONEST), []);
}

/// Every change of an honest lockfile that the package manager reads or refuses, and that it never writes.
const TRICKS: [(&str, &str); 34] = [
    (
        "\"packages\": {",
        "\"packages\": { \"x\": [\"x@root:\", { \"bin\": {} }],",
    ),
    ("{\n  \"lockfileVersion\"", "// x\n{\n  \"lockfileVersion\""),
    (
        "{\n  \"lockfileVersion\"",
        "{ /* x */\n  \"lockfileVersion\"",
    ),
    (
        "{\n  \"lockfileVersion\"",
        "<<<<<<< a\n=======\n>>>>>>> b\n{\n  \"lockfileVersion\"",
    ),
    ("\"lockfileVersion\": 1", "\"lockfileVersion\": \"1\""),
    ("\"lockfileVersion\": 1", "\"lockfileVersion\": 1.5"),
    ("\"lockfileVersion\": 1", "\"lockfileVersion\": -1"),
    (
        "\"lockfileVersion\": 1,",
        "\"lockfileVersion\": 1, \"lockfileVersion\": 0,",
    ),
    (
        "\"lockfileVersion\": 1,",
        "\"lockfileVersion\": 1, \"scripts\": {},",
    ),
    ("\"name\": \"app\",", "\"name\": \"app\", \"scripts\": {},"),
    (
        "\"name\": \"app\",",
        "\"name\": \"app\", \"name\": \"evil\",",
    ),
    ("\"a\": \"^1\",", "\"a\": 1,"),
    (
        "\"a\": \"^1\",",
        "\"a\": \"^1\", \"\\u0061\": \"npm:evil@1\",",
    ),
    ("\"packages\": {", "\"packages\": {}, \"packages\": {"),
    (
        "\"packages\": {",
        "\"packages\": { \"a\": [\"evil@1.0.0\", \"\", {}, \"sha512-AAAA\"],",
    ),
    ("\"packages\": {", "\"packages\": { \"x\": \"y\","),
    ("\"packages\": {", "\"packages\": { \"x\": [],"),
    ("\"packages\": {", "\"packages\": { \"x\": [1],"),
    (
        "\"packages\": {",
        "\"packages\": { \"x/../a\": [\"x@1.0.0\", \"\", {}, \"sha512-AAAA\"],",
    ),
    (
        "\"packages\": {",
        "\"packages\": { \"a//b\": [\"x@1.0.0\", \"\", {}, \"sha512-AAAA\"],",
    ),
    ("\"a@1.1.0\", \"\",", "\"a@1.1.0\","),
    ("\"a@1.1.0\", \"\",", "\"a@1.1.0\", null,"),
    ("\"a@1.1.0\", \"\",", "\"a@^1.1.0\", \"\","),
    ("\"a@1.1.0\", \"\",", "\"a@latest\", \"\","),
    ("\"a@1.1.0\", \"\",", "\"a\", \"\","),
    ("\"a@1.1.0\", \"\",", "\"../a@1.1.0\", \"\","),
    ("\"b\": \"^1\" }", "\"b\": \"^1\" }, \"scripts\": {}"),
    ("\"b\": \"^1\" }", "\"b\": [\"^1\"] }"),
    ("{}, \"sha512-AAAA\"],\n\n    \"g\"", "{}],\n\n    \"g\""),
    (
        "{}, \"sha512-AAAA\"],\n\n    \"g\"",
        "{}, \"\"],\n\n    \"g\"",
    ),
    (
        "{}, \"sha512-AAAA\"],\n\n    \"g\"",
        "{}, \"sha512-AAAA\", \"sha512-BBBB\"],\n\n    \"g\"",
    ),
    ("{}, \"o-g-abc\"", "{}"),
    ("{}, \"o-g-abc\"", "{}, \"sha512-AAAA\""),
    (
        "[\"w@workspace:w\"]",
        "[\"w@workspace:w\", \"\", {}, \"sha512-AAAA\"]",
    ),
];

#[test]
fn every_trick_is_a_deviation() {
    for (old, new) in TRICKS {
        let text = HONEST.replacen(old, new, 1);
        assert_ne!(text, HONEST, "{old}");
        assert_ne!(deviations(&text), [], "{new}");
    }
}
