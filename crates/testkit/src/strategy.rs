//! Fragments at random, as no reader would make them but every linker and writer must bear them: hostile text, cycles,
//! links to themselves, one package at many places with equal and with other bytes, names that several provide.

use bomtrail_graph::{
    Completeness, Component, Details, Fact, Flags, Fragment, Hash, HashAlgorithm, Kind, License,
    Licenses, Lifecycle, Link, LinkDetail, LocalId, NameSpace, Need, Origin, Override, Patch,
    Person, Phase, Problem, Provided, Purl, Role, SharedText, Target, Text,
};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

/// Words chosen so that they meet: names, modules, places, ranges.
const WORDS: [&str; 8] = [
    "a",
    "b",
    "a@1.0.0",
    "@s/a",
    "A::B",
    "node_modules/a",
    "node_modules/a/node_modules/b",
    "*",
];
const SPACES: [&str; 2] = ["perl-module", "other"];
/// Few, so that components meet in them; some decode to the same text, some differ in author or registry only.
const PURLS: [&str; 16] = [
    "pkg:npm/a@1.0.0",
    "pkg:npm/a@2.0.0",
    "pkg:npm/a%401.0.0",
    "pkg:npm/a",
    "pkg:npm/b@1.0.0",
    "pkg:npm/%40s/a@1.0.0",
    "pkg:npm/%40s%2Fa@1.0.0",
    "pkg:npm/a@1.0.0?repository_url=https:%2F%2Fnpm.example.com",
    "pkg:npm/a@1.0.0?vcs_url=git%2Bhttps:%2F%2Fexample.com%2Fa.git%400123456789012345678901234567890123456789",
    "pkg:cpan/A-B@1.0",
    "pkg:cpan/A-B@1.0?author=GDT",
    "pkg:cpan/A-B@1.0?author=JV",
    "pkg:cpan/GDT/A-B@1.0",
    "pkg:generic/a@1.0.0",
    "pkg:generic/a%2Fb",
    "pkg:generic/a/b",
];

/// Text that breaks careless writers: empty, quotes, control characters, line ends, other scripts, words from the pool.
pub fn hostile_text() -> impl Strategy<Value = String> {
    let odd = select(vec![
        "",
        " ",
        "\"",
        "\\",
        "\0",
        "\u{1f}",
        "\u{7f}",
        "\r\n",
        "\u{2028}",
        "\u{feff}",
        "\u{202e}evil",
        "é",
        "日本語",
        "🦀",
        "</script>",
        "<![CDATA[",
        "]]>",
        "&amp;",
        "../../etc",
        "C:\\x",
        "https://example.com/a b",
        "https://[::1",
        "SPDXRef-1",
        "NOASSERTION",
        "%",
        "%00",
        "#",
        "'",
        "a'",
        "-->",
        "{{",
        "$(x)",
    ]);
    prop_oneof![
        4 => select(WORDS.to_vec()).prop_map(str::to_owned),
        2 => odd.prop_map(str::to_owned),
        1 => ".{0,12}",
    ]
}

fn text() -> impl Strategy<Value = Text> {
    hostile_text().prop_map(String::into_boxed_str)
}

fn texts() -> impl Strategy<Value = Vec<Text>> {
    vec(text(), 0..3)
}

fn pairs() -> impl Strategy<Value = Vec<(Text, Text)>> {
    vec((text(), text()), 0..3)
}

fn purl() -> impl Strategy<Value = Option<Purl>> {
    let pool: Vec<Purl> = PURLS.iter().filter_map(|it| Purl::parse(it).ok()).collect();
    prop_oneof![
        1 => Just(None),
        8 => select(pool).prop_map(Some),
        1 => (hostile_text(), hostile_text()).prop_map(|(name, version)| Purl::npm(&name, Some(&version)).ok()),
    ]
}

fn flags() -> impl Strategy<Value = Flags> {
    any::<u16>().prop_map(|bits| {
        let mut flags = Flags::default();
        for (number, (flag, _)) in (0..).zip(Flags::NAMES) {
            flags.set(flag, bits >> number & 1 == 1);
        }
        flags
    })
}

