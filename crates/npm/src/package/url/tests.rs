use super::{Url, redact};

#[test]
fn secrets_and_paths_of_a_machine_are_removed() {
    for (text, expected) in [
        ("github:user:pw@o/r", "github:o/r"),
        ("github:token@o/r#v1", "github:o/r#v1"),
        ("user:pw@o/r", "o/r"),
        ("token@o/r", "o/r"),
        ("gitlab:user:pw@o/r#semver:^1", "gitlab:o/r#semver:^1"),
        (
            "deploy:pw@git.example.com:o/r.git",
            "git.example.com:o/r.git",
        ),
        (
            "https://u:p@npm.example.com/a.tgz",
            "https://npm.example.com/a.tgz",
        ),
        (
            "https://npm.example.com/a.tgz?token=x",
            "https://npm.example.com/a.tgz",
        ),
        (
            "https://npm.example.com/a.tgz?token=x#y",
            "https://npm.example.com/a.tgz#y",
        ),
        (
            "git+https://u:p@git.example.com/r.git?t=x#main",
            "git+https://git.example.com/r.git#main",
        ),
        ("file:/srv/build/a-1.0.0.tgz", "file:/.../a-1.0.0.tgz"),
        ("file:///srv/build/a", "file:///.../a"),
        ("git+file:///srv/git/a.git", "git+file:///.../a.git"),
        (
            "git+file:///srv/git/a.git#path:/packages/b",
            "git+file:///.../a.git#path:/packages/b",
        ),
        ("/srv/build/a/", "/.../a"),
        ("C:\\build\\a", "/.../a"),
        ("file:C:/build/a.tgz", "file:/.../a.tgz"),
    ] {
        assert_eq!(redact(text), expected, "{text}");
    }
    for text in [
        "^1.0.0",
        "npm:@s/x@^1.0.0",
        "npm:x@1",
        "@s/x",
        "git@github.com:o/r.git",
        "git+ssh://git@git.example.com/o/r.git#main",
        "github:o/r",
        "o/r#main",
        "file:../a",
        "./a@1/b",
        "latest",
        "https://npm.example.com/a.tgz#x?y",
    ] {
        assert_eq!(redact(text), text);
    }
}

#[test]
fn a_port_is_a_number() {
    for (address, is_url) in [
        ("https://npm.example.com:8443/a", true),
        ("https://npm.example.com:/a", true),
        ("https://user:pw@npm.example.com/a", true),
        ("https://[::1]:80/a", true),
        ("https://evil.example.com:1.npmjs.org/a", false),
        ("https://npm.example.com:x/a", false),
    ] {
        assert_eq!(Url::parse(address).is_some(), is_url, "{address}");
    }
}
