//! Names of properties and references that the writer gives and the reader understands.

use bomtrail_graph::Flags;

use crate::taxonomy::Taxonomy;

/// Marks a component that stands for an unresolved name; our reader finds the name on the edge.
pub(crate) const UNRESOLVED: &str = "bomtrail:unresolved";
/// `isExternal` of a component, in versions before 1.7.
pub(crate) const EXTERNAL: &str = "bomtrail:external";
/// `versionRange` of a component, where the version has no field for it.
pub(crate) const VERSION_RANGE: &str = "bomtrail:version-range";
/// A concluded licence, where the version has no field for it.
pub(crate) const CONCLUDED: &str = "bomtrail:license:concluded";
/// What separates a type that the version of the specification does not have from the comment of a reference.
pub(crate) const TYPE_END: &str = ": ";
/// The text of a licence that `licenses` has no place for: an identifier or a name, a line break, and the text.
pub(crate) const LICENSE_TEXT: &str = "bomtrail:license:text";
/// The supplier of a component is a person: `true`.
pub(crate) const SUPPLIER_IS_PERSON: &str = "bomtrail:supplier:person";
/// What a document says about a component that has no field.
pub(crate) const COMMENT: &str = "bomtrail:comment";
/// The name of a document, for which this format has no field.
pub(crate) const DOCUMENT_NAME: &str = "bomtrail:document:name";
/// The prefix of the reference of a service.
pub(crate) const SERVICE: &str = "service:";
/// The comment on a reference to the source that a verified attestation names.
pub(crate) const ATTESTED_SOURCE: &str = "source of the attested build";

/// The name that a taxonomy has for a flag.
pub(crate) type Official = fn(&'static Taxonomy) -> &'static str;

/// The name of each flag in our namespace, and in a taxonomy that has one for it.
pub(crate) const FLAGS: [(Flags, &str, Option<Official>); 9] = [
    (Flags::DEV, "bomtrail:flag:dev", Some(|it| it.development)),
    (Flags::OPTIONAL, "bomtrail:flag:optional", None),
    (Flags::DEV_OPTIONAL, "bomtrail:flag:dev-optional", None),
    (Flags::PEER, "bomtrail:flag:peer", None),
    (
        Flags::BUNDLED,
        "bomtrail:flag:bundled",
        Some(|it| it.bundled),
    ),
    (
        Flags::EXTRANEOUS,
        "bomtrail:flag:extraneous",
        Some(|it| it.extraneous),
    ),
    (Flags::INSTALL_SCRIPT, "bomtrail:flag:install-script", None),
    (
        Flags::PRIVATE,
        "bomtrail:flag:private",
        Some(|it| it.private),
    ),
    (Flags::HAS_SHRINKWRAP, "bomtrail:flag:has-shrinkwrap", None),
];

#[cfg(test)]
mod tests {
    use super::{FLAGS, Flags};

    #[test]
    fn every_flag_of_the_graph_has_its_name_as_a_property() {
        let ours: Vec<(Flags, String)> = FLAGS
            .iter()
            .map(|(flag, name, _)| (*flag, (*name).to_owned()))
            .collect();
        let graphs: Vec<(Flags, String)> = Flags::NAMES
            .iter()
            .map(|(flag, name)| (*flag, format!("bomtrail:flag:{name}")))
            .collect();
        assert_eq!(ours, graphs);
    }
}
