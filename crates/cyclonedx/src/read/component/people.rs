//! The authors of a component.

use bomtrail_document::{Object, Session};
use bomtrail_graph::{Component, Person};

use crate::iri::is_email;

/// The authors: the list, else the line of text of older versions.
pub(super) fn take(object: &Object<'_>, component: &mut Component, session: &mut Session<'_>) {
    let mut authors = Vec::new();
    for contact in object.objects("authors", session) {
        contact.rest("authors", &["name", "email", "bom-ref"], session);
        let name = contact.text("name", session).unwrap_or_default();
        let email = contact.text("email", session).map(Into::into);
        // The writer puts a valid address into its field, so an address in a name is invalid or part of the name.
        let split = email.is_none() && !address(name).is_some_and(is_email);
        authors.push(if split {
            person(name)
        } else {
            Person {
                name: name.into(),
                email,
                url: None,
            }
        });
    }
    if authors.is_empty()
        && let Some(line) = object.text("author", session)
    {
        authors.extend(line.split(", ").map(person));
    }
    authors.retain(|it| *it != Person::default());
    if !authors.is_empty() {
        component.details_mut().authors = authors;
    }
}

/// The supplier, with the first of its addresses and contacts.
pub(super) fn supplier(object: &Object<'_>, component: &mut Component, session: &mut Session<'_>) {
    let Some(supplier) = object.object("supplier", session) else {
        return;
    };
    supplier.rest("suppliers", &["name", "url", "contact", "bom-ref"], session);
    let contacts = supplier.objects("contact", session);
    let email = contacts.iter().find_map(|it| it.text("email", session));
    let urls = supplier.texts("url", session);
    let person = Person {
        name: supplier.text("name", session).unwrap_or_default().into(),
        email: email.map(Into::into),
        url: urls.first().map(|(_, it)| (*it).into()),
    };
    if person != Person::default() {
        component.details_mut().supplier = Some(person);
    }
}

/// The address behind a name (`Name <address>`).
fn address(name: &str) -> Option<&str> {
    let (_, address) = name.strip_suffix('>')?.rsplit_once(" <")?;
    Some(address)
}

/// A person, with an address behind the name if there is one.
fn person(name: &str) -> Person {
    let address = address(name);
    let length = address.map_or(0, |it| it.len() + " <>".len());
    let end = name.len().saturating_sub(length);
    Person {
        name: name.get(..end).unwrap_or(name).into(),
        email: address.map(Into::into),
        url: None,
    }
}
