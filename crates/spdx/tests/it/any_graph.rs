//! Arbitrary graphs: any text in any field, any links.

use bomtrail_graph::{
    Completeness, Component, Details, Diagnostics, Fact, Flags, Fragment, Graph, Hash,
    HashAlgorithm, Kind, License, Licenses, Lifecycle, Link, LinkDetail, LocalId, Need, Origin,
    Override, Patch, Person, Phase, Problem, Purl, Role, Target, link,
};
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::select;

type Text = Box<str>;

/// Any text, and the kinds of text that fields are made of.
fn text() -> impl Strategy<Value = Text> {
    prop_oneof![
        any::<String>().prop_map(Into::into),
        "[a-z@/_.-]{0,12}".prop_map(Into::into),
        "(https|git\\+ssh|file)://[a-z@:.]{0,9}/[ -~é]{0,9}(\\.tgz)?(#[a-f0-9]{0,9})?"
            .prop_map(Into::into),
    ]
}

fn license() -> impl Strategy<Value = License> {
    let words = select(vec![
        "MIT",
        "mit",
        "(MIT or Apache-2.0)",
        "GPL-2.0+ WITH Classpath-exception-2.0",
        "LicenseRef-own AND ISC",
        "GPL-2.0-with-classpath-exception",
        "EPL-2.0 OR GPL-3.0-with-GCC-exception",
        "DocumentRef-a:LicenseRef-b OR MIT",
        "MIT WITH AdditionRef-c",
        "UNLICENSED",
    ]);
    let declared = prop_oneof![words.prop_map(str::to_owned), any::<String>()];
    declared.prop_filter_map("empty", |it| License::declared(&it))
}

fn hash() -> impl Strategy<Value = Hash> {
    let algorithm = select(vec![
        HashAlgorithm::Md5,
        HashAlgorithm::Sha1,
        HashAlgorithm::Sha512,
        HashAlgorithm::Sha3_384,
        HashAlgorithm::Blake2b256,
        HashAlgorithm::Blake3,
    ]);
    (algorithm, any::<u8>()).prop_filter_map("length", |(algorithm, byte)| {
        Hash::new(algorithm, &vec![byte; algorithm.digest_len()])
    })
}

fn licenses() -> impl Strategy<Value = Fact<Licenses>> {
    prop_oneof![
        Just(Fact::Unknown),
        Just(Fact::Withheld),
        vec(license(), 0..3).prop_map(|it| Fact::Known(it.into())),
    ]
}

fn person() -> impl Strategy<Value = Person> {
    (text(), of(text()), of(text())).prop_map(|(name, email, url)| Person { name, email, url })
}

fn details() -> impl Strategy<Value = std::sync::Arc<Details>> {
    let one = (
        of(text()),
        of(text()),
        of(text()),
        of(text()),
        of(text()),
        of(text()),
    );
    let many = (vec(text(), 0..3), vec(text(), 0..2), vec(person(), 0..3));
    let cpe = select(vec![
        "cpe:2.3:a:b:c:1:*:*:*:*:*:*:*",
        "cpe:/a:b:c:1",
        "cpe of nothing",
    ]);
    let stated = (of(person()), of("[a-z(\n]{1,6}"), vec(cpe, 0..3));
    let rest = (
        vec(hash(), 0..2),
        vec((text(), text()), 0..2),
        text(),
        stated,
    );
    (one, many, rest).prop_map(|(one, many, rest)| {
        std::sync::Arc::new(Details::default().with(|it| {
            it.description = one.0;
            it.homepage = one.1;
            it.repository = one.2;
            it.bugs = one.3;
            it.deprecated = one.4;
            it.bundled_by = one.5;
            it.funding = many.0;
            it.os.clone_from(&many.1);
            it.cpu.clone_from(&many.1);
            it.libc = many.1;
            it.authors = many.2;
            it.patches = vec![Patch {
                path: rest.2,
                hashes: rest.0,
            }];
            it.engines.clone_from(&rest.1);
            it.properties = rest.1;
            it.supplier = rest.3.0;
            it.copyright = rest.3.1.map(Into::into);
            it.cpes = rest.3.2.into_iter().map(Into::into).collect();
        }))
    })
}

