//! Persons and organisations as elements that packages share. The name of an element follows from its content, so that
//! packages find it without an index.

use bomtrail_graph::{Bom, Component, NodeRef, Organisation, Person};

use super::element::Element;
use crate::identifier::short_hash;
use crate::location::is_locator;
use crate::product;

/// Authors that are known by a name.
fn authors(component: &Component) -> impl Iterator<Item = &Person> {
    let authors = component.details.iter().flat_map(|it| &it.authors);
    authors.filter(|it| !it.name.trim().is_empty())
}

/// True for an organisation of which an element holds everything.
pub(super) fn is_whole_organisation(it: &Person) -> bool {
    let is_held = |it: &Option<_>| it.as_deref().is_none_or(is_locator);
    !it.name.trim().is_empty() && is_held(&it.email) && is_held(&it.url)
}

/// True for a person of whom an element holds everything.
pub(super) fn is_whole(person: &Person) -> bool {
    let email = person.email.as_deref();
    !person.name.trim().is_empty() && email.is_none_or(is_locator) && person.url.is_none()
}

/// A person or organisation that made or supplied a package, or is responsible for the document.
#[derive(Clone, Copy)]
pub(super) struct Agent<'g> {
    /// The class of its element.
    pub(super) class: &'static str,
    name: &'g str,
    email: Option<&'g str>,
    url: Option<&'g str>,
}

impl<'g> Agent<'g> {
    /// A person; without the web page, for which the element of a person has no field.
    pub(super) fn person(person: &'g Person) -> Self {
        Self {
            class: "Person",
            name: &person.name,
            email: person.email.as_deref(),
            url: None,
        }
    }

    /// An organisation that has a name.
    pub(super) fn organisation(it: Organisation<'g>) -> Option<Self> {
        Some(Self {
            class: "Organization",
            name: it.name.filter(|it| !it.trim().is_empty())?,
            email: it.email,
            url: it.url,
        })
    }

    /// The supplier of a package.
    pub(super) fn supplier(bom: &Bom<'g>, node: NodeRef<'g>) -> Option<Self> {
        let class = product::supplier_class(bom, node);
        let agent = product::supplier(bom, node).and_then(Self::organisation)?;
        let url = agent.url.filter(|_| class == "Organization");
        Some(Self {
            class,
            url,
            ..agent
        })
    }

    /// Who a package originates from: its manufacturer, its authors, and who else made it.
    pub(super) fn makers(bom: &Bom<'g>, node: NodeRef<'g>) -> impl Iterator<Item = Self> {
        let manufacturer = product::manufacturer(node).map(product::of_person);
        let manufacturer = manufacturer.and_then(Self::organisation);
        let maker = product::maker(bom, node).and_then(Self::organisation);
        let authors = authors(node.component()).map(Self::person);
        manufacturer.into_iter().chain(authors).chain(maker)
    }

    /// The name of its element.
    pub(super) fn element_name(&self) -> String {
        let email = self.email.unwrap_or_default();
        let mut words = [self.name, "\n", email].concat();
        if self.class != "Person" {
            words = [&words, "\n", self.url.unwrap_or_default(), "\norganization"].concat();
        }
        ["Agent-", &short_hash(&words)].concat()
    }

    /// Adds its fields to an element.
    pub(super) fn fill(self, element: Element<'g>) -> Element<'g> {
        let identifiers = [("email", self.email), ("urlScheme", self.url)];
        let identifiers = identifiers.into_iter().filter_map(|(kind, value)| {
            let value = value.filter(|it| is_locator(it))?;
            Some(Element::external_identifier(kind, value))
        });
        element
            .text("name", self.name)
            .objects("externalIdentifier", identifiers)
    }
}
