//! Checks a component for a fact. Uses the facts of nodes, independent of ecosystems.

use bomtrail_graph::{
    Completeness, Fact, HashAlgorithm, License, Licenses, NodeRef, Origin, ProductKey, Purl,
    Statement,
};

use crate::element::Element;
use crate::state::State;
use crate::subject::Subject;

impl Element {
    /// Its state at `node`.
    pub fn state(self, node: NodeRef<'_>, subject: &Subject<'_>) -> State {
        let found = self.found(node, subject);
        if found != State::Missing {
            return found;
        }
        let statement = subject.statements.and_then(|it| it.get(node.id()));
        stated_absence(self.name(), node, statement)
    }

    fn found(self, node: NodeRef<'_>, subject: &Subject<'_>) -> State {
        let seen = Seen { node, subject };
        match self {
            Self::Producer => seen.producer(false),
            Self::ProducerContact => seen.producer(true),
            Self::Name => present(!node.name().is_empty()),
            Self::Version => present(seen.version()),
            Self::Identified => {
                present(!node.name().is_empty() && (seen.version() || node.purl().is_some()))
            }
            Self::Identifier => present(node.purl().is_some() || seen.product(ProductKey::Cpe)),
            Self::License => seen.license(|_| true),
            Self::LicenseExpression => seen.license(License::is_expression),
            Self::DeclaredLicense => licenses(&node.component().licenses, |_| true),
            Self::EffectiveLicense => present(seen.concluded().is_some()),
            Self::Hash => seen.hash(|_| true),
            Self::Sha512 => seen.of_file(|| seen.hash(|it| it == HashAlgorithm::Sha512)),
            Self::FileName => seen.of_file(|| present(seen.file_name())),
            Self::Nature => seen.of_file(|| present(seen.nature())),
            Self::Dependencies => match node.component().dependencies {
                Completeness::Complete => State::Present,
                Completeness::Incomplete | Completeness::Unknown => State::Unknown,
            },
            Self::SourceCode => present(seen.source_code()),
            Self::Distribution => present(node.component().source.is_some()),
        }
    }
}

fn present(there: bool) -> State {
    if there {
        State::Present
    } else {
        State::Missing
    }
}

/// The state of the licences of a package.
fn licenses(stated: &Fact<Licenses>, fits: impl Fn(&License) -> bool) -> State {
    match stated {
        Fact::Known(licenses) => present(!licenses.is_empty() && licenses.iter().all(fits)),
        Fact::Withheld => State::Withheld,
        Fact::Unknown => State::Missing,
    }
}

/// Property names that state an element to be unknown or withheld; the first two are ours, the others are proposed for the
/// CycloneDX property taxonomy.
const ABSENCES: [(&str, State); 4] = [
    ("bomtrail:unknown-information", State::Unknown),
    ("bomtrail:withheld-information", State::Withheld),
    ("cdx:cisa:unknown-information", State::Unknown),
    ("cdx:cisa:withheld-information", State::Withheld),
];

/// Whether an absent element is stated to be unknown or withheld.
fn stated_absence(name: &str, node: NodeRef<'_>, statement: Option<&Statement>) -> State {
    if let Some(statement) = statement {
        if statement.withheld.iter().any(|it| &**it == name) {
            return State::Withheld;
        }
        if statement.unknown.iter().any(|it| &**it == name) {
            return State::Unknown;
        }
    }
    let properties = node.component().details.as_deref();
    let properties = properties.map_or(&[][..], |it| &it.properties);
    properties
        .iter()
        .filter(|(_, value)| value.eq_ignore_ascii_case(name))
        .find_map(|(key, _)| ABSENCES.iter().find(|(it, _)| **it == **key))
        .map_or(State::Missing, |(_, state)| *state)
}

/// A node and what is stated about it.
struct Seen<'a, 'g> {
    node: NodeRef<'g>,
    subject: &'a Subject<'g>,
}

impl Seen<'_, '_> {
    fn statement(&self) -> Option<&Statement> {
        self.subject
            .statements
            .and_then(|it| it.get(self.node.id()))
    }