fn hashes() -> impl Strategy<Value = Box<[Hash]>> {
    let algorithm = select(vec![
        HashAlgorithm::Sha1,
        HashAlgorithm::Sha512,
        HashAlgorithm::Md5,
        HashAlgorithm::Blake3,
    ]);
    let hash = (algorithm, 0_u8..3).prop_map(|(algorithm, byte)| {
        Hash::new(algorithm, &vec![byte; algorithm.digest_len()]).unwrap()
    });
    prop_oneof![2 => Just(Vec::new()), 3 => vec(hash, 1..4)].prop_map(Vec::into_boxed_slice)
}

fn licenses() -> impl Strategy<Value = Fact<Licenses>> {
    let declared = prop_oneof![
        select(vec![
            "MIT",
            "mit",
            "GPL-2.0+",
            "MIT OR Apache-2.0",
            "SEE LICENSE IN x",
            "GPL"
        ])
        .prop_map(str::to_owned),
        hostile_text(),
    ];
    let list = vec(declared, 0..3)
        .prop_map(|list| Fact::Known(list.iter().filter_map(|it| License::declared(it)).collect()));
    prop_oneof![2 => list, 1 => Just(Fact::Unknown), 1 => Just(Fact::Withheld)]
}

fn details() -> impl Strategy<Value = Details> {
    let person = (text(), option::of(text()), option::of(text()));
    let person = person.prop_map(|(name, email, url)| Person { name, email, url });
    let patch = (text(), hashes()).prop_map(|(path, hashes)| Patch {
        path,
        hashes: hashes.into_vec(),
    });
    let single = (
        option::of(text()),
        option::of(text()),
        option::of(text()),
        option::of(text()),
    );
    let lists = (
        vec(person, 0..2),
        texts(),
        pairs(),
        texts(),
        texts(),
        texts(),
    );
    let rest = (
        option::of(text()),
        option::of(text()),
        vec(patch, 0..2),
        pairs(),
    );
    (single, lists, rest).prop_map(|(single, lists, rest)| {
        let (description, homepage, repository, bugs) = single;
        let (authors, funding, engines, os, cpu, libc) = lists;
        let (deprecated, bundled_by, patches, properties) = rest;
        Details::default().with(|it| {
            it.description = description;
            it.authors = authors;
            it.homepage = homepage;
            it.repository = repository;
            it.bugs = bugs;
            it.funding = funding;
            it.deprecated = deprecated;
            it.engines = engines;
            it.os = os;
            it.cpu = cpu;
            it.libc = libc;
            it.bundled_by = bundled_by;
            it.patches = patches;
            it.properties = properties;
        })
    })
}

fn provides() -> impl Strategy<Value = Box<[Provided]>> {
    let one = (select(SPACES.to_vec()), text(), option::of(text()));
    let one = one.prop_map(|(space, name, version)| Provided {
        space,
        name,
        version,
    });
    vec(one, 0..3).prop_map(Vec::into_boxed_slice)
}

/// A component with any facts.
pub fn component() -> impl Strategy<Value = Component> {
    let kind = select(vec![
        Kind::Application,
        Kind::Library,
        Kind::Platform,
        Kind::Framework,
        Kind::File,
        Kind::Other,
    ]);
    let role = select(vec![
        Role::Root,
        Role::Member,
        Role::Local,
        Role::Dependency,
        Role::Dependency,
    ]);
    let origin = select(vec![
        Origin::Registry,
        Origin::OtherRegistry,
        Origin::Git,
        Origin::RemoteArchive,
        Origin::LocalArchive,
        Origin::Directory,
        Origin::Bundle,
        Origin::Unknown,
    ]);
    let complete = select(vec![
        Completeness::Complete,
        Completeness::Incomplete,
        Completeness::Unknown,
    ]);
    let what = (
        text(),
        option::of(text()),
        purl(),
        text(),
        option::of(text()),
    );
    let kinds = (kind, role, origin, complete, flags());
    let rest = (hashes(), licenses(), option::of(details()), provides());
    (what, kinds, rest).prop_map(|(what, kinds, rest)| {
        let (name, version, purl, place, source) = what;
        let (kind, role, origin, dependencies, flags) = kinds;
        let (hashes, licenses, details, provides) = rest;
        Component::default().with(|it| {
            it.name = name;
            it.version = version;
            it.purl = purl;
            it.place = place;
            it.kind = kind;
            it.role = role;
            it.origin = origin;
            it.flags = flags;
            it.dependencies = dependencies;
            it.source = source;
            it.hashes = hashes;
            it.licenses = licenses;
            it.details = details.map(std::sync::Arc::new);
            it.provides = provides;
            it.ecosystem = None;
        })
    })
}

