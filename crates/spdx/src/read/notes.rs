//! Notes of our own writer in annotations: lines about packages and inputs. Statements about approvals and provenance are
//! claims of the document's author, and get a property name that says so. Notes of other programs are counted and skipped.

use bomtrail_graph::{
    Details, Ecosystem, Fact, Flags, Hash, HashAlgorithm, Kind, License, Lifecycle, Origin, Patch,
    Person, Reference, Role, Scope, Text,
};

use super::assemble::Draft;
use crate::agent;

/// Inputs that a document names, and its statements about them.
#[derive(Default)]
pub(super) struct Inputs {
    pub(super) paths: Vec<String>,
    pub(super) lifecycle: Option<Lifecycle>,
    properties: Vec<(Text, Text)>,
}

impl Inputs {
    /// Statements about the inputs, except those of earlier documents about themselves.
    pub(super) fn properties(&self) -> impl Iterator<Item = (Text, Text)> {
        let all = self.properties.iter();
        all.filter(|(name, _)| !name.starts_with("bomtrail:document"))
            .cloned()
    }

    /// Reads lines about the whole document: about one input, or the basis of claims; false for other lines.
    pub(super) fn take(&mut self, lines: &[(&str, String)]) -> bool {
        if let Some(claims) = claims(lines) {
            self.properties.extend(claims);
            return true;
        }
        let Some((("input", path), rest)) = lines
            .split_first()
            .map(|((key, value), rest)| ((*key, value), rest))
        else {
            return false;
        };
        self.paths.push(path.clone());
        self.properties
            .push(("bomtrail:input".into(), path.as_str().into()));
        for (key, value) in rest {
            let all = [Lifecycle::PreBuild, Lifecycle::Build];
            if *key == "lifecycle" {
                self.lifecycle = all.into_iter().find(|it| it.name() == value);
            } else if let Some(name) = key.strip_prefix("property:") {
                self.properties
                    .push((property(name), value.as_str().into()));
            }
        }
        true
    }
}

/// The prefix of the name of a claim.
const CLAIMED: &str = "bomtrail:claimed:";
/// The subjects of claims; the line of a claim begins with the same word.
const OPINIONS: [&str; 3] = ["approval", "provenance", "policy"];

/// The name of a property; one of our own that states an opinion is renamed to a claim.
fn property(name: &str) -> Text {
    match name.strip_prefix("bomtrail:") {
        Some(rest) if OPINIONS.iter().any(|it| rest.starts_with(it)) => {
            [CLAIMED, rest].concat().into()
        }
        _ => name.into(),
    }
}

/// The name that a claim about provenance is kept under.
pub(super) fn provenance_claim(name: &str) -> Text {
    [CLAIMED, "provenance:", name].concat().into()
}

/// Lines about approval or provenance as claims; `None` when any of them is about something else.
pub(super) fn claims(lines: &[(&str, String)]) -> Option<Vec<(Text, Text)>> {
    let claim = |(key, value): &(&str, String)| {
        let (about, name) = key.split_once('-')?;
        let known = OPINIONS.contains(&about) && !name.is_empty();
        known.then(|| {
            let name = [CLAIMED, about, ":", name].concat();
            (name.into(), value.as_str().into())
        })
    };
    lines.iter().map(claim).collect()
}

/// Reads the lines about a package; false for lines of another program.
pub(super) fn take(draft: &mut Draft<'_>, lines: &[(&str, String)], inputs: &Inputs) -> bool {
    if let Some(claims) = claims(lines) {
        draft.component.details_mut().properties.extend(claims);
        return true;
    }
    if !lines.iter().any(|(key, _)| *key == "place") {
        return false;
    }
    draft.scope = Some(Scope::Unknown);
    let mut licenses = Vec::new();
    let mut authors = Vec::new();
    let mut texts: Vec<(Text, Text)> = Vec::new();
    for (key, value) in lines {
        match *key {
            "license" => licenses.extend(License::declared(value)),
            "author" => authors.push(agent::of_words(value)),
            "author-name" => authors.push(Person {
                name: value.as_str().into(),
                ..Person::default()
            }),
            "author-email" | "author-url" => {
                if let Some(author) = authors.last_mut() {
                    let value = Some(value.as_str().into());
                    if *key == "author-url" {
                        author.url = value;
                    } else {
                        author.email = value;
                    }
                }
            }
            "license-text-of" => texts.push((Text::from(value.as_str()), Text::default())),
            "license-text" => {
                if let Some((_, text)) = texts.last_mut() {
                    *text = value.as_str().into();
                }
            }
            "withheld" if value == "licenses" => draft.component.licenses = Fact::Withheld,
            "place" => draft.places.push((place(value, inputs), Flags::default())),
            "flags-there" => {
                if let Some((_, flags)) = draft.places.last_mut() {
                    *flags = value.split(' ').fold(*flags, with_flag);
                }
            }
            "flag" => draft.component.flags = with_flag(draft.component.flags, value),
            key => {
                if !single(draft, key, value) {
                    list(draft.component.details_mut(), key, value);
                }
            }
        }
    }
    if !licenses.is_empty() {
        draft.component.licenses = Fact::Known(licenses.into());
    }
    if !texts.is_empty() {
        // This package has other texts than the document has for these names.
        let all = &mut draft.component.details_mut().license_texts;
        all.retain(|(name, _)| !texts.iter().any(|(it, _)| it == name));
        all.append(&mut texts);
    }
    merge_authors(draft, authors);
    true
}

