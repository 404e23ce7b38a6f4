//! Facts about the document: the one to be written, or the one of another producer that was read.

use bomtrail_graph::{Completeness, Lifecycle, NodeRef, ProductFacts};

use crate::requirement::DocumentElement;
use crate::state::State;
use crate::subject::Subject;

/// Facts about a document that was read are properties of the input under this name.
const READ: &str = "bomtrail:document";

impl DocumentElement {
    /// Its state, and what was found.
    pub(crate) fn state(self, subject: &Subject<'_>) -> (State, String) {
        let found = match self {
            Self::Format => format(subject),
            Self::RecentFormat => format(subject).filter(|it| is_recent(it)),
            Self::Tool => match read(subject) {
                Some(_) => read_fact(subject, "tool"),
                None => subject.tool.map(|it| [it.name, " ", it.version].concat()),
            },
            Self::Timestamp => match read(subject) {
                Some(_) => read_fact(subject, "timestamp"),
                None => subject.timestamp.map(str::to_owned),
            },
            Self::Context => context(subject),
            Self::Identity => match read(subject) {
                Some(_) => read_fact(subject, "serial"),
                None => Some("derived from the content".to_owned()),
            },
            Self::Author => author(subject, "author", |it| {
                it.author().name.or(it.author().email)
            }),
            Self::AuthorContact => author(subject, "author-contact", |it| {
                it.author().email.or(it.author().url)
            }),
            Self::Primary => one_root(subject).map(|it| it.reference().into_owned()),
            Self::TopLevel => return top_level(subject),
        };
        found.map_or((State::Missing, String::new()), |it| (State::Present, it))
    }
}

/// The format of the document that was read, if one was.
fn read(subject: &Subject<'_>) -> Option<String> {
    property(subject, READ)
}

fn read_fact(subject: &Subject<'_>, fact: &str) -> Option<String> {
    property(subject, &[READ, ":", fact].concat())
}

fn property(subject: &Subject<'_>, name: &str) -> Option<String> {
    let mut properties = subject.graph.inputs().iter().flat_map(|it| &it.properties);
    properties
        .find(|(key, _)| **key == *name)
        .map(|(_, value)| String::from(&**value))
        .filter(|it| !it.is_empty())
}

fn format(subject: &Subject<'_>) -> Option<String> {
    read(subject).or_else(|| subject.format.map(|it| [it.name, " ", it.version].concat()))
}

/// CycloneDX 1.6, SPDX 3.0.1, or later (TR-03183-2 v2.1.0, chapter 4).
fn is_recent(format: &str) -> bool {
    let format = format.to_ascii_lowercase();
    let least: [u32; 3] = if format.starts_with("cyclonedx") {
        [1, 6, 0]
    } else if format.starts_with("spdx") {
        [3, 0, 1]
    } else {
        return false;
    };
    let version = format.rsplit([' ', '-']).next().unwrap_or_default();
    let mut parts = version.split('.').map_while(|it| it.parse::<u32>().ok());
    let version = [(); 3].map(|()| parts.next().unwrap_or_default());
    version >= least
}

fn context(subject: &Subject<'_>) -> Option<String> {
    let inputs = subject.graph.inputs().iter();
    let mut known: Vec<&str> = inputs
        .map(|it| it.lifecycle)
        .filter(|it| *it != Lifecycle::Unknown)
        .map(Lifecycle::name)
        .collect();
    known.sort_unstable();
    known.dedup();
    (!known.is_empty()).then(|| known.join(", "))
}

fn author(
    subject: &Subject<'_>,
    fact: &str,
    stated: impl Fn(&ProductFacts) -> Option<&str>,
) -> Option<String> {
    read_fact(subject, fact).or_else(|| {
        let product = subject.product?;
        stated(product).map(str::to_owned)
    })
}

fn one_root<'g>(subject: &Subject<'g>) -> Option<NodeRef<'g>> {
    let mut roots = subject.graph.roots();
    let first = roots.next();
    first.filter(|_| roots.next().is_none())
}

fn top_level(subject: &Subject<'_>) -> (State, String) {
    let roots = subject.graph.roots();
    if roots.len() == 0 {
        return (State::Missing, String::new());
    }
    let direct: usize = roots.clone().map(|it| it.dependencies().count()).sum();
    let open = roots
        .clone()
        .any(|it| it.component().dependencies != Completeness::Complete);
    let state = if open { State::Unknown } else { State::Present };
    (state, format!("{direct} direct dependencies"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_recent_from_the_versions_that_the_guideline_names() {
        for (format, recent) in [
            ("cyclonedx-json 1.6", true),
            ("CycloneDX 1.7", true),
            ("CycloneDX 1.5", false),
            ("SPDX-2.3", false),
            ("spdx-json 3.0.1", true),
            ("SPDX 3.0.0", false),
            ("json v1", false),
        ] {
            assert_eq!(is_recent(format), recent, "{format}");
        }
    }
}