fn component() -> impl Strategy<Value = Component> {
    let texts = (text(), of(text()), text(), of(text()));
    let kinds = (
        select(vec![
            Kind::Application,
            Kind::Library,
            Kind::Platform,
            Kind::File,
            Kind::Other,
        ]),
        select(vec![
            Role::Root,
            Role::Member,
            Role::Local,
            Role::Dependency,
        ]),
        select(vec![
            Origin::Registry,
            Origin::Git,
            Origin::RemoteArchive,
            Origin::LocalArchive,
        ]),
        select(vec![
            Completeness::Complete,
            Completeness::Incomplete,
            Completeness::Unknown,
        ]),
        select(Flags::NAMES.map(|(flag, _)| flag).to_vec()),
    );
    let rest = (licenses(), vec(hash(), 0..3), of(details()), any::<bool>());
    (texts, kinds, rest).prop_map(|(texts, kinds, rest)| {
        let (name, version, place, source) = texts;
        let purl = Purl::build("generic", &name)
            .version(version.as_deref().unwrap_or_default())
            .finish()
            .ok()
            .filter(|_| rest.3);
        Component::default().with(|it| {
            it.name = name;
            it.version = version;
            it.purl = purl;
            it.place = place;
            it.source = source;
            it.kind = kinds.0;
            it.role = kinds.1;
            it.origin = kinds.2;
            it.dependencies = kinds.3;
            it.flags = kinds.4;
            it.licenses = rest.0;
            it.hashes = rest.1.into();
            it.details = rest.2;
        })
    })
}

fn a_link() -> impl Strategy<Value = Link> {
    let ends = (
        0_u32..8,
        prop_oneof![3 => (0_u32..8).prop_map(Some), 1 => Just(None)],
    );
    let kinds = (
        select(vec![
            Phase::Configure,
            Phase::Build,
            Phase::Test,
            Phase::Runtime,
            Phase::Develop,
        ]),
        select(Need::ALL.to_vec()),
        select(vec![None, Some(Problem::Missing), Some(Problem::Invalid)]),
    );
    let texts = (of(text()), of(text()), of(text()), of((text(), text())));
    (ends, kinds, texts).prop_map(|(ends, kinds, texts)| {
        let (alias, range, condition, overridden) = texts;
        let detail = LinkDetail::default().with(|it| {
            it.alias.clone_from(&alias);
            it.overridden = overridden.map(|(rule, effective)| Override { rule, effective });
            it.added_by.clone_from(&condition);
            it.condition = condition;
        });
        Link::new(
            LocalId(ends.0),
            ends.1
                .map_or(Target::Absent, |to| Target::Here(LocalId(to))),
        )
        .with(|it| {
            let name = alias.or_else(|| ends.1.is_none().then(|| "absent".into()));
            it.name = name.map(Into::into);
            it.range = range.map(Into::into);
            it.phase = kinds.0;
            it.need = kinds.1;
            it.problem = kinds.2;
            it.detail = detail.boxed();
        })
    })
}

/// Any fragment of up to eight components.
fn fragment() -> impl Strategy<Value = Fragment> {
    let components = vec(component(), 0..8);
    let rest = (
        text(),
        vec(a_link(), 0..16),
        vec(0_u32..8, 0..3),
        vec((text(), text()), 0..2),
    );
    (components, rest, any::<bool>()).prop_map(|(components, rest, installed)| {
        let (path, mut links, roots, properties) = rest;
        let count = u32::try_from(components.len()).unwrap();
        let is_here = |id: LocalId| id.0 < count;
        links.retain(|link| {
            is_here(link.from) && !matches!(link.to, Target::Here(to) if !is_here(to))
        });
        Fragment::default().with(|it| {
            it.path = path;
            it.lifecycle = if installed {
                Lifecycle::Build
            } else {
                Lifecycle::PreBuild
            };
            it.components = components;
            it.links = links;
            it.roots = roots
                .into_iter()
                .map(LocalId)
                .filter(|id| is_here(*id))
                .collect();
            it.properties = properties;
        })
    })
}

/// Any graph of one fragment, in which two components differ by their place.
pub(crate) fn graph() -> impl Strategy<Value = Graph> {
    fragment().prop_map(|mut fragment| {
        for (number, component) in fragment.components.iter_mut().enumerate() {
            component.place = format!("{}/{number}", component.place).into();
        }
        link(vec![fragment], &mut Diagnostics::new())
    })
}

/// Any graph of one or two fragments, together with the one of the same fragments in the other order.
pub(crate) fn graphs() -> impl Strategy<Value = [Graph; 2]> {
    vec(fragment(), 1..3).prop_map(|fragments| {
        let reversed = fragments.iter().rev().cloned().collect();
        [fragments, reversed].map(|it| link(it, &mut Diagnostics::new()))
    })
}