/// Facts with one value; false for other facts.
fn single(draft: &mut Draft<'_>, key: &str, value: &str) -> bool {
    let component = &mut draft.component;
    let text = || Some(Text::from(value));
    match key {
        "role" => draft.role = named(&ROLES, value, Role::name),
        "scope" => {
            let scopes = [Scope::Required, Scope::Optional, Scope::Excluded];
            draft.scope = scopes.into_iter().find(|it| it.name() == Some(value));
        }
        "kind" => component.kind = named(&[Kind::Platform], value, Kind::name).unwrap_or_default(),
        "origin" => component.origin = named(&ORIGINS, value, Origin::name).unwrap_or_default(),
        "ecosystem" => component.ecosystem = Ecosystem::of_type(value),
        "source" => component.source = text(),
        "deprecated" => component.details_mut().deprecated = text(),
        "supplier-name" => {
            component.details_mut().supplier = Some(Person {
                name: value.into(),
                ..Person::default()
            });
        }
        "supplier-email" => {
            if let Some(supplier) = &mut component.details_mut().supplier {
                supplier.email = text();
            }
        }
        "supplier-url" => {
            if let Some(supplier) = &mut component.details_mut().supplier {
                supplier.url = text();
            }
        }
        "supplier-kind" => component.details_mut().supplier_is_person = value == "person",
        "manufacturer-name" => {
            component.details_mut().manufacturer = Some(Person {
                name: value.into(),
                ..Person::default()
            });
        }
        "manufacturer-email" => {
            if let Some(it) = &mut component.details_mut().manufacturer {
                it.email = text();
            }
        }
        "manufacturer-url" => {
            if let Some(it) = &mut component.details_mut().manufacturer {
                it.url = text();
            }
        }
        "bundled-by" => component.details_mut().bundled_by = text(),
        "homepage" => component.details_mut().homepage = text(),
        "issue-tracker" => component.details_mut().bugs = text(),
        "vcs" => component.details_mut().repository = text(),
        _ => return false,
    }
    true
}

const ROLES: [Role; 4] = [Role::Root, Role::Member, Role::Local, Role::Dependency];
const ORIGINS: [Origin; 7] = [
    Origin::Registry,
    Origin::OtherRegistry,
    Origin::Git,
    Origin::RemoteArchive,
    Origin::LocalArchive,
    Origin::Directory,
    Origin::Bundle,
];

fn named<T: Copy>(all: &[T], wanted: &str, name: fn(T) -> &'static str) -> Option<T> {
    all.iter().copied().find(|it| name(*it) == wanted)
}

/// Facts with several values.
fn list(details: &mut Details, key: &str, value: &str) {
    match key {
        "funding" => details.funding.push(value.into()),
        "cpe" => details.cpes.push(value.into()),
        "os" => details.os.push(value.into()),
        "cpu" => details.cpu.push(value.into()),
        "libc" => details.libc.push(value.into()),
        "engine" => {
            let (name, range) = value.split_once(' ').unwrap_or((value, ""));
            details.engines.push((name.into(), range.into()));
        }
        "patch" => details.patches.push(Patch {
            path: value.into(),
            hashes: Vec::new(),
        }),
        "patch-hash" => {
            if let Some(patch) = details.patches.last_mut() {
                patch.hashes.extend(hash(value));
            }
        }
        "reference-type" => details.references.push(Reference {
            kind: value.into(),
            ..Reference::default()
        }),
        "reference-url" | "reference-comment" | "reference-hash" => {
            let Some(reference) = details.references.last_mut() else {
                return;
            };
            match key {
                "reference-url" => reference.url = value.into(),
                "reference-comment" => reference.comment = Some(value.into()),
                _ => reference.hashes.extend(hash(value)),
            }
        }
        key => {
            // A line of a later version of this program is kept under its own name.
            let name = key.strip_prefix("property:").unwrap_or(key);
            details.properties.push((property(name), value.into()));
        }
    }
}

/// A digest: its algorithm, a space, and its hexadecimal digits.
fn hash(value: &str) -> Option<Hash> {
    let (algorithm, hex) = value.split_once(' ')?;
    Hash::from_hex(HashAlgorithm::from_name(algorithm)?, hex)
}

/// The place in the input it is of.
fn place(value: &str, inputs: &Inputs) -> Text {
    let known = inputs.paths.iter().find_map(|path| {
        let rest = value.strip_prefix(path.as_str())?;
        rest.strip_prefix('#')
    });
    let plain = || value.split_once('#').map(|(_, place)| place);
    known.or_else(plain).unwrap_or(value).into()
}

fn with_flag(mut flags: Flags, name: &str) -> Flags {
    if let Some((flag, _)) = Flags::NAMES.into_iter().find(|(_, it)| *it == name) {
        flags.set(flag, true);
    }
    flags
}

/// Notes hold the authors that do not fit the field for one: all but the first, or all of them (also when they add its web page).
fn merge_authors(draft: &mut Draft<'_>, noted: Vec<Person>) {
    if noted.is_empty() {
        return;
    }
    let all = draft.all_noted;
    let authors = &mut draft.component.details_mut().authors;
    let again = |mine: &Person| {
        noted
            .first()
            .is_some_and(|it| it.name == mine.name && it.email == mine.email && it.url.is_some())
    };
    if all || authors.first().is_some_and(again) {
        authors.clear();
    }
    authors.extend(noted);
}