fn link_detail() -> impl Strategy<Value = Option<Box<LinkDetail>>> {
    let rule = (text(), text()).prop_map(|(rule, effective)| Override { rule, effective });
    let detail = (
        option::of(text()),
        option::of(rule),
        option::of(text()),
        option::of(text()),
    );
    let detail = detail.prop_map(|(alias, overridden, added_by, condition)| {
        LinkDetail::default().with(|it| {
            it.alias = alias;
            it.overridden = overridden;
            it.added_by = added_by;
            it.condition = condition;
        })
    });
    prop_oneof![3 => Just(None), 1 => detail.prop_map(LinkDetail::boxed)]
}

/// A link between any two of `count` components, to a name, or to nothing.
fn link_among(count: u32) -> impl Strategy<Value = Link> {
    let to = prop_oneof![
        6 => (0..count).prop_map(|number| Target::Here(LocalId(number))),
        2 => select(SPACES.to_vec()).prop_map(|it| Target::Named(NameSpace::of(it))),
        1 => Just(Target::Absent),
    ];
    let phase = select(vec![
        Phase::Configure,
        Phase::Build,
        Phase::Test,
        Phase::Runtime,
        Phase::Runtime,
        Phase::Develop,
    ]);
    let problem = select(vec![
        None,
        None,
        Some(Problem::Missing),
        Some(Problem::Invalid),
    ]);
    let ends = (0..count, to, option::of(text()), text());
    (
        ends,
        option::of(text()),
        phase,
        select(Need::ALL.to_vec()),
        problem,
        link_detail(),
    )
        .prop_map(
            |((from, to, name, other), range, phase, need, problem, detail)| {
                Link::new(LocalId(from), to).with(|it| {
                    // What is not here has no name but the one it is asked by.
                    let name = name.or(match to {
                        Target::Here(_) => None,
                        Target::Named(_) | Target::Absent => Some(other),
                    });
                    it.name = name.map(SharedText::from);
                    it.range = range.map(SharedText::from);
                    it.phase = phase;
                    it.need = need;
                    it.problem = problem;
                    it.detail = detail;
                })
            },
        )
}

/// One fragment of up to twelve components; every id is in range.
pub fn fragment() -> impl Strategy<Value = Fragment> {
    vec(component(), 0..12).prop_flat_map(|components| {
        let count = u32::try_from(components.len()).unwrap();
        let links = vec(
            link_among(count.max(1)),
            if count == 0 { 0..1 } else { 0..24 },
        );
        let roots = vec((0..count.max(1)).prop_map(LocalId), 0..3);
        let path = select(vec!["a/package-lock.json", "cpanfile.snapshot", "b"]);
        let lifecycle = select(vec![Lifecycle::PreBuild, Lifecycle::Build]);
        (links, roots, path, lifecycle, pairs(), 0_u8..3).prop_map(
            move |(links, roots, path, lifecycle, properties, precedence)| {
                Fragment::default().with(|it| {
                    it.path = path.into();
                    it.lifecycle = lifecycle;
                    it.links = if count == 0 { Vec::new() } else { links };
                    it.roots = if count == 0 { Vec::new() } else { roots };
                    it.components.clone_from(&components);
                    it.properties = properties;
                    it.precedence = precedence;
                })
            },
        )
    })
}

/// Up to four fragments, some with the same path and precedence.
pub fn fragments() -> impl Strategy<Value = Vec<Fragment>> {
    vec(fragment(), 0..5)
}
