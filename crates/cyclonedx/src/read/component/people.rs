//! The authors of a component, its supplier and its manufacturer.

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
    if !authors.is_empty() && object.has("author") {
        session.unkept("`author` of components next to `authors`");
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

/// Who supplies the component, and who made it.
pub(super) fn organisations(
    object: &Object<'_>,
    component: &mut Component,
    session: &mut Session<'_>,
) {
    let supplier = organisation(object, "supplier", session);
    let manufacturer = organisation(object, "manufacturer", session);
    if supplier.is_none() && manufacturer.is_none() {
        return;
    }
    let details = component.details_mut();
    details.supplier = supplier;
    details.manufacturer = manufacturer;
}

/// An organisation, with the first of its addresses and contacts.
fn organisation(object: &Object<'_>, key: &str, session: &mut Session<'_>) -> Option<Person> {
    let organisation = object.object(key, session)?;
    let what = [key, "s of components"].concat();
    organisation.rest(&what, &["name", "url", "contact", "bom-ref"], session);
    let mut mails = Vec::new();
    for contact in organisation.objects("contact", session) {
        contact.rest(
            &["contacts of ", &what].concat(),
            &["email", "bom-ref"],
            session,
        );
        mails.extend(contact.text("email", session));
    }
    let urls = organisation.texts("url", session);
    for (all, words) in [(mails.len(), "e-mail addresses"), (urls.len(), "web pages")] {
        for _ in 1..all {
            session.unkept(&format!("further {words} of {what}"));
        }
    }
    let person = Person {
        name: organisation
            .text("name", session)
            .unwrap_or_default()
            .into(),
        email: mails.first().map(|it| (*it).into()),
        url: urls.first().map(|(_, it)| (*it).into()),
    };
    (person != Person::default()).then_some(person)
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
