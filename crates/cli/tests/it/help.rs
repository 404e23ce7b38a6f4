//! The help of every command, and the messages of typical mistakes.

use crate::run::{basic, get, put, shown};

/// All commands, those with commands of their own last.
const COMMANDS: &str = "sbom graph tree why check advisories approve unapprove decide deny undeny exec explain report init \
                        verify verify-bundle source attest vex keygen validate convert merge diff fleet completions man \
                        approvals";

/// The commands of `approvals`.
const APPROVALS: &str = "ls explain diff prune update fmt import-allow-scripts aggregate";

/// The commands of `fleet`.
const FLEET: &str =
    "add ls rm where since diff top stale advisories verify compact export import serve";

#[test]
#[cfg_attr(
    feature = "openpgp",
    ignore = "the pages of the default build, which has no `--cpan-keys`"
)]
fn the_help_of_every_command() {
    let folder = basic();
    let mut pages = String::new();
    let all = COMMANDS.split_whitespace().map(|it| vec![it]);
    let more = APPROVALS.split_whitespace().map(|it| vec!["approvals", it]);
    let fleet = FLEET.split_whitespace().map(|it| vec!["fleet", it]);
    for command in all.chain(more).chain(fleet) {
        let arguments = [&command[..], &["--help"]].concat();
        let page = shown(&folder, &arguments);
        assert!(page.starts_with("exit 0"), "{page}");
        pages.extend(["===== ", &command.join(" "), "\n", &page]);
    }
    insta::assert_snapshot!(pages);
}

#[test]
fn no_command_is_left_out_here() {
    let page = shown(&basic(), &["--help"]);
    let (_, list) = page.split_once("\nCommands:\n").unwrap();
    let (list, _) = list.split_once("\n\n").unwrap();
    let rows = list.lines().filter_map(|it| it.strip_prefix("  "));
    let words = rows.filter_map(|it| it.split(' ').next());
    let mut named: Vec<&str> = words.filter(|it| !it.is_empty() && *it != "help").collect();
    let mut known: Vec<&str> = COMMANDS.split_whitespace().collect();
    named.sort_unstable();
    known.sort_unstable();
    assert_eq!(named, known);
}

#[test]
fn markdown_has_two_names_everywhere() {
    let folder = tempfile::tempdir().unwrap();
    put(
        folder.path(),
        "package-lock.json",
        &get(&basic(), "package-lock.json"),
    );
    put(folder.path(), "osv/none.json", "[]");
    for command in [
        &["advisories", "--advisories", "osv"][..],
        &["report"],
        &["source", "a"],
        &["diff", ".", "."],
    ] {
        let pages =
            ["md", "markdown"].map(|it| shown(folder.path(), &[command, &["-f", it]].concat()));
        assert!(!pages[0].contains("invalid value '"), "{}", pages[0]);
        assert_eq!(pages[0], pages[1]);
    }
}

/// `-h` shows what is common on one screen; `--help` shows everything.
#[test]
fn the_short_help_of_every_command_fits_on_one_screen() {
    let folder = basic();
    let mut pages = String::new();
    for command in COMMANDS.split_whitespace() {
        let page = shown(&folder, &[command, "-h"]);
        assert!(page.starts_with("exit 0"), "{page}");
        // Three lines of the page are the frame that the test puts around it.
        assert!(page.lines().count() <= 50 + 3, "{page}");
        pages.extend(["===== ", command, "\n", &page]);
    }
    insta::assert_snapshot!(pages);
}

#[test]
fn typical_mistakes_say_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    put(
        here,
        "package.json",
        r#"{"name": "a", "workspaces": ["web"]}"#,
    );
    let lock = r#"{"name": "a", "lockfileVersion": 3, "packages": {"": {"name": "a", "workspaces": ["web"]},
      "node_modules/web": {"resolved": "web", "link": true}, "web": {"version": "1.0.0"}}}"#;
    put(here, "package-lock.json", lock);
    put(
        here,
        "bad/package-approvals.json",
        r#"{"version": 1, "packages": {"x": ["^1.0.0"]}}"#,
    );
    put(here, "bad/package-lock.json", lock);
    put(here, "none/readme.txt", "");
    let mut all = String::new();
    for arguments in [
        "sbmo",
        "sbom --fromat cdx",
        "sbom -f cyclonedx-jsn",
        "sbom --workspace wbe",
        "sbom -o sbom.docx",
        "sbom -o package-lock.json",
        "sbom none",
        "check -D approvals/unreviewd",
        "check bad",
        "report --profile ntia-2012",
        "exec npm ci",
        "exec -- npm install left-pad",
        "why not-there",
        "approvals explain not-there",
    ] {
        let words: Vec<&str> = arguments.split(' ').collect();
        let shown = shown(here, &words);
        assert!(shown.starts_with("exit 2"), "{arguments}: {shown}");
        all.extend(["$ bomtrail ", arguments, "\n", &shown, "\n"]);
    }
    insta::assert_snapshot!(all);
}

#[test]
fn manual_pages_of_all_commands_are_written() {
    let folder = tempfile::tempdir().unwrap();
    assert!(shown(folder.path(), &["man", "--out", "man1"]).starts_with("exit 0"));
    let pages = crate::run::names(&folder.path().join("man1"));
    assert!(
        pages.contains(&"bomtrail.1".to_owned())
            && pages.contains(&"bomtrail-approvals-ls.1".to_owned())
    );
    assert!(pages.len() > 30, "{pages:?}");
}
