use super::*;

/// A folder with empty files of these names, and a package.json.
struct Folder(&'static [&'static str], &'static str);

impl Files for Folder {
    fn read(&self, path: &str) -> Option<Vec<u8>> {
        match path {
            "package.json" => Some(self.1.into()),
            "yarn.lock" if self.1.contains("berry") => Some(b"# x\n__metadata:\n".to_vec()),
            _ => None,
        }
    }

    fn is_dir(&self, _path: &str) -> bool {
        false
    }

    fn list(&self, _path: &str) -> Vec<String> {
        self.0.iter().map(|it| (*it).to_owned()).collect()
    }
}

/// What is read, what is not, and what the named manager would read.
fn chosen(names: &'static [&'static str], manifest: &'static str) -> String {
    let Some(choice) = LockfileChoice::of(&Folder(names, manifest)) else {
        return "none".to_owned();
    };
    let ignored: Vec<String> = choice.ignored.iter().map(|it| format!(" -{it}")).collect();
    let wanted = choice.wanted().map(|it| format!(" wants {it}"));
    [choice.read, &ignored.concat(), &wanted.unwrap_or_default()].concat()
}

#[test]
fn the_manager_that_package_json_names_decides() {
    let both = &["package-lock.json", "pnpm-lock.yaml"];
    assert_eq!(
        chosen(both, r#"{"packageManager": "npm@11.0.0"}"#),
        "package-lock.json -pnpm-lock.yaml"
    );
    assert_eq!(
        chosen(
            both,
            r#"{"devEngines": {"packageManager": [{"name": "npm", "version": "^11"}]}}"#
        ),
        "package-lock.json -pnpm-lock.yaml"
    );
    assert_eq!(
        chosen(
            &["bun.lockb", "yarn.lock"],
            r#"{"packageManager": "bun@1.1.0"}"#
        ),
        "bun.lockb -yarn.lock"
    );
}

#[test]
fn without_a_named_manager_the_newest_format_counts() {
    assert_eq!(chosen(&[], "{}"), "none");
    assert_eq!(chosen(&["yarn.lock"], "{}"), "yarn.lock");
    assert_eq!(
        chosen(
            &[
                "bun.lockb",
                "package-lock.json",
                "pnpm-lock.yaml",
                "yarn.lock"
            ],
            "{"
        ),
        "pnpm-lock.yaml -package-lock.json -bun.lockb -yarn.lock"
    );
    assert_eq!(
        chosen(&["package-lock.json", "yarn.lock"], r#"{"name": "berry"}"#),
        "yarn.lock -package-lock.json"
    );
    assert_eq!(
        chosen(&["bun.lock", "bun.lockb"], "{}"),
        "bun.lock -bun.lockb"
    );
}

#[test]
fn a_lockfile_that_the_named_manager_does_not_read_is_stale() {
    assert_eq!(
        chosen(
            &["package-lock.json"],
            r#"{"packageManager": "yarn@4.2.0+sha512.abc"}"#
        ),
        "package-lock.json wants yarn.lock"
    );
    assert_eq!(
        chosen(
            &["package-lock.json"],
            r#"{"packageManager": "unheard-of@1.0.0"}"#
        ),
        "package-lock.json"
    );
}

#[test]
fn npm_12_ignores_the_shrinkwrap() {
    let both = &["npm-shrinkwrap.json", "package-lock.json"];
    assert_eq!(chosen(both, "{}"), "npm-shrinkwrap.json -package-lock.json");
    assert_eq!(
        chosen(both, r#"{"packageManager": "npm@12.1.0"}"#),
        "package-lock.json -npm-shrinkwrap.json"
    );
    assert_eq!(
        chosen(
            &["npm-shrinkwrap.json"],
            r#"{"packageManager": "npm@12.1.0"}"#
        ),
        "npm-shrinkwrap.json wants package-lock.json"
    );
}
