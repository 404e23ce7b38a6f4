//! The language: what is read, what is kept as a condition, and what is only reported.

use bomtrail_graph::{Diagnostics, Input, NoFiles, Reader};
use proptest::prelude::*;

use super::Cpanfile;

/// Every link as `phase need module range condition`, and every diagnostic as its id and line.
fn read(text: &str) -> (Vec<String>, Vec<String>) {
    let mut diagnostics = Diagnostics::new();
    let input = Input {
        path: "cpanfile",
        bytes: text.as_bytes(),
        files: &NoFiles,
    };
    let fragment = Cpanfile.read(&input, &mut diagnostics);
    let links = fragment.links.iter().map(show);
    let features = fragment.features.iter().flat_map(|it| {
        let mark = |link| [&*it.name, ": ", &show(link)].concat();
        it.links.iter().map(mark).collect::<Vec<_>>()
    });
    let said = diagnostics
        .iter()
        .map(|it| format!("{} {}", it.code.id, it.place.line.unwrap_or_default()));
    (links.chain(features).collect(), said.collect())
}

fn show(link: &bomtrail_graph::Link) -> String {
    let detail = link.detail.as_ref().and_then(|it| it.condition.as_deref());
    let words = [
        link.phase.name(),
        link.need.name(),
        link.name.as_deref().unwrap_or("?"),
        link.range.as_deref().unwrap_or("any"),
        detail.unwrap_or_default(),
    ];
    words.join(" ").trim_end().to_owned()
}

/// A statement, and the one link it is.
const SPELLINGS: &[(&str, &str)] = &[
    ("requires 'A';", "runtime required A any"),
    ("requires \"A\" => \"0\";", "runtime required A any"),
    ("requires('A', '>=1, < 2');", "runtime required A >= 1, < 2"),
    ("requires A::B => 1.10;", "runtime required A::B 1.1"),
    ("requires 'perl', v5.10.1;", "runtime required perl v5.10.1"),
    ("requires 'perl', 5.10.1;", "runtime required perl v5.10.1"),
    ("requires qw{ A::B 0.5 };", "runtime required A::B 0.5"),
    ("requires q(A), q{1};", "runtime required A 1"),
    ("requires 'A',\n  '1' # why\n  ;", "runtime required A 1"),
    ("recommends 'A'; ", "runtime recommended A any"),
    ("suggests 'A'", "runtime suggested A any"),
    ("conflicts 'A', '< 1';", "runtime conflicts A < 1"),
    ("test_requires 'A';", "test required A any"),
    ("author_requires 'A';", "develop required A any"),
    ("configure_requires 'A';", "configure required A any"),
    ("build_requires 'A';", "build required A any"),
    ("on test => sub { requires 'A', 1 };", "test required A 1"),
    ("on('test', sub { requires 'A' });", "test required A any"),
    (
        "on 'develop', sub {\n  suggests 'A';\n};\n",
        "develop suggested A any",
    ),
    (
        "use strict; use warnings; use v5.10;\nrequires 'A'; 1;",
        "runtime required A any",
    ),
    (
        "=head1 X\n\nrequires 'B';\n\n=cut\n\nrequires 'A';\n__END__\nrequires 'C';",
        "runtime required A any",
    ),
    ("# requires 'B';\nrequires 'A';", "runtime required A any"),
    ("requires 'A', undef;", "runtime required A any"),
    (
        "requires 'A', git => 'https://u:p@example.com/a.git';",
        "runtime required A any",
    ),
    (
        "feature 'x', 'Why' => sub { requires 'A'; };",
        "x: runtime required A any",
    ),
    (
        "feature x => sub { on test => sub { requires 'A' } };",
        "x: test required A any",
    ),
    ("{ requires 'A' }", "runtime required A any"),
    (
        "requires 'A' if $^O eq 'linux';",
        "runtime required A any $^O eq 'linux'",
    ),
    (
        "requires 'A' unless $] >= 5.010;",
        "runtime required A any unless $] >= 5.010",
    ),
    (
        "if ($] < 5.010) { requires 'A', 1; }",
        "runtime required A 1 $] < 5.010",
    ),
    (
        "if (1) { on test => sub { requires 'A' if 2; }; }",
        "test required A any 1 && 2",
    ),
];

#[test]
fn statements_are_read_in_all_their_spellings() {
    for (text, wanted) in SPELLINGS {
        let (links, said) = read(text);
        assert_eq!(links, [*wanted], "{text}");
        assert!(said.is_empty(), "{text}: {said:?}");
    }
}

#[test]
fn both_branches_are_kept_with_their_conditions() {
    let (links, said) =
        read("if (a()) { requires 'A' } elsif ($b) { requires 'B' }\nelse { requires 'C' }");
    assert_eq!(
        links,
        [
            "runtime required A any a()",
            "runtime required B any $b",
            "runtime required C any unless $b"
        ]
    );
    assert!(said.is_empty(), "{said:?}");
}

