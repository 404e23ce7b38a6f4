//! The honest project, and each trick as a few changes of it.

/// A change of the honest project.
pub(super) enum Edit {
    /// Replaces a text in a file.
    Replace(&'static str, &'static str, &'static str),
    /// Writes a file.
    Write(&'static str, &'static str),
    /// Moves the lockfile.
    Rename(&'static str, &'static str),
}

use Edit::{Rename, Replace, Write};

/// A trick, and what it does to npm 11.
pub(super) struct Trick {
    pub(super) name: &'static str,
    pub(super) effect: Effect,
    pub(super) edits: &'static [Edit],
}

/// What npm 11 does without the check.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Effect {
    /// It runs a script that is not approved.
    Runs,
    /// It installs something else, and runs nothing of it.
    Installs,
    /// It installs what is approved, or refuses: the trick works with other versions of npm, or together with another.
    Nothing,
}

use Effect::{Installs, Nothing, Runs};

pub(super) const MANIFEST: &str = "package.json";
pub(super) const LOCK: &str = "package-lock.json";

/// The honest project: `good` is required by the project and by `other`, and `carrier` bundles `inner`.
pub(super) const HONEST: [(&str, &str); 4] = [
    (
        MANIFEST,
        r#"{
  "name": "app",
  "version": "1.0.0",
  "private": true,
  "dependencies": {"good": "^1.0.0", "other": "^1.0.0", "carrier": "^1.0.0"}
}
"#,
    ),
    (
        LOCK,
        r#"{
  "name": "app",
  "version": "1.0.0",
  "lockfileVersion": 3,
  "requires": true,
  "packages": {
    "": {
      "name": "app",
      "version": "1.0.0",
      "dependencies": {"good": "^1.0.0", "other": "^1.0.0", "carrier": "^1.0.0"}
    },
    "node_modules/carrier": {
      "version": "1.0.0", "resolved": "{public}/carrier/-/carrier-1.0.0.tgz", "integrity": "{carrier}",
      "dependencies": {"inner": "*"},
      "bundleDependencies": ["inner"]
    },
    "node_modules/carrier/node_modules/inner": {"version": "1.0.0", "hasInstallScript": true, "inBundle": true},
    "node_modules/good": {
      "version": "1.0.0", "hasInstallScript": true, "resolved": "{public}/good/-/good-1.0.0.tgz", "integrity": "{good}"
    },
    "node_modules/other": {
      "version": "1.0.0", "resolved": "{public}/other/-/other-1.0.0.tgz", "integrity": "{other}",
      "dependencies": {"good": "^1.0.0"}
    }
  }
}
"#,
    ),
    (
        "package-approvals.json",
        r#"{
  "version": 1,
  "packages": {"carrier": ["1.0.0"], "good": ["1.0.0"], "other": ["1.0.0"]},
  "reviews": {
    "pkg:npm/carrier@1.0.0": {"integrity": ["{carrier}"]},
    "pkg:npm/good@1.0.0": {"integrity": ["{good}"]},
    "pkg:npm/other@1.0.0": {"integrity": ["{other}"]}
  }
}
"#,
    ),
    (
        "vendor/good/package.json",
        r#"{"name": "good", "version": "1.0.0", "scripts": {"postinstall": "node run.js"}, "dependencies": {"good": "file:."}}"#,
    ),
];

/// What `good` is fetched by.
const GOOD: &str = r#""resolved": "{public}/good/-/good-1.0.0.tgz", "integrity": "{good}""#;
/// The dependencies of the root entry and of package.json.
const WANTED: &str =
    r#""dependencies": {"good": "^1.0.0", "other": "^1.0.0", "carrier": "^1.0.0"}"#;
/// The entry of `good`.
const ENTRY: &str = r#""node_modules/good": {
      "version": "1.0.0", "hasInstallScript": true, "resolved": "{public}/good/-/good-1.0.0.tgz", "integrity": "{good}"
    }"#;
/// What `other` requires.
const OF_OTHER: &str = r#""dependencies": {"good": "^1.0.0"}
    }"#;

const fn trick(name: &'static str, effect: Effect, edits: &'static [Edit]) -> Trick {
    Trick {
        name,
        effect,
        edits,
    }
}

