//! Persons as SPDX agents (`Person: name (email)`, SPDX 2.3 clause 7.6). Does not decide which of them are organisations.

use bomtrail_graph::Person;

/// The agent for a person; `None` when its syntax cannot hold the name or the address unchanged.
pub(crate) fn person(person: &Person) -> Option<String> {
    let plain = |text: &str| {
        !text.is_empty()
            && text.trim() == text
            && !text.contains(|c: char| c.is_control() || matches!(c, '(' | ')'))
    };
    let name = plain(&person.name).then_some(&*person.name)?;
    match &person.email {
        Some(email) if plain(email) => Some(format!("Person: {name} ({email})")),
        Some(_) => None,
        None => Some(format!("Person: {name}")),
    }
}

/// The person as npm writes one, `name <email> (url)`, without unknown parts.
pub(crate) fn words(person: &Person) -> String {
    let mut words = person.name.to_string();
    let parts = [(&person.email, '<', '>'), (&person.url, '(', ')')];
    for (part, open, close) in parts {
        if let Some(part) = part {
            if !words.is_empty() {
                words.push(' ');
            }
            words.push(open);
            words.push_str(part);
            words.push(close);
        }
    }
    words
}

/// Reads `name <email> (url)`.
pub(crate) fn of_words(words: &str) -> Person {
    let (words, url) = match words.strip_suffix(')').and_then(|it| it.rsplit_once('(')) {
        Some((rest, url)) => (rest.trim_end(), Some(url.into())),
        None => (words, None),
    };
    let (name, email) = match words.strip_suffix('>').and_then(|it| it.rsplit_once('<')) {
        Some((rest, email)) => (rest.trim_end(), Some(email.into())),
        None => (words, None),
    };
    Person {
        name: name.into(),
        email,
        url,
    }
}