    /// A fact about the product, for the node that is the product.
    fn product(&self, key: ProductKey) -> bool {
        self.node.is_root()
            && self
                .subject
                .product
                .is_some_and(|it| it.text(key).is_some())
    }

    fn concluded(&self) -> Option<&License> {
        self.statement().and_then(|it| it.license.as_ref())
    }

    fn version(&self) -> bool {
        self.node.version().is_some_and(|it| !it.is_empty()) || self.product(ProductKey::Version)
    }

    fn producer(&self, reachable: bool) -> State {
        let filled = |it: &Option<Box<str>>| it.as_deref().is_some_and(|it| !it.is_empty());
        let stated = self.statement().and_then(|it| it.supplier.as_ref());
        let details = self.node.component().details.as_deref();
        let authors = details.map_or(&[][..], |it| &it.authors);
        let contacts = stated.into_iter().chain(authors);
        let named = contacts.clone().any(|it| !it.name.is_empty());
        let reached = contacts
            .clone()
            .any(|it| filled(&it.email) || filled(&it.url));
        let pages = details.is_some_and(|it| filled(&it.homepage) || filled(&it.repository));
        let organisation = self.node.component().role.is_first_party();
        let organisation = self.subject.product.filter(|_| organisation);
        let organisation = organisation.map(|it| (it.manufacturer(), it.supplier()));
        let ours = organisation.is_some_and(|(maker, supplier)| {
            [maker, supplier].into_iter().any(|it| {
                let contact = it.email.is_some() || it.url.is_some();
                contact || (!reachable && it.name.is_some())
            })
        });
        present(ours || reached || if reachable { pages } else { named })
    }

    fn license(&self, fits: impl Fn(&License) -> bool) -> State {
        if self.concluded().is_some_and(&fits) {
            return State::Present;
        }
        licenses(&self.node.component().licenses, fits)
    }

    fn hash(&self, fits: impl Fn(HashAlgorithm) -> bool) -> State {
        let own = self.node.component().hashes.iter();
        let product = self.subject.product.filter(|_| self.node.is_root());
        let product = product.map_or(&[][..], |it| &it.hashes);
        present(own.chain(product).any(|it| fits(it.algorithm())))
    }

    /// The state of a fact about files: it does not apply to first-party folders and packages inside the archive of another.
    fn of_file(&self, state: impl Fn() -> State) -> State {
        let component = self.node.component();
        let artifact = self.product(ProductKey::Artifact);
        let has_file = match component.origin {
            Origin::Directory | Origin::Bundle => false,
            Origin::Registry
            | Origin::OtherRegistry
            | Origin::Git
            | Origin::RemoteArchive
            | Origin::LocalArchive
            | Origin::Unknown => !component.role.is_first_party(),
        };
        if has_file || artifact {
            state()
        } else {
            State::NotApplicable
        }
    }

    fn file_name(&self) -> bool {
        let source = self.node.component().source.as_deref();
        source.and_then(file_name).is_some() || self.product(ProductKey::Artifact)
    }

    /// Archives of registries are archives of source files: executable, structured archives in the terms of TR-03183-2.
    fn nature(&self) -> bool {
        matches!(
            self.node.component().origin,
            Origin::Registry | Origin::OtherRegistry | Origin::RemoteArchive | Origin::LocalArchive
        ) || self.product(ProductKey::Artifact)
    }

    fn source_code(&self) -> bool {
        let details = self.node.component().details.as_deref();
        let repository = details.is_some_and(|it| it.repository.is_some());
        let commit = |it: &Purl| it.qualifiers().any(|(key, _)| key == "vcs_url");
        repository || self.node.purl().is_some_and(commit)
    }
}

/// The last step of an address's path, without query and fragment.
fn file_name(url: &str) -> Option<&str> {
    let path = url.split(['?', '#']).next()?;
    let name = path.rsplit('/').next()?;
    (!name.is_empty() && name.contains('.')).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_name_is_the_end_of_a_path() {
        assert_eq!(
            file_name("https://r/a/-/a-1.0.0.tgz?x=/y.z"),
            Some("a-1.0.0.tgz")
        );
        assert_eq!(file_name("https://r/a/"), None);
    }

    #[test]
    fn names_are_each_once() {
        let mut names = Element::names();
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count);
    }
}
