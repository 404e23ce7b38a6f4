//! Which components are one package: the same identity, compatible authors, and bytes that do not contradict each other.
//! One step for each component, however many share an identity.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use bomtrail_purl::Purl;
use foldhash::fast::RandomState;

use crate::model::component::Component;
use crate::model::hash::{Hash, HashAlgorithm};

/// A class for every component; classes are numbered through, those without a Package URL last.
pub(super) struct Classes {
    pub(super) of: Vec<u32>,
    pub(super) count: u32,
}

/// Groups components; calls `conflict` with a component and the one whose bytes it contradicts.
pub(super) fn classes(components: &[Component], mut conflict: impl FnMut(u32, u32)) -> Classes {
    let purls = components.iter().map(|it| it.purl.as_ref());
    let identities: Identities<'_> = purls.map(|it| it.map(Purl::identity)).collect();
    let order = sorted(&identities);
    let is_same = |a: &Keyed, b: &Keyed| {
        a.0 == b.0 && identities.get(a.1 as usize) == identities.get(b.1 as usize)
    };
    let mut of: Vec<Option<u32>> = vec![None; components.len()];
    let mut count = 0_u32;
    for run in order.chunk_by(is_same) {
        let mut found = Identity::default();
        let is_one = are_alike(run, components);
        for Keyed(_, number) in run {
            let class = match components.get(*number as usize) {
                Some(component) if !is_one => found.place(component, *number, &mut conflict),
                Some(_) | None => 0,
            };
            if let Some(slot) = of.get_mut(*number as usize) {
                *slot = Some(count + class);
            }
        }
        count += found.count().max(1);
    }
    let own = |class: Option<u32>| {
        class.unwrap_or_else(|| {
            count += 1;
            count - 1
        })
    };
    let of = of.into_iter().map(own).collect();
    Classes { of, count }
}

/// The identity of each component; `None` without a Package URL.
type Identities<'a> = Vec<Option<Cow<'a, str>>>;

/// The beginning of what differs in an identity, and whose identity it is.
struct Keyed([u64; 4], u32);

/// The components with a Package URL, sorted by identity. Comparing identities looks at memory that is far apart, so most are
/// compared by the beginning of what differs.
fn sorted(identities: &Identities<'_>) -> Vec<Keyed> {
    let mut all = identities.iter().flatten();
    let first = all.next().map_or("", |it| it);
    // Nearly always all are of one type.
    let shared = first.split_inclusive('/').next().unwrap_or_default();
    let shared = if all.all(|it| it.starts_with(shared)) {
        shared
    } else {
        ""
    };
    let mut order: Vec<Keyed> = Vec::with_capacity(identities.len());
    let numbered = identities.iter().zip(0_u32..);
    order.extend(numbered.filter_map(|(it, number)| {
        let rest = it.as_deref()?.get(shared.len()..)?;
        Some(Keyed(beginning(rest), number))
    }));
    // Inputs are sorted by place, so nearly by name: a stable sort makes use of that.
    order.sort_by(|a, b| {
        let keys = a.0.cmp(&b.0);
        keys.then_with(|| {
            identities
                .get(a.1 as usize)
                .cmp(&identities.get(b.1 as usize))
        })
    });
    order
}

/// The first bytes of a text, as numbers that are ordered as they are.
fn beginning(text: &str) -> [u64; 4] {
    let mut bytes = [0; 32];
    let beginning = text.as_bytes().get(..32).unwrap_or(text.as_bytes());
    if let Some(slots) = bytes.get_mut(..beginning.len()) {
        slots.copy_from_slice(beginning);
    }
    let mut numbers = [0; 4];
    for (number, bytes) in numbers.iter_mut().zip(bytes.as_chunks().0) {
        *number = u64::from_be_bytes(*bytes);
    }
    numbers
}

/// True for components whose author and digests are the same: they are one class, as nearly all of one identity are.
fn are_alike(run: &[Keyed], components: &[Component]) -> bool {
    let [first, rest @ ..] = run else {
        return true;
    };
    let facts = |Keyed(_, number): &Keyed| {
        let component = components.get(*number as usize)?;
        let author = component.purl.as_ref().and_then(Purl::cpan_author);
        Some((component.role.is_first_party(), author, &component.hashes))
    };
    rest.is_empty() || {
        let first = facts(first);
        rest.iter().all(|it| facts(it) == first)
    }
}

/// Whose a class may be, as it is looked up: by its author, as one without a known author, or as any.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Author<'a> {
    Known(Cow<'a, str>),
    Unknown,
    Any,
}

/// First-party or not, and whose.
type Party<'a> = (bool, Author<'a>);

/// Components that are one package.
struct Class<'a> {
    first: u32,
    author: Option<Cow<'a, str>>,
    /// The digests that every member accepts; an archive has one of each algorithm.
    accepted: BTreeMap<HashAlgorithm, BTreeSet<&'a Hash>>,
}

/// The classes of one identity, with the ways to find one without looking at each. A way leads to the first class only and
/// may be out of date: [`Class::takes`] decides.
#[derive(Default)]
struct Identity<'a> {
    classes: Vec<Class<'a>>,
    alike: HashMap<(Party<'a>, &'a [Hash]), u32, RandomState>,
    by_hash: HashMap<(Party<'a>, &'a Hash), u32, RandomState>,
    by_party: HashMap<Party<'a>, BTreeMap<u16, u32>, RandomState>,
}

