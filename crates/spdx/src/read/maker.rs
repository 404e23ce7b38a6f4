//! The author and the program of a document, as properties.

use bomtrail_document::{Object, Session};

const AUTHOR: &str = "bomtrail:document:author";
const CONTACT: &str = "bomtrail:document:author-contact";
const TOOL: &str = "bomtrail:document:tool";

/// Properties from the creators of SPDX 2 (clause 6.8): `Tool: name-version`, `Person: name (mail)`, `Organization: …`.
pub(super) fn of_creators(creators: &[(usize, &str)]) -> Vec<(&'static str, String)> {
    let mut facts = Vec::new();
    for (_, creator) in creators {
        let Some((kind, agent)) = creator.split_once(':') else {
            continue;
        };
        let agent = agent.trim();
        if kind.trim() == "Tool" {
            facts.push((TOOL, agent.to_owned()));
            continue;
        }
        let mail = agent.strip_suffix(')').and_then(|it| it.rsplit_once('('));
        let (name, mail) = mail.map_or((agent, ""), |(name, mail)| (name.trim(), mail.trim()));
        facts.push((AUTHOR, name.to_owned()));
        facts.push((CONTACT, mail.to_owned()));
    }
    facts.retain(|(_, it)| !it.is_empty() && it != "NOASSERTION");
    facts
}

/// Properties from the agents and tools that a `CreationInfo` of SPDX 3 refers to. A program is not an author.
pub(super) fn of_creation<'v>(
    creation: &Object<'v>,
    find: impl Fn(&str) -> Option<Object<'v>>,
    session: &mut Session<'_>,
) -> Vec<(&'static str, String)> {
    let mut facts = Vec::new();
    for (_, id) in creation.texts("createdBy", session) {
        let Some(agent) = find(id).filter(|it| !it.is("type", "SoftwareAgent")) else {
            continue;
        };
        let name = agent.text("name", session).unwrap_or_default();
        facts.push((AUTHOR, name.to_owned()));
        for identifier in agent.objects("externalIdentifier", session) {
            let is_way = ["email", "urlScheme"]
                .iter()
                .any(|it| identifier.is("externalIdentifierType", it));
            let way = identifier.text("identifier", session).filter(|_| is_way);
            facts.extend(way.map(|it| (CONTACT, it.to_owned())));
        }
    }
    for (_, id) in creation.texts("createdUsing", session) {
        let name = find(id).and_then(|it| it.text("name", session));
        facts.extend(name.map(|it| (TOOL, it.to_owned())));
    }
    facts.retain(|(_, it)| !it.trim().is_empty());
    facts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn creators_are_authors_tools_and_ways_to_reach_them() {
        let creators = [
            "Tool: syft-1.0",
            "Organization: Acme (acme@example.com)",
            "Person: Ada ()",
            "odd",
            "Organization: NOASSERTION",
        ];
        let facts = of_creators(&creators.map(|it| (0, it)));
        let expected = [
            (TOOL, "syft-1.0"),
            (AUTHOR, "Acme"),
            (CONTACT, "acme@example.com"),
            (AUTHOR, "Ada"),
        ];
        let expected: Vec<_> = expected.map(|(name, it)| (name, it.to_owned())).into();
        assert_eq!(facts, expected);
    }
}