/// A text with code, the links it has all the same, and the line of the code.
const CODE: &[(&str, &str, u32)] = &[
    (
        "requires 'A';\nmy $x = do { requires 'B'; 1 };\n",
        "runtime required A any",
        2,
    ),
    (
        "for my $m (qw(B C)) { requires $m; }\nrequires 'A';",
        "runtime required A any",
        1,
    ),
    (
        "requires $module;\nrequires 'A';",
        "runtime required A any",
        1,
    ),
    (
        "requires \"B$x\";\nrequires 'A';",
        "runtime required A any",
        1,
    ),
    ("requires 'A', $version;", "runtime required A any", 1),
    ("requires 'A', '1.' . $x;", "runtime required A any", 1),
    (
        "requires 'A',\nrequires 'B';",
        "runtime required A any|runtime required B any",
        1,
    ),
    (
        "use if $] < 5.01, 'x';\nrequires 'A';",
        "runtime required A any",
        1,
    ),
    ("foobar;\nrequires 'A';", "runtime required A any", 1),
    (
        "my $t = <<'EOT';\nrequires 'B';\nEOT\nrequires 'A';",
        "runtime required A any",
        1,
    ),
    (
        "requires $_ for qw(B C);\nrequires 'A';",
        "runtime required A any",
        1,
    ),
    (
        "sub f { requires 'B' }\nrequires 'A';",
        "runtime required A any",
        1,
    ),
    (
        "on $phase => sub { requires 'B' };\nrequires 'A';",
        "runtime required A any|runtime required B any",
        1,
    ),
    (
        "osname 'linux';\nrequires 'A';",
        "runtime required A any",
        1,
    ),
    (
        "eval { requires 'B' }; requires 'A';",
        "runtime required A any",
        1,
    ),
    (")))\nrequires 'A';", "runtime required A any", 1),
];

#[test]
fn code_is_reported_and_statements_around_it_are_kept() {
    for (text, wanted, line) in CODE {
        let (links, said) = read(text);
        assert_eq!(links.join("|"), *wanted, "{text}");
        let id = format!("cpan/partly-understood {line}");
        assert!(said.contains(&id), "{text}: {said:?}");
    }
}

#[test]
fn odd_requirements_are_reported() {
    for (text, wanted, id) in [
        (
            "requires 'A', '[% x %]';",
            "runtime required A [% x %]",
            "cpan/range 1",
        ),
        (
            "on nowhere => sub { requires 'B' };\nrequires 'A';",
            "runtime required A any",
            "cpan/custom-phase 1",
        ),
    ] {
        let (links, said) = read(text);
        assert_eq!(links, [wanted], "{text}");
        assert_eq!(said, [id], "{text}");
    }
}

#[test]
fn the_last_statement_on_a_module_counts_and_the_earlier_one_is_reported() {
    for (text, kept) in [
        (
            "requires 'A', 2;\nrequires 'A', '< 1';",
            "runtime required A < 1",
        ),
        ("requires 'A', 2;\nrequires 'A';", "runtime required A any"),
        (
            "conflicts 'A', '== 1';\nconflicts 'A', '== 2';",
            "runtime conflicts A == 2",
        ),
    ] {
        let (links, said) = read(text);
        assert_eq!(links, [kept], "{text}");
        assert_eq!(said, ["cpan/repeated-requirement 2"], "{text}");
    }
    // Another phase, another condition, and the same statement again replace nothing.
    let (links, said) = read(
        "requires 'A', 1; on test => sub { requires 'A', 2 }; requires 'A', 3 if $x;\nrequires 'A', 1;",
    );
    assert_eq!(links.len(), 3, "{links:?}");
    assert!(said.is_empty(), "{said:?}");
}

#[test]
fn values_without_effect_are_reported() {
    let (links, said) = read("requires 'A', '>= 1', '< 2';");
    assert_eq!(links, ["runtime required A any"]);
    assert_eq!(said, ["cpan/no-effect 1"]);
    let (_, said) = read("requires 'A', '1', dist => 'EXAMPLE/A-1.tar.gz';");
    assert!(said.is_empty(), "{said:?}");
}

#[test]
fn stray_signs_end() {
    for text in [
        "requires 'A' );",
        "requires 'A', ]",
        "on ) => sub { requires 'A' };",
        "requires(]",
        "if (",
    ] {
        assert!(
            read(text)
                .1
                .contains(&"cpan/partly-understood 1".to_owned()),
            "{text}"
        );
    }
}

#[test]
fn deep_nesting_is_read() {
    let depth = bomtrail_testkit::cases(10_000, 100_000);
    let blocks = "{".repeat(depth) + "requires 'A';";
    assert_eq!(read(&blocks).0, ["runtime required A any"]);
    let calls = "requires 'A', ".repeat(depth / 2);
    assert_eq!(read(&calls).0, ["runtime required A any"]);
    let lists = "requires 'A', ".to_owned() + &"[".repeat(depth);
    assert_eq!(read(&lists).0, ["runtime required A any"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(bomtrail_testkit::cases(64, 256)))]

    #[test]
    fn anything_ends(text in "(requires|on|feature|if|sub|qw|q|<<X|=pod|\\PC|[ ,;(){}\\[\\]'\"=>\n#$]){0,60}") {
        read(&text);
    }
}
