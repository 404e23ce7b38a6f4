//! Profiles and their requirements. Values only.

use std::borrow::Cow;

use bomtrail_graph::ProductKey;

use crate::element::Element;

/// How strongly a field is required.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// Required.
    Must,
    /// Required where such a thing exists.
    IfExists,
    /// Optional.
    May,
}

impl Weight {
    /// Every weight, heaviest first.
    pub const ALL: [Self; 3] = [Self::Must, Self::IfExists, Self::May];

    /// The name used in documents.
    pub fn name(self) -> &'static str {
        match self {
            Self::Must => "must",
            Self::IfExists => "if it exists",
            Self::May => "may",
        }
    }
}

/// A fact that a document states about itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DocumentElement {
    /// A machine-readable format in common use.
    Format,
    /// CycloneDX 1.6 or later, or SPDX 3.0.1 or later.
    RecentFormat,
    /// The program that wrote it, with its version.
    Tool,
    /// Its creation time.
    Timestamp,
    /// The lifecycle phase it describes.
    Context,
    /// An identifier that differs from other documents and other versions of this one.
    Identity,
    /// Its author.
    Author,
    /// A contact of its author.
    AuthorContact,
    /// The primary component.
    Primary,
    /// The direct dependencies of the product.
    TopLevel,
}

/// Where a requirement is checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Check {
    /// Any of these facts about the product.
    Product(&'static [ProductKey]),
    /// The document.
    Document(DocumentElement),
    /// Every component.
    Component(Element),
}

/// One field that a profile asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Requirement {
    /// Its stable name within the profile.
    pub id: &'static str,
    /// Its name, close to the wording of the profile's source.
    pub field: &'static str,
    /// How strongly it is required.
    pub weight: Weight,
    /// The clause that requires it.
    pub clause: &'static str,
    /// How it is checked.
    pub check: Check,
}

impl Requirement {
    /// Where it is looked up.
    pub fn source(&self) -> Cow<'static, str> {
        match self.check {
            Check::Product(keys) => Cow::Owned(paths(keys)),
            Check::Document(element) => Cow::Borrowed(element.advice().0),
            Check::Component(element) => Cow::Borrowed(element.advice().0),
        }
    }

    /// How to supply it.
    pub fn supply(&self) -> Cow<'static, str> {
        match self.check {
            Check::Product(keys) => {
                let first = keys.first().and_then(|it| it.info());
                let about = first.map_or("", |it| it.about);
                Cow::Owned(["set ", &paths(keys), ": ", about].concat())
            }
            Check::Document(element) => Cow::Borrowed(element.advice().1),
            Check::Component(element) => Cow::Borrowed(element.advice().1),
        }
    }
}

fn paths(keys: &[ProductKey]) -> String {
    let paths: Vec<String> = keys
        .iter()
        .map(|it| ["`", &it.path(), "`"].concat())
        .collect();
    [&paths.join(" or "), " in bomtrail.toml"].concat()
}

/// The requirements of one document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Profile {
    /// The name on the command line.
    pub id: &'static str,
    /// Its title.
    pub title: &'static str,
    /// The document and edition it is taken from.
    pub edition: &'static str,
    /// The kind of that document, and the limits of this profile.
    pub note: &'static str,
    /// Its requirements, facts about product and document first.
    pub requirements: &'static [Requirement],
}
