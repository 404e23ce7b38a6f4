//! Arguments that do not fit: exit code 2, and what would.

use crate::run::{basic, bomtrail, finish, put, shown};

#[test]
fn an_unknown_format() {
    insta::assert_snapshot!(shown(&basic(), &["sbom", "-f", "cyclonedx-json@9.9"]), @r"
    exit 2
    --- stdout
    --- stderr
    error: invalid value 'cyclonedx-json@9.9' for '--format <FORMAT>': there is no format `cyclonedx-json@9.9`; there is `cyclonedx-json@1.6`, `cyclonedx-json@1.4`, `cyclonedx-json@1.5`, `cyclonedx-json@1.7`, `cyclonedx-xml@1.6`, `cyclonedx-xml@1.7`, `spdx-json@2.3`, `spdx-json@3.0.1`, `spdx-tag-value@2.3`

    For more information, try '--help'.
    ");
    insta::assert_snapshot!(shown(&basic(), &["graph", "-f", "png"]), @r"
    exit 2
    --- stdout
    --- stderr
    error: invalid value 'png' for '--format <FORMAT>': there is no format `png`; there is `json@v1`, `dot@1`, `mermaid@1`

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
    error: two documents cannot go to the same output
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
    error: invalid value 'linux' for '--platform <OS-CPU[-LIBC]>': a platform is `os-cpu` or `os-cpu-libc`, as in `linux-x64-glibc`

    For more information, try '--help'.
    ");
    insta::assert_snapshot!(shown(&folder, &["sbom", "--timestamp", "yesterday"]), @r"
    exit 2
    --- stdout
    --- stderr
    error: invalid value 'yesterday' for '--timestamp <TIME>': a time is written as in `2026-01-31T12:00:00Z` (RFC 3339)

    For more information, try '--help'.
    ");
    let mut command = bomtrail(&folder);
    command.args(["sbom"]).env("SOURCE_DATE_EPOCH", "soon");
    insta::assert_snapshot!(finish(&folder, &mut command), @r"
    exit 2
    --- stdout
    --- stderr
    error: SOURCE_DATE_EPOCH is `soon`, which is no number of seconds since 1970
    ");
}

#[test]
fn help_and_version_are_no_failures() {
    let folder = basic();
    insta::assert_snapshot!(shown(&folder, &["--version"]), @r"
    exit 0
    --- stdout
    bomtrail 0.1.0
    --- stderr
    ");
    insta::assert_snapshot!(shown(&folder, &["--help"]), @r"
    exit 0
    --- stdout
    Exact dependency graphs and SBOMs of npm projects, without network and without running anything.

    Exit codes: 0 done, 1 a check failed (with --strict: the input has problems), 2 it could not be
    done.

    Usage: bomtrail [OPTIONS] <COMMAND>

    Commands:
      sbom           Print an SBOM of a project
      graph          Print the graph of packages and dependencies
      tree           Print the dependency tree; a package's own dependencies are printed once, then it
                     is `deduped`
      why            Print every shortest chain of requirers that leads to a package
      check          Check a project's packages against its approvals and its policy; no network is
                     used, and nothing is run
      approve        List exact versions as approved, with the digests that are locked
      unapprove      Take versions off the list; without a version, all of a package
      deny           Refuse packages whatever approves them; without a version, all versions there are
                     and will be
      undeny         Take refusals back; this approves nothing
      approvals      Look at the approvals list, and keep it in order
      exec           Check a project, and only when it passes run `npm ci`; then compare what was
                     installed with what was checked
      report         Report what a compliance profile asks for: present, said to be unknown, withheld,
                     or missing
      init           Write a commented bomtrail.toml with what the project's metadata says filled in
      verify         Verify the provenance of a project's packages, bound to the digests of its
                     lockfile; no network is used
      verify-bundle  Verify one Sigstore bundle or DSSE envelope; no network is used
      attest         Sign the statement that an SBOM describes an artifact; no network is used
      keygen         Make a key pair for `bomtrail attest`: NAME.key, which only you may read, and
                     NAME.pub
      validate       Check an SBOM: its schema, and what no schema says
      convert        Write an SBOM in another format or version, and tell what that loses
      merge          Write several SBOMs as one: packages of one Package URL are one, unless their bytes
                     differ
      diff           Print what changed between two SBOMs, lockfiles or projects
      completions    Print a script that completes bomtrail's arguments in a shell
      man            Print the manual page (roff), of bomtrail or of one of its commands
      help           Print this message or the help of the given subcommand(s)

    Options:
      -v, --verbose
              Tell everything: notes too, and all diagnostics of a kind

      -q, --quiet
              Tell nothing but why the command failed

      -h, --help
              Print help (see a summary with '-h')

      -V, --version
              Print version
    --- stderr
    ");
}

#[test]
#[cfg_attr(
    feature = "openpgp",
    ignore = "the page of the default build, which has no `--cpan-keys`"
)]
fn the_help_of_a_command_names_every_argument() {
    let folder = basic();
    insta::assert_snapshot!(shown(&folder, &["sbom", "--help"]), @r"
    exit 0
    --- stdout
    Print an SBOM of a project

    Usage: bomtrail sbom [OPTIONS] [PATH]

    Arguments:
      [PATH]  A project's folder, or one input file [default: .]

    Options:
          --workspace <NAME>          Only what this workspace member needs; may be repeated
          --omit <KIND>               Leave out what only such dependencies need; may be repeated
                                      [possible values: dev, optional, peer]
          --platform <OS-CPU[-LIBC]>  Leave out optional packages that do not install on this platform,
                                      such as linux-x64-glibc
          --feature <NAME>            Include what this optional feature of a CPAN project needs; may be
                                      repeated
          --perl <VERSION>            The Perl it runs on, such as 5.36.0, whose core modules need no
                                      distribution
          --cpan-index <FILE>         Look for distributions of CPAN in this 02packages.details.txt,
                                      plain or as .gz
          --attestations <FILE>...    Files or folders of attestations: the output of `npm audit
                                      signatures --json --include-attestations`, the registry's answers,
                                      bundles, registry metadata; `-` is standard input
          --trusted-root <FILE>       Trust these authorities and logs (a `trusted_root.json`) instead
                                      of Sigstore's public ones
          --npm-keys <FILE>           Trust these keys of the registry instead of npm's
      -f, --format <FORMAT>           The format, such as cyclonedx-json (the default), spdx-json or, to
                                      pin a version, cyclonedx-json@1.5; repeated, the n-th format goes
                                      to the n-th output
      -o, --output <FILE>             Write to this file, `-` for standard output; without a format, the
                                      name's ending tells it (.cdx.json, .spdx.json)
          --split <DIR>               Write one SBOM for each workspace member into this folder
          --strict                    Exit with 1 when there is any warning or error; the SBOM is
                                      written all the same
          --statuses                  Say of each package whether the project's approvals approve it,
                                      and why (see `bomtrail check`)
          --approvals <FILE>          The approvals list [default: what package.json names, else
                                      package-approvals.json]
          --date <DATE>               The day that reviews run out by [default: today]
          --annotations               Say the approvals as annotations too, by reviewer and day
                                      (CycloneDX 1.5 and later)
          --declarations              Say approvals (--statuses) and provenance (--attestations) as
                                      claims with evidence and counter-claims (CycloneDX 1.6 and later)
          --timestamp <TIME>          The time of the document (RFC 3339) [default: `SOURCE_DATE_EPOCH`,
                                      else none]
          --compact                   No line breaks and indentation
          --max-bytes <N>             Write nothing when the document would be larger, and tell which
                                      sections make it so
          --bom-version <N>           Which version of the same document this is: a number that grows
                                      with each that is published [default: 1, with --updates one more
                                      than before]
          --serial-number <URN>       The serial number of the CycloneDX document, to keep that of an
                                      earlier version of it [default: made of the content]
          --updates <OLD>             Be the next version of this CycloneDX document: its serial number,
                                      and its version plus one
      -v, --verbose                   Tell everything: notes too, and all diagnostics of a kind
          --profile <PROFILE>         Say what this profile asks for: `bsi` adds the properties of
                                      TR-03183-2 to CycloneDX 1.6 and later
      -q, --quiet                     Tell nothing but why the command failed
      -h, --help                      Print help
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
    SBOM generator and dependency metadata toolkit for npm and CPAN

    Usage: bomtrail [OPTIONS] <COMMAND>

    Commands:
      sbom           Print an SBOM of a project
      graph          Print the graph of packages and dependencies
      tree           Print the dependency tree; a package's own dependencies are printed once, then it
                     is `deduped`
      why            Print every shortest chain of requirers that leads to a package
      check          Check a project's packages against its approvals and its policy; no network is
                     used, and nothing is run
      approve        List exact versions as approved, with the digests that are locked
      unapprove      Take versions off the list; without a version, all of a package
      deny           Refuse packages whatever approves them; without a version, all versions there are
                     and will be
      undeny         Take refusals back; this approves nothing
      approvals      Look at the approvals list, and keep it in order
      exec           Check a project, and only when it passes run `npm ci`; then compare what was
                     installed with what was checked
      report         Report what a compliance profile asks for: present, said to be unknown, withheld,
                     or missing
      init           Write a commented bomtrail.toml with what the project's metadata says filled in
      verify         Verify the provenance of a project's packages, bound to the digests of its
                     lockfile; no network is used
      verify-bundle  Verify one Sigstore bundle or DSSE envelope; no network is used
      attest         Sign the statement that an SBOM describes an artifact; no network is used
      keygen         Make a key pair for `bomtrail attest`: NAME.key, which only you may read, and
                     NAME.pub
      validate       Check an SBOM: its schema, and what no schema says
      convert        Write an SBOM in another format or version, and tell what that loses
      merge          Write several SBOMs as one: packages of one Package URL are one, unless their bytes
                     differ
      diff           Print what changed between two SBOMs, lockfiles or projects
      completions    Print a script that completes bomtrail's arguments in a shell
      man            Print the manual page (roff), of bomtrail or of one of its commands
      help           Print this message or the help of the given subcommand(s)

    Options:
      -v, --verbose  Tell everything: notes too, and all diagnostics of a kind
      -q, --quiet    Tell nothing but why the command failed
      -h, --help     Print help (see more with '--help')
      -V, --version  Print version
    ");
}

#[test]
fn manual_pages_and_completions_know_every_command() {
    let page = shown(&basic(), &["man"]);
    let script = shown(&basic(), &["completions", "bash"]);
    for command in ["sbom", "graph", "tree", "why", "completions", "man"] {
        assert!(page.contains(command), "{command}");
        assert!(script.contains(command), "{command}");
        assert!(shown(&basic(), &["man", command]).starts_with("exit 0"));
    }
    insta::assert_snapshot!(shown(&basic(), &["man", "cook"]), @r"
    exit 2
    --- stdout
    --- stderr
    error: there is no command `cook`
    ");
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
    ");
    let strict = shown(folder.path(), &["sbom", "--strict", "-o", "app.cdx.json"]);
    insta::assert_snapshot!(strict, @r"
    exit 1
    --- stdout
    --- stderr
    warning[bomtrail/second-lockfile] package-lock.json: `package-lock.json` is not read because `npm-shrinkwrap.json` is there and wins (help: remove the one that is not maintained)
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
        last.ends_with("… and 10 more (--verbose tells all)"),
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
