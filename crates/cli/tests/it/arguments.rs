//! Arguments that do not fit: exit code 2, and what would.

use crate::run::{basic, bomtrail, finish, put, shown};

#[test]
fn an_unknown_format() {
    insta::assert_snapshot!(shown(&basic(), &["sbom", "-f", "cyclonedx-json@9.9"]), @r"
    exit 2
    --- stdout
    --- stderr
    error: invalid value 'cyclonedx-json@9.9' for '--format <FORMAT>': the versions of cyclonedx-json are 1.4, 1.5, 1.6, 1.7

    For more information, try '--help'.
    ");
    insta::assert_snapshot!(shown(&basic(), &["graph", "-f", "png"]), @r"
    exit 2
    --- stdout
    --- stderr
    error: invalid value 'png' for '--format <FORMAT>'
      [possible values: json, dot, mermaid]

    For more information, try '--help'.
    ");
}

#[test]
fn formats_and_outputs_that_do_not_pair() {
    let folder = basic();
    let several = shown(
        &folder,
        &["sbom", "-f", "cyclonedx-json", "-f", "spdx-json"],
    );
    insta::assert_snapshot!(several, @r"
    exit 2
    --- stdout
    --- stderr
    error: 2 formats and 0 outputs: give one format for each output, or none
    ");
    let twice = shown(&folder, &["sbom", "-o", "-", "-o", "-"]);
    insta::assert_snapshot!(twice, @r"
    exit 2
    --- stdout
    --- stderr
    error: the same output is given twice
    ");
    let both = shown(&folder, &["sbom", "--split", "out", "-o", "x"]);
    insta::assert_snapshot!(both, @r"
    exit 2
    --- stdout
    --- stderr
    error: the argument '--split <DIR>' cannot be used with '--output <FILE>'

    Usage: bomtrail sbom --split <DIR> [PATH]

    For more information, try '--help'.
    ");
}

#[test]
fn a_platform_and_a_time_that_are_none() {
    let folder = basic();
    insta::assert_snapshot!(shown(&folder, &["sbom", "--platform", "linux"]), @r"
    exit 2
    --- stdout
    --- stderr
    error: invalid value 'linux' for '--platform <OS-CPU[-LIBC]>': expected `os-cpu` or `os-cpu-libc`, such as `linux-x64-glibc`

    For more information, try '--help'.
    ");
    insta::assert_snapshot!(shown(&folder, &["sbom", "--timestamp", "yesterday"]), @r"
    exit 2
    --- stdout
    --- stderr
    error: invalid value 'yesterday' for '--timestamp <TIME>': expected a time such as `2026-01-31T12:00:00Z` (RFC 3339), `git`, `now` or `none`

    For more information, try '--help'.
    ");
    let mut command = bomtrail(&folder);
    command.args(["sbom"]).env("SOURCE_DATE_EPOCH", "soon");
    insta::assert_snapshot!(finish(&folder, &mut command), @r"
    exit 2
    --- stdout
    --- stderr
    error: SOURCE_DATE_EPOCH is `soon`, which is not a number of seconds since 1970
    ");
}

#[test]
fn the_version_is_no_failure() {
    insta::assert_snapshot!(shown(&basic(), &["--version"]), @r"
    exit 0
    --- stdout
    bomtrail 0.1.0
    --- stderr
    ");
}

#[test]
fn help_is_no_failure() {
    let folder = basic();
    insta::assert_snapshot!(shown(&folder, &["--help"]), @r"
    exit 0
    --- stdout
    Exact dependency graphs and SBOMs of npm and CPAN projects, without network access and without
    running project code

    Exit codes: 0 success, 1 a check failed (with --strict: the input has problems), 2 the command could
    not be completed.

    Usage: bomtrail [OPTIONS] <COMMAND>

    Commands:
      sbom           Write an SBOM of a project
      graph          Print the dependency graph as JSON, Graphviz or Mermaid
      tree           Print the dependency tree; repeated packages are marked `deduped` and not expanded
                     again
      why            Show why a package is included: all shortest dependency chains from the project to
                     it
      check          Check that all locked packages are approved and comply with the policy
      advisories     Find known vulnerabilities in a project, and how the product reaches them
      approve        Approve exact package versions, with their locked digests
      unapprove      Remove approvals from the list; without a version, all versions of a package
      decide         Record what was decided about a vulnerability of a package, in
                     package-advisories.json
      deny           Deny packages, even if a list approves them; without a version, all present and
                     future versions
      undeny         Remove denials; this does not approve the packages
      approvals      Show and maintain the approvals list
      exec           Run `npm ci`, or the frozen installation of pnpm, Yarn or Bun, only if the check
                     passes, then verify that the installed packages are those that were checked
      explain        Explain a rule or a diagnostic: what it means and what to do
      report         Report which fields required by a compliance profile are present, unknown, withheld
                     or missing
      init           Create a commented bomtrail.toml, filled in from the metadata, or workflows
      verify         Verify the provenance of a project's packages against the digests in its lockfile
      verify-bundle  Verify one Sigstore bundle or DSSE envelope
      source         Compare the archive of a package with its source repository
      attest         Sign a statement that an SBOM describes an artifact
      vex            Write a VEX document: what the product says about known vulnerabilities of its
                     packages
      keygen         Create a key pair for `bomtrail attest`: NAME.key, readable only by you, and
                     NAME.pub
      validate       Validate an SBOM against its specification, and check rules beyond any schema
      convert        Convert an SBOM to another format or version, and report what is lost
      merge          Merge several SBOMs into one; packages with the same Package URL become one, unless
                     their digests differ
      diff           Show what changed between two SBOMs, lockfiles, projects or git revisions
      fleet          Keep many SBOMs in one store, and ask which products ship a package, by which path,
                     since when
      completions    Print a shell completion script
      man            Print the manual page (roff) of bomtrail or of a command
      help           Print this message or the help of the given subcommand(s)

    Options:
      -h, --help
              Print help (see a summary with '-h')

      -V, --version
              Print version

    Global options:
      -v, --verbose
              Show notes, and do not limit repeated diagnostics

      -q, --quiet
              Show only errors that make the command fail

          --color <WHEN>
              When to use colours (auto: on a terminal, unless `NO_COLOR` is set)
              
              [default: auto]
              [possible values: auto, always, never]
    --- stderr
    ");
}

#[test]
fn no_command_shows_those_there_are() {
    let folder = basic();
    insta::assert_snapshot!(shown(&folder, &[]), @r"
    exit 2
    --- stdout
    --- stderr
    The bomtrail command: SBOMs, checks, reports and provenance for npm and CPAN projects

    Usage: bomtrail [OPTIONS] <COMMAND>

    Commands:
      sbom           Write an SBOM of a project
      graph          Print the dependency graph as JSON, Graphviz or Mermaid
      tree           Print the dependency tree; repeated packages are marked `deduped` and not expanded
                     again
      why            Show why a package is included: all shortest dependency chains from the project to
                     it
      check          Check that all locked packages are approved and comply with the policy
      advisories     Find known vulnerabilities in a project, and how the product reaches them
      approve        Approve exact package versions, with their locked digests
      unapprove      Remove approvals from the list; without a version, all versions of a package
      decide         Record what was decided about a vulnerability of a package, in
                     package-advisories.json
      deny           Deny packages, even if a list approves them; without a version, all present and
                     future versions
      undeny         Remove denials; this does not approve the packages
      approvals      Show and maintain the approvals list
      exec           Run `npm ci`, or the frozen installation of pnpm, Yarn or Bun, only if the check
                     passes, then verify that the installed packages are those that were checked
      explain        Explain a rule or a diagnostic: what it means and what to do
      report         Report which fields required by a compliance profile are present, unknown, withheld
                     or missing
      init           Create a commented bomtrail.toml, filled in from the metadata, or workflows
      verify         Verify the provenance of a project's packages against the digests in its lockfile
      verify-bundle  Verify one Sigstore bundle or DSSE envelope
      source         Compare the archive of a package with its source repository
      attest         Sign a statement that an SBOM describes an artifact
      vex            Write a VEX document: what the product says about known vulnerabilities of its
                     packages
      keygen         Create a key pair for `bomtrail attest`: NAME.key, readable only by you, and
                     NAME.pub
      validate       Validate an SBOM against its specification, and check rules beyond any schema
      convert        Convert an SBOM to another format or version, and report what is lost
      merge          Merge several SBOMs into one; packages with the same Package URL become one, unless
                     their digests differ
      diff           Show what changed between two SBOMs, lockfiles, projects or git revisions
      fleet          Keep many SBOMs in one store, and ask which products ship a package, by which path,
                     since when
      completions    Print a shell completion script
      man            Print the manual page (roff) of bomtrail or of a command
      help           Print this message or the help of the given subcommand(s)

    Options:
      -h, --help     Print help (see more with '--help')
      -V, --version  Print version

    Global options:
      -v, --verbose       Show notes, and do not limit repeated diagnostics
      -q, --quiet         Show only errors that make the command fail
          --color <WHEN>  When to use colours (auto: on a terminal, unless `NO_COLOR` is set) [default:
                          auto] [possible values: auto, always, never]
    ");
}

#[test]
fn manual_pages_know_every_command() {
    let page = shown(&basic(), &["man"]);
    for command in ["sbom", "graph", "tree", "why", "completions", "man"] {
        assert!(page.contains(command), "{command}");
        assert!(shown(&basic(), &["man", command]).starts_with("exit 0"));
    }
    insta::assert_snapshot!(shown(&basic(), &["man", "cook"]), @r"
    exit 2
    --- stdout
    --- stderr
    error: unknown command `cook`; `bomtrail help` lists the commands
    ");
    let misspelt = shown(&basic(), &["man", "chekc"]);
    assert!(misspelt.contains("did you mean `check`?"), "{misspelt}");
}

#[test]
fn a_problem_of_the_input_is_a_failure_only_when_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let lock = r#"{"name":"a","lockfileVersion":3,"packages":{"":{"name":"a","version":"1.0.0"}}}"#;
    put(folder.path(), "package-lock.json", lock);
    assert!(shown(folder.path(), &["sbom", "--strict"]).starts_with("exit 0"));
    put(folder.path(), "npm-shrinkwrap.json", lock);
    let loose = shown(folder.path(), &["sbom", "-o", "/dev/null"]);
    insta::assert_snapshot!(loose, @r"
    exit 0
    --- stdout
    --- stderr
    warning[bomtrail/second-lockfile] package-lock.json: `package-lock.json` is not read because `npm-shrinkwrap.json` is there and wins (help: remove the one that is not maintained)
    warning[bomtrail/shrinkwrap-ignored] npm-shrinkwrap.json: npm 12 and later ignore `npm-shrinkwrap.json` (help: rename it to `package-lock.json`, which every npm reads)
    ");
    let strict = shown(folder.path(), &["sbom", "--strict", "-o", "app.cdx.json"]);
    insta::assert_snapshot!(strict, @r"
    exit 1
    --- stdout
    --- stderr
    warning[bomtrail/second-lockfile] package-lock.json: `package-lock.json` is not read because `npm-shrinkwrap.json` is there and wins (help: remove the one that is not maintained)
    warning[bomtrail/shrinkwrap-ignored] npm-shrinkwrap.json: npm 12 and later ignore `npm-shrinkwrap.json` (help: rename it to `package-lock.json`, which every npm reads)
    wrote `app.cdx.json`: cyclonedx-json 1.6, 1 component, 0 dependencies, 2 problems
    ");
    assert!(crate::run::get(folder.path(), "app.cdx.json").contains("CycloneDX"));
}

#[test]
fn many_of_one_kind_are_counted() {
    let folder = tempfile::tempdir().unwrap();
    let packages: Vec<String> = (0..30)
        .map(|number| format!("\"node_modules/p{number}\":7"))
        .collect();
    let root = "\"\":{\"name\":\"a\",\"version\":\"1.0.0\"}";
    let lock = format!(
        "{{\"lockfileVersion\":3,\"packages\":{{{root},{}}}}}",
        packages.join(",")
    );
    put(folder.path(), "package-lock.json", &lock);
    let told = |arguments: &[&str]| {
        let all = shown(folder.path(), arguments);
        let (_, told) = all.split_once("--- stderr\n").unwrap();
        told.to_owned()
    };
    let some = told(&["sbom", "-o", "/dev/null"]);
    let last = some.lines().last().unwrap();
    assert_eq!(some.lines().count(), 21, "{some}");
    assert!(
        last.ends_with("… and 10 more (use --verbose to show all)"),
        "{last}"
    );
    assert!(
        told(&["sbom", "-o", "/dev/null", "--verbose"])
            .lines()
            .count()
            >= 30
    );
    assert_eq!(told(&["sbom", "-o", "/dev/null", "--quiet"]), "");
}
