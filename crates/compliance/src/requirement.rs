//! What a profile is made of. Values only.

use std::borrow::Cow;

use bomtrail_graph::ProductKey;

use crate::element::Element;

/// How much a field is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// It has to be there.
    Must,
    /// It has to be there where there is such a thing; that there is none is no fault.
    IfExists,
    /// It may be there.
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

/// What a document says of itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DocumentElement {
    /// A machine-readable format in common use.
    Format,
    /// CycloneDX 1.6 or later, or SPDX 3.0.1 or later.
    RecentFormat,
    /// Which program made it, with its version.
    Tool,
    /// When it was made.
    Timestamp,
    /// In which phase of the product's life it was made.
    Context,
    /// What tells it from other documents and other states of itself.
    Identity,
    /// Who answers for it.
    Author,
    /// How to reach who answers for it.
    AuthorContact,
    /// The component that it is about.
    Primary,
    /// What the product depends on directly.
    TopLevel,
}

/// Where the answer to a requirement is looked for.
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
    /// Its name, near to the words of the profile's source.
    pub field: &'static str,
    /// How much it is asked for.
    pub weight: Weight,
    /// The clause that asks for it.
    pub clause: &'static str,
    /// What decides it.
    pub check: Check,
}

impl Requirement {
    /// Where it is looked for.
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
    /// Which edition of which document it is taken from.
    pub edition: &'static str,
    /// What kind of document that is, and what this profile does not say.
    pub note: &'static str,
    /// What it asks for, facts about product and document first.
    pub requirements: &'static [Requirement],
}