/// A lockfile of version 1, whose `{nested}` is in `carrier`.
const VERSION_1: &str = r#"{
  "name": "app",
  "version": "1.0.0",
  "lockfileVersion": 1,
  "requires": true,
  "dependencies": {
    "carrier": {
      "version": "1.0.0", "resolved": "{public}/carrier/-/carrier-1.0.0.tgz", "integrity": "{carrier}",
      "requires": {"inner": "*"},
      "dependencies": {"inner": {"version": "1.0.0", "bundled": true}}
    },
    "good": {"version": "1.0.0", "resolved": "{public}/good/-/good-1.0.0.tgz", "integrity": "{good}"},
    "other": {
      "version": "1.0.0", "resolved": "{public}/other/-/other-1.0.0.tgz", "integrity": "{other}", "requires": {"good": "^1.0.0"},
      "dependencies": {"good": {"version": "1.0.1", "bundled": true}}
    }
  }
}"#;

/// A yarn.lock that has the attacker's archive for `good`.
const YARN: &str =
    "good@^1.0.0:\n  version \"1.0.0\"\n  resolved \"{here}/false.tgz\"\n  integrity {false}\n";

pub(super) const TRICKS: &[Trick] = &[
    trick(
        "the last of equal keys is null, and private fields fill in",
        Runs,
        &[Replace(
            LOCK,
            GOOD,
            r#""resolved": "{public}/good/-/good-1.0.0.tgz", "integrity": "{good}", "resolved": null, "integrity": null, "_resolved": "{here}/false.tgz", "_integrity": "{false}""#,
        )],
    ),
    trick(
        "the last digest is zero",
        Nothing,
        &[Replace(
            LOCK,
            r#""integrity": "{good}""#,
            r#""integrity": "{good}", "integrity": 0"#,
        )],
    ),
    trick(
        "the last digest has an escaped key",
        Runs,
        &[Replace(
            LOCK,
            GOOD,
            r#""resolved": "{public}/good/-/good-1.0.0.tgz", "integrity": "{good}", "\u0072esolved": null, "\u0069ntegrity": null, "_resolved": "{here}/false.tgz""#,
        )],
    ),
    trick(
        "the last digest is null",
        Nothing,
        &[Replace(
            LOCK,
            r#""integrity": "{good}""#,
            r#""integrity": "{good}", "integrity": null"#,
        )],
    ),
    trick(
        "the list of bundled packages is replaced by null",
        Runs,
        &[Replace(
            LOCK,
            r#""bundleDependencies": ["inner"]"#,
            r#""bundleDependencies": ["inner"], "bundleDependencies": null"#,
        )],
    ),
    trick(
        "the list of bundled packages is replaced by false",
        Runs,
        &[Replace(
            LOCK,
            r#""bundleDependencies": ["inner"]"#,
            r#""bundleDependencies": ["inner"], "bundleDependencies": false"#,
        )],
    ),
    trick(
        "lines with conflict markers are dropped",
        Runs,
        &[Replace(
            LOCK,
            GOOD,
            "\n\"a\": \"<<<<<<<\", \"resolved\": \"{public}/good/-/good-1.0.0.tgz\", \"integrity\": \"{good}\",\n\"b\": \"=======\",\n\"c\": \">>>>>>>\",\n\"resolved\": \"{here}/false.tgz\"",
        )],
    ),
    trick(
        "lines with conflict markers are dropped in version 1",
        Nothing,
        &[
            Write(LOCK, VERSION_1),
            Replace(
                LOCK,
                r#""good": {"version": "1.0.0", "#,
                "\"good\": {\"version\": \"1.0.0\",\n\"from\": \"<<<<<<<\",\n\"from\": \"=======\",\n\"from\": \">>>>>>>\", ",
            ),
        ],
    ),
    trick(
        "private fields without the public ones",
        Runs,
        &[Replace(
            LOCK,
            GOOD,
            r#""_resolved": "{here}/false.tgz", "_integrity": "{false}""#,
        )],
    ),
    trick(
        "scripts in an entry",
        Runs,
        &[
            Replace(
                LOCK,
                GOOD,
                r#""resolved": "{public}/good/-/good-1.0.0.tgz", "integrity": "{good}", "scripts": {"postinstall": "node ../../run.js"}"#,
            ),
            Write(
                "run.js",
                "require('fs').writeFileSync(process.env.INIT_CWD + '/executed-by-lockfile', '')",
            ),
        ],
    ),
    trick(
        "scripts in the entry of a linked folder",
        Runs,
        &[
            Replace(
                LOCK,
                ENTRY,
                r#""node_modules/good": {"resolved": "lib", "link": true}, "lib": {"name": "good", "version": "1.0.0", "scripts": {"postinstall": "node run.js"}}"#,
            ),
            Replace(
                LOCK,
                WANTED,
                r#""dependencies": {"good": "file:lib", "other": "^1.0.0", "carrier": "^1.0.0"}"#,
            ),
            Replace(
                MANIFEST,
                WANTED,
                r#""dependencies": {"good": "file:lib", "other": "^1.0.0", "carrier": "^1.0.0"}"#,
            ),
            Write(
                "lib/run.js",
                "require('fs').writeFileSync(process.env.INIT_CWD + '/executed-by-lockfile', '')",
            ),
        ],
    ),
    trick(
        "a lockfile in the archive of a package",
        Nothing,
        &[Replace(
            LOCK,
            GOOD,
            r#""resolved": "{public}/good/-/good-1.0.0.tgz", "integrity": "{good}", "_hasShrinkwrap": true"#,
        )],
    ),
    trick(
        "a yarn.lock has what an entry lacks",
        Runs,
        &[
            Replace(LOCK, GOOD, r#""license": "MIT""#),
            Write("yarn.lock", YARN),
        ],
    ),
    trick(
        "a command that the package does not declare",
        Installs,
        &[Replace(
            LOCK,
            GOOD,
            r#""resolved": "{public}/good/-/good-1.0.0.tgz", "integrity": "{good}", "bin": {"tool": "index.js"}"#,
        )],
    ),
    trick(
        "a twin without a digest",
        Runs,
        &[Replace(
            LOCK,
            ENTRY,
            r#""node_modules/good": {
      "version": "1.0.0", "hasInstallScript": true, "resolved": "{public}/good/-/good-1.0.0.tgz", "integrity": "{good}"
    }, "node_modules/other/node_modules/good": {"version": "1.0.1", "hasInstallScript": true, "inBundle": true}"#,
        )],
    ),
    trick(
        "a twin with a private field",
        Runs,
        &[Replace(
            LOCK,
            ENTRY,
            r#""node_modules/good": {
      "version": "1.0.0", "hasInstallScript": true, "resolved": "{public}/good/-/good-1.0.0.tgz", "integrity": "{good}"
    }, "node_modules/other/node_modules/good": {"version": "1.0.0", "hasInstallScript": true, "inBundle": true, "_resolved": "{here}/false.tgz"}"#,
        )],
    ),
    trick(
        "a twin that a yarn.lock fills",
        Runs,
        &[
            Replace(
                LOCK,
                ENTRY,
                r#""node_modules/good": {
      "version": "1.0.0", "hasInstallScript": true, "resolved": "{public}/good/-/good-1.0.0.tgz", "integrity": "{good}"
    }, "node_modules/other/node_modules/good": {"version": "1.0.0", "hasInstallScript": true, "inBundle": true}"#,
            ),
            Write("yarn.lock", YARN),
        ],
    ),
    trick(
        "a bundled package of version 1",
        Runs,
        &[Write(LOCK, VERSION_1)],
    ),
    trick(
        "the project bundles the carrier",
        Installs,
        &[
            Replace(
                MANIFEST,
                r#""private": true"#,
                r#""private": true, "bundleDependencies": ["carrier"]"#,
            ),
            Replace(
                LOCK,
                WANTED,
                r#""dependencies": {"good": "^1.0.0", "other": "^1.0.0", "carrier": "^1.0.0"}, "bundleDependencies": ["carrier"]"#,
            ),
        ],
    ),
    trick(
        "packages under version 1",
        Runs,
        &[
            Replace(LOCK, r#""lockfileVersion": 3"#, r#""lockfileVersion": 1"#),
            Replace(
                LOCK,
                ENTRY,
                r#""node_modules/good": {
      "version": "1.0.0", "hasInstallScript": true, "resolved": "{public}/good/-/good-1.0.0.tgz", "integrity": "{good}"
    }, "node_modules/other/node_modules/good": {"version": "1.0.1", "hasInstallScript": true, "inBundle": true}"#,
            ),
            Replace(
                LOCK,
                OF_OTHER,
                "\"dependencies\": {\"good\": \"^1.0.0\"}, \"bundleDependencies\": [\"good\"]\n    }",
            ),
        ],
    ),
    trick(
        "a package asks for an archive",
        Runs,
        &[Replace(
            LOCK,
            OF_OTHER,
            "\"dependencies\": {\"good\": \"{here}/false.tgz\"}\n    }",
        )],
    ),
    trick(
        "a package asks for an archive, optionally",
        Runs,
        &[Replace(
            LOCK,
            OF_OTHER,
            "\"optionalDependencies\": {\"good\": \"{here}/false.tgz\"}\n    }",
        )],
    ),
    trick(
        "an override asks for an archive",
        Runs,
        &[Replace(
            MANIFEST,
            r#""private": true"#,
            r#""private": true, "overrides": {"other": {"good": "{here}/false.tgz"}}"#,
        )],
    ),
    trick(
        "a package asks for an archive in the repository",
        Runs,
        &[Replace(
            LOCK,
            OF_OTHER,
            "\"dependencies\": {\"good\": \"file:../../vendor/x.tgz\"}\n    }",
        )],
    ),
    trick(
        "a package asks for an archive as a peer",
        Runs,
        &[Replace(
            LOCK,
            OF_OTHER,
            "\"peerDependencies\": {\"good\": \"{here}/false.tgz\"}\n    }",
        )],
    ),
    trick(
        "a linked folder asks for an archive",
        Runs,
        &[
            Replace(
                LOCK,
                WANTED,
                r#""dependencies": {"good": "^1.0.0", "other": "^1.0.0", "carrier": "^1.0.0", "lib": "file:lib"}"#,
            ),
            Replace(
                MANIFEST,
                WANTED,
                r#""dependencies": {"good": "^1.0.0", "other": "^1.0.0", "carrier": "^1.0.0", "lib": "file:lib"}"#,
            ),
            Replace(
                LOCK,
                ENTRY,
                r#""node_modules/good": {
      "version": "1.0.0", "hasInstallScript": true, "resolved": "{public}/good/-/good-1.0.0.tgz", "integrity": "{good}"
    }, "node_modules/lib": {"resolved": "lib", "link": true}, "lib": {"version": "1.0.0", "dependencies": {"good": "{here}/false.tgz"}}"#,
            ),
            Write(
                "lib/package.json",
                r#"{"name": "lib", "version": "1.0.0", "dependencies": {"good": "{here}/false.tgz"}}"#,
            ),
        ],
    ),
    trick(
        "a range that is a file",
        Runs,
        &[
            Replace(
                LOCK,
                WANTED,
                r#""dependencies": {"good": "^1.0.0 || vendor/x.tgz", "other": "^1.0.0", "carrier": "^1.0.0"}"#,
            ),
            Replace(
                MANIFEST,
                WANTED,
                r#""dependencies": {"good": "^1.0.0 || vendor/x.tgz", "other": "^1.0.0", "carrier": "^1.0.0"}"#,
            ),
        ],
    ),
    trick(
        "a range that is a file, for development",
        Runs,
        &[
            Replace(
                LOCK,
                WANTED,
                r#""dependencies": {"good": "^1.0.0", "other": "^1.0.0", "carrier": "^1.0.0"}, "devDependencies": {"good": "^1.0.0 x.tgz"}"#,
            ),
            Replace(
                MANIFEST,
                WANTED,
                r#""dependencies": {"good": "^1.0.0", "other": "^1.0.0", "carrier": "^1.0.0"}, "devDependencies": {"good": "^1.0.0 x.tgz"}"#,
            ),
        ],
    ),
    trick(
        "a range that is a file, of a workspace",
        Runs,
        &[
            Replace(
                LOCK,
                WANTED,
                r#""dependencies": {"good": "^1.0.0", "other": "^1.0.0", "carrier": "^1.0.0"}, "workspaces": ["lib"]"#,
            ),
            Replace(
                MANIFEST,
                WANTED,
                r#""dependencies": {"good": "^1.0.0", "other": "^1.0.0", "carrier": "^1.0.0"}, "workspaces": ["lib"]"#,
            ),
            Replace(
                LOCK,
                ENTRY,
                r#""node_modules/good": {
      "version": "1.0.0", "hasInstallScript": true, "resolved": "{public}/good/-/good-1.0.0.tgz", "integrity": "{good}"
    }, "node_modules/lib": {"resolved": "lib", "link": true}, "lib": {"version": "1.0.0", "dependencies": {"good": "^1.0.0 || ../vendor/x.tgz"}}"#,
            ),
            Write(
                "lib/package.json",
                r#"{"name": "lib", "version": "1.0.0", "dependencies": {"good": "^1.0.0 || ../vendor/x.tgz"}}"#,
            ),
        ],
    ),
    trick(
        "a range that is a repository",
        Nothing,
        &[
            Replace(
                LOCK,
                WANTED,
                r#""dependencies": {"good": "^1.0.0||vendor/x.tgz", "other": "^1.0.0", "carrier": "^1.0.0"}"#,
            ),
            Replace(
                MANIFEST,
                WANTED,
                r#""dependencies": {"good": "^1.0.0||vendor/x.tgz", "other": "^1.0.0", "carrier": "^1.0.0"}"#,
            ),
        ],
    ),
    trick(
        "a link that asks for itself",
        Runs,
        &[Replace(
            LOCK,
            ENTRY,
            r#""node_modules/good": {"resolved": "vendor/good", "link": true},
    "vendor/good": {"version": "1.0.0", "dependencies": {"good": "file:."}}"#,
        )],
    ),
    trick(
        "a link to the project",
        Installs,
        &[Replace(
            LOCK,
            ENTRY,
            r#""node_modules/good": {"resolved": "", "link": true}"#,
        )],
    ),
    trick(
        "a member without its name",
        Nothing,
        &[
            Replace(
                MANIFEST,
                r#""private": true"#,
                r#""private": true, "workspaces": ["vendor/*"]"#,
            ),
            Replace(
                LOCK,
                ENTRY,
                r#""node_modules/evil": {"resolved": "vendor/b", "link": true}, "vendor/b": {"version": "1.0.0"}, "node_modules/good": {
      "version": "1.0.0", "hasInstallScript": true, "resolved": "{public}/good/-/good-1.0.0.tgz", "integrity": "{good}"
    }"#,
            ),
            Write(
                "vendor/b/package.json",
                r#"{"name": "evil", "version": "1.0.0", "dependencies": {"evil": ""}}"#,
            ),
        ],
    ),
    trick(
        "another lockfile wins",
        Nothing,
        &[
            Rename(LOCK, "npm-shrinkwrap.json"),
            Write(
                LOCK,
                r#"{"name": "app", "version": "1.0.0", "lockfileVersion": 3, "requires": true, "packages": {}}"#,
            ),
        ],
    ),
    trick(
        "no package.json: npm installs the project above",
        Runs,
        &[
            Rename(MANIFEST, "../package.json"),
            Write(
                "../package-lock.json",
                r#"{"name": "app", "version": "1.0.0", "lockfileVersion": 3, "requires": true, "packages": {
            "": {"name": "app", "version": "1.0.0", "dependencies": {"good": "^1.0.0", "other": "^1.0.0", "carrier": "^1.0.0"}},
            "node_modules/good": {"version": "1.0.0", "hasInstallScript": true, "resolved": "{here}/false.tgz", "integrity": "{false}"},
            "node_modules/other": {"version": "1.0.0", "resolved": "{public}/other/-/other-1.0.0.tgz", "integrity": "{other}"},
            "node_modules/carrier": {"version": "1.0.0", "resolved": "{public}/carrier/-/carrier-1.0.0.tgz", "integrity": "{carrier}"}}}"#,
            ),
        ],
    ),
    trick(
        "no record of the installation",
        Nothing,
        &[Write(".npmrc", "package-lock=false\n")],
    ),
    trick(
        "a setting with a lone carriage return",
        Nothing,
        &[Write(".npmrc", "audit=false\rlegacy-peer-deps=true\n")],
    ),
    trick(
        "settings of the user in the project",
        Installs,
        &[
            Write(".npmrc", "userconfig=./other\n"),
            Write("other", "install-strategy=linked\n"),
        ],
    ),
];