impl<'a> Identity<'a> {
    fn count(&self) -> u32 {
        u32::try_from(self.classes.len()).unwrap_or(u32::MAX)
    }

    fn class(&self, number: u32) -> Option<&Class<'a>> {
        self.classes.get(number as usize)
    }

    /// The class of `component`: the first found that takes it, or a new one.
    fn place(
        &mut self,
        component: &'a Component,
        number: u32,
        conflict: &mut impl FnMut(u32, u32),
    ) -> u32 {
        let author = component.purl.as_ref().and_then(Purl::cpan_author);
        let known = author.clone().map_or(Author::Unknown, Author::Known);
        let alike = ((component.role.is_first_party(), known), &*component.hashes);
        if let Some(class) = self.alike.get(&alike) {
            return *class;
        }
        let accepted = by_algorithm(&component.hashes);
        let found = self.find(component, author.as_deref(), &accepted);
        let class = found.unwrap_or_else(|| {
            if let Some(other) = self.rival(component, author.as_deref()) {
                conflict(number, other);
            }
            self.classes.push(Class {
                first: number,
                author: None,
                accepted: BTreeMap::new(),
            });
            self.count() - 1
        });
        self.join(class, component, author, accepted);
        self.alike.insert(alike, class);
        class
    }

    fn find(
        &self,
        component: &'a Component,
        author: Option<&str>,
        accepted: &Accepted<'a>,
    ) -> Option<u32> {
        let takes = |class: &u32| {
            self.class(*class)
                .is_some_and(|it| it.takes(author, accepted))
        };
        let parties = parties(component, author);
        let by_hash = component.hashes.iter().flat_map(|hash| {
            let found = parties
                .iter()
                .filter_map(move |party| self.by_hash.get(&(party.clone(), hash)));
            found.copied()
        });
        let bits = bits(accepted);
        let apart = parties
            .iter()
            .filter_map(|party| self.by_party.get(party))
            .flatten();
        let apart = apart
            .filter(|(other, _)| *other & bits == 0)
            .map(|(_, class)| *class);
        by_hash
            .filter(takes)
            .min()
            .or_else(|| apart.filter(takes).min())
    }

    /// The first member of a class that could be the same package but for its bytes.
    fn rival(&self, component: &'a Component, author: Option<&str>) -> Option<u32> {
        let parties = parties(component, author);
        let ways = parties
            .iter()
            .filter_map(|party| self.by_party.get(party))
            .flatten();
        let first = ways.map(|(_, class)| *class).filter(|class| {
            let class = self.class(*class);
            class.is_some_and(|it| it.may_be_of(author))
        });
        first
            .min()
            .and_then(|class| self.class(class))
            .map(|it| it.first)
    }

    fn join(
        &mut self,
        number: u32,
        component: &'a Component,
        author: Option<Cow<'a, str>>,
        accepted: Accepted<'a>,
    ) {
        let Some(class) = self.classes.get_mut(number as usize) else {
            return;
        };
        class.author = class.author.take().or(author);
        for (algorithm, hashes) in accepted {
            let all = class.accepted.entry(algorithm);
            all.and_modify(|all| all.retain(|it| hashes.contains(it)))
                .or_insert(hashes);
        }
        let (author, bits) = (class.author.clone(), bits(&class.accepted));
        let first_party = component.role.is_first_party();
        for author in [author.map_or(Author::Unknown, Author::Known), Author::Any] {
            let party = (first_party, author);
            for hash in &component.hashes {
                self.by_hash.entry((party.clone(), hash)).or_insert(number);
            }
            self.by_party
                .entry(party)
                .or_default()
                .entry(bits)
                .or_insert(number);
        }
    }
}

type Accepted<'a> = BTreeMap<HashAlgorithm, BTreeSet<&'a Hash>>;

impl Class<'_> {
    fn takes(&self, author: Option<&str>, accepted: &Accepted<'_>) -> bool {
        let meets = |(algorithm, hashes): (&HashAlgorithm, &BTreeSet<&Hash>)| {
            let mine = self.accepted.get(algorithm);
            mine.is_none_or(|mine| hashes.iter().any(|it| mine.contains(*it)))
        };
        self.may_be_of(author) && accepted.iter().all(meets)
    }

    fn may_be_of(&self, author: Option<&str>) -> bool {
        let both = self.author.as_deref().zip(author);
        both.is_none_or(|(mine, other)| mine == other)
    }
}

/// The parties whose classes a component may belong to.
fn parties<'a>(component: &Component, author: Option<&str>) -> Vec<Party<'a>> {
    let authors = match author {
        Some(author) => vec![
            Author::Known(Cow::Owned(author.to_owned())),
            Author::Unknown,
        ],
        None => vec![Author::Any],
    };
    let first_party = component.role.is_first_party();
    authors
        .into_iter()
        .map(|author| (first_party, author))
        .collect()
}

fn by_algorithm(hashes: &[Hash]) -> Accepted<'_> {
    let mut accepted = Accepted::new();
    for hash in hashes {
        accepted.entry(hash.algorithm()).or_default().insert(hash);
    }
    accepted
}

/// One bit for each algorithm.
fn bits(accepted: &Accepted<'_>) -> u16 {
    accepted
        .keys()
        .fold(0, |bits, algorithm| bits | 1 << (*algorithm as u16))
}
