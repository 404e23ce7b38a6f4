//! Authors as contacts (1.6 and later) or as one line of text (before). Only web pages are lost: a contact has no field for them.

use std::borrow::Cow;

use bomtrail_graph::{Details, Person};

use crate::iri::is_email;
use crate::write::loss::{Loss, Losses};
use crate::write::wire::Contact;

/// `authors`. An invalid address is kept as part of the name.
pub(crate) fn contacts<'g>(details: &'g Details, losses: &Losses) -> Vec<Contact<'g>> {
    let contact = |person: &'g Person| {
        let email = person.email.as_deref();
        if email.is_none_or(is_email) {
            let name = Some(&*person.name).filter(|it| !it.is_empty());
            let name = name.map(Cow::Borrowed);
            (name.is_some() || email.is_some()).then_some(Contact { name, email })
        } else {
            let name = line(person);
            (!name.is_empty()).then_some(Contact {
                name: Some(name),
                email: None,
            })
        }
    };
    count_urls(details, losses);
    details.authors.iter().filter_map(contact).collect()
}

/// `author`: `Name <address>`, several joined by commas.
pub(crate) fn author(details: &Details, losses: &Losses) -> Option<String> {
    count_urls(details, losses);
    let lines: Vec<_> = details
        .authors
        .iter()
        .map(line)
        .filter(|it| !it.is_empty())
        .collect();
    (!lines.is_empty()).then(|| lines.join(", "))
}

fn line(person: &Person) -> Cow<'_, str> {
    match person.email.as_deref().filter(|it| !it.is_empty()) {
        None => Cow::Borrowed(&person.name),
        Some(email) if person.name.is_empty() => Cow::Borrowed(email),
        Some(email) => Cow::Owned(format!("{} <{email}>", person.name)),
    }
}

fn count_urls(details: &Details, losses: &Losses) {
    for _ in details.authors.iter().filter(|it| it.url.is_some()) {
        losses.add(Loss::AuthorUrl);
    }
}
